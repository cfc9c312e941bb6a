package declared

import (
	"net/url"
	"strings"
	"testing"

	"pressmark/extract/page"
)

func TestReadLD(t *testing.T) {
	for _, tt := range []struct{ name, in, headline string }{
		{"plain", `{"@type":"NewsArticle","headline":"Four parks"}`, "Four parks"},
		{"array", `[{"@type":"Organization","name":"x"},{"@type":"NewsArticle","headline":"Four parks"}]`, "Four parks"},
		{"escapes", `{"headline":"Caf\u00e9 \"Lake\" \ud83d\ude00"}`, `Café "Lake" 😀`},
		{"entities", `{"headline":"Salt &amp;amp; pepper &#8217;n more"}`, "Salt & pepper ’n more"},
		{"raw line feed", "{\"headline\":\"Four\n parks\"}", "Four parks"},
		{"unescaped quotes", `{"headline":"The "four" parks","name":"x"}`, `The "four" parks`},
		{"comma missing", "{\"name\":\"x\"\n\"headline\":\"Four parks\"}", "Four parks"},
		{"comma too many", `{"name":"x",,"headline":"Four parks",}`, "Four parks"},
		{"comment and CDATA", "//<![CDATA[\n/* x */ {\"headline\":\"Four parks\"}\n//]]>", "Four parks"},
		{"end missing", `{"headline":"Four parks","author":{"name":"Jane`, "Four parks"},
		{"two values", `{"name":"x"}{"headline":"Four parks"}`, "Four parks"},
		{"skipped values", `{"articleBody":"a \"b\" {c}","x":{"headline":"no"},"y":[1,2,{"z":null}],"headline":"Four parks"}`, "Four parks"},
		{"no JSON", `var x = 1;`, ""},
	} {
		got := ""
		for _, n := range readLD(tt.in) {
			if h := n.get("headline").text(); h != "" && got == "" {
				got = h
			}
		}
		if got != tt.headline {
			t.Errorf("%s: headline %q, want %q", tt.name, got, tt.headline)
		}
	}
}

func TestReadLDBounds(t *testing.T) {
	deep := strings.Repeat(`{"mainEntity":`, 100000)
	wide := "[" + strings.Repeat(`{"name":"x"},`, 200000)
	for _, s := range []string{deep, wide, strings.Repeat("[", 1<<20), strings.Repeat(`"`, 1<<20), `{"headline":"` + strings.Repeat("a", 2<<20)} {
		readLD(s)
	}
}

func FuzzJSONLD(f *testing.F) {
	for _, s := range []string{`{"@graph":[{"@type":"NewsArticle","author":{"@id":"#1"}},{"@id":"#1","name":"x"}]}`, `{"headline":"The "four" parks"}`, `[{]}`, `{"a":"\u12"}`, "/*", `{"@type":["A","B"],"author":["x",{"name":["y"]}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range readLD(s) {
			n.text()
			n.is("Article")
			resolveLD([]*ldNode{&n}, &n)
		}
		r := &factReader{p: &page.Page{Base: &url.URL{}}}
		r.readScript(s)
		for _, c := range r.facts.Titles {
			if len(c.Text) > maxLDString {
				t.Fatalf("%d bytes kept", len(c.Text))
			}
		}
	})
}
