// Package manifest extracts many pages on all cores: saved pages that a manifest
// lists, or pages out of captures. A source yields pages; [Run] extracts them and
// writes one JSON line a page, in the order of the source.
//
// Each line holds what names the page (its [Page.Label]) and either "article" or
// "error":{"code","message"}. The codes are those of [article.Refusal], and:
//
//	bad_line       the manifest's line is not the JSON object that it should be
//	unreadable     the page's bytes could not be read or decoded
//	cut_body       the captured response is incomplete
//	parts_missing  the capture of a later part of the article is incomplete
//	too_large      more than 16 MiB of HTML
//	too_deep       elements nested too deeply
//	not_html       binary data
//	internal       a fault of this program
//
// The same pages give the same bytes, whatever the number of cores.
package manifest
