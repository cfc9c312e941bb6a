package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// ErrRecord reports a line that is JSON but lacks a field that every record has.
var ErrRecord = errors.New("not a log record")

// Decode reads one line. Fields that this version does not know are ignored.
// A record without seq, time, URL or outcome is ErrRecord; a line that is not
// JSON gives the error of encoding/json.
func Decode(line []byte) (Record, error) {
	var r Record
	err := r.Decode(line)
	return r, err
}

// Decode is the function Decode, without an allocation for the record.
func (r *Record) Decode(line []byte) error {
	*r = Record{}
	p := parser{s: string(line)} // the fields share this one string
	if !p.record(r) {
		*r = Record{}
		// Anything that AppendJSON does not write, right or wrong, is left to
		// encoding/json.
		if err := json.Unmarshal(line, r); err != nil {
			*r = Record{}
			return fmt.Errorf("decode record: %w", err)
		}
		r.Time, r.Due, r.First, r.Captured = r.Time.UTC(), r.Due.UTC(), r.First.UTC(), r.Captured.UTC()
	}
	return r.check()
}

func (r *Record) check() error {
	missing := ""
	switch {
	case r.Seq < 1:
		missing = "seq"
	case r.Time.IsZero():
		missing = "time"
	case r.URL == "":
		missing = "url"
	case r.Outcome == "":
		missing = "outcome"
	default:
		return nil
	}
	return fmt.Errorf("%w: no %s", ErrRecord, missing)
}

// parser reads the form that AppendJSON writes. It gives up (false) at anything else.
type parser struct {
	s string
	i int
}

func (p *parser) record(r *Record) bool {
	if !p.next('{') {
		return false
	}
	for at := 0; ; {
		name, ok := p.text()
		if !ok || !p.next(':') {
			return false
		}
		if at, ok = p.field(r, name, at); !ok {
			return false
		}
		if p.next(',') {
			continue
		}
		return p.next('}') && p.i == len(p.s)
	}
}

// field reads the value of a field. at is where in the table it is looked for first:
// fields come in its order.
func (p *parser) field(r *Record, name string, at int) (next int, ok bool) {
	for i := range fields {
		if i += at; i >= len(fields) {
			i -= len(fields)
		}
		if fields[i].name == name {
			return i + 1, fields[i].kind.read(p, r)
		}
	}
	return 0, false
}

// next consumes c if it comes next.
func (p *parser) next(c byte) bool {
	if p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

// text reads a string. One with \u escapes or invalid UTF-8 is left to encoding/json.
func (p *parser) text() (string, bool) {
	if !p.next('"') {
		return "", false
	}
	end := strings.IndexByte(p.s[p.i:], '"')
	if end < 0 {
		return "", false
	}
	s := p.s[p.i : p.i+end]
	if strings.IndexByte(s, '\\') >= 0 {
		return p.escaped()
	}
	p.i += end + 1
	return s, plain(s)
}

// plain reports whether s may stand in a JSON string without escapes.
func plain(s string) bool {
	var seen byte
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' {
			return false
		}
		seen |= s[i]
	}
	return seen < utf8.RuneSelf || utf8.ValidString(s)
}

// escaped reads a string with escapes, of which the opening quote is read.
func (p *parser) escaped() (string, bool) {
	var b []byte
	for start := p.i; p.i < len(p.s); p.i++ {
		switch p.s[p.i] {
		case '"':
			b = append(b, p.s[start:p.i]...)
			p.i++
			s := string(b)
			return s, utf8.Valid(b)
		case '\\':
			b = append(b, p.s[start:p.i]...)
			if p.i++; p.i == len(p.s) {
				return "", false
			}
			at := strings.IndexByte(`"\/bfnrt`, p.s[p.i])
			if at < 0 {
				return "", false
			}
			b = append(b, "\"\\/\b\f\n\r\t"[at])
			start = p.i + 1
		default:
			if p.s[p.i] < ' ' {
				return "", false
			}
		}
	}
	return "", false
}

// integer reads a whole number of at most 18 digits.
func (p *parser) integer() (int64, bool) {
	negative := p.next('-')
	start := p.i
	var n int64
	for p.i < len(p.s) && isDigit(p.s[p.i]) {
		n = n*10 + int64(p.s[p.i]-'0')
		p.i++
		if p.i-start > 18 {
			return 0, false
		}
	}
	digits := p.i - start
	if leadingZero := digits > 1 && p.s[start] == '0'; digits == 0 || leadingZero {
		return 0, false
	}
	if negative {
		n = -n
	}
	return n, true
}

func (p *parser) intInto(to *int) bool {
	n, ok := p.integer()
	*to = int(n)
	return ok && int64(int(n)) == n
}

func (p *parser) texts() ([]string, bool) {
	if !p.next('[') {
		return nil, false
	}
	var list []string
	for {
		s, ok := p.text()
		if !ok {
			return nil, false
		}
		list = append(list, s)
		if p.next(',') {
			continue
		}
		return list, p.next(']')
	}
}

// time reads a time in UTC: "2026-11-23T10:20:30.5Z".
func (p *parser) time() (time.Time, bool) {
	s, ok := p.text()
	if !ok || len(s) < len("2006-01-02T15:04:05Z") {
		return time.Time{}, false
	}
	if s[len(s)-1] != 'Z' || s[13] != ':' { // time.Parse would take an offset, and one digit for the hour
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	return t, err == nil && strings.IndexByte(s, ',') < 0
}
