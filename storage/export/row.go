package export

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

func firstSeen(r *ledger.Record) time.Time {
	if r.First.IsZero() {
		return r.Time
	}
	return r.First
}

// stamp is RFC 3339 in UTC to the second, "" for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// moment is a time of publication: an instant, or a day only.
type moment struct {
	at      time.Time // zero if there is none, or a day only
	day     string    // by the clock of the page: 2024-03-12
	offset  int       // minutes east of UTC
	instant bool
}

func readMoment(s *string) moment {
	if s == nil {
		return moment{}
	}
	if t, err := time.Parse(time.RFC3339, *s); err == nil {
		_, seconds := t.Zone()
		return moment{t.UTC(), t.Format(time.DateOnly), seconds / 60, true}
	}
	if t, err := time.Parse(time.DateOnly, *s); err == nil {
		return moment{day: t.Format(time.DateOnly)}
	}
	return moment{}
}

func publishedDay(a *article.Article) string { return readMoment(a.Published).day }

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// wordCount counts words; a character of a script without spaces is one.
func wordCount(text string) int {
	n, in := 0, false
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			if unicode.IsLetter(r) {
				n++
			}
			in = false
		case unicode.IsLetter(r), unicode.IsNumber(r):
			if !in {
				n++
			}
			in = true
		case !unicode.IsMark(r) && !strings.ContainsRune("'’", r):
			in = false
		}
	}
	return n
}

func charCount(text string) int { return utf8.RuneCountInString(text) }

func archivedImages(a *article.Article) int {
	n := 0
	for i := range a.Images {
		if a.Images[i].Status == article.ImageArchived {
			n++
		}
	}
	return n
}

// leadImage returns the article's lead image, a zero image if there is none.
func leadImage(a *article.Article) article.Image {
	for i := range a.Images {
		if a.Images[i].Role == article.ImageLead {
			return a.Images[i]
		}
	}
	if len(a.Images) > 0 {
		return a.Images[0]
	}
	return article.Image{}
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
