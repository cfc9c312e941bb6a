// Package reader shows an archive in a browser: search, lists, articles with their
// pictures, the pages as they were captured, what changed between revisions, and
// what became of every URL. It answers over HTTP and only reads.
//
// Pages are plain HTML that the server writes; without scripts everything works
// but keys. Nothing is loaded from elsewhere, every value is escaped, and the
// Content-Security-Policy forbids the rest. A captured page is foreign code: it is
// shown in a sandbox of its own origin, without scripts, with archived pictures
// only. Requests for other host names than those of this machine are refused, so
// that a page elsewhere cannot read the archive through a name of its own (DNS
// rebinding).
//
//	GET /                          front page
//	GET /articles?q=&sort=&page=   list and search
//	GET /article/SITE/ID           article, newest revision; ?revision=N another
//	GET /article/SITE/ID/diff      what changed; ?old=N&new=M
//	GET /article/SITE/ID/captured  the page as it was captured
//	GET /article/SITE/ID/record    its WARC record
//	GET /completeness              URLs by outcome and reason; ?site=&outcome=&reason=
//	GET /pictures                  archived pictures; ?q= of a search, ?travelled=1 those that several articles show, ?missing=1 the others
//	GET /picture/SHA256            one picture, and every article that shows it
//	GET /certificate               counts, hashes of the logs; ?check=1 with a check of everything
//	GET /headlines                 headlines that changed
//	GET /stories                   articles of different sites with nearly the same text
//	GET /sites                     all sites
//	GET /kwic?q=                   every place of the words of a search in its context, as CSV
//	GET /feed?q=                   Atom feed of a search
//	GET /export?q=&format=         what a search finds as a file for other tools
//	GET /api/…                     the same as JSON; /api/openapi.json describes it
//	GET /timegate/URL, /timemap/URL  Memento (RFC 7089), see memento.go
package reader

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"

	"pressmark/storage"
	"pressmark/storage/certificate"
	"pressmark/storage/corpus"
	"pressmark/storage/search"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed static/*
var static embed.FS

// Options configure the reader.
type Options struct {
	Name    string // of the archive, for people
	Version string // program and version, for exports and the API's description
	Corpus  *corpus.Corpus
	Index   *search.Index
	Log     *slog.Logger // gets what went wrong on the server's side
	// CatchUp brings the index up to date; it is called before pages that list
	// articles. nil: the index stays as it is.
	CatchUp func(context.Context) error
	// Certify makes the archive's certificate. If check is true, the whole archive is
	// verified, which reads every object. nil: certificates are not offered.
	Certify func(ctx context.Context, check bool) (certificate.Certificate, error)
}

// server answers the requests.
type server struct {
	Options
	pages map[string]*template.Template
}

// New returns the handler of an archive's pages.
func New(o Options) (http.Handler, error) {
	s := &server{Options: o, pages: map[string]*template.Template{}}
	names, err := templates.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if n.Name() == "frame.html" {
			continue
		}
		t, err := template.New("frame.html").Funcs(functions).ParseFS(templates, "templates/frame.html", "templates/"+n.Name())
		if err != nil {
			return nil, err
		}
		s.pages[n.Name()] = t
	}
	return s.guarded(s.routes()), nil
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	handlers := map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /{$}":                          s.front,
		"GET /articles":                     s.list,
		"GET /article/{site}/{id}":          s.article,
		"GET /article/{site}/{id}/diff":     s.diff,
		"GET /article/{site}/{id}/captured": s.captured,
		"GET /article/{site}/{id}/record":   s.record,
		"GET /completeness":                 s.completeness,
		"GET /pictures":                     s.pictures,
		"GET /picture/{sha256}":             s.picture,
		"GET /headlines":                    s.headlines,
		"GET /stories":                      s.stories,
		"GET /sites":                        s.sites,
		"GET /kwic":                         s.kwic,
		"GET /certificate":                  s.certificate,
		"GET /feed":                         s.feed,
		"GET /export":                       s.export,
		"GET /api/openapi.json":             s.openAPI,
		"GET /image/{key...}":               s.image,
		"GET /robots/{key...}":              s.robots,
	}
	for _, c := range calls() {
		handlers["GET "+c.path] = s.answered(c)
	}
	for pattern, h := range handlers {
		mux.Handle(pattern, s.handler(h))
	}
	mux.Handle("GET /static/", http.FileServerFS(static))
	gate, list := s.handler(s.timegate), s.handler(s.timemap)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch { // a ServeMux would redirect to an address without the "//" of the original
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			mux.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, timegatePath):
			gate.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, timemapPath):
			list.ServeHTTP(w, r)
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

// handler shows the errors of h.
func (s *server) handler(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// policy allows what the reader's own pages need.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"

// guarded refuses foreign host names and sets the headers of every answer.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ownHost(r.Host) {
			http.Error(w, "This server answers to localhost and to addresses only.", http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// ownHost reports whether a Host header names this machine, by IP address or as
// localhost. Other names are refused, because their DNS records could be pointed at
// this machine (DNS rebinding).
func ownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	return name == "localhost" || net.ParseIP(name) != nil
}

// errNotFound reports that a page does not exist.
var errNotFound = errors.New("not found")

// errRequest is a mistake in the address, for the one who typed it.
type errRequest struct{ text string }

func (e errRequest) Error() string { return e.text }

func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, text := http.StatusInternalServerError, "The archive could not be read. The server's log says why."
	var bad errRequest
	switch {
	case r.Context().Err() != nil:
		return
	case errors.Is(err, search.ErrNoArticle), errors.Is(err, storage.ErrNotFound), errors.Is(err, errNotFound):
		status, text = http.StatusNotFound, "The archive has no such page."
	case errors.Is(err, search.ErrQuery):
		status, text = http.StatusBadRequest, err.Error()
	case errors.As(err, &bad):
		status, text = http.StatusBadRequest, bad.text
	default:
		s.Log.Error("request failed", "path", r.URL.Path, "err", err)
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeJSON(w, status, map[string]string{"error": text})
		return
	}
	s.renderStatus(w, status, "error.html", "Not shown", "", text)
}

// frame holds the data of every page.
type frame struct {
	Title   string
	Archive string
	Query   string
	Views   []view // of the archive
	Data    any
}

// archiveViews are the views that every page leads to, with the page of each.
var archiveViews = []struct{ name, url, pages string }{
	{"Articles", "/articles", "list.html article.html diff.html"}, {"Stories", "/stories", "stories.html"}, {"Pictures", "/pictures", "pictures.html picture.html"},
	{"Headlines", "/headlines", "headlines.html"}, {"Sites", "/sites", "sites.html"}, {"Completeness", "/completeness", "completeness.html certificate.html"},
}

func (s *server) render(w http.ResponseWriter, page, title string, data any) {
	s.renderQuery(w, page, title, "", data)
}

func (s *server) renderQuery(w http.ResponseWriter, page, title, query string, data any) {
	s.renderStatus(w, http.StatusOK, page, title, query, data)
}

func (s *server) renderStatus(w http.ResponseWriter, status int, page, title, query string, data any) {
	f := frame{Title: title, Archive: s.Name, Query: query, Data: data}
	for _, v := range archiveViews {
		f.Views = append(f.Views, view{v.name, v.url, slices.Contains(strings.Fields(v.pages), page)})
	}
	var whole bytes.Buffer // so that no page is sent by half
	if err := s.pages[page].Execute(&whole, f); err != nil {
		s.Log.Error("page not rendered", "page", page, "err", err)
		http.Error(w, "The page could not be made. The server's log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := whole.WriteTo(w); err != nil {
		s.Log.Debug("page not sent: the client has gone", "page", page, "err", err)
	}
}

// fresh brings the index up to date, if the reader does so. A damaged article does
// not keep the others from being shown.
func (s *server) fresh(ctx context.Context) error {
	if s.CatchUp == nil {
		return nil
	}
	err := s.CatchUp(ctx)
	if unread := search.Unread(err); len(unread) > 0 {
		s.Log.Warn("objects not readable; the index leaves them out", "unread", len(unread), "first", unread[0])
		return nil
	}
	return err
}

// openAPI describes the JSON API.
func (s *server) openAPI(w http.ResponseWriter, _ *http.Request) error {
	body, err := OpenAPI(s.Version)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, json.RawMessage(body))
	return nil
}

// image serves an archived picture. What a browser could run is a download.
func (s *server) image(w http.ResponseWriter, r *http.Request) error {
	key := "images/" + r.PathValue("key")
	kind := safeImages[path.Ext(key)]
	body, _, err := storage.ReadObject(r.Context(), s.Corpus.Store(), key)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if kind == "" {
		kind = "application/octet-stream"
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("Content-Type", kind)
	_, err = w.Write(body)
	return err
}

// safeImages are the pictures that no browser runs.
var safeImages = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".bmp": "image/bmp",
}

// robots serves a robots.txt as it was obeyed.
func (s *server) robots(w http.ResponseWriter, r *http.Request) error {
	body, _, err := storage.ReadObject(r.Context(), s.Corpus.Store(), "robots/"+r.PathValue("key"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = w.Write(body)
	return err
}
