package discover

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"pressmark/extract/weburl"
)

var (
	refreshElement = regexp.MustCompile(`(?is)<meta\s[^>]*http-equiv\s*=\s*["']?refresh\b[^>]*>`)
	contentOf      = regexp.MustCompile(`(?is)\scontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))`)
	refreshTarget  = regexp.MustCompile(`(?i)^\s*\d{1,3}(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+?)["']?\s*$`)
)

// Refresh is where a page sends its reader by itself, with a refresh in its head
// (HTML standard, 4.2.5.3), in normal form; "" where it does not, or only reloads.
func Refresh(body []byte, base string) string {
	element := refreshElement.Find(body[:min(len(body), sniffed)])
	if element == nil {
		return ""
	}
	m := contentOf.FindSubmatch(element)
	if m == nil {
		return ""
	}
	target := refreshTarget.FindStringSubmatch(html.UnescapeString(or(string(m[1]), string(m[2]), string(m[3]))))
	u, err := url.Parse(base)
	if target == nil || err != nil {
		return ""
	}
	to, err := weburl.Resolve(u, strings.TrimSpace(target[1]))
	if own, ownErr := weburl.Normalize(base); err != nil || ownErr == nil && to == own {
		return ""
	}
	return to
}
