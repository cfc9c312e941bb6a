package ledger

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// The table of fields drives writing and reading JSON, packing, inheritance, the
// bounds of a record and the JSON Schema. A field of Record needs one row here, in the order of Record.
// Decode also reads records by the tags of Record, if another program wrote them.

// field is a row of the table.
type field struct {
	name string
	kind kind
	keep keep
	need bool // written even if it is the zero value
	most most
	doc  doc // for the schema

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

// keep defines when the fold inherits a value that a newer record omits.
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
	{name: "seq", kind: seqField{}, need: true,
		doc: doc{"Number of the record in its site's log: 1, 2, 3 … without a gap.", 1201}},
	{name: "time", kind: timeField(func(r *Record) *time.Time { return &r.Time }), need: true,
		doc: doc{"When the record was made.", "2026-11-29T10:15:00Z"}},
	{name: "url", kind: urlField{text(func(r *Record) *string { return &r.URL })}, need: true, most: most{longURL, refuse},
		doc: doc{"Normalized address that the record is about.", "https://news.example/2026/11/29/harbour.html"}},
	{name: "id", kind: text(func(r *Record) *string { return &r.ID }), need: true, keep: always, most: most{longCode, refuse},
		doc: doc{"ID of the article: the first 128 bits of the SHA-256 of its canonical URL, in hexadecimal.", "2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40"}},
	{name: "kind", kind: shared(func(r *Record) *string { return (*string)(&r.Kind) }), most: most{longCode, refuse},
		doc: doc{"What the address is, if not a page: the crawl's own sources and what it learned. Absent for pages.", "sitemap"}},
	{name: "outcome", kind: outcomeField{text(func(r *Record) *string { return (*string)(&r.Outcome) })}, need: true, most: most{longCode, refuse},
		doc: doc{"What became of the address. Its newest record counts.", "archived"}},
	{name: "reason", kind: shared(func(r *Record) *string { return &r.Reason }), most: most{longCode, clip},
		doc: doc{"Code that says why. Codes are stable; new ones may be added.", "same_content"}},
	{name: "detail", kind: text(func(r *Record) *string { return &r.Detail }), most: most{longText, clip},
		doc: doc{"More about the reason, for people.", "http_503, 3 tries"}},
	{name: "article", kind: articleField{text(func(r *Record) *string { return &r.Article })}, keep: unlessNew, most: most{longKey, refuse},
		doc: doc{"Key of the article's JSON in the archive.", "articles/county-news/2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json"}},
	{name: "revision", kind: number(func(r *Record) *int { return &r.Revision }), keep: unlessNew,
		doc: doc{"Number of the article's revision; 1 is the first.", 2}},
	{name: "changed", kind: list(func(r *Record) *[]string { return &r.Changed }), most: most{longKey, clip},
		doc: doc{"Parts of the article that a revision changed.", []any{"title", "body"}}},
	{name: "content_hash", kind: text(func(r *Record) *string { return &r.ContentHash }), keep: unlessNew, most: most{longCode, drop},
		doc: doc{"SHA-256 of title, time, credits, body and images of the article, in hexadecimal: equal hashes mean no revision.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
	{name: "etag", kind: text(func(r *Record) *string { return &r.ETag }), keep: unlessRead, most: most{longValidator, drop},
		doc: doc{"ETag header of the response, as sent.", "\"5d8c72a5edda8\""}},
	{name: "last_modified", kind: text(func(r *Record) *string { return &r.LastMod }), keep: unlessRead, most: most{longValidator, drop},
		doc: doc{"Last-Modified header of the response, as sent.", "Sun, 29 Nov 2026 10:00:00 GMT"}},
	{name: "status", kind: number(func(r *Record) *int { return &r.Status }),
		doc: doc{"HTTP status of the response.", 200}},
	{name: "title", kind: text(func(r *Record) *string { return &r.Title }), keep: unlessNew, most: most{longText, clip},
		doc: doc{"Headline of the article.", "Harbour reopens after the storm"}},
	{name: "published", kind: text(func(r *Record) *string { return &r.Published }), keep: unlessNew, most: most{longCode, drop},
		doc: doc{"When the article says it was published: RFC 3339, or a bare date.", "2026-11-29T09:30:00+01:00"}},
	{name: "source", kind: shared(func(r *Record) *string { return &r.Source }), keep: always, most: most{longURL, drop},
		doc: doc{"Address of the feed, sitemap or page on which the address was first seen.", "https://news.example/sitemap.xml"}},
	{name: "alias", kind: text(func(r *Record) *string { return &r.Alias }), most: most{longURL, refuse},
		doc: doc{"Address of the article that this address is another one of.", "https://news.example/2026/11/29/harbour.html"}},
	{name: "tries", kind: number(func(r *Record) *int { return &r.Tries }),
		doc: doc{"Failures in a row.", 3}},
	{name: "visits", kind: number(func(r *Record) *int { return &r.Visits }), keep: always,
		doc: doc{"How often the page was fetched or answered 304.", 4}},
	{name: "due", kind: timeField(func(r *Record) *time.Time { return &r.Due }),
		doc: doc{"When the address is looked at next; absent for never.", "2026-11-30T10:15:00Z"}},
	{name: "first", kind: timeField(func(r *Record) *time.Time { return &r.First }), keep: elsewhere,
		doc: doc{"When the address was first seen.", "2026-11-29T10:10:00Z"}},
	{name: "digest", kind: text(func(r *Record) *string { return &r.Digest }), keep: unlessRead, most: most{longCode, drop},
		doc: doc{"Of a source: SHA-256 of its bytes, in hexadecimal. An equal digest means nothing new to read.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
	{name: "images", kind: number(func(r *Record) *int { return &r.Images }), keep: unlessNew,
		doc: doc{"Images of the article.", 5}},
	{name: "pending", kind: number(func(r *Record) *int { return &r.Pending }),
		doc: doc{"Of these, images that are tried again.", 1}},
	{name: "depth", kind: number(func(r *Record) *int { return &r.Depth }), keep: always,
		doc: doc{"List pages between a seed and the address.", 1}},
	{name: "captured", kind: timeField(func(r *Record) *time.Time { return &r.Captured }), keep: always,
		doc: doc{"When the article was first captured.", "2026-11-29T10:15:00Z"}},
	{name: "links", kind: number(func(r *Record) *int { return &r.Links }),
		doc: doc{"Of a source: articles that it lists.", 20}},
	{name: "usual", kind: number(func(r *Record) *int { return &r.Usual }),
		doc: doc{"Of a source: articles that it usually lists.", 22}},
	{name: "warning", kind: text(func(r *Record) *string { return &r.Warning }), most: most{longText, clip},
		doc: doc{"Of a source: problems of its last reading, \"code: detail; …\". It may list more than was read.", "cut: 50000 of 61210 addresses read"}},
	{name: "missing", kind: list(func(r *Record) *[]string { return &r.Missing }), keep: unlessNew, most: most{longKey, clip},
		doc: doc{"Images that are not archived: reason, host and number.", []any{"http_404 img.example 3"}}},
	{name: "suspect", kind: text(func(r *Record) *string { return &r.Suspect }), most: most{longCode, drop},
		doc: doc{"Content hash of a page that no longer shows the article; the reason is suspect.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
	{name: "capture", kind: text(func(r *Record) *string { return &r.Capture }), most: most{longKey + longCode, refuse},
		doc: doc{"Of a robots.txt: place of its response in the captures.", "warc/county-news/county-news-20261129T101500Z-1.warc.gz@0+812"}},
	{name: "rendered", kind: shared(func(r *Record) *string { return &r.Rendered }), keep: unlessNew, most: most{longCode, clip},
		doc: doc{"Browser that ran the page's scripts: the article was made of the DOM that they left. Absent for pages that need none.", "Chrome/156.0.8078.108"}},
	{name: "memory", kind: bytesField(func(r *Record) *[]byte { return &r.Memory }), most: most{longMemory, drop},
		doc: doc{"What was learned of the blocks that repeat on the site's pages, in base64.", "AQID"}},
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

// inherit copies from old the values that r omits; see [State].
func inherit(r, old *Record) {
	kept := unlessRead
	switch {
	case r.Outcome == Archived, r.Outcome == Revised, r.Outcome == Removed:
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
	if earlier := !old.First.IsZero() && old.First.Before(r.First); earlier || r.First.IsZero() {
		r.First = old.First
	}
}

// HasArticle reports whether the URL is that of an archived article, and not of an
// alias of one.
func (r *Record) HasArticle() bool {
	return r.Kind == KindPage && r.Article != "" && r.Alias == ""
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
