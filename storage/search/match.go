package search

import (
	"strings"
)

// condition is a query in SQL: an expression for the full-text index ("" for
// none) and ranges of article numbers.
type condition struct {
	match  string
	ranges []docRange
}

// lastDoc is behind all numbers of articles.
const lastDoc = 1 << 62

// docRange is a range of article numbers, first to behind the last.
type docRange struct {
	first, end int64
	not        bool
}

// compile turns a query into a condition. A term without a letter or digit is
// passed over, as in the text.
func compile(q Query) (condition, error) {
	var c condition
	var must, not []string
	for _, t := range q.Terms {
		if t.Field == "year" {
			first, last, err := period(t.Text)
			if err != nil {
				return condition{}, err
			}
			c.ranges = append(c.ranges, docRange{firstDoc(first), firstDoc(last + 1), t.Not})
			continue
		}
		e := expression(t)
		switch {
		case e == "":
		case t.Not:
			not = append(not, e)
		default:
			must = append(must, e)
		}
	}
	if len(not) > 0 && len(must) == 0 {
		must = append(must, "tag : "+everything)
	}
	c.match = strings.Join(must, " AND ")
	for _, e := range not {
		c.match = "(" + c.match + ") NOT (" + e + ")"
	}
	return c, nil
}

// textColumns are searched by a term without a field.
const textColumns = "{title body caption author source section}"

func expression(t Term) string {
	column, isText := columns[t.Field]
	if t.Field != "" && !isText {
		return "tag : " + tag(t.Field, t.Text)
	}
	terms, prefix := phrase(t.Text)
	if len(terms) == 0 {
		return ""
	}
	if column == "" {
		column = textColumns
	}
	e := column + ` : "` + strings.Join(terms, " ") + `"`
	if prefix {
		e += " *"
	}
	return e
}

// where returns the condition as SQL over the table words, and its arguments.
func (c condition) where() (string, []any) {
	var parts []string
	var args []any
	if c.match != "" {
		parts, args = append(parts, "words match ?"), append(args, c.match)
	}
	// SQLite does not find the full-text index any more behind more than some bounds of one
	// column: the ranges are made one.
	within := docRange{end: lastDoc}
	for _, r := range c.ranges {
		if r.not {
			parts = append(parts, "not (+"+c.number()+" >= ? and +"+c.number()+" < ?)")
			args = append(args, r.first, r.end)
			continue
		}
		within.first, within.end = max(within.first, r.first), min(within.end, r.end)
	}
	if within != (docRange{end: lastDoc}) {
		parts, args = append(parts, c.number()+" >= ? and "+c.number()+" < ?"), append(args, within.first, within.end)
	}
	if len(parts) == 0 {
		return "", nil
	}
	return " where " + strings.Join(parts, " and "), args
}

// from returns the table that has the article numbers.
func (c condition) from() string {
	if c.match == "" {
		return "article"
	}
	return "words"
}
