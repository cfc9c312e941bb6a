package declared_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"pressmark/extract/declared"
)

func script(s string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: "script"}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: s})
	return n
}

const (
	first  = "The island ferry will run to a reduced timetable until the pier is mended."
	second = "Passengers with tickets can travel on any later sailing, the board said."
	other  = "The council meets on Monday to hear what the new bridge will cost the town."
)

// TestState reads the paragraphs of an article in the state of frameworks.
func TestState(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"none", `var a = 1`, ""},
		{"Next", `{"props":{"pageProps":{"title":"Ferry","body":["` + first + `","` + second + `"]}}}`, first + "|" + second},
		{"markup", `{"article":{"headline":"Ferry","content":"\u003cp\u003e` + first + `\u003c/p\u003e\u003cp\u003e` + second + `\u003c/p\u003e"}}`, first + "|" + second},
		{"JSON in a string", `window.__STATE__ = JSON.parse("{\"title\":\"Ferry\",\"text\":\"` + first + `\"}")`, first},
		{"rows of a stream", `self.__next_f.push([1,"1:[\"$\",\"p\",{\"children\":\"` + first + `\"}]\n"])`, first},
		{"the article of the headline, not the longer one", `[{"title":"Bridge","text":["` + other + `","` + other + ` Again."]},{"title":"Ferry","text":["` + first + `"]}]`, first},
		{"code is no paragraph", `{"title":"Ferry","f":"function(a){return a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p. }"}`, ""},
		{"a string that does not end", `{"title":"Ferry","text":"` + first, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(declared.State([]*html.Node{script(c.script)}, "Ferry"), "|"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// FuzzState reads any script: it ends, and every paragraph is one line with text.
func FuzzState(f *testing.F) {
	for _, s := range []string{
		`{"props":{"pageProps":{"title":"Ferry","body":["` + first + `"]}}}`,
		`self.__next_f.push([1,"2:T1f,<p>` + first + `</p>"])`,
		`self.__next_f.push([1,"2:Tffffffff,<p>x</p>3:[\"` + second + `\"]"])`,
		`{"a":"{\"b\":\"{\\\"c\\\":\\\"` + first + `\\\"}\"}"}`, `{"a":"\u12"}`, `"`, `"\`, "\x00\"\":\"\"",
	} {
		f.Add(s, "Ferry")
	}
	f.Fuzz(func(t *testing.T, s, headline string) {
		for _, p := range declared.State([]*html.Node{script(s), {Type: html.ElementNode, Data: "script"}}, headline) {
			if p == "" || strings.Contains(p, "\n") || strings.TrimSpace(p) != p {
				t.Fatalf("paragraph %q", p)
			}
		}
	})
}
