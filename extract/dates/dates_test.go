package dates

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// captured is the moment at which the tests' pages were captured: a Thursday noon in UTC.
var captured = time.Date(2024, 5, 16, 12, 0, 0, 0, time.UTC)

func TestFind(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	for _, tt := range []struct {
		lang, in, want string
	}{
		// East Asia
		{"zh", "2019-09-23 07:48", "2019-09-23T07:48:00+08:00"},
		{"zh", "2019年11月25日 16:04:30", "2019-11-25T16:04:30+08:00"},
		{"zh", "2019年06月15日08:18", "2019-06-15T08:18:00+08:00"},
		{"zh", "2012/1/12 17:21:00", "2012-01-12T17:21:00+08:00"},
		{"zh", "18-03-08 23:16", "2018-03-08T23:16:00+08:00"},
		{"zh", "2012.01.12 02:09 am", "2012-01-12T02:09:00+08:00"},
		{"zh", "2012-01-11 HKT 21:43", "2012-01-11T21:43:00+08:00"},
		{"zh", "２０１２年１月１７日", "2012-01-17"},
		{"zh", "2025年1月13日 20時01分", "2025-01-13T20:01:00+08:00"},
		{"zh", "2025年1月13日 20点01分09秒", "2025-01-13T20:01:09+08:00"},
		{"en", "Published: 5:32 AM Oct 14, 2024 • Updated: 7:01 AM Oct 15, 2024", "2024-10-14T05:32:00+08:00"},
		{"zh", "2019 | 09/07 | 19:02", "2019-09-07T19:02:00+08:00"},
		{"zh", "2023 11/ 17 20:52:15", "2023-11-17T20:52:15+08:00"},
		{"zh", "湖畔2019-09-23 07:48", "2019-09-23T07:48:00+08:00"},
		{"zh", "2020-06-06 12:11来源：湖畔晚报", "2020-06-06T12:11:00+08:00"},
		{"zh", "http://www.example.cn2011-12-09城北晚报", "2011-12-09"},
		{"zh", "发布时间：2019-05-18 来源：湖畔学会", "2019-05-18"},
		{"zh", "【 2011-12-09 20:27 】", "2011-12-09T20:27:00+08:00"},
		{"zh", "2012年01月17日 星期二 08:30", "2012-01-17T08:30:00+08:00"},
		{"zh", "2012年01月17日(星期二) 下午 3:07", "2012-01-17T15:07:00+08:00"},
		{"zh", "2012年1月17日 上午12:07", "2012-01-17T00:07:00+08:00"},
		{"zh", "2012年 01月16日", "2012-01-16"},
		{"zh", "二〇一二年一月十七日", "2012-01-17"},
		{"zh", "二○一九年十二月三十一日 09:30", "2019-12-31T09:30:00+08:00"},
		{"zh", "2019-09-2307:48", "2019-09-23T07:48:00+08:00"},
		{"zh", "时间：2012-01-12 15:34:35 来源：", "2012-01-12T15:34:35+08:00"},
		{"zh", "2024-04-23 12:27（北京时间）", "2024-04-23T12:27:00+08:00"},
		{"zh", "2024-04-23 12:27 GMT+8", "2024-04-23T12:27:00+08:00"},
		{"zh", "2024-04-23 12:27 CST", "2024-04-23T12:27:00+08:00"},
		{"zh", "3小时前", "2024-05-16"},
		{"zh", "23小时前", "2024-05-15"},
		{"zh", "5分钟前", "2024-05-16T19:55:00+08:00"},
		{"zh", "昨天 12:30", "2024-05-15T12:30:00+08:00"},
		{"zh", "前天", "2024-05-14"},
		{"zh", "2天前", "2024-05-14"},
		{"ja", "2024年12月3日 23時17分", "2024-12-03T23:17:00+08:00"},
		{"ja", "2024/12/03 23:17", "2024-12-03T23:17:00+08:00"},
		{"ja", "2024年12月3日(火) 午後11:17", "2024-12-03T23:17:00+08:00"},
		{"ja", "10時間前", "2024-05-16"},
		{"ko", "입력 2024.07.12 22:09", "2024-07-12T22:09:00+08:00"},
		{"ko", "2024. 1. 12. 오후 3:05", "2024-01-12T15:05:00+08:00"},
		{"ko", "2024년 1월 12일 15시 05분", "2024-01-12T15:05:00+08:00"},
		{"ko", "2일 전", "2024-05-14"},
		{"zh", "中華民國101年1月12日", "2012-01-12"},
		{"zh", "民國 101 年 1 月 12 日 14:05", "2012-01-12T14:05:00+08:00"},
		{"ja", "令和6年5月3日 10時30分", "2024-05-03T10:30:00+08:00"},
		{"zh", "第101年1月", ""},
		// West
		{"en", "January 17, 2012 06:00 AM", "2012-01-17T06:00:00+08:00"},
		{"en", "Jan. 17, 2012 at 6:05 p.m.", "2012-01-17T18:05:00+08:00"},
		{"en", "14:00, 28 Apr 2024", "2024-04-28T14:00:00+08:00"},
		{"en", "11:00 AM PDT • May 16, 2024", "2024-05-16T11:00:00-07:00"},
		{"en", "Published April 26, 2023 2:20pm EDT", "2023-04-26T14:20:00-04:00"},
		{"en", "Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T14:23:00-04:00"},
		{"en", "March 7, 20247:55 AM UTC", "2024-03-07T07:55:00+00:00"},
		{"en", "Sat 24 Feb 2024 12.42 CET", "2024-02-24T12:42:00+01:00"},
		{"en", "February 28 2024, 9:54 a.m.", "2024-02-28T09:54:00+08:00"},
		{"en", "Posted: Aug 08, 2023 4:00 AM EDT | Last Updated: August 8", "2023-08-08T04:00:00-04:00"},
		{"en", "Published on 06/01/2026 - 13:55 GMT+1", "2026-01-06T13:55:00+01:00"},
		{"en", "Sep 2, 2024, 17:07 IST", "2024-09-02T17:07:00+05:30"},
		{"en", "June 30, 2026 - 4.34pm", "2026-06-30T16:34:00+08:00"},
		{"en", "Mon Sep 02 01:11:35 EDT 2024", "2024-09-02T01:11:35-04:00"},
		{"en", "Updated 3:30 p.m. ET May 2, 2024", "2024-05-02T15:30:00-04:00"},
		{"en", "Jan 5, 2024 3:30 PM ET", "2024-01-05T15:30:00-05:00"},
		{"en", "2 hours ago", "2024-05-16"},
		{"en", "17th March 2013", "2013-03-17"},
		{"en", "Tuesday, 17 January 2012", "2012-01-17"},
		{"de", "3. Mai 2024, 17:47", "2024-05-03T17:47:00+08:00"},
		{"de", "05.06.2025 um 14:46", "2025-06-05T14:46:00+08:00"},
		{"de", "06. 01. 2026, 14:59 Uhr", "2026-01-06T14:59:00+08:00"},
		{"de", "22.11.2024 07.57", "2024-11-22T07:57:00+08:00"},
		{"de", "28. Juni 2025 - 16.03 Uhr", "2025-06-28T16:03:00+08:00"},
		{"de", "28.04.2023 | 17:52 Uhr", "2023-04-28T17:52:00+08:00"},
		{"de", "25.4.24", "2024-04-25"},
		{"de", "vor 3 Tagen", "2024-05-13"},
		{"de", "Artikel vom 1. Jänner 2013", "2013-01-01"},
		{"fr", "Publié le 18 juil. 2024 à 08:01", "2024-07-18T08:01:00+08:00"},
		{"fr", "le 22/11/2024 à 09h47", "2024-11-22T09:47:00+08:00"},
		{"fr", "1er août 2023", "2023-08-01"},
		{"fr", "il y a 5 minutes", "2024-05-16T19:55:00+08:00"},
		{"es", "25 de mayo de 2025 16:51 h", "2025-05-25T16:51:00+08:00"},
		{"es", "Madrid-29/05/2025 20:00", "2025-05-29T20:00:00+08:00"},
		{"es", "hace 2 días", "2024-05-14"},
		{"pt", "12 de março de 2021 às 09h30", "2021-03-12T09:30:00+08:00"},
		{"it", "5 gennaio 2025 | 15:24", "2025-01-05T15:24:00+08:00"},
		{"it", "3 ore fa", "2024-05-16"},
		{"it", "un'ora fa", "2024-05-16"},
		{"es", "Hace una hora", "2024-05-16"},
		{"pt", "há uma hora", "2024-05-16"},
		{"fr", "il y a une heure", "2024-05-16"},
		{"fr", "17 janv. 2012 - 10 h 15", "2012-01-17T10:15:00+08:00"},
		{"el", "πριν από 2 ώρες", "2024-05-16"},
		{"el", "17/01/2012 - 3:15 μμ", "2012-01-17T15:15:00+08:00"},
		{"el", "17/01/2012, 3:15 μ.μ.", "2012-01-17T15:15:00+08:00"},
		{"el", "17/01/2012, 10:15 π.μ.", "2012-01-17T10:15:00+08:00"},
		{"zh", "2012年1月17日晚8時30分", "2012-01-17T20:30:00+08:00"},
		{"zh", "半小时前", "2024-05-16T19:30:00+08:00"},
		{"zh", "1週前", "2024-05-09"},
		{"nl", "12 maart 2021 om 15:30", "2021-03-12T15:30:00+08:00"},
		{"pl", "13 stycznia 2012, godz. 10:15", "2012-01-13T10:15:00+08:00"},
		{"pl", "Publikacja: 02.02.2025 21:52", "2025-02-02T21:52:00+08:00"},
		{"ru", "13 января 2012, 10:15 МСК", "2012-01-13T10:15:00+03:00"},
		{"ru", "пятница, 13 января 2012 года в 10:15", "2012-01-13T10:15:00+08:00"},
		{"el", "17 Ιανουαρίου 2012, 14:30", "2012-01-17T14:30:00+08:00"},
		{"el", "Τρίτη, 17 Ιανουαρίου 2012", "2012-01-17"},
		{"sv", "söndag 2 augusti 2015 kl. 14:05", "2015-08-02T14:05:00+08:00"},
		{"no", "Publisert torsdag 09. mai 2024 - 13:26", "2024-05-09T13:26:00+08:00"},
		{"no", "15.10.23 23:35", "2023-10-15T23:35:00+08:00"},
		{"da", "torsdag 06. feb 2025 17:25", "2025-02-06T17:25:00+08:00"},
		{"tr", "03.07.2024 - 18:24", "2024-07-03T18:24:00+08:00"},
		{"cs", "8. dubna 2025 5:00", "2025-04-08T05:00:00+08:00"},
		{"id", "12 Agustus 2023 09:30 WIB", "2023-08-12T09:30:00+07:00"},
		{"ar", "١٧ يناير ٢٠١٢", "2012-01-17"},
		// ISO and what attributes hold
		{"", "2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42+00:00"},
		{"", "2025-02-02T20:07:46.0000000Z", "2025-02-02T20:07:46+00:00"},
		{"", "2024-02-28T09:54:09-05:00", "2024-02-28T09:54:09-05:00"},
		{"", "2024-02-28T09:54-0500", "2024-02-28T09:54:00-05:00"},
		{"", "2024-11-22 07:22:44 +02:00", "2024-11-22T07:22:44+02:00"},
		{"", "Fri, 28 Apr 2023 17:52:31 GMT", "2023-04-28T17:52:31+00:00"},
		{"", "Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)", "2023-04-28T17:52:31+00:00"},
		{"", "Friday, 28-Apr-23 17:52:31 GMT", "2023-04-28T17:52:31+00:00"},
		// nothing
		{"zh", "0771-2083335", ""},
		{"en", "10:00-11:30", ""},
		{"en", "version 1.2012.01.02", ""},
		{"en", "in May 2019 the council met", ""},
		{"zh", "2012-13-45", ""},
		{"en", "June 31, 2020", ""},
		{"en", "the 3 marched on", ""},
		{"zh", "99.9%", ""},
		{"", "192.168.10.12", ""},
		{"", "", ""},
	} {
		got := ""
		h := Hints{Lang: tt.lang, MonthFirst: false, Now: captured, Location: shanghai}
		if f := Find(tt.in, h); len(f) > 0 {
			got = f[0].Format(shanghai)
			if f[0].Start < 0 || f[0].End > len(tt.in) || f[0].Start >= f[0].End {
				t.Errorf("Find(%q): range %d:%d", tt.in, f[0].Start, f[0].End)
			}
		}
		if got != tt.want {
			t.Errorf("Find(%q, %s) = %q, want %q", tt.in, tt.lang, got, tt.want)
		}
	}
}

func TestFindWithoutYear(t *testing.T) {
	for _, tt := range []struct{ lang, in, want string }{
		{"zh", "10-08 12:00", "2023-10-08T12:00:00+00:00"},
		{"zh", "发布时间：10-0812:00", "2023-10-08T12:00:00+00:00"},
		{"zh", "1月17日 20:05", "2024-01-17T20:05:00+00:00"},
		{"de", "28.04. 20:15", "2024-04-28T20:15:00+00:00"},
		{"en", "August 3 at 10:23 AM", "2023-08-03T10:23:00+00:00"},
	} {
		f := Find(tt.in, Hints{Lang: tt.lang})
		if len(f) != 1 || f[0].Year != 0 {
			t.Errorf("Find(%q) = %v, want one time without a year", tt.in, f)
			continue
		}
		if got := f[0].WithYear(captured).Format(time.UTC); got != tt.want {
			t.Errorf("%q completed = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFindSeveral(t *testing.T) {
	f := Find("Published November 18, 2023 9:26pm Updated November 19, 2023 4:23pm", Hints{Lang: "en"})
	if len(f) != 2 || f[0].Day != 18 || f[0].Hour != 21 || f[1].Day != 19 || f[1].Hour != 16 {
		t.Errorf("got %v", f)
	}
}

func TestDayMonthOrder(t *testing.T) {
	for _, tt := range []struct {
		in         string
		monthFirst bool
		want       string
		ambiguous  bool
	}{
		{"02/03/2012", false, "2012-03-02", true},
		{"02/03/2012", true, "2012-02-03", true},
		{"14/03/2012", true, "2012-03-14", false},
		{"03/14/2012", false, "2012-03-14", false},
	} {
		f := Find(tt.in, Hints{Lang: "en", MonthFirst: tt.monthFirst})
		if len(f) != 1 || f[0].Format(nil) != tt.want || f[0].Ambiguous != tt.ambiguous {
			t.Errorf("Find(%q, month first %v) = %v, want %s", tt.in, tt.monthFirst, f, tt.want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"1714485634", "2024-04-30T14:00:34+00:00"},
		{"1714485634000", "2024-04-30T14:00:34+00:00"},
		{"20120117", "2012-01-17"},
		{"20120117172100", "2012-01-17T17:21:00+00:00"},
		{"20120117T172100Z", "2012-01-17T17:21:00+00:00"},
		{"20120117T172100+0800", "2012-01-17T17:21:00+08:00"},
		{"2024-05-03T17:47 ", "2024-05-03T17:47:00+00:00"},
		{" 2024-05-03 ", "2024-05-03"},
		{"May 15th, 2023", "2023-05-15"},
		{"12345678", ""},
		{"0000-00-00", ""},
		{"torsdag", ""},
	} {
		s, ok := Parse(tt.in, Hints{})
		if got := s.Format(time.UTC); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("Parse(%q) = %q %v, want %q", tt.in, got, ok, tt.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"2019-09-23 07:48", "二〇一二年一月十七日", "Jan 17 06:00:00 EST 2012", "il y a 3 heures", "10-0812:00", "vor einer Stunde"} {
		f.Add(s, "zh")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		h := Hints{Lang: lang, Now: captured}
		last := 0
		for _, x := range Find(s, h) {
			if x.Start < last || x.End <= x.Start || x.End > len(s) {
				t.Fatalf("range %d:%d after %d in %q", x.Start, x.End, last, s)
			}
			last = x.End
			if !x.Valid() || x.Precision == None {
				t.Fatalf("invalid %+v in %q", x, s)
			}
		}
		if st, ok := Parse(s, h); ok && (!st.Valid() || st.Format(nil) == "") {
			t.Fatalf("Parse(%q) = %+v", s, st)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	lines := []string{"城北晚报网讯 记者获悉,近日全市各县区陆续启动", "Published April 26, 2023 2:20pm EDT", "2022-10-30 17:35:03 字号:", "About us", "第3届运动会共有12支队伍参加"}
	b.ReportAllocs()
	f := NewFinder(Hints{Lang: "zh"})
	for b.Loop() {
		for _, l := range lines {
			f.Find(l)
		}
	}
}

// TestVocabularyIsFound checks that the short ways past the vocabulary lead past
// none of its words.
func TestVocabularyIsFound(t *testing.T) {
	for s, want := range vocabulary {
		for _, text := range []string{s, strings.ToUpper(s), s + " 5", s + ",", "(" + s + ")"} {
			if text != s && text == strings.ToUpper(s) && (strings.ToLower(text) != s || strings.ContainsAny(s, ".'")) {
				continue // capitals that fold to another spelling (ΜΆΪ), and "A.M", of which nobody prints any other
			}
			found := false
			for _, tok := range scan(text, nil) {
				found = found || tok.kind == kWord && tok.w == want
			}
			if !found {
				t.Errorf("%q in %q is not known", s, text)
			}
		}
	}
	for _, w := range eastDays {
		r, _ := utf8.DecodeRuneInString(w.word)
		if tok := (token{kind: kRune, r: r}); !tok.startsTime() {
			t.Errorf("no time starts with the first character of %s", w.word)
		}
	}
}
