package ledger

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"time"
)

// text is a text. shared is one that many records have in common.
type (
	text   func(*Record) *string
	shared func(*Record) *string
)

func (at text) appendJSON(b []byte, r *Record) []byte { return appendString(b, *at(r)) }
func (at text) empty(r *Record) bool                  { return *at(r) == "" }
func (at text) take(to, from *Record)                 { *at(to) = *at(from) }
func (at text) pack(p *packer, r *Record)             { p.raw(*at(r)) }
func (at text) unpack(u *unpacker, r *Record)         { *at(r) = u.raw() }

func (at text) read(p *parser, r *Record) (ok bool) {
	*at(r), ok = p.text()
	return ok
}

func (at text) bound(r *Record, m most) (ok bool) {
	s := at(r)
	if len(*s) <= m.bytes {
		return true
	}
	*s, ok = bounded(*s, m)
	return ok
}

func (at shared) appendJSON(b []byte, r *Record) []byte { return appendString(b, *at(r)) }
func (at shared) empty(r *Record) bool                  { return *at(r) == "" }
func (at shared) take(to, from *Record)                 { *at(to) = *at(from) }
func (at shared) read(p *parser, r *Record) bool        { return text(at).read(p, r) }
func (at shared) bound(r *Record, m most) bool          { return text(at).bound(r, m) }

func (at shared) pack(p *packer, r *Record) {
	p.b = binary.AppendUvarint(p.b, uint64(p.names.number(*at(r))))
}

func (at shared) unpack(u *unpacker, r *Record) { *at(r) = u.names.list[u.uvarint()] }

// urlField and outcomeField are stored outside of the packed record.
type (
	urlField     struct{ text }
	outcomeField struct{ text }
)

func (urlField) pack(*packer, *Record)         {}
func (urlField) unpack(*unpacker, *Record)     {}
func (outcomeField) pack(*packer, *Record)     {}
func (outcomeField) unpack(*unpacker, *Record) {}

// articleField is the key of an article, of which all but the ID is the same for all
// articles of a site. It is packed after the ID.
type articleField struct{ text }

func (articleField) pack(p *packer, r *Record) {
	before, after, found := strings.Cut(r.Article, r.ID)
	holdsID := r.ID != "" && found
	if !holdsID || len(before)+len(after) > 200 {
		p.b = append(p.b, 0)
		p.raw(r.Article)
		return
	}
	p.b = append(p.b, 1)
	p.b = binary.AppendUvarint(p.b, uint64(p.names.number(before)))
	p.b = binary.AppendUvarint(p.b, uint64(p.names.number(after)))
}

func (articleField) unpack(u *unpacker, r *Record) {
	derived := u.s[0] == 1
	u.s = u.s[1:]
	if !derived {
		r.Article = u.raw()
		return
	}
	before := u.names.list[u.uvarint()]
	r.Article = before + r.ID + u.names.list[u.uvarint()]
}

// seqField is the number of the record.
type seqField struct{}

func (seqField) appendJSON(b []byte, r *Record) []byte { return strconv.AppendInt(b, r.Seq, 10) }
func (seqField) empty(r *Record) bool                  { return r.Seq == 0 }
func (seqField) take(to, from *Record)                 { to.Seq = from.Seq }
func (seqField) pack(p *packer, r *Record)             { p.b = binary.AppendUvarint(p.b, uint64(r.Seq)) }
func (seqField) unpack(u *unpacker, r *Record)         { r.Seq = int64(u.uvarint()) }
func (seqField) bound(*Record, most) bool              { return true }

func (seqField) read(p *parser, r *Record) (ok bool) {
	r.Seq, ok = p.integer()
	return ok
}

// number is a whole number.
type number func(*Record) *int

func (at number) appendJSON(b []byte, r *Record) []byte {
	return strconv.AppendInt(b, int64(*at(r)), 10)
}

func (at number) empty(r *Record) bool           { return *at(r) == 0 }
func (at number) take(to, from *Record)          { *at(to) = *at(from) }
func (at number) read(p *parser, r *Record) bool { return p.intInto(at(r)) }
func (at number) pack(p *packer, r *Record)      { p.b = binary.AppendVarint(p.b, int64(*at(r))) }
func (at number) unpack(u *unpacker, r *Record)  { *at(r) = int(u.varint()) }
func (at number) bound(*Record, most) bool       { return true }

// timeField is a time in UTC.
type timeField func(*Record) *time.Time

func (at timeField) appendJSON(b []byte, r *Record) []byte { return appendTime(b, *at(r)) }
func (at timeField) empty(r *Record) bool                  { return at(r).IsZero() }
func (at timeField) take(to, from *Record)                 { *at(to) = *at(from) }
func (at timeField) bound(*Record, most) bool              { return true }

func (at timeField) read(p *parser, r *Record) (ok bool) {
	*at(r), ok = p.time()
	return ok
}

func (at timeField) pack(p *packer, r *Record) {
	t := at(r)
	p.b = binary.AppendVarint(p.b, t.Unix())
	p.b = binary.AppendUvarint(p.b, uint64(t.Nanosecond()))
}

func (at timeField) unpack(u *unpacker, r *Record) {
	seconds := u.varint()
	*at(r) = time.Unix(seconds, int64(u.uvarint())).UTC()
}

// list is a list of texts.
type list func(*Record) *[]string

func (at list) empty(r *Record) bool  { return len(*at(r)) == 0 }
func (at list) take(to, from *Record) { *at(to) = *at(from) }

func (at list) appendJSON(b []byte, r *Record) []byte {
	for i, s := range *at(r) {
		sep := byte(',')
		if i == 0 {
			sep = '['
		}
		b = appendString(append(b, sep), s)
	}
	return append(b, ']')
}

func (at list) read(p *parser, r *Record) (ok bool) {
	*at(r), ok = p.texts()
	return ok
}

func (at list) pack(p *packer, r *Record) {
	p.b = binary.AppendUvarint(p.b, uint64(len(*at(r))))
	for _, s := range *at(r) {
		p.raw(s)
	}
}

func (at list) unpack(u *unpacker, r *Record) {
	all := make([]string, u.uvarint())
	for i := range all {
		all[i] = u.raw()
	}
	*at(r) = all
}

// bound keeps the texts that fit.
func (at list) bound(r *Record, m most) bool {
	size := 0
	for i, s := range *at(r) {
		if size += len(s); size > m.bytes || i == m.bytes/longCode {
			*at(r) = (*at(r))[:i:i]
			break
		}
	}
	return true
}

// bytesField is binary data, base64 in JSON.
type bytesField func(*Record) *[]byte

func (at bytesField) empty(r *Record) bool      { return len(*at(r)) == 0 }
func (at bytesField) take(to, from *Record)     { *at(to) = *at(from) }
func (at bytesField) pack(p *packer, r *Record) { p.raw(string(*at(r))) }

func (at bytesField) unpack(u *unpacker, r *Record) { *at(r) = []byte(u.raw()) }

func (at bytesField) appendJSON(b []byte, r *Record) []byte {
	return append(base64.StdEncoding.AppendEncode(append(b, '"'), *at(r)), '"')
}

func (at bytesField) read(p *parser, r *Record) bool {
	s, ok := p.text()
	if !ok {
		return false
	}
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	*at(r) = b
	return err == nil && !strings.ContainsAny(s, "\r\n")
}

func (at bytesField) bound(r *Record, m most) bool {
	if len(*at(r)) > m.bytes {
		*at(r) = nil
	}
	return true
}
