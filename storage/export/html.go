package export

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"path"
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage"
)

//go:embed page/style.css page/search.js
var pageFiles embed.FS

// errFolder reports a format of several files and a sink that takes one.
var errFolder = errors.New("html is a folder of pages: name one, with a / at its end")

// perChunk is the number of articles per script of the search.
const perChunk = 500

// htmlWriter writes pages that open from a folder of the disk, without a server: one
// an article, a list of all, and a search over their texts.
type htmlWriter struct {
	t      *target
	list   *file
	chunk  []searchEntry
	chunks int
	site   string          // whose list is under way
	copied map[string]bool // keys of pictures
}

// searchEntry is an article as the search has it.
type searchEntry struct {
	URL    string `json:"u"`
	Title  string `json:"t"`
	Day    string `json:"d"`
	Source string `json:"s"`
	Text   string `json:"x"`
}

func openHTML(t *target) (writer, error) {
	if !t.sink.Many() {
		return nil, errFolder
	}
	w := &htmlWriter{t: t, copied: map[string]bool{}}
	for _, name := range []string{"style.css", "search.js"} {
		body, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			return nil, err
		}
		if err := t.files.one(name, body); err != nil {
			return nil, err
		}
	}
	var err error
	if w.list, err = t.files.create("articles.html"); err == nil {
		_, err = w.list.WriteString(head("All articles", "en", "") + "<nav><a href=index.html>Search</a></nav>\n<h1>All articles</h1>\n")
	}
	return w, err
}

func (w *htmlWriter) add(ctx context.Context, item *Item) error {
	a := item.Article
	name := item.Site + "/" + a.ID
	if a.Revision < item.Record.Revision {
		name += fmt.Sprintf(".%d", a.Revision)
	}
	name += ".html"
	if err := w.pictures(ctx, a); err != nil {
		return err
	}
	if err := w.t.files.one(name, []byte(articlePage(item))); err != nil {
		return err
	}
	day := publishedDay(a)
	w.chunk = append(w.chunk, searchEntry{name, a.Title, day, strings.Join(nonEmpty(item.Site, a.Credits.Source, strings.Join(a.Credits.Authors, ", ")), " · "), a.Text})
	if item.Site != w.site {
		if w.site != "" {
			fmt.Fprint(w.list, "</ol>\n")
		}
		w.site = item.Site
		fmt.Fprintf(w.list, "<h2>%s</h2>\n<ol class=list>\n", html.EscapeString(item.Site))
	}
	fmt.Fprintf(w.list, "<li><a href=\"%s\">%s</a> <span class=meta>%s</span></li>\n", html.EscapeString(name), html.EscapeString(a.Title), day)
	if len(w.chunk) < perChunk {
		return nil
	}
	return w.flush()
}

// pictures copies an article's archived pictures, each once. One that is not there is
// left out: verify names it.
func (w *htmlWriter) pictures(ctx context.Context, a *article.Article) error {
	for i := range a.Images {
		key := a.Images[i].Key
		if key == "" || w.copied[key] || !shown(key) {
			continue
		}
		w.copied[key] = true
		body, _, err := storage.ReadObject(ctx, w.t.store, key)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := w.t.files.one(key, body); err != nil {
			return err
		}
	}
	return nil
}

// shown reports whether a picture may be shown: an SVG could run scripts.
func shown(key string) bool {
	return slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp"}, path.Ext(key))
}

// flush writes the texts that are gathered as a script.
func (w *htmlWriter) flush() error {
	data, err := json.Marshal(w.chunk) // with <, > and & escaped: it is a script
	if err != nil {
		return err
	}
	err = w.t.files.one(fmt.Sprintf("search/%d.js", w.chunks), []byte("pressmark("+string(data)+");\n"))
	w.chunk, w.chunks = w.chunk[:0], w.chunks+1
	return err
}

func (w *htmlWriter) close(context.Context) error {
	if len(w.chunk) > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.site != "" {
		fmt.Fprint(w.list, "</ol>\n")
	}
	fmt.Fprint(w.list, "</body></html>\n")
	if err := w.list.Close(); err != nil {
		return err
	}
	title := w.t.Title
	if title == "" {
		title = "Archive"
	}
	return w.t.files.one("index.html", []byte(indexPage(title, w.chunks)))
}

// indexPage is the page with the search. The list of all articles is a page of its
// own, because it is written while the articles come.
func indexPage(title string, chunks int) string {
	return fmt.Sprintf(`<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width"><title>%[1]s</title><link rel=stylesheet href=style.css></head>
<body data-chunks="%[2]d"><h1>%[1]s</h1><p><input id=q type=search placeholder='Search: words, "a phrase", -without' aria-label=Search autofocus></p><p class=meta id=count role=status></p>
<ol class=list id=found></ol><div id=all><p><a href=articles.html>All articles</a></p></div><script src=search.js></script></body></html>
`, html.EscapeString(title), chunks)
}
