package reader

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage/search"
)

// functions are the functions that templates can call.
var functions = template.FuncMap{
	"day":      day,
	"articles": articlesURL,
	"path":     func(site, id string) string { return "/article/" + url.PathEscape(site) + "/" + url.PathEscape(id) },
	"image":    func(key string) string { return "/" + strings.Replace(key, "images/", "image/", 1) },
	"badges":   badges,
	"term":     term,
	"facet":    facetName,
	"open":     isOpen,
	"listed":   listedNumber,
	"moment":   moment,
	"percent":  percent,
	"explain":  explain,
	"dir":      direction,
	"add":      func(a, b int) int { return a + b },
	"join":     func(s []string) string { return strings.Join(s, ", ") },
	"deref":    article.Value,
	"grouped":  grouped,
}

// day is a time of publication as precisely as the page showed it.
func day(published, precision string) string {
	switch {
	case published == "":
		return "undated"
	case len(published) < 16 || precision == string(article.Day):
		return published[:min(10, len(published))]
	default:
		return published[:10] + " " + published[11:16]
	}
}

// moment is a time as the archive writes it (UTC), for people.
func moment(stamp string) string {
	if len(stamp) < len("2006-01-02T15:04") {
		return stamp
	}
	return stamp[:10] + " " + stamp[11:16]
}

func articlesURL(query string) string { return "/articles?" + url.Values{"q": {query}}.Encode() }

// term adds a condition to a query.
func term(query, field, value string) string {
	t := field + `:"` + strings.ReplaceAll(value, `"`, "") + `"`
	return strings.TrimSpace(query + " " + t)
}

// badge is a short remark about an article.
type badge struct {
	Kind string // class of its look
	Text string
}

func badges(h search.Hit) []badge {
	var out []badge
	if h.Revision > 1 {
		out = append(out, badge{"revised", fmt.Sprintf("revision %d", h.Revision)})
	}
	if h.Gone {
		out = append(out, badge{"gone", "gone"})
	}
	if h.Access == string(article.AccessSubscription) || h.Access == string(article.AccessMetered) {
		out = append(out, badge{"paid", "not free"})
	}
	if h.Missing > 0 {
		out = append(out, badge{"lost", count(h.Missing, "picture") + " missing"})
	}
	if h.StorySize > 1 {
		out = append(out, badge{"shared", fmt.Sprintf("in %d articles", h.StorySize)})
	}
	return out
}

// facetName is the heading of a facet.
func facetName(name string) string {
	switch name {
	case "is":
		return "state"
	case "access":
		return "free to read"
	}
	return name
}

// valueTexts are the values of facets that are not plain words.
var valueTexts = map[string]map[string]string{
	"is":     {search.IsRevised: "revised", search.IsGone: "gone from the site", search.IsUndated: "undated", search.IsPictures: "with pictures", search.IsMissing: "pictures missing"},
	"access": {string(article.AccessFree): "free", string(article.AccessMetered): "metered", string(article.AccessSubscription): "for subscribers"},
	"warning": {"no_timezone": "time without a zone", "not_free": "may be a part only", "truncated": "page cut off", "parts_missing": "parts missing", "hidden_text": "text hidden in the page",
		"canonical_refused": "canonical address refused", "rule_unmatched": "a site's rule found nothing"},
}

// valueText is a value of a facet for people.
func valueText(name, value string) string {
	if text := valueTexts[name][value]; text != "" {
		return text
	}
	return value
}

// number is a count with a link to the counted items.
type number struct {
	N   int
	URL string
}

// listedNumber is the number of URLs in a state ("" for all) that a source listed.
func listedNumber(l search.Listed, state string) number {
	n := map[string]int{"": l.All(), search.StateArchived: l.Archived, search.StateSkipped: l.Skipped, search.StateMissing: l.Missing}[state]
	v := url.Values{"site": {l.Site}, "source": {l.Source}, "day": {l.Day}, "state": {state}}
	return number{n, "/completeness?" + v.Encode() + "#urls"}
}

// percent is a share of the most, for bars.
func percent(n, most int) int { return n * 100 / max(most, 1) }

// direction is the writing direction of a language.
func direction(language string) string {
	primary, _, _ := strings.Cut(language, "-")
	switch primary {
	case "ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb":
		return "rtl"
	}
	return "ltr"
}

// warningTexts explain the codes of warnings.
var warningTexts = map[string]string{
	"no_timezone":   "The page shows a time without a zone.",
	"not_settled":   "The page went on changing or asking for more when it was read; the text may be a part.",
	"not_free":      "The page says that it is not free to read; the text may be a part.",
	"truncated":     "The server broke off the page; the end may be missing.",
	"parts_missing": "The article has parts that could not be fetched.",
	"hidden_text":   "The page holds a part of the text that it does not show as it is.",

	"canonical_refused": "The page names an address as its own that is not of this site, or is not this article; it was not followed.",
	"rule_unmatched":    "A rule of the site's configuration found nothing; the text was found without it.",
	"unavailable_after": "The site asks that the page be dropped after a time.",
}

func explain(warning string) string {
	code, detail, _ := strings.Cut(warning, ":")
	text := warningTexts[code]
	if text == "" {
		return warning
	}
	if detail = strings.TrimSpace(detail); detail != "" {
		return text + " (" + detail + ")"
	}
	return text
}

// count is "1 article" or "7 articles".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}
