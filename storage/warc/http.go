package warc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/storage/coding"
)

// maxBody is the size in bytes up to which a body is decoded.
const maxBody = 64 << 20

// Response is an HTTP response out of a capture, ready to be read.
type Response struct {
	URL       string
	Date      time.Time
	Status    int
	Header    http.Header // as stored
	Body      []byte      // decoded from transfer and content coding, not from charset
	Truncated string      // WARC-Truncated, or "length" where a coding broke off or Content-Length says more; "" where the body is whole
}

// exchange returns the response side of a response or revisit record: the head as
// stored, the body without transfer coding but with content coding. Revisit is set
// for a revisit record, whose body is stored elsewhere. The error wraps ErrNotHTTP.
func (r *Record) exchange() (Exchange, error) {
	head, _, _ := splitHead(r.Block)
	holdsResponse := slices.Contains([]string{"response", "revisit"}, r.Type())
	if _, ok := statusOf(head); !ok || !holdsResponse {
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
// The error wraps ErrNotHTTP, ErrTooLarge (over maxBody when decoded), errCoding or
// ErrCorrupt (the coding is broken from the start); the response then has everything
// but the body. A coding that breaks off gives what came before, marked as truncated,
// as is a body without a coding that is shorter than its Content-Length. One that shows
// its own end is whole, whatever its head or the record says.
func (r *Record) Response() (Response, error) {
	x, err := r.exchange()
	if err != nil {
		return Response{}, err
	}
	status, _ := statusOf(x.ResponseHead)
	res := Response{URL: x.URL, Date: x.Started, Status: status, Header: headerOf(x.ResponseHead), Truncated: x.Truncated}
	body, whole, err := decode(x.ResponseBody, res.codings())
	if err != nil {
		return res, err
	}
	res.Body = body
	cut := !whole || lacks(x.ResponseBody, res.Header)
	switch {
	case coding.ShowsEnd(body) && whole:
		res.Truncated = ""
	case res.Truncated == "" && cut:
		res.Truncated = "length"
	}
	return res, nil
}

// codings says how the body is encoded: as its head declares, and below that with
// gzip that is not declared, as the crawl undid it. An image is kept as it came.
func (r *Response) codings() coding.Options {
	o := coding.Options{Names: coding.Names(r.Header.Values("Content-Encoding"))}
	if r.Status/100 == 2 && !strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "image/") {
		o.Undeclared = 2
	}
	return o
}

// lacks reports whether a stored body is shorter than its head says: writers such as
// wget store what came before a connection broke without marking the record. Bodies
// with a coding have an end of their own, and some writers store them decoded.
func lacks(body []byte, head http.Header) bool {
	for _, name := range []string{"Content-Encoding", "Transfer-Encoding"} {
		if head.Get(name) != "" || head.Get("X-Archive-Orig-"+name) != "" {
			return false
		}
	}
	n, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	return err == nil && n > int64(len(body))
}

// dechunked returns the body of an HTTP response block without chunked coding.
// Header and body often disagree, so the body must look chunked too. The error means
// that the chunks ended early; the bytes before it are returned.
func dechunked(block []byte) ([]byte, error) {
	head, body, _ := splitHead(block)
	codings := strings.Join(headerOf(head).Values("Transfer-Encoding"), ",")
	if !strings.Contains(strings.ToLower(codings), "chunked") || !looksChunked(body) {
		return body, nil
	}
	return io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
}

// decode undoes content codings, the last applied first (RFC 9110, section 8.4). whole
// is false if the body is cut or damaged; what stands before is returned.
func decode(body []byte, o coding.Options) (decoded []byte, whole bool, err error) {
	o.Size = maxBody
	body, err = coding.Decode(context.Background(), body, o)
	switch {
	case err == nil:
		return body, true, nil
	case errors.Is(err, coding.ErrCut):
		return body, false, nil
	case errors.Is(err, coding.ErrUnknown), errors.Is(err, coding.ErrTooMany):
		return nil, false, fmt.Errorf("%w: %w", errCoding, err)
	case errors.Is(err, coding.ErrTooLarge):
		return nil, false, fmt.Errorf("%w: %w", ErrTooLarge, err)
	}
	return nil, false, fmt.Errorf("%w: %w", ErrCorrupt, err)
}
