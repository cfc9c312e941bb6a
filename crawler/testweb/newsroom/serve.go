package newsroom

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// resource is what stands at one path.
type resource struct {
	status      int // 0 means 200
	contentType string
	location    string    // for redirects
	modified    time.Time // for Last-Modified
	body        []byte    // where the resource never varies
	// render gives the body of a page that varies with the visit: its counter
	// and its ad. Visit 0 is the form from which the ETag is made.
	render func(visit int) ([]byte, error)
}

// ServeHTTP answers GET and HEAD.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	place := s.record.begin(Request{Method: r.Method, Path: r.URL.RequestURI(), UserAgent: r.UserAgent()})
	lw := &logWriter{ResponseWriter: w, wrote: func(status int) { s.record.end(place, status) }}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(lw, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	res, err := s.find(r.URL.Path)
	if err == nil {
		err = s.answer(lw, r, res, place+1)
	}
	if err != nil {
		http.Error(lw, err.Error(), http.StatusInternalServerError)
	}
}

// logWriter logs a request as ended when its answer begins:
// once the answer has been sent, the client's next request may be faster than
// the rest of the handler.
type logWriter struct {
	http.ResponseWriter
	wrote func(status int)
}

// WriteHeader is called once for every answer.
func (w *logWriter) WriteHeader(status int) {
	w.wrote(status)
	w.ResponseWriter.WriteHeader(status)
}

// answer sends the resource. Nothing is sent where the error is not nil.
func (s *Site) answer(w http.ResponseWriter, r *http.Request, res resource, visit int) error {
	h := w.Header()
	h.Set("Date", s.present().UTC().Format(http.TimeFormat))
	if res.location != "" {
		h.Set("Location", res.location)
		w.WriteHeader(res.status)
		return nil
	}
	body, tag, err := res.bytes(visit)
	if err != nil {
		return err
	}
	h.Set("Content-Type", res.contentType)
	if !s.bare && res.status == 0 {
		h.Set("ETag", tag)
		h.Set("Last-Modified", res.modified.UTC().Format(http.TimeFormat))
		if fresh(r, tag, res.modified) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if s.style.compresses() && strings.HasPrefix(res.contentType, "text/") &&
		strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		h.Set("Vary", "Accept-Encoding")
		body = gzipped(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(max(res.status, http.StatusOK))
	if r.Method == http.MethodGet {
		w.Write(body) // a client that went away is no failure of the site
	}
	return nil
}

// bytes returns the body for one visit and the ETag, a weak one where visits differ.
func (res resource) bytes(visit int) (body []byte, tag string, err error) {
	if res.render == nil {
		return res.body, `"` + shortHash(res.body) + `"`, nil
	}
	base, err := res.render(0)
	if err != nil {
		return nil, "", err
	}
	body, err = res.render(visit)
	return body, `W/"` + shortHash(base) + `"`, err
}

// fresh evaluates the conditions of a request (RFC 9110, section 13.2.2).
func fresh(r *http.Request, tag string, modified time.Time) bool {
	if match := r.Header.Get("If-None-Match"); match != "" {
		for candidate := range strings.SplitSeq(match, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !modified.Truncate(time.Second).After(since)
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func gzipped(b []byte) []byte {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	zw.Write(b) // a bytes.Buffer takes everything
	zw.Close()
	return buf.Bytes()
}

// find returns what stands at path: first what every site has, then what the
// style adds.
func (s *Site) find(path string) (resource, error) {
	v := s.view()
	switch {
	case path == "/robots.txt":
		return s.robots(v), nil
	case path == "/favicon.ico":
		return s.picture("favicon", "png", 16, 16), nil
	case strings.HasPrefix(path, "/private/"):
		return s.note(v, "内部 / Internal", "robots.txt disallows this corner."), nil
	}
	if res, ok := s.findStory(v, path); ok {
		return res, nil
	}
	if res, ok := s.findPicture(v, path); ok {
		return res, nil
	}
	if res, ok := s.findList(v, path); ok {
		return res, nil
	}
	if res, ok, err := s.style.extra(s, v, path); ok || err != nil {
		return res, err
	}
	res := s.note(v, "404", s.style.words().notFound)
	res.status = http.StatusNotFound
	return res, nil
}

func (s *Site) robots(v *view) resource {
	var b strings.Builder
	b.WriteString("User-agent: *\nDisallow: /private/\n")
	if s.delay > 0 {
		fmt.Fprintf(&b, "Crawl-delay: %s\n", strconv.FormatFloat(s.delay.Seconds(), 'f', -1, 64))
	}
	b.WriteString(s.style.robotsLines(v))
	return resource{contentType: "text/plain; charset=utf-8", modified: v.firstStory(), body: []byte(b.String())}
}

// firstStory is the time of the oldest story, for what never changes.
func (v *view) firstStory() time.Time {
	if len(v.stories) == 0 {
		return v.changed
	}
	return v.stories[len(v.stories)-1].Published
}

func (s *Site) picture(name, format string, width, height int) resource {
	f := s.album.file(drawing{name, format, width, height})
	return resource{contentType: f.mediaType, modified: pressDay, body: f.body}
}

// pressDay is when the pictures and the furniture of all sites were last changed.
var pressDay = time.Date(2009, time.March, 2, 9, 0, 0, 0, time.UTC)

func (s *Site) findStory(v *view, path string) (resource, bool) {
	for _, st := range v.stories {
		for part := range st.parts() {
			if s.style.storyPath(st, part+1) == path {
				return s.storyPage(v, st, part+1), true
			}
		}
	}
	for _, st := range v.gone {
		if s.style.storyPath(st, 1) == path {
			res := s.note(v, "404", s.style.words().gone)
			res.status = s.style.goneStatus()
			return res, true
		}
	}
	return resource{}, false
}

func (s *Site) findPicture(v *view, path string) (resource, bool) {
	for _, st := range v.stories {
		for i := range st.Pictures {
			for _, f := range s.style.variants(st, i) {
				if f.path == path {
					return s.picture(f.name, f.format, f.width, f.height), true
				}
			}
		}
	}
	return resource{}, false
}
