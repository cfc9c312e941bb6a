package extract

import (
	"strings"
	"testing"
)

func TestLowerIsToLower(t *testing.T) {
	for _, s := range []string{"", "news", "News", "新闻", "新闻ABC", "新闻 abc 12", "ЗАВТРА", "Ünï", "\xe4\xb8", "\xe4A\xb8", "新\xff", "Ⓐ", "ｎＥＷＳ", "カタカナ", "한글", "\xe3\x80\x80K"} {
		if got, want := lower(s), strings.ToLower(s); got != want {
			t.Errorf("lower(%q) = %q, want %q", s, got, want)
		}
	}
}
