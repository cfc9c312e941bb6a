package text

import (
	"maps"
	"strings"
	"testing"
)

func TestLowerIsToLower(t *testing.T) {
	for _, s := range []string{"", "news", "News", "新闻", "新闻ABC", "新闻 abc 12", "ЗАВТРА", "Ünï", "\xe4\xb8", "\xe4A\xb8", "新\xff", "Ⓐ", "ｎＥＷＳ", "カタカナ", "한글", "\xe3\x80\x80K", "it’s “here” – now", "it’s Ⅷ", "\u212a", "größe", "GRÖSSE", "Ärger", "ÿ ß", "\xc3", "\xe2\x80", "\xc2A", "»news«", "İı"} {
		if got, want := Lower(s), strings.ToLower(s); got != want {
			t.Errorf("lower(%q) = %q, want %q", s, got, want)
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
