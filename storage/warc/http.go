package warc

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// MaxBody is the size in bytes up to which a body is decoded.
const MaxBody = 64 << 20

// Response is an HTTP response out of a capture, ready to be read.
type Response struct {
	URL       string
	Date      time.Time
	IP        string
	Status    int
	Header    http.Header // as stored
	Body      []byte      // decoded from transfer and content coding, not from charset
	Truncated string      // WARC-Truncated, or "length" where a coding broke off or Content-Length says more; "" where the body is whole
}

// Exchange returns the response side of a response or revisit record: the head as
// stored, the body less transfer coding, content coding kept. Revisit is set for a
// revisit record, whose body is elsewhere. The error wraps ErrNotHTTP.
func (r *Record) Exchange() (Exchange, error) {
	head, _, _ := splitHead(r.Block)
	if _, ok := statusOf(head); !ok || r.Type() != "response" && r.Type() != "revisit" {
		return Exchange{}, ErrNotHTTP
	}
	x := Exchange{URL: r.URL(), Started: r.Date(), IP: r.Header.Get("WARC-IP-Address"), ResponseHead: head,
		Truncated: r.Header.Get("WARC-Truncated")}
	if r.Type() == "revisit" {
		x.Revisit = &Original{URL: r.Header.Get("WARC-Refers-To-Target-URI"), RecordID: r.Header.Get("WARC-Refers-To"),
			Date: parseDate(r.Header.Get("WARC-Refers-To-Date"))}
		x.Truncated = ""
		return x, nil
	}
	body, err := dechunked(r.Block)
	if err != nil && x.Truncated == "" {
		x.Truncated = "length"
	}
	x.ResponseBody = body
	return x, nil
}

// Response returns the HTTP response of a response record with its body decoded.
// The error wraps ErrNotHTTP, ErrTooLarge (over MaxBody when decoded), ErrCoding or
// ErrCorrupt (the coding is broken from the start); the response then has everything
// but the body. A coding that breaks off gives what came before, marked as truncated,
// as is a body without a coding that is shorter than its Content-Length.
func (r *Record) Response() (Response, error) {
	x, err := r.Exchange()
	if err != nil {
		return Response{}, err
	}
	status, _ := statusOf(x.ResponseHead)
	res := Response{URL: x.URL, Date: x.Started, IP: x.IP, Status: status, Header: headerOf(x.ResponseHead), Truncated: x.Truncated}
	body, whole, err := decode(x.ResponseBody, res.codings(), MaxBody)
	if err != nil {
		return res, err
	}
	if res.Body = body; res.Truncated == "" && (!whole || lacks(x.ResponseBody, res.Header)) {
		res.Truncated = "length"
	}
	return res, nil
}

// codings are those that a body may be under: the declared ones, and below them gzip
// that was not declared, of a file or of a careless server, which is undone where it
// shows, as it was when the page was fetched. An image is kept as it came.
func (r *Response) codings() []string {
	declared := r.Header.Values("Content-Encoding")
	if r.Status/100 != 2 || strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "image/") {
		return declared
	}
	return append([]string{"gzip", "gzip"}, declared...)
}

// lacks reports whether a stored body is shorter than its head says: writers such as
// wget keep what came before a connection broke, and no word of it. A coding has an
// end of its own, and some writers store the body without it beside its head.
func lacks(body []byte, head http.Header) bool {
	for _, coding := range []string{"Content-Encoding", "Transfer-Encoding"} {
		if head.Get(coding) != "" || head.Get("X-Archive-Orig-"+coding) != "" {
			return false
		}
	}
	n, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	return err == nil && n > int64(len(body))
}

// dechunked returns the body of an HTTP response block less a chunked coding. Head
// and body disagree often, so the body must look chunked as well. An error means that
// the chunks broke off; what came before is returned.
func dechunked(block []byte) ([]byte, error) {
	head, body, _ := splitHead(block)
	coding := strings.Join(headerOf(head).Values("Transfer-Encoding"), ",")
	if !strings.Contains(strings.ToLower(coding), "chunked") || !looksChunked(body) {
		return body, nil
	}
	return io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
}

// decode undoes content codings, the last applied first (RFC 9110, section 8.4), up to
// limit bytes. whole is false where one broke off.
func decode(body []byte, fields []string, limit int64) (decoded []byte, whole bool, err error) {
	whole = true
	codings := Codings(fields)
	if len(codings) > 6 { // two of them not declared
		return nil, false, fmt.Errorf("%w: %d codings", ErrCoding, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		if len(body) == 0 {
			break
		}
		var in io.Reader
		switch coding := codings[i]; coding {
		case "gzip":
			if !bytes.HasPrefix(body, magic) {
				continue // declared, but not done
			}
			in, err = GzipBody(new(gzip.Reader), body)
		case "deflate":
			in, err = inflater(body)
		default:
			return nil, false, fmt.Errorf("%w: %q", ErrCoding, coding)
		}
		if err != nil {
			return nil, false, fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
		body, err = io.ReadAll(io.LimitReader(in, limit+1))
		switch {
		case int64(len(body)) > limit:
			return nil, false, fmt.Errorf("%w: body over %d bytes when decoded", ErrTooLarge, limit)
		case err != nil && len(body) == 0 && !errors.Is(err, io.ErrUnexpectedEOF):
			return nil, false, fmt.Errorf("%w: %w", ErrCorrupt, err)
		case err != nil:
			whole = false
		}
	}
	return body, whole, nil
}

// GzipBody reads a body under gzip with z: its members, one after the other. What
// comes after them and is none (a line end of a script's, padding) is not looked at,
// as in browsers; package gzip calls it a cut head where it is short. A head that
// breaks off is io.ErrUnexpectedEOF.
func GzipBody(z *gzip.Reader, data []byte) (io.Reader, error) {
	m := &members{z: z, rest: bytes.NewReader(data), data: data}
	return m, m.next()
}

type members struct {
	z    *gzip.Reader
	rest *bytes.Reader // of data; gzip takes no more from it than a member has
	data []byte
}

// next begins the member that rest stands at.
func (m *members) next() error {
	err := m.z.Reset(m.rest)
	if errors.Is(err, io.EOF) { // within the head
		return io.ErrUnexpectedEOF
	}
	m.z.Multistream(false)
	return err
}

func (m *members) Read(p []byte) (int, error) {
	n, err := m.z.Read(p)
	if err == io.EOF && bytes.HasPrefix(m.data[len(m.data)-m.rest.Len():], magic) {
		err = m.next()
	}
	return n, err
}

// Codings lists the content codings that Content-Encoding fields name, in the order
// in which they were applied. Servers write other things there, too (a character set,
// "identity", the "aws-chunked" of an upload): they do nothing to the body, and
// browsers do not mind them.
func Codings(fields []string) []string {
	var codings []string
	for name := range strings.SplitSeq(strings.ToLower(strings.Join(fields, ",")), ",") {
		name = strings.TrimPrefix(strings.TrimSpace(name), "x-")
		if isCoding(name) {
			codings = append(codings, name)
		}
	}
	return codings
}

// isCoding says whether a name is that of a content coding: those of IANA's registry,
// and three that are sent without being in it.
func isCoding(name string) bool {
	switch name {
	case "gzip", "deflate", "compress", "br", "zstd", "dcb", "dcz", "aes128gcm", "exi", "pack200-gzip",
		"bzip2", "lzma", "xz":
		return true
	}
	return false
}

// inflater reads "deflate" as RFC 9110 has it (zlib) and as some servers send it (raw).
func inflater(body []byte) (io.Reader, error) {
	if len(body) > 1 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
		return zlib.NewReader(bytes.NewReader(body))
	}
	return flate.NewReader(bytes.NewReader(body)), nil
}
