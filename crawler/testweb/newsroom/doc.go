// Package newsroom publishes three invented regional news sites and knows what
// a perfect extractor would read from them. `pressmark demo` crawls them, and
// the tests of the whole program compare archives with their truth. All text,
// names, places and pictures are invented; the pictures are drawn at start.
//
//	demo-client  a Chinese news client (UTF-8): app banner, headline printed
//	             three times, 字号, text placeholders "1.png", caption
//	             paragraphs, 来源/作者/编辑 lines, 点击查看全文, 回首页, short
//	             links that redirect, tracking parameters
//	demo-portal  an old GBK portal of nested tables, without feed or sitemap:
//	             credits glued to the time, lazy pictures, thumbnails that link
//	             to the large picture, a story over three pages, declarations
//	             that lie (meta says utf-8, the header says UTF-8, none at all)
//	             and two page layouts, split by publication date ([OldLayoutUntil])
//	demo-county  an English county paper: JSON-LD (once with a cut headline),
//	             RSS, a sitemap index with gzip, news and image extensions,
//	             srcset, <picture>, noscript, figcaptions with credits, tags, AMP
//
// Every site has section pages with next pages, navigation, related links,
// comments, changing ads and a view counter, a robots.txt with a Crawl-delay
// (fractional seconds) and a disallowed corner, /private/, to which its pages
// link. A request for that corner is answered like any other, and counted by
// [Site.Violations].
//
// [Start] listens on three ports of 127.0.0.1, from [FirstPort] on where they
// are free and on others where they are not; configurations that were written for the
// default addresses are read through [Newsroom.Rewrite]. [New] makes the sites
// without listening: each [Site] is an http.Handler.
//
// Selectors that site rules may use:
//
//	demo-client  title "h1.title", published ".info .time", body "#content",
//	             credits "p.credit"
//	demo-portal  from OldLayoutUntil: title "td.arc_title h2", published, source
//	             and authors "td.arc_info", body "td#arc_body", editors "td.arc_editor";
//	             before: published, source, authors "font.oldinfo", body "td.oldtext"
//	demo-county  none needed; body ".story .body", remove ".ad", ".newsletter"
//
// The truth is of type article.Article; what only a crawl can fill (evidence,
// warnings, capture, extractor, revision, content hash, keys) is left empty.
package newsroom
