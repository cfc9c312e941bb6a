package declared

import (
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/text"
)

// ArticleBody returns the string of the key "articleBody" in a JSON-LD script, "" if
// there is none. The script is searched, not parsed, because many are not valid JSON.
func ArticleBody(script string) string {
	const name = `"articleBody"`
	i := strings.Index(script, name)
	if i < 0 {
		return ""
	}
	rest := strings.TrimLeft(script[i+len(name):], " \t\r\n:")
	if !strings.HasPrefix(rest, `"`) {
		return ""
	}
	raw, escaped, _, ok := text.Literal(rest, 0)
	switch {
	case !ok:
		return ""
	case !escaped:
		return strings.Clone(raw) // the script goes with its page
	}
	return text.Unescape(raw, '\n')
}

// ParagraphsOf splits a declared body, with or without markup, into paragraphs.
func ParagraphsOf(str string) []string {
	if strings.Contains(str, "&lt;") {
		str = html.UnescapeString(str)
	}
	if strings.Contains(str, "</") || strings.Contains(str, "<br") {
		str = stripTags(str)
	} else {
		str = html.UnescapeString(str)
	}
	var list []string
	for _, s := range strings.Split(str, "\n") {
		if s = text.Squeeze(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// stripTags returns the text of markup, block elements and line breaks as line feeds.
func stripTags(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "p", "br", "div", "li", "h2", "h3", "h4", "blockquote", "tr":
				b.WriteByte('\n')
			}
		}
	}
}
