package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Profiles of revisit records (ISO 28500:2017, section 6.7).
const (
	profileIdentical   = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	profileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// defaultLevel is the gzip level of the records. On 300 news pages of 52 KB the
// fastest level took 9 µs a kilobyte, digests and all, and stored 32 % of it; level 6
// took 16 µs and stored 28 %.
const defaultLevel = gzip.BestSpeed

// Info holds the fields of the warcinfo record. Empty fields are omitted.
type Info struct {
	Software  string // name and version of the crawler
	Operator  string // who runs it, with a contact
	UserAgent string // User-Agent header of the requests
	Robots    string // robots.txt policy, such as "RFC 9309"
	IsPartOf  string // name of the collection or site
	Details   string // anything more, for a person
}

// Options of a Writer. The zero value writes an anonymous file.
type Options struct {
	File string    // key or name of the file; its last element stands in the records
	Date time.Time // of the warcinfo record
	Info Info
	// Level is the gzip level, 1 to 9; 0 means defaultLevel.
	Level int
	// NewID makes the UUID of the n-th record that is prepared (n counts from 0,
	// the warcinfo record). nil: made from the file's name and the record's content.
	NewID func(n int) string
}

// Writer writes one WARC file. Only [Writer.Prepare] is safe for concurrent use,
// with itself and with all other methods. After an error of the underlying writer,
// all calls but Prepare return that error.
type Writer struct {
	out      io.Writer
	options  Options
	name     string // last element of the file's name
	info     string // ID of the warcinfo record
	prepared atomic.Int64
	appended int // exchanges
	size     int64
	index    []indexLine
	err      error
}

// Prepared are the records of one exchange, compressed, for one Writer to append.
type Prepared struct {
	records []compressed
	line    *indexLine // of the response record, without its place; nil where there is none
	placed  bool       // the first record's place is the answer of Append
}

// ID is the WARC-Record-ID of the response record, or of the conversion; "" for an
// exchange without a response.
func (p *Prepared) ID() string {
	if !p.placed {
		return ""
	}
	return p.records[0].id
}

// compressed is one record as one gzip member.
type compressed struct {
	id   string
	data *bytes.Buffer
}

// NewWriter starts a WARC file with its warcinfo record. Writes to out are of one
// compressed record each, at most a few of a record's size.
func NewWriter(out io.Writer, o Options) (*Writer, error) {
	if o.Level == 0 {
		o.Level = defaultLevel
	}
	if o.Level < gzip.BestSpeed || o.Level > gzip.BestCompression {
		return nil, fmt.Errorf("warc writer: gzip level %d is not between %d and %d", o.Level, gzip.BestSpeed, gzip.BestCompression)
	}
	w := &Writer{out: out, options: o, name: path.Base(o.File)}
	if o.File == "" {
		w.name = ""
	}
	block := o.Info.fields()
	r := record{kind: "warcinfo", date: o.Date, contentType: "application/warc-fields", block: [][]byte{block}}
	if w.name != "" {
		r.add("WARC-Filename", w.name)
	}
	info := w.compress(&r)
	if _, err := w.append(info); err != nil {
		return nil, err
	}
	w.info = info.id
	return w, nil
}

// fields is the block of a warcinfo record (section 6.2).
func (i Info) fields() []byte {
	var b bytes.Buffer
	for _, f := range [][2]string{
		{"software", i.Software},
		{"format", "WARC File Format 1.1"},
		{"conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{"operator", i.Operator},
		{"http-header-user-agent", i.UserAgent},
		{"robots", i.Robots},
		{"isPartOf", i.IsPartOf},
		{"description", i.Details},
	} {
		if f[1] != "" {
			b.WriteString(f[0] + ": " + oneLine(f[1]) + "\r\n")
		}
	}
	return b.Bytes()
}

// Write appends the records of one exchange, response before request, and returns
// the place of the response record. An exchange without a response gives only a
// request record and the zero Location. Write is Prepare and Append in one call.
func (w *Writer) Write(x *Exchange) (Location, error) {
	if w.err != nil {
		return Location{}, w.err
	}
	return w.Append(w.Prepare(x))
}

// Prepare makes the records of one exchange, which is nearly all of the work of
// writing it: digests and compression. Concurrent fetches prepare side by side.
func (w *Writer) Prepare(x *Exchange) *Prepared {
	p := &Prepared{}
	var answer string
	if len(x.ResponseHead) > 0 {
		r := response(x)
		p.records = append(p.records, w.compress(r))
		line := r.indexLine(x, w.name)
		p.line, p.placed, answer = &line, true, p.records[0].id
	}
	if len(x.RequestHead) == 0 {
		return p
	}
	r := record{kind: "request", date: x.Started, uri: x.URL, ip: x.IP, contentType: "application/http; msgtype=request",
		block: [][]byte{x.RequestHead, x.RequestBody}}
	if !x.Started.IsZero() {
		r.add(startedField, x.Started.UTC().Format(startedFormat))
	}
	if len(x.RequestBody) > 0 {
		r.add("WARC-Payload-Digest", digest(x.RequestBody))
	}
	if answer != "" {
		r.add("WARC-Concurrent-To", answer)
	}
	p.records = append(p.records, w.compress(&r))
	return p
}

// PrepareConversion makes a conversion record. It has no line in the index: the index is
// for replay, and the record is no response.
func (w *Writer) PrepareConversion(c *Conversion) *Prepared {
	r := record{kind: "conversion", date: c.Date, uri: c.URL, contentType: c.MediaType, block: [][]byte{c.Body}}
	if c.RefersTo != "" {
		r.add("WARC-Refers-To", c.RefersTo)
	}
	r.add("WARC-Payload-Digest", digest(c.Body))
	if c.Metadata != "" {
		r.add("WARC-JSON-Metadata", c.Metadata)
	}
	return &Prepared{records: []compressed{w.compress(&r)}, placed: true}
}

// Append writes records that this Writer prepared, and returns as Write does. They
// are written once: p is used up, after an error, too.
func (w *Writer) Append(p *Prepared) (Location, error) {
	if w.err != nil {
		return Location{}, w.err
	}
	w.appended++
	var at Location
	for i, r := range p.records {
		loc, err := w.append(r)
		if err != nil {
			return Location{}, err
		}
		if i > 0 || !p.placed {
			continue
		}
		at = loc
		if p.line != nil {
			w.index = append(w.index, p.line.placed(loc))
		}
	}
	return at, nil
}

// response makes the response record, or the revisit record in its place.
func response(x *Exchange) *record {
	r := &record{kind: "response", date: x.Started, uri: x.URL, ip: x.IP, contentType: "application/http; msgtype=response"}
	head := plainHead(x.ResponseHead)
	r.block = [][]byte{head, x.ResponseBody}
	if r.payload = "sha256:" + x.PayloadSHA256; x.PayloadSHA256 == "" {
		r.payload = digest(x.ResponseBody)
	}
	if x.Revisit == nil {
		r.add("WARC-Payload-Digest", r.payload)
		if x.Truncated != "" {
			r.add("WARC-Truncated", x.Truncated)
		}
		return r
	}
	r.kind, r.block = "revisit", [][]byte{head}
	if status, _ := statusOf(head); status == 304 {
		r.payload = ""
		r.add("WARC-Profile", profileNotModified)
	} else {
		r.add("WARC-Profile", profileIdentical)
		r.add("WARC-Payload-Digest", r.payload)
		r.add("WARC-Truncated", "length") // the block is cut behind the head
	}
	uri := x.Revisit.URL
	if uri == "" {
		uri = x.URL
	}
	if x.Revisit.RecordID != "" {
		r.add("WARC-Refers-To", x.Revisit.RecordID)
	}
	r.add("WARC-Refers-To-Target-URI", uri)
	if !x.Revisit.Date.IsZero() {
		r.add("WARC-Refers-To-Date", dateOf(x.Revisit.Date))
	}
	return r
}

// Size is the number of bytes written so far.
func (w *Writer) Size() int64 { return w.size }

// Empty reports whether nothing was written but the warcinfo record.
func (w *Writer) Empty() bool { return w.appended == 0 }

// record is a record under construction.
type record struct {
	kind, uri, ip, contentType string
	date                       time.Time
	fields                     [][2]string
	block                      [][]byte
	payload                    string // payload digest, for the index
}

func (r *record) add(name, value string) { r.fields = append(r.fields, [2]string{name, value}) }

// compress makes one record as one gzip member.
func (w *Writer) compress(r *record) compressed {
	length, block := 0, sha256.New()
	for _, b := range r.block {
		length += len(b)
		block.Write(b)
	}
	sum := block.Sum(nil)
	id := w.newID(r, sum)
	h := buffer()
	defer buffers.Put(h)
	h.WriteString("WARC/1.1\r\n")
	line := func(name, value string) {
		if value != "" {
			h.WriteString(name)
			h.WriteString(": ")
			h.WriteString(oneLine(value))
			h.WriteString("\r\n")
		}
	}
	line("WARC-Type", r.kind)
	line("WARC-Record-ID", id)
	line("WARC-Date", dateOf(r.date))
	line("WARC-Target-URI", r.uri)
	line("WARC-IP-Address", r.ip)
	if w.info != "" {
		line("WARC-Warcinfo-ID", w.info)
	}
	for _, f := range r.fields {
		line(f[0], f[1])
	}
	line("WARC-Block-Digest", "sha256:"+hex.EncodeToString(sum))
	line("Content-Type", r.contentType)
	line("Content-Length", strconv.Itoa(length))
	h.WriteString("\r\n")
	return compressed{id, member(w.options.Level, append(append([][]byte{h.Bytes()}, r.block...), []byte("\r\n\r\n")))}
}

// member compresses parts into one gzip member.
func member(level int, parts [][]byte) *bytes.Buffer {
	out := buffer()
	gz := compressor(level)
	defer release(gz, level)
	gz.Reset(out)
	for _, p := range parts {
		_, _ = gz.Write(p) // a bytes.Buffer takes everything
	}
	_ = gz.Close()
	return out
}

// append writes one record and gives its memory back.
func (w *Writer) append(r compressed) (Location, error) {
	length := int64(r.data.Len())
	_, err := r.data.WriteTo(w.out)
	buffers.Put(r.data)
	if err != nil {
		return Location{}, w.fail(err)
	}
	at := Location{File: w.options.File, Offset: w.size, Length: length}
	w.size += length
	return at, nil
}

func (w *Writer) fail(err error) error {
	w.err = fmt.Errorf("write warc %s: %w", w.options.File, err)
	return w.err
}

// newID gives the record's URN. By default it is a UUID of version 8 (RFC 9562,
// section 5.8) out of what the record is and how many there were before.
func (w *Writer) newID(r *record, block []byte) string {
	n := int(w.prepared.Add(1)) - 1
	if w.options.NewID != nil {
		return "<urn:uuid:" + w.options.NewID(n) + ">"
	}
	h := sha256.New()
	h.Write(fmt.Appendf(nil, "%s\n%d\n%s\n%s\n%s\n", w.options.File, n, r.kind, r.uri, dateOf(r.date)))
	h.Write(block)
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// startedField is a field of request records: the start of the request to the
// millisecond, which WARC-Date does not have. Readers of WARC pass over fields that they
// do not know.
const (
	startedField  = "X-Pressmark-Started"
	startedFormat = "2006-01-02T15:04:05.000Z"
)

// dateOf is a WARC-Date: UTC, to the second, which readers of WARC 1.0 know too.
func dateOf(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// oneLine keeps a field from breaking out of its line.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\r\n") {
		s = strings.NewReplacer("\r", " ", "\n", " ").Replace(s)
	}
	return s
}
