package warc

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// indexLine is one line of a CDXJ index.
type indexLine struct {
	key, timestamp string
	URL            string `json:"url"`
	MIME           string `json:"mime,omitempty"`
	Status         string `json:"status,omitempty"`
	Digest         string `json:"digest,omitempty"`
	Length         string `json:"length"`
	Offset         string `json:"offset"`
	Filename       string `json:"filename"`
}

// indexLine describes a response or revisit record whose place is not known yet.
func (r *record) indexLine(x *Exchange, file string) indexLine {
	head := r.block[0]
	_, sum, _ := strings.Cut(r.payload, ":")
	line := indexLine{key: SURT(x.URL), timestamp: x.Started.UTC().Format("20060102150405"), URL: x.URL, MIME: "warc/revisit",
		Digest: sum, Filename: file}
	if status, ok := statusOf(head); ok {
		line.Status = strconv.Itoa(status)
	}
	if r.kind == "response" {
		media, _, _ := strings.Cut(headerOf(head).Get("Content-Type"), ";")
		line.MIME = strings.ToLower(strings.TrimSpace(media))
	}
	return line
}

// placed is the line of a record that stands there.
func (l indexLine) placed(at Location) indexLine {
	l.Length, l.Offset = strconv.FormatInt(at.Length, 10), strconv.FormatInt(at.Offset, 10)
	return l
}

// Index returns the CDXJ lines of the response and revisit records written so far,
// sorted by byte order, one each with a line end: the SURT key, the time as 14
// digits, and an object of strings with url, mime, status, digest, length, offset
// and filename, byte for byte as warcio writes them (the digest without its label).
func (w *Writer) Index() []byte {
	lines := make([]string, len(w.index))
	for i, l := range w.index {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(l); err != nil {
			continue // a struct of strings always encodes
		}
		lines[i] = l.key + " " + l.timestamp + " " + b.String()
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

// SURT returns the sort-friendly form of an address that keys a CDXJ index: host
// labels reversed, "www" dropped, all in lower case, query parameters sorted:
// "com,example)/news?id=7". An address that cannot be parsed is its own key.
func SURT(address string) string {
	u, err := url.Parse(strings.ToLower(address))
	if err != nil || u.Host == "" || strings.ContainsAny(u.Host, " \t") {
		return strings.NewReplacer(" ", "%20", "\n", "", "\r", "").Replace(address)
	}
	labels := strings.Split(withoutWWW(u.Hostname()), ".")
	slices.Reverse(labels)
	key := strings.Join(labels, ",")
	if p := u.Port(); p != "" && p != defaultPort(u.Scheme) {
		key += ":" + p
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	key += ")" + path
	if u.RawQuery != "" {
		params := strings.Split(u.RawQuery, "&")
		slices.Sort(params)
		key += "?" + strings.Join(params, "&")
	}
	return strings.ReplaceAll(key, " ", "%20")
}

// withoutWWW drops "www.", "www2." and the like.
func withoutWWW(host string) string {
	if rest, ok := strings.CutPrefix(host, "www"); ok {
		if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, "0123456789"), "."); ok {
			return rest
		}
	}
	return host
}

// defaultPort returns the port of a scheme, "" if it is neither http nor https.
func defaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}
