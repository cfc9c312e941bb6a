package discover

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"pressmark/extract/dates"
	"pressmark/extract/text"
)

// plain converts a title to one line of text. The title may hold markup and
// entities, which may be escaped once too often or not at all.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		z := html.NewTokenizer(strings.NewReader(s))
		var b strings.Builder
		for t := z.Next(); t != html.ErrorToken; t = z.Next() {
			if t == html.TextToken {
				b.Write(z.Text())
			}
		}
		s = b.String()
		if strings.Contains(s, "&") {
			s = html.UnescapeString(s)
		}
	}
	return text.Clip(text.Squeeze(s), 1000)
}

// wrapping is the end of a line within an address, with the spaces that indent the next.
var wrapping = regexp.MustCompile(`[ \t]*[\r\n]+[ \t]*`)

// unwrapped returns an address without line ends inside it (RFC 3986, appendix C)
// and without the white space around it.
func unwrapped(address string) string {
	if address = strings.TrimSpace(address); strings.ContainsAny(address, "\r\n") {
		address = wrapping.ReplaceAllString(address, "")
	}
	return address
}

// quotes are the marks that may stand around the value of an attribute.
const quotes = `"'`

// beginsWithAny reports whether the first byte of s is one of set.
func beginsWithAny[S string | []byte](s S, set string) bool {
	return len(s) > 0 && strings.IndexByte(set, s[0]) >= 0
}

// clip shortens a foreign text for a message.
func clip(s string) string { return text.Clip(s, 200) }

// w3c are the forms of W3C-DTF (the profile of ISO 8601 that sitemaps and Atom use),
// and after them the usual slips: a space for the "T", no zone, no colon in the zone.
var w3c = []string{
	time.RFC3339, "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01", "2006",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04",
	"2006-1-2", "2006-1-2 15:04:05", "2006/01/02", "2006/01/02 15:04:05",
	"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 GMT", "Mon, 2 Jan 2006 15:04:05 UTC", "2 Jan 2006 15:04:05 -0700",
}

// readTime parses a time in any form that publishers write. It returns zero if the
// text is not a time or cannot be a publication on the web. A time without a zone is
// taken as UTC. lang is the primary language subtag, "" if unknown: it decides which
// zone "CST" is.
func readTime(s, lang string) time.Time {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 100 {
		return time.Time{}
	}
	s = chineseMonth.ReplaceAllStringFunc(s, englishMonth)
	for _, layout := range w3c {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(t)
		}
	}
	if stamp, ok := dates.Parse(s, dates.Hints{Lang: lang}); ok && !stamp.Relative {
		return plausible(stamp.Time(nil))
	}
	return time.Time{}
}

// chineseMonth matches the month in "周五, 05 一月 2024 08:30:00 +0800": Chinese
// publishing systems translate the month of RFC 822 dates.
var chineseMonth = regexp.MustCompile(` (?:十?[一二三四五六七八九十]|1?\d)月 `)

func englishMonth(s string) string {
	for i, name := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"} {
		if m := strings.TrimSpace(s); m == name+"月" || m == strconv.Itoa(i+1)+"月" {
			return " " + time.Month(i + 1).String()[:3] + " "
		}
	}
	return s
}

// plausible refuses the zero values of publishing systems (0001, 1970) and typos.
func plausible(t time.Time) time.Time {
	if y := t.Year(); y < 1990 || y > 2100 {
		return time.Time{}
	}
	return t
}
