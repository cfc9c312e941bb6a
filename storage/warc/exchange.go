package warc

import "time"

// exchange is one request and its response as they went over the wire, one hop
// of a redirect chain each. Raw heads end with the empty line (CRLF CRLF).
type Exchange struct {
	URL          string // target of the request, absolute
	Started      time.Time
	IP           string // address that was dialled, "" where unknown
	RequestHead  []byte // request line and header fields
	RequestBody  []byte
	ResponseHead []byte // status line and header fields, as sent, less Transfer-Encoding's effect
	ResponseBody []byte // as on the wire less transfer coding: content coding kept
	// PayloadSHA256 is the digest of ResponseBody in lower-case hexadecimal; if empty,
	// the Writer computes it.
	PayloadSHA256 string
	// Truncated is the WARC-Truncated reason ("length", "time", "disconnect",
	// "unspecified"); "" if the body is whole.
	Truncated string
	// Revisit, where set, says that the payload is that of an earlier capture: the
	// server said so (304), or its digest is the same. The body is then not stored.
	Revisit *Original
}

// Original names the earlier capture that a revisit record refers to.
type Original struct {
	URL      string    // its WARC-Target-URI; "" means the same as the exchange's
	Date     time.Time // its WARC-Date
	RecordID string    // its WARC-Record-ID with angle brackets, "" where unknown
}

// Conversion is another form of a captured page, made of it without a request: the DOM
// that a page's scripts left (ISO 28500:2017, section 6.3.9).
type Conversion struct {
	URL       string    // of the page
	Date      time.Time // of the capture that it was made of
	MediaType string    // of Body
	Body      []byte
	RefersTo  string // WARC-Record-ID of the response, with angle brackets
	// Metadata is a JSON object about how Body was made, written as WARC-JSON-Metadata
	// (the field's name is that of other archiving browsers); "" for none.
	Metadata string
}

// Location is the place of a record in a WARC file.
type Location struct {
	File   string // key or file name
	Offset int64  // bytes
	Length int64  // bytes of the compressed member
}
