package ledger

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// The table of fields drives writing and reading JSON, packing, inheritance and the
// bounds of a record. A field of Record needs one row here, in the order of Record.
// Decode also reads records by the tags of Record, if another program wrote them.

// field is a row of the table.
type field struct {
	name string
	kind kind
	keep keep
	need bool // written even if it is the zero value
	most most

	label string // `,"name":`
	bit   uint64 // in the mask of packed fields; 0 for those that are always packed
}

// kind is how the values of a field are written, read and packed.
type kind interface {
	appendJSON(b []byte, r *Record) []byte
	read(p *parser, r *Record) bool
	empty(r *Record) bool
	pack(p *packer, r *Record)
	unpack(u *unpacker, r *Record)
	take(to, from *Record) // what the record before had
	bound(r *Record, m most) (ok bool)
}

// keep says when the fold takes a value over that a newer record leaves out.
type keep int

const (
	never      keep = iota
	always          // whatever the outcome
	unlessNew       // unless the outcome is archived or revised, which state the content anew, or removed
	unlessRead      // and unless a source was read anew, which states validators anew
	elsewhere       // the fold has a rule of its own for it
)

// most bounds a text, or the sum of a list, in bytes, and says what becomes of a
// longer one. The zero value is for numbers and times, which are bounded by their type.
type most struct {
	bytes int
	over  over
}

type over int

const (
	refuse over = iota // the record is refused: a part of it is another address or key
	drop               // the value is dropped: a part of it is worth nothing
	clip               // the value is cut
)

// Bounds in bytes.
const (
	longURL       = 8 << 10 // as weburl.MaxLength
	longKey       = 1 << 10
	longCode      = 64
	longValidator = 1 << 10
	longText      = 1 << 10 // for people
	longMemory    = 4 << 20
)

var fields = newTable([]field{
	{name: "seq", kind: seqField{}, need: true},
	{name: "time", kind: timeField(func(r *Record) *time.Time { return &r.Time }), need: true},
	{name: "url", kind: urlField{text(func(r *Record) *string { return &r.URL })}, need: true, most: most{longURL, refuse}},
	{name: "id", kind: text(func(r *Record) *string { return &r.ID }), need: true, keep: always, most: most{longCode, refuse}},
	{name: "kind", kind: shared(func(r *Record) *string { return (*string)(&r.Kind) }), most: most{longCode, refuse}},
	{name: "outcome", kind: outcomeField{text(func(r *Record) *string { return (*string)(&r.Outcome) })}, need: true, most: most{longCode, refuse}},
	{name: "reason", kind: shared(func(r *Record) *string { return &r.Reason }), most: most{longCode, clip}},
	{name: "detail", kind: text(func(r *Record) *string { return &r.Detail }), most: most{longText, clip}},
	{name: "article", kind: articleField{text(func(r *Record) *string { return &r.Article })}, keep: unlessNew, most: most{longKey, refuse}},
	{name: "revision", kind: number(func(r *Record) *int { return &r.Revision }), keep: unlessNew},
	{name: "changed", kind: list(func(r *Record) *[]string { return &r.Changed }), most: most{longKey, clip}},
	{name: "content_hash", kind: text(func(r *Record) *string { return &r.ContentHash }), keep: unlessNew, most: most{longCode, drop}},
	{name: "etag", kind: text(func(r *Record) *string { return &r.ETag }), keep: unlessRead, most: most{longValidator, drop}},
	{name: "last_modified", kind: text(func(r *Record) *string { return &r.LastMod }), keep: unlessRead, most: most{longValidator, drop}},
	{name: "status", kind: number(func(r *Record) *int { return &r.Status })},
	{name: "title", kind: text(func(r *Record) *string { return &r.Title }), keep: unlessNew, most: most{longText, clip}},
	{name: "published", kind: text(func(r *Record) *string { return &r.Published }), keep: unlessNew, most: most{longCode, drop}},
	{name: "source", kind: shared(func(r *Record) *string { return &r.Source }), keep: always, most: most{longURL, drop}},
	{name: "alias", kind: text(func(r *Record) *string { return &r.Alias }), most: most{longURL, refuse}},
	{name: "tries", kind: number(func(r *Record) *int { return &r.Tries })},
	{name: "visits", kind: number(func(r *Record) *int { return &r.Visits }), keep: always},
	{name: "due", kind: timeField(func(r *Record) *time.Time { return &r.Due })},
	{name: "first", kind: timeField(func(r *Record) *time.Time { return &r.First }), keep: elsewhere},
	{name: "digest", kind: text(func(r *Record) *string { return &r.Digest }), keep: unlessRead, most: most{longCode, drop}},
	{name: "images", kind: number(func(r *Record) *int { return &r.Images }), keep: unlessNew},
	{name: "pending", kind: number(func(r *Record) *int { return &r.Pending })},
	{name: "depth", kind: number(func(r *Record) *int { return &r.Depth }), keep: always},
	{name: "captured", kind: timeField(func(r *Record) *time.Time { return &r.Captured }), keep: always},
	{name: "links", kind: number(func(r *Record) *int { return &r.Links })},
	{name: "usual", kind: number(func(r *Record) *int { return &r.Usual })},
	{name: "warning", kind: text(func(r *Record) *string { return &r.Warning }), most: most{longText, clip}},
	{name: "missing", kind: list(func(r *Record) *[]string { return &r.Missing }), keep: unlessNew, most: most{longKey, clip}},
	{name: "suspect", kind: text(func(r *Record) *string { return &r.Suspect }), most: most{longCode, drop}},
	{name: "capture", kind: text(func(r *Record) *string { return &r.Capture }), most: most{longKey + longCode, refuse}},
	{name: "memory", kind: bytesField(func(r *Record) *[]byte { return &r.Memory }), most: most{longMemory, drop}},
})

// newTable numbers the fields.
func newTable(list []field) []field {
	bit := uint64(1)
	for i := range list {
		f := &list[i]
		f.label = `,"` + f.name + `":`
		if i == 0 {
			f.label = `{"` + f.name + `":`
		}
		switch f.kind.(type) {
		case seqField, urlField, outcomeField: // packed always, or kept outside
		default:
			f.bit = bit
			bit <<= 1
		}
	}
	return list
}

// inherit takes over from old what r leaves out; see [State].
func inherit(r, old *Record) {
	kept := unlessRead
	switch {
	case r.Outcome == Archived || r.Outcome == Revised || r.Outcome == Removed:
		kept = always
	case r.Kind != KindPage && r.Digest != "":
		kept = unlessNew // read anew: the validators of what it was before do not hold
	}
	for i := range fields {
		f := &fields[i]
		if f.keep != never && f.keep <= kept && f.kind.empty(r) {
			f.kind.take(r, old)
		}
	}
	if r.First.IsZero() || !old.First.IsZero() && old.First.Before(r.First) {
		r.First = old.First
	}
}

// Bound keeps every field within its bound: texts for people are cut, validators and
// other values of which a part is worth nothing are dropped. The error wraps ErrRecord:
// a record is refused if an address or key of it is too long.
func (r *Record) Bound() error {
	for i := range fields {
		f := &fields[i]
		if f.most.bytes > 0 && !f.kind.bound(r, f.most) {
			return fmt.Errorf("%w: %s over %d bytes", ErrRecord, f.name, f.most.bytes)
		}
	}
	return nil
}

// bounded returns s within its bound, false if it must be refused.
func bounded(s string, m most) (string, bool) {
	switch {
	case len(s) <= m.bytes:
		return s, true
	case m.over == drop:
		return "", true
	case m.over == clip:
		return cut(s, m.bytes), true
	}
	return s, false
}

// cut shortens a text to at most n bytes with "…" at its end, between characters.
func cut(s string, n int) string {
	const sign = "…"
	at := n - len(sign)
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	return s[:at] + sign
}
