package declared

import (
	"strings"
	"unicode"

	"github.com/andybalholm/cascadia"

	"pressmark/extract/page"
)

var hiddenInputs = cascadia.MustCompile(`input[value]`)

// inputFacts reads the hidden inputs in which Chinese publishing systems keep the
// fields of an article for their scripts: <input type="hidden" id="source" value="湖畔日报">.
// A value without Han characters is a form's own.
func (r *factReader) inputFacts() {
	if r.p.Lang != "zh" {
		return
	}
	f := &r.facts
	for _, n := range r.p.Head.FilterMatcher(hiddenInputs).Nodes {
		value := strings.TrimSpace(page.Attr(n, "value"))
		if len(value) > maxField || strings.IndexFunc(value, func(c rune) bool { return unicode.Is(unicode.Han, c) }) < 0 {
			continue
		}
		switch field(page.Attr(n, "id"), page.Attr(n, "name")) {
		case "source", "media":
			f.Source = addClaim(f.Source, value, "input source")
		case "author":
			r.addAuthors(value, "input author", false)
		case "editor":
			f.Editors = addClaim(f.Editors, value, "input editor")
		}
	}
}

// field returns what an input is called, by id or else by name: lower case, without
// the words and signs around it ("articleSource", "hid_source").
func field(id, name string) string {
	if id == "" {
		id = name
	}
	id = strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(id))
	for _, before := range []string{"hidden", "hid", "hd", "article", "news", "content", "doc"} {
		id = strings.TrimPrefix(id, before)
	}
	return strings.TrimSuffix(id, "name")
}
