package reader

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/search"
)

// Memento (RFC 7089): a timegate redirects to the capture nearest to the time that
// Accept-Datetime asks for (the newest without it); a timemap lists all captures.
// A memento is one revision of an article: its page as it was captured.

// The paths behind which the address of an original stands.
const (
	timegatePath = "/timegate/"
	timemapPath  = "/timemap/"
)

type memento struct {
	at  time.Time
	uri string
}

func (s *server) timegate(w http.ResponseWriter, r *http.Request) error {
	h, original, err := s.original(r, timegatePath)
	if err != nil {
		return err
	}
	all, err := s.mementos(r, h)
	if err != nil {
		return err
	}
	want := time.Time{}
	if text := r.Header.Get("Accept-Datetime"); text != "" {
		if want, err = http.ParseTime(text); err != nil {
			return errRequest{"Accept-Datetime is a time as HTTP writes it: Thu, 31 May 2007 20:35:00 GMT."}
		}
	}
	best := all[len(all)-1]
	for _, m := range all {
		if !want.IsZero() && m.at.Sub(want).Abs() < best.at.Sub(want).Abs() {
			best = m
		}
	}
	hd := w.Header()
	hd.Set("Vary", "accept-datetime")
	hd.Set("Link", mementoLinks(r.Host, original))
	hd.Set("Location", best.uri)
	w.WriteHeader(http.StatusFound)
	return nil
}

func (s *server) timemap(w http.ResponseWriter, r *http.Request) error {
	h, original, err := s.original(r, timemapPath)
	if err != nil {
		return err
	}
	all, err := s.mementos(r, h)
	if err != nil {
		return err
	}
	lines := []string{
		fmt.Sprintf(`<%s>; rel="original"`, original),
		fmt.Sprintf(`<http://%s/timegate/%s>; rel="timegate"`, r.Host, original),
		fmt.Sprintf(`<http://%s/timemap/%s>; rel="self"; type="application/link-format"`, r.Host, original),
	}
	for i, m := range all {
		rel := "memento"
		if i == 0 {
			rel = "first " + rel
		}
		if i == len(all)-1 {
			rel = strings.Replace("last "+rel, "last first", "first last", 1)
		}
		lines = append(lines, fmt.Sprintf(`<%s>; rel="%s"; datetime="%s"`, m.uri, rel, m.at.UTC().Format(http.TimeFormat)))
	}
	w.Header().Set("Content-Type", "application/link-format")
	_, err = w.Write([]byte(strings.Join(lines, ",\n") + "\n"))
	return err
}

// mementoLinks leads from a timegate or a memento to the others (RFC 7089, 2.2).
func mementoLinks(host, original string) string {
	return fmt.Sprintf(`<%[2]s>; rel="original", <http://%[1]s/timegate/%[2]s>; rel="timegate", <http://%[1]s/timemap/%[2]s>; rel="timemap"; type="application/link-format"`, host, original)
}

// original is the article of the address behind the prefix, and that address. It
// may have a query, and a client or a proxy may have folded its "//".
func (s *server) original(r *http.Request, prefix string) (search.Hit, string, error) {
	address := strings.TrimPrefix(r.URL.EscapedPath(), prefix)
	for _, scheme := range []string{"http:/", "https:/"} {
		if strings.HasPrefix(address, scheme) && !strings.HasPrefix(address, scheme+"/") {
			address = scheme + "/" + strings.TrimPrefix(address, scheme)
		}
	}
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	if err := s.fresh(r.Context()); err != nil {
		return search.Hit{}, "", err
	}
	h, err := s.Index.Resolve(r.Context(), address)
	return h, strings.ReplaceAll(address, ">", "%3E"), err
}

// mementos lists the revisions of an article, oldest first.
func (s *server) mementos(r *http.Request, h search.Hit) ([]memento, error) {
	var out []memento
	for n := 1; n <= h.Revision; n++ {
		_, a, err := s.Corpus.Revision(r.Context(), h.Site, h.ID, n)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if at, ok := capturedAt(a); ok {
			out = append(out, memento{at, fmt.Sprintf("http://%s/article/%s/%s/captured?revision=%d", r.Host, url.PathEscape(h.Site), h.ID, n)})
		}
	}
	if len(out) == 0 {
		return nil, errNotFound
	}
	return out, nil
}

func capturedAt(a *article.Article) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, a.Capture.Fetched)
	return t, err == nil
}
