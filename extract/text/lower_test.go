package text

import (
	"maps"
	"strings"
	"testing"
	"unicode"
)

func TestLowerIsToLower(t *testing.T) {
	for _, s := range []string{"", "news", "News", "新闻", "新闻ABC", "新闻 abc 12", "ЗАВТРА", "Ünï", "\xe4\xb8", "\xe4A\xb8", "新\xff", "Ⓐ", "ｎＥＷＳ", "カタカナ", "한글", "\xe3\x80\x80K", "it’s “here” – now", "it’s Ⅷ", "\u212a", "größe", "GRÖSSE", "Ärger", "ÿ ß", "\xc3", "\xe2\x80", "\xc2A", "»news«", "İı"} {
		if got, want := Lower(s), strings.ToLower(s); got != want {
			t.Errorf("lower(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestLowerKnowsEachCharacter(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if r > 0x1ffff && r%251 != 0 {
			continue // no letters with cases
		}
		for _, s := range []string{string(r), "A" + string(r) + "B"} {
			if got, want := Lower(s), strings.ToLower(s); got != want {
				t.Fatalf("Lower(%+q) = %+q, want %+q", s, got, want)
			}
			if folded, low := ASCIICase(s), strings.ToLower(s); folded != low && (folded != s || asciiLowered(s) != low) {
				t.Fatalf("ASCIICase(%+q) = %+q", s, folded)
			}
		}
	}
}

// asciiLowered lowers the ASCII letters alone.
func asciiLowered(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = LowerASCII(c)
	}
	return string(b)
}

// TestKeyKnowsEachCharacter compares with Unicode's tables, which Key mostly need not ask.
func TestKeyKnowsEachCharacter(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if r > 0x1ffff && r%251 != 0 {
			continue
		}
		plain, want := r, ""
		if r >= 0xff10 && r <= 0xff5a { // full width
			plain -= 0xfee0
		}
		if plain != r || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			want = string(unicode.ToLower(plain))
		}
		if got := Key("." + string(r)); got != want {
			t.Fatalf("Key(%+q) = %+q, want %+q", r, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	w := NewWords("next", "重要", "a")
	for s, want := range map[string]bool{"next": true, "重要": true, "a": true, "": false, "nexd": false, "nextt": false, "重点": false, "b": false, strings.Repeat("n", 68): false} {
		if got := w.Has(s); got != want {
			t.Errorf("Has(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestPhrasesInAnyCase(t *testing.T) {
	set := NewPhrases([]string{"follow us on", "nächste seite", "微信公众号", "加入line", "подписывайтесь", "don’t miss"})
	texts := []string{"", "F", "Follow us on X", "FOLLOW US O", "and FOLLOW US ON", "Nächste Seite", "NÄCHSTE SEITE", "die NäCHSTE sEITE", "关注微信公众号", "加入LINE好友",
		"加入Line", "加入LIN", "Подписывайтесь", "ПОДПИСЫВАЙТЕСЬ на", "Don’t miss", "DON’T MISS", "\xff follow us on", "Ⅷ Follow Us On", "quiet"}
	for _, text := range texts {
		low, held, begun := strings.ToLower(text), 0, false
		for phrases := range maps.Values(set.list) {
			for _, x := range phrases {
				if strings.Contains(low, x) {
					held++
				}
				begun = begun || strings.HasPrefix(low, x)
			}
		}
		if in, n, begins := set.In(text), set.Count(text), set.Begins(text); in != (held > 0) || n != held || begins != begun {
			t.Errorf("%q: in %v, count %d, begins %v, want %v, %d, %v", text, in, n, begins, held > 0, held, begun)
		}
	}
}
