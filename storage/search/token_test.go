package search

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Café, 2024!", "cafe 2024"},
		{"江边灯会", "江边 边灯 灯会 会"},
		{"灯会2024年", "灯会 会 2024 年"},
		{"ＡＢＣ ｱｲ", "abc アイ イ"},
		{"서울 시청", "서울 울 시청 청"},
		{"東京タワー", "東京 京タ タワ ワー ー"},
		{"สวัสดี", "สว วั ัส สด ดี ี"},
		{"الطقس اليوم", "الطقس اليوم"},
		{"ΟΔΟΣ", "οδοσ"},
		{"don't", "don t"},
		{"x² H₂O", "x2 h2o"},
		{"", ""},
	} {
		if got := strings.TrimSpace(tokens(c.text)); got != c.want {
			t.Errorf("Tokens(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPhrase(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   string
		prefix bool
	}{
		{"灯会", "灯会", false},
		{"税", "税", true},
		{"江边灯会", "江边 边灯 灯会", false},
		{"灯会 2024", "灯会 会 2024", false},
		{"2024年", "2024 年", true},
		{"Harbour", "harbour", false},
		{"…", "", false},
	} {
		terms, prefix := phrase(c.text)
		if got := strings.Join(terms, " "); got != c.want || prefix != c.prefix {
			t.Errorf("phrase(%q) = %q, %v, want %q, %v", c.text, got, prefix, c.want, c.prefix)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"a\u0301b", "灯\xff会", "\u0e31", "ﬁ ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []byte(tokens(text)) {
			if c < 0x80 && c != ' ' && !('a' <= c && c <= 'z') && !('0' <= c && c <= '9') {
				t.Fatalf("Tokens(%q) has the separator %q", text, c)
			}
		}
	})
}
