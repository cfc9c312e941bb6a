package text_test

import (
	"hash/fnv"
	"testing"

	"pressmark/extract/text"
)

func TestLiteral(t *testing.T) {
	for _, c := range []struct{ in, want, rest string }{
		{`"a"`, "a", ""},
		{`'it"s',`, `it"s`, ","},
		{`"a \"b\" c":1`, `a "b" c`, ":1"},
		{`"\u4f1a\u573a \ud83d\ude00"`, "会场 😀", ""},
		{`"a\nb\tc\/d"x`, "a\nb c/d", "x"},
		{`"\uZZ"`, "\ufffdZZ", ""},
		{`"\\"`, `\`, ""},
		{`""`, "", ""},
	} {
		raw, escaped, next, ok := text.Literal(c.in, 0)
		got := raw
		if escaped {
			got = text.Unescape(raw, '\n')
		}
		if !ok || got != c.want || c.in[next:] != c.rest {
			t.Errorf("%s: %q, rest %q, %v", c.in, got, c.in[next:], ok)
		}
	}
	for _, in := range []string{`"`, `"a`, `"a\"`, `'a"`} {
		if raw, _, _, ok := text.Literal(in, 0); ok {
			t.Errorf("%s: %q, but it has no end", in, raw)
		}
	}
}

func TestHash(t *testing.T) {
	for _, s := range []string{"", "a", "青石 news"} {
		h := fnv.New64a()
		h.Write([]byte(s))
		if got := text.HashOf(s); got != h.Sum64() {
			t.Errorf("HashOf(%q) = %x, want %x", s, got, h.Sum64())
		}
	}
}

func TestClip(t *testing.T) {
	for in, want := range map[string]string{"": "", "abc": "abc", "abcd": "ab…", "青石县": "青石县", "青石县城": "青石…"} {
		if got := text.Clip(in, 3); got != want {
			t.Errorf("Clip(%q) = %q, want %q", in, got, want)
		}
	}
}
