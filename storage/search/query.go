package search

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// ErrQuery reports a malformed query; the message says what to change.
var ErrQuery = errors.New("bad query")

// Query is a search: terms that all must be met. The zero value finds everything.
type Query struct {
	Terms []Term
}

// Term is one condition of a query.
type Term struct {
	Field string // "" for all text; else one of [Fields]
	Text  string
	Not   bool // articles that meet the condition are left out
}

// Fields lists the names that a term of a query may begin with.
//
// title, body, caption, author, source and section search in that text. The
// others narrow by a value: site, year ("2024", "2020..2024", "2024-03"), day
// ("2024-03-12"), language, publisher, keyword, warning (its code), access, is ("revised",
// "gone", "undated", "pictures", "missing" for missing pictures).
var Fields = []string{"title", "body", "caption", "author", "source", "section",
	"site", "year", "day", "language", "publisher", "keyword", "warning", "access", "is"}

// columns are the fields that are text.
var columns = map[string]string{
	"title": "title", "body": "body", "caption": "caption", "author": "author", "source": "source", "section": "section",
}

// Parse reads a query as people type it:
//
//	storm harbour            both words
//	"storm in the harbour"   the phrase
//	-pier                    not this word
//	title:storm site:example year:2024 -author:"Ann Lee"
//
// If the name before a colon is not one of [Fields], the whole is an ordinary word. An
// unclosed quotation mark extends to the end of the text. The error wraps ErrQuery.
func Parse(text string) (Query, error) {
	var q Query
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var t Term
		if excludes := len(rest) > 1 && rest[0] == '-'; excludes && !unicode.IsSpace(rune(rest[1])) {
			t.Not, rest = true, rest[1:]
		}
		t.Field, rest = cutField(rest)
		t.Text, rest = cutText(rest)
		if t.Text == "" {
			if t.Field != "" {
				return Query{}, fmt.Errorf("%w: nothing follows %s: (for example %s:word)", ErrQuery, t.Field, t.Field)
			}
			continue
		}
		if t.Field == "year" {
			if _, _, err := period(t.Text); err != nil {
				return Query{}, err
			}
		}
		q.Terms = append(q.Terms, t)
	}
	return q, nil
}

// String returns the query as [Parse] reads it.
func (q Query) String() string {
	var out []string
	for _, t := range q.Terms {
		text := t.Text
		if strings.ContainsFunc(text, unicode.IsSpace) {
			text = `"` + text + `"`
		}
		if t.Field != "" {
			text = t.Field + ":" + text
		}
		if t.Not {
			text = "-" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// Words returns the texts that a hit contains, for marking them.
func (q Query) Words() []string {
	var out []string
	for _, t := range q.Terms {
		if _, text := columns[t.Field]; !t.Not && (text || t.Field == "") {
			out = append(out, t.Text)
		}
	}
	return out
}

// Has reports whether a query asks for a value of a field.
func (q Query) Has(field, value string) bool {
	return slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Not && t.Field == field && strings.EqualFold(t.Text, value) })
}

func cutField(s string) (field, rest string) {
	name, after, ok := strings.Cut(s, ":")
	if !ok {
		return "", s
	}
	for _, f := range Fields {
		if strings.EqualFold(name, f) {
			return f, after
		}
	}
	return "", s
}

const quotes = "\"“”„«»「」『』"

// cutText returns a quoted text, or the text up to the next space.
func cutText(s string) (text, rest string) {
	r := []rune(s)
	if len(r) == 0 || unicode.IsSpace(r[0]) {
		return "", s
	}
	if !strings.ContainsRune(quotes, r[0]) {
		if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
			return s[:i], s[i:]
		}
		return s, ""
	}
	for i := 1; i < len(r); i++ {
		if strings.ContainsRune(quotes, r[i]) {
			return strings.TrimSpace(string(r[1:i])), string(r[i+1:])
		}
	}
	return strings.TrimSpace(string(r[1:])), ""
}

// period reads "2024", "2024-03" or "2020..2024" as the first and last month,
// counted from the year 0.
func period(text string) (first, last int, err error) {
	from, to, isRange := strings.Cut(text, "..")
	if !isRange {
		to = from
	}
	first, _, err1 := months(from)
	_, last, err2 := months(to)
	if err := cmp.Or(err1, err2); err != nil || last < first {
		return 0, 0, fmt.Errorf("%w: year:%s: give a year (year:2024), a month (year:2024-03) or a range (year:2020..2024)", ErrQuery, text)
	}
	return first, last, nil
}

func months(text string) (first, last int, err error) {
	y, m, hasMonth := strings.Cut(text, "-")
	year, err := strconv.Atoi(y)
	if isYear := len(y) == 4 && year > 0; err != nil || !isYear {
		return 0, 0, ErrQuery
	}
	if !hasMonth {
		return year * 12, year*12 + 11, nil
	}
	month, err := strconv.Atoi(m)
	if isMonth := 1 <= month && month <= 12; err != nil || !isMonth {
		return 0, 0, ErrQuery
	}
	return year*12 + month - 1, year*12 + month - 1, nil
}
