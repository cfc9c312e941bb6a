package article

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFold holds the quick look at a text's bytes against what it stands for:
// Fields and Join over white space of every script.
func TestFold(t *testing.T) {
	letters := []rune{' ', ' ', 'a', 'b', '\t', '\n', 0x01, 0x85, 0xA0, 0x1680, 0x2000, 0x2028, 0x202F, 0x205F, 0x3000, '中', '。', 'é', '—', '“', '\u200b', 0x1F600}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 50_000 {
		var b strings.Builder
		for range rnd.IntN(8) {
			b.WriteRune(letters[rnd.IntN(len(letters))])
		}
		s := b.String()
		if rnd.IntN(20) == 0 && len(s) > 1 {
			s = s[:len(s)-1] // cut within a character
		}
		want := s
		if fields := strings.Fields(s); len(fields) != 1 || fields[0] != s {
			want = strings.Join(fields, " ")
		}
		if got := fold(s); got != want {
			t.Fatalf("fold(%q) = %q, want %q", s, got, want)
		}
	}
}
