package charset

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"text/tabwriter"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/traditionalchinese"
)

// made is a page with what it says and what it is.
type made struct {
	body        []byte
	contentType string
	text        string // as UTF-8
}

// maker makes pages of one encoding.
type maker struct {
	name   string // as Decode names it
	label  string // as pages label it
	langs  []string
	encode func(string) ([]byte, bool)
}

func makers(t *testing.T) []maker {
	t.Helper()
	index := func(name, label string, langs ...string) maker {
		enc, err := htmlindex.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		return maker{name, label, langs, func(s string) ([]byte, bool) {
			b, err := enc.NewEncoder().Bytes([]byte(s))
			return b, err == nil
		}}
	}
	gbk := index("gb18030", "gb18030", "zh", "zh-tw")
	return []maker{
		index("utf-8", "UTF-8", "zh", "ja", "ko", "ru", "fr", "pl"),
		{"gb18030", "gbk", []string{"zh"}, gbk.encode},
		{"gb18030", "gb2312", []string{"zh"}, gbk.encode},
		gbk,
		index("big5", "big5", "zh-tw"),
		{"big5", "big5-hkscs", []string{"zh-hk"}, hkscsEncoder(t)},
		index("shift_jis", "Shift_JIS", "ja"), index("euc-jp", "EUC-JP", "ja"), index("euc-kr", "EUC-KR", "ko"),
		index("windows-1250", "windows-1250", "pl", "cs", "hu"), index("iso-8859-2", "ISO-8859-2", "pl", "cs", "hu"),
		index("windows-1251", "windows-1251", "ru", "uk"), index("koi8-r", "koi8-r", "ru"),
		index("windows-1252", "iso-8859-1", "fr", "de", "es"), index("windows-1253", "windows-1253", "el"),
		index("windows-1254", "windows-1254", "tr"), index("windows-1255", "windows-1255", "he"),
		index("windows-1256", "windows-1256", "ar"),
	}
}

// hkscsEncoder writes the Hong Kong characters too, which the standard's own
// encoder leaves out: the decoder is read backwards.
func hkscsEncoder(t *testing.T) func(string) ([]byte, bool) {
	t.Helper()
	codes := map[rune][2]byte{}
	for lead := 0xFE; lead >= 0x87; lead-- { // the lowest code last: none is doubled where it matters
		for trail := 0x40; trail < 0xFF; trail++ {
			code := [2]byte{byte(lead), byte(trail)}
			out, err := traditionalchinese.Big5.NewDecoder().Bytes(code[:])
			if r, n := utf8.DecodeRune(out); err == nil && n == len(out) && r != utf8.RuneError {
				codes[r] = code
			}
		}
	}
	return func(s string) ([]byte, bool) {
		var b []byte
		for _, r := range s {
			if r < utf8.RuneSelf {
				b = append(b, byte(r))
				continue
			}
			c, ok := codes[r]
			if !ok {
				return nil, false
			}
			b = append(b, c[:]...)
		}
		return b, true
	}
}

var cases = []string{"right meta", "right header", "missing", "late meta", "lying meta", "lying header", "xml declaration", "cut"}

// page makes one page of a case. lie is a label that is not the page's.
func (m maker) page(rnd *rand.Rand, kind, lie string) (made, bool) {
	lang := m.langs[rnd.IntN(len(m.langs))]
	var paras strings.Builder
	all := sentences[lang]
	for range 3 + rnd.IntN(6) {
		fmt.Fprintf(&paras, "<p class=\"text\">%s%s</p>\n", all[rnd.IntN(len(all))], all[rnd.IntN(len(all))])
	}
	meta, contentType, head := "", "text/html", "<!DOCTYPE html>\n<html><head>"
	tag := func(label string) string {
		if rnd.IntN(2) == 0 {
			return `<meta charset="` + label + `">`
		}
		return `<META http-equiv="Content-Type" content="text/html; charset=` + label + `">`
	}
	script := "<script>var page={\"id\":%d,\"charset\":\"none\"};</script>\n"
	switch kind {
	case "right meta", "cut":
		meta = tag(m.label)
	case "right header":
		contentType = "text/html; charset=" + m.label
	case "late meta":
		meta = strings.Repeat(fmt.Sprintf(script, rnd.IntN(1e6)), 20+rnd.IntN(200)) + tag(m.label)
	case "lying meta":
		meta = tag(lie)
	case "lying header":
		contentType, meta = "text/html;charset="+lie, tag(lie)
	case "xml declaration":
		head = `<?xml version="1.0" encoding="` + m.label + "\"?>\n<html><head>"
	}
	text := head + meta + "<title>" + all[rnd.IntN(len(all))] + "</title></head><body>\n" + paras.String() + "</body></html>"
	body, ok := m.encode(text)
	if kind == "cut" {
		body = body[:len(body)-rnd.IntN(200)-20]
	}
	return made{body, contentType, text}, ok
}

// right reports whether the page came out as it went in.
func (p made) right(out []byte, kind string) bool {
	if kind != "cut" {
		return string(out) == p.text
	}
	out = bytes.TrimRight(out, "\uFFFD")
	return len(out) > len(p.text)/2 && strings.HasPrefix(p.text, string(out[:len(out)-4]))
}

// TestMadePages makes pages of every encoding with right, missing, late and
// lying declarations; 99 of 100 must come out as they went in, in every column
// and every row.
func TestMadePages(t *testing.T) {
	const each = 16
	rnd := rand.New(rand.NewPCG(2022, 10))
	all := makers(t)
	total, wrong := 0, 0
	byCase, table := map[string]int{}, tabwriter.NewWriter(os.Stdout, 2, 2, 1, ' ', 0)
	if testing.Verbose() {
		fmt.Fprintln(table, "label\t"+strings.Join(cases, "\t"))
		defer table.Flush()
	}
	for i, m := range all {
		row := m.label
		for _, kind := range cases {
			good := 0
			for range each {
				lie := all[(i+1+rnd.IntN(len(all)-1))%len(all)].label
				p, ok := m.page(rnd, kind, lie)
				if !ok {
					t.Fatalf("%s: a sentence cannot be written", m.label)
				}
				out, name := Decode(p.body, p.contentType)
				if p.right(out, kind) {
					good++
				} else if wrong++; wrong < 12 {
					t.Logf("%s, %s (lie %s): read as %s", m.label, kind, lie, name)
				}
				total++
			}
			byCase[kind] += good
			row += fmt.Sprintf("\t%d/%d", good, each)
		}
		if testing.Verbose() {
			fmt.Fprintln(table, row)
		}
	}
	for kind, good := range byCase {
		if made := each * len(all); good*100 < made*99 {
			t.Errorf("%s: %d of %d right", kind, good, made)
		}
	}
	t.Logf("%d pages, %d wrong", total, wrong)
	if total < 2000 || wrong*100 > total {
		t.Errorf("%d of %d pages wrong", wrong, total)
	}
}
