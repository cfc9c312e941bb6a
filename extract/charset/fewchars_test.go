package charset_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"

	"pressmark/extract/charset"
)

// encode writes s in the encoding of a label.
func encode(t *testing.T, label, s string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(label)
	if err != nil {
		t.Fatal(err)
	}
	b, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s cannot write %q: %v", label, s, err)
	}
	return b
}

// fewWords holds names and words that stand alone on a page in English.
var fewWords = map[string][]string{
	"gbk":          {"岛", "水", "木", "谢", "模", "李雷", "渡轮", "欧阳震华", "魏璟瑄 和 鄢颇", "“", "—", "·", "①"},
	"gb18030":      {"㐂", "镕基", "喆"},
	"big5":         {"王", "渡輪", "陳", "蘇貞昌", "啲", "『港』"},
	"big5-hkscs":   {"林", "黃大仙"},
	"shift_jis":    {"山", "東京", "カフェ", "ｶﾅ", "鈴木さん", "～"},
	"euc-jp":       {"山", "東京", "カフェ", "佐藤"},
	"euc-kr":       {"김", "서울", "이순신", "강"},
	"windows-1250": {"Škvorecký", "Łódź", "Żabka", "ő", "Čapek a Žižka"},
	"iso-8859-2":   {"Škvorecký", "Łódź", "ő"},
	"windows-1251": {"Мы", "МЧС", "Чайка", "я", "ЖКХ", "«Заря»"},
	"koi8-r":       {"Мы", "МЧС", "Чайка", "я"},
	"iso-8859-5":   {"Мы", "Чайка"},
	"windows-1252": {"é", "Zoë", "naïve", "São Tomé", "Ørsted", "£5", "it’s"},
	"windows-1253": {"Κως", "ΔΕΗ", "ο", "Άρης"},
	"windows-1254": {"Şırnak", "ğ", "Iğdır", "ışık"},
	"windows-1255": {"שלום", "א", "צה\"ל"},
	"windows-1256": {"قطر", "و", "دبي"},
	"windows-1257": {"Šiauliai", "ž", "Ķīšezers"},
	"windows-1258": {"Đà", "Sơn", "ư"},
	"windows-874":  {"ไทย", "ก", "ภูเก็ต"},
}

// TestFewCharactersDoNotOverrule: a declared encoding that decodes a page without a
// fault is believed, however little there is to bear it out, and however often one name
// is repeated. Statistics on a handful of characters said otherwise.
func TestFewCharactersDoNotOverrule(t *testing.T) {
	for label, words := range fewWords {
		for _, word := range words {
			for how, page := range map[string]string{
				"once": "<h1>Council and %[1]s report</h1><p>The ferry leaves at ten.</p>",
				"in every headline": "<h1>%[1]s</h1>" + strings.Repeat("<a title='%[1]s'>Ferry of %[1]s leaves</a> <b>The boat to %[1]s is late</b>\n", 40) +
					"<p>The ferry leaves at ten.</p>",
			} {
				text := fmt.Sprintf(page, word)
				for where, c := range map[string]struct{ head, contentType string }{
					"header": {"", "text/html; charset=" + label},
					"meta":   {`<meta charset="` + label + `">`, "text/html"},
					"xml":    {`<?xml version="1.0" encoding="` + label + `"?>`, ""},
				} {
					body := encode(t, label, c.head+text)
					if out, name := charset.Decode(body, c.contentType); string(out) != c.head+text {
						t.Errorf("%s by %s, %q %s: read as %s: %.120q", label, where, word, how, name, out)
					}
				}
			}
		}
	}
}

// longText holds a paragraph for each of some encodings.
var longText = map[string]string{
	"gbk":          "昨天上午，市政府召开会议，部署今年汛期的各项准备工作，要求各单位做好巡查。记者了解到，新码头将在下个月开放。",
	"big5":         "昨天上午，鎮公所召開會議，要求各單位做好颱風來臨前的準備。記者了解，新的碼頭將在下個月開放，居民表示歡迎。",
	"shift_jis":    "昨日の午前、町の役場で会議が開かれ、台風への備えが話し合われました。新しい港は来月から使えるということです。",
	"euc-jp":       "昨日の午前、町の役場で会議が開かれ、台風への備えが話し合われました。新しい港は来月から使えるということです。",
	"euc-kr":       "어제 오전 면사무소에서 주민들이 참석한 가운데 회의가 열렸다. 새로 지은 항구는 다음 달부터 이용할 수 있다.",
	"windows-1251": "Вчера утром в посёлке состоялось совещание о подготовке к паводку. Новая пристань откроется в следующем месяце, сообщили жители.",
	"koi8-r":       "Вчера утром в посёлке состоялось совещание о подготовке к паводку. Новая пристань откроется в следующем месяце, сообщили жители.",
	"windows-1253": "Χθες το πρωί έγινε στον δήμο σύσκεψη για την προετοιμασία του λιμανιού. Η νέα αποβάθρα θα ανοίξει τον επόμενο μήνα, είπαν οι κάτοικοι.",
	"windows-1255": "אתמול בבוקר התקיימה ישיבה במועצה על ההכנות לחורף. הרציף החדש ייפתח בחודש הבא, אמרו התושבים.",
	"windows-1256": "عقد المجلس صباح أمس اجتماعا حول الاستعداد لموسم الأمطار. وسيفتح الميناء الجديد في الشهر المقبل، كما قال السكان.",
	"windows-874":  "เมื่อวานนี้มีการประชุมที่ศาลากลางเรื่องการเตรียมพร้อมรับน้ำท่วม ท่าเรือใหม่จะเปิดในเดือนหน้า ชาวบ้านกล่าว",
}

// TestEnoughTextOverrules: one paragraph is enough to overrule a declaration under which
// it reads as no language, and to find an encoding that nothing declares.
func TestEnoughTextOverrules(t *testing.T) {
	lies := []string{"", "utf-8", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
		"windows-1254", "windows-1255", "windows-1256", "windows-874", "koi8-r", "iso-8859-5", "iso-8859-15", "macintosh", "ibm866"}
	for label, text := range longText {
		for _, lie := range lies {
			for where, c := range map[string]struct{ head, contentType string }{
				"header": {"", "text/html; charset=" + lie}, "meta": {`<meta charset="` + lie + `">`, "text/html"},
			} {
				page := c.head + "<p>" + text + "</p>"
				if out, name := charset.Decode(encode(t, label, page), c.contentType); string(out) != page {
					t.Errorf("%s, called %q by %s: read as %s: %.80q", label, lie, where, name, out)
				}
			}
		}
	}
}

// TestSampleBeginsAtTheText: kilobytes of ASCII before the text, within the same piece
// or between its words, do not crowd the text out of what is looked at.
func TestSampleBeginsAtTheText(t *testing.T) {
	filler := func(n int) string {
		return strings.Repeat(`{"id":12345,"url":"/city/ferry","flags":[0,1,2]},`, n/48)
	}
	for label, text := range longText {
		words := strings.Fields(strings.ReplaceAll(text, "，", "， "))
		for shape, page := range map[string]string{
			"script before the text": "<script>var page=[" + filler(6<<10) + "];var title='" + text + "';</script><p>" + text + "</p>",
			"one piece":              filler(8<<10) + text + filler(8<<10),
			"words far apart":        "<script>" + strings.Join(words, filler(4<<10)) + "</script>",
		} {
			if out, name := charset.Decode(encode(t, label, page), "text/html"); string(out) != page {
				t.Errorf("%s, %s: read as %s", label, shape, name)
			}
		}
	}
}

// TestISO2022JPEscapes: strings that go back to JIS X 0201 (ESC ( J) or katakana are
// ISO-2022-JP as those that go back to ASCII are (RFC 1468), declared or not.
func TestISO2022JPEscapes(t *testing.T) {
	const text = "<title>港の朝市</title><p>新しい港は来月から使えるということです。</p>"
	ascii := string(encode(t, "iso-2022-jp", text))
	for shape, body := range map[string]string{
		"ASCII":           ascii,
		"roman":           strings.ReplaceAll(ascii, "\x1b(B", "\x1b(J"),
		"roman, JIS 1978": strings.NewReplacer("\x1b(B", "\x1b(J", "\x1b$B", "\x1b$@").Replace(ascii),
	} {
		for _, contentType := range []string{"", "text/html; charset=iso-2022-jp", "text/html; charset=shift_jis", "text/html; charset=utf-8"} {
			if out, name := charset.Decode([]byte(body), contentType); string(out) != text || name != "iso-2022-jp" {
				t.Errorf("%s, %q: read as %s: %.80q", shape, contentType, name, out)
			}
		}
	}
	katakana := "<p>\x1b(I62E\x1b(B \x1b$B9A\x1b(I62\x1b(B</p>"
	if out, name := charset.Decode([]byte(katakana), ""); string(out) != "<p>ｶｲﾅ 港ｶｲ</p>" {
		t.Errorf("katakana: read as %s: %q", name, out)
	}
	for _, plain := range []string{"\x1b$B", "cost \x1b$ 5 \x1b(B", "\x1b[0m\x1b(B", "\x1b$"} {
		if out, name := charset.Decode([]byte(plain), ""); name != "utf-8" || string(out) != plain {
			t.Errorf("%q: read as %s", plain, name)
		}
	}
}

// TestUTF8ByAccident: the two bytes of some ideographs are valid UTF-8 ("木" in GBK is
// U+013E). A declaration that makes ideographs of the only such letters is believed; a
// page of UTF-8 with a false declaration has letters that belong to words, or signs.
func TestUTF8ByAccident(t *testing.T) {
	for _, c := range []struct{ label, text string }{
		{"gbk", "<p>Mr 木 and Ms 谢 signed</p>"}, {"gbk", "<p>by 模</p>"}, {"gbk", "<p>木</p>"},
	} {
		body := encode(t, c.label, c.text)
		if out, name := charset.Decode(body, "text/html; charset="+c.label); string(out) != c.text {
			t.Errorf("%s %q: read as %s: %q", c.label, c.text, name, out)
		}
	}
	for _, text := range []string{"© 2024", "caf\u00e9", "à la carte", "Δ = 4", "π", "Мы", "Škoda", "Łódź", "5 · 6", "It’s", "Škoda — nový ř"} {
		if out, name := charset.Decode([]byte(text), "text/html; charset=gbk"); string(out) != text || name != "utf-8" {
			t.Errorf("%q: read as %s: %q", text, name, out)
		}
	}
}

// TestStrayLeadByteKeepsTheTag: the first byte of a character in front of a tag or a
// quotation mark takes no markup with it (Encoding Standard: an ASCII byte after a lead
// byte is read again).
func TestStrayLeadByteKeepsTheTag(t *testing.T) {
	for _, label := range []string{"gbk", "big5", "shift_jis", "euc-jp", "euc-kr"} {
		filler := string(encode(t, label, longText[label]+longText[label]))
		for lead := 0x81; lead <= 0xFE; lead++ {
			body := "<p>" + filler + "<p title=\"" + string([]byte{byte(lead)}) + "\">" + string([]byte{byte(lead)}) + "<b>x</b>"
			out, name := charset.Decode([]byte(body), "text/html; charset="+label)
			if !strings.Contains(string(out), "\">") || !strings.HasSuffix(string(out), "<b>x</b>") {
				t.Errorf("%s (read as %s): %#x takes markup: %q", label, name, lead, out[len(out)-40:])
				break
			}
		}
	}
}

// TestDeclarationInProse: a description that speaks of a charset declares none.
func TestDeclarationInProse(t *testing.T) {
	const text = `<meta name="description" content="How charset=big5 pages break > and why"><meta charset=gbk><p>短讯</p>`
	if out, name := charset.Decode(encode(t, "gbk", text), ""); string(out) != text {
		t.Errorf("read as %s: %q", name, out)
	}
	const stray = `<meta http-equiv=Content-Type content=text/html; charset=gb2312><p>短讯</p>`
	if out, name := charset.Decode(encode(t, "gbk", stray), ""); string(out) != stray {
		t.Errorf("unquoted: read as %s: %q", name, out)
	}
	const whole = `<meta charset="text/html; charset=gbk"><p>短讯</p>`
	if out, name := charset.Decode(encode(t, "gbk", whole), ""); string(out) != whole {
		t.Errorf("content in charset: read as %s: %q", name, out)
	}
}
