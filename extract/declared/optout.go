package declared

import (
	"maps"
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/text"
)

// optOuts reads the machine-readable reservations, first those of the head, then those
// of the response's headers: the directives of robots meta tags and X-Robots-Tag that
// forbid a use, for single crawlers too; the TDM Reservation Protocol (TDMRep); Content
// Signals and the Content-Usage header of the IETF's AI Preferences.
func (r *factReader) optOuts() {
	for i := range r.p.Metas {
		m := &r.p.Metas[i]
		switch {
		case m.Name == "tdm-reservation", m.Name == "tdm-policy", m.Name == "content-signal":
			r.optOut("meta "+m.Name, m.Content)
		case m.Name == "robots" || robotNames[m.Name]:
			r.optOut("meta "+m.Name, reserved(m.Content))
		}
	}
	header := r.p.In.Header
	for _, key := range slices.Sorted(maps.Keys(header)) {
		name := strings.ToLower(key)
		for _, value := range header[key] {
			switch name {
			case "tdm-reservation", "tdm-policy", "content-signal", "content-usage":
				r.optOut("header "+name, value)
			case "x-robots-tag":
				r.optOut("header "+name, reservedByRobot(value))
			}
		}
	}
}

// maxOptOut is the length of the longest reservation, in bytes.
const maxOptOut = 500

func (r *factReader) optOut(source, value string) {
	list := &r.facts.About.OptOuts
	o := article.OptOut{Source: source, Value: text.Squeeze(value)}
	if o.Value == "" || len(o.Value) > maxOptOut || len(*list) >= MaxClaims || slices.Contains(*list, o) {
		return
	}
	*list = append(*list, o)
}

// robotNames are crawlers that read a meta tag of their own.
var robotNames = map[string]bool{
	"googlebot": true, "googlebot-news": true, "google-extended": true, "bingbot": true, "slurp": true, "gptbot": true, "chatgpt-user": true,
	"oai-searchbot": true, "ccbot": true, "claudebot": true, "anthropic-ai": true,
	"perplexitybot": true, "applebot": true, "applebot-extended": true, "amazonbot": true, "bytespider": true, "facebookbot": true,
	"meta-externalagent": true, "yandex": true, "baiduspider": true, "pinterest": true,
}

// reserved returns the directives of a robots meta tag that forbid a use of the page.
func reserved(content string) string {
	var out []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(content), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		switch {
		case word == "none", strings.HasPrefix(word, "no") && word != "noodp" && word != "noydir":
			out = append(out, word)
		case word == "max-snippet:0", word == "max-image-preview:none", word == "max-video-preview:0":
			out = append(out, word)
		}
	}
	return strings.Join(out, ", ")
}

// reservedByRobot is reserved for an X-Robots-Tag header, which may be for one crawler:
// "examplebot: noindex, noai".
func reservedByRobot(value string) string {
	robot, rest, ok := strings.Cut(value, ":")
	if robot = strings.ToLower(strings.TrimSpace(robot)); !ok || strings.ContainsAny(robot, ", ") || valued[robot] {
		return reserved(value)
	}
	if rest = reserved(rest); rest == "" {
		return ""
	}
	return robot + ": " + rest
}

// valued are the directives that have a value behind a colon, and so are no crawlers.
var valued = map[string]bool{"max-snippet": true, "max-image-preview": true, "max-video-preview": true, "unavailable_after": true}
