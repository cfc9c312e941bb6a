package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func gb(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func utf16(order unicode.Endianness, bom unicode.BOMPolicy, s string) string {
	out, err := unicode.UTF16(order, bom).NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func TestDecode(t *testing.T) {
	han := "青石县防汛指挥部召开会议，部署今年汛期的各项准备工作。"
	jis, err := japanese.ISO2022JP.NewEncoder().String("川上町の役場で防災会議")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body, contentType string
		want, charset     string
	}{
		"empty":                      {"", "", "", "utf-8"},
		"ascii with any header":      {"<p>plain</p>", "text/html; charset=big5", "<p>plain</p>", "utf-8"},
		"utf-8 whatever is said":     {"<meta charset=gbk>" + han, "text/html; charset=gb2312", "<meta charset=gbk>" + han, "utf-8"},
		"utf-8 mark dropped":         {"\uFEFF<p>" + han, "", "<p>" + han, "utf-8"},
		"mark in the middle":         {"<p>a\uFEFFb", "", "<p>ab", "utf-8"},
		"utf-16 little, marked":      {utf16(unicode.LittleEndian, unicode.UseBOM, "<p>"+han), "", "<p>" + han, "utf-16le"},
		"utf-16 big, marked":         {utf16(unicode.BigEndian, unicode.UseBOM, "<p>"+han), "text/html; charset=utf-8", "<p>" + han, "utf-16be"},
		"utf-16 without mark":        {utf16(unicode.LittleEndian, unicode.IgnoreBOM, "<?xml?>"+han), "", "<?xml?>" + han, "utf-16le"},
		"nul kept":                   {"<p>a\x00b" + han, "", "<p>a\x00b" + han, "utf-8"},
		"cut utf-8":                  {"<p>" + han + han[:len(han)-1], "text/html; charset=gbk", "<p>" + han + strings.TrimSuffix(han, "。") + "\uFFFD", "utf-8"},
		"gbk by meta":                {gb("<meta charset=\"GBK\"><p>" + han), "", "<meta charset=\"GBK\"><p>" + han, "gb18030"},
		"gbk by header":              {gb("<p>短讯"), "text/html;charset=GB2312", "<p>短讯", "gb18030"},
		"gbk, upper case http-equiv": {gb(`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; CHARSET=gb2312"><p>短讯`), "", `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; CHARSET=gb2312"><p>短讯`, "gb18030"},
		"gbk called utf-8":           {gb("<meta charset=utf-8><p>" + han), "text/html; charset=utf-8", "<meta charset=utf-8><p>" + han, "gb18030"},
		"gbk called latin-1":         {gb("<p>" + han), "text/html; charset=ISO-8859-1", "<p>" + han, "gb18030"},
		"meta in a comment":          {gb("<!-- <meta charset=big5> --><meta charset=gbk>短讯"), "", "<!-- <meta charset=big5> --><meta charset=gbk>短讯", "gb18030"},
		"meta in a script":           {gb("<script>'<meta charset=big5>'</script><meta charset=gbk>短讯"), "", "<script>'<meta charset=big5>'</script><meta charset=gbk>短讯", "gb18030"},
		"feed":                       {gb(`<?xml version='1.0' encoding='GB2312'?><rss><title>短讯`), "application/xml", `<?xml version='1.0' encoding='GB2312'?><rss><title>短讯`, "gb18030"},
		"unknown label passed over":  {gb("<meta charset=x-own><meta charset=gbk>短讯"), "text/html; charset=ansi", "<meta charset=x-own><meta charset=gbk>短讯", "gb18030"},
		"one latin-1 letter":         {"<p>caf\xE9", "", "<p>café", "windows-1252"},
		"iso-8859-1 quotes":          {"<p>\x93caf\xE9\x94", "text/html; charset=iso-8859-1", "<p>“café”", "windows-1252"},
		"iso-2022-jp":                {jis, "text/html; charset=iso-2022-jp", "川上町の役場で防災会議", "iso-2022-jp"},
	} {
		t.Run(name, func(t *testing.T) {
			out, charset := Decode([]byte(c.body), c.contentType)
			if string(out) != c.want || charset != c.charset {
				t.Errorf("Decode = %q, %s; want %q, %s", out, charset, c.want, c.charset)
			}
		})
	}
}

func TestDecodeDoesNotCopyUTF8(t *testing.T) {
	body := []byte("<p>" + strings.Join(sentences["zh"], "</p><p>"))
	out, _ := Decode(body, "text/html; charset=gbk")
	if &out[0] != &body[0] || len(out) != len(body) {
		t.Error("valid UTF-8 was copied")
	}
	if n := testing.AllocsPerRun(10, func() { Decode(body, "text/html; charset=gbk") }); n != 0 {
		t.Errorf("%v allocations for valid UTF-8", n)
	}
}

func TestDecodeLeavesInput(t *testing.T) {
	body := []byte(gb("<p>" + sentences["zh"][0]))
	before := bytes.Clone(body)
	Decode(body, "")
	if !bytes.Equal(before, body) {
		t.Error("the input was changed")
	}
}

func TestDecodeIsDeterministic(t *testing.T) {
	body := []byte(gb("<p>短讯"))
	first, name := Decode(body, "")
	for range 20 {
		if out, n := Decode(body, ""); n != name || !bytes.Equal(out, first) {
			t.Fatalf("%s, then %s", name, n)
		}
	}
}

func TestDeclared(t *testing.T) {
	for _, c := range []struct {
		head, contentType, want string
	}{
		{`<meta charset="utf-8">`, "", "utf-8"},
		{`<meta charset = 'Shift-JIS' >`, "", "shift_jis"},
		{`<meta charset=x-sjis/>`, "text/html; charset=\"EUC-JP\"", "euc-jp shift_jis"},
		{`<meta name=description content="charset: none"><meta content="text/html;charset=big5-hkscs" http-equiv=content-type>`, "", "big5"},
		{`<?xml version="1.0" encoding="windows-1251"?><meta charset=koi8-r>`, "", "koi8-r windows-1251"},
		{strings.Repeat(" ", metaLimit) + `<meta charset=gbk>`, "", ""},
		{`<script>endless <meta charset=gbk>`, "", ""},
		{`<meta charset=`, "text/html; charset", ""},
		{`<?xml encoding=`, "", ""},
		{`<meta charset=utf-16>`, "", ""},
	} {
		if got := strings.Join(declared([]byte(c.head), c.contentType), " "); got != c.want {
			t.Errorf("declared(%.60q, %q) = %q, want %q", c.head, c.contentType, got, c.want)
		}
	}
}

// FuzzDecode holds what every caller relies on: valid UTF-8 without marks, a
// name, the same answer again, and no growth beyond what U+FFFD costs.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("<p>caf\xE9"), "text/html; charset=iso-8859-1")
	f.Add([]byte(gb("<meta charset=gbk><p>短讯")), "")
	f.Add([]byte("\xFF\xFE<\x00p\x00"), "")
	f.Add([]byte("\x1b$B@n\x1b(B"), "text/html; charset=iso-2022-jp")
	f.Add([]byte("<?xml encoding='big5'?>\xA4\x40"), "charset")
	f.Add([]byte("\xEF\xBB\xEF\xBB\xBF\xBF"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		out, name := Decode(body, contentType)
		if !utf8.Valid(out) || bytes.Contains(out, []byte("\uFEFF")) || name == "" {
			t.Fatalf("%s: %q", name, out)
		}
		if len(out) > 3*len(body)+3 {
			t.Fatalf("%d bytes of %d", len(out), len(body))
		}
		if again, n := Decode(body, contentType); n != name || !bytes.Equal(again, out) {
			t.Fatalf("%s, then %s", name, n)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := strings.Repeat("<p>"+strings.Join(sentences["zh"], "</p><p>"), 20)
	for name, body := range map[string]string{"utf-8": text, "gbk declared": gb("<meta charset=gbk>" + text), "gbk undeclared": gb(text)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				Decode([]byte(body), "")
			}
		})
	}
}
