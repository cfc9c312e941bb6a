package text_test

import (
	"strings"
	"testing"

	"pressmark/extract/text"
)

// TestScanner writes tokens: "a" a string, a: a key, brackets as they are.
func TestScanner(t *testing.T) {
	for _, c := range []struct {
		name, in, json, script string
	}{
		{"JSON", `{"a":"b","c":[1,{"d" : true}]}`, `{ a: "b" c: [ { d: } ] }`, ""},
		{"JavaScript", `var x = {a: 'b', $c_1 : "d"};`, `{ a: $c_1: "d" }`, `{ a: "b" $c_1: "d" }`},
		{"escapes", `{"a":"b\"c\u00e9\n"}`, `{ a: "b"cé_" }`, ""},
		{"an apostrophe in a comment", "// don't\n{a:'b'}", `{ a: }`, `{ a: "b" }`},
		{"a string over lines", "{\"a\":\"b\nc\"}", `{ a: "b` + "\n" + `c" }`, `{ a:`},
		{"a string without an end", `{"a":"b`, `{ a:`, `{ a:`},
		{"escape at the end", `{"a":"b\`, `{ a:`, ""},
		{"words without a colon", `a b {c} d`, `{ }`, ""},
		{"nothing", ``, ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.script == "" {
				c.script = c.json
			}
			if got := tokens(text.Scanner{S: c.in, JSON: true}); got != c.json {
				t.Errorf("as JSON:\ngot  %s\nwant %s", got, c.json)
			}
			if got := tokens(text.Scanner{S: c.in}); got != c.script {
				t.Errorf("as JavaScript:\ngot  %s\nwant %s", got, c.script)
			}
		})
	}
}

func tokens(sc text.Scanner) string {
	var out []string
	for t, ok := sc.Next(); ok; t, ok = sc.Next() {
		switch {
		case t.Key:
			out = append(out, t.Value('_')+":")
		case t.Kind == '"':
			out = append(out, `"`+t.Value('_')+`"`)
		default:
			out = append(out, string(t.Kind))
		}
	}
	return strings.Join(out, " ")
}

func FuzzScanner(f *testing.F) {
	f.Add(`{"a":"b\"c","d":[1,'e']}`, true)
	f.Add("// don't\n{a:'b', \"c\n", false)
	f.Fuzz(func(t *testing.T, s string, json bool) {
		sc := text.Scanner{S: s, JSON: json}
		n := 0
		for tok, ok := sc.Next(); ok; tok, ok = sc.Next() {
			if n++; n > len(s) {
				t.Fatal("more tokens than bytes")
			}
			if !strings.Contains(s, tok.Raw) {
				t.Fatalf("token %q", tok.Raw)
			}
		}
	})
}
