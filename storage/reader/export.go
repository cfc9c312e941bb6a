package reader

import (
	"iter"
	"mime"
	"net/http"
	"path"
	"strings"

	"pressmark/storage"
	"pressmark/storage/export"
	"pressmark/storage/search"
)

// exports are the formats offered on a list: those of one file.
func exports() []export.Format {
	var out []export.Format
	for _, f := range export.Formats() {
		if !f.Folder() || f.Name == "csv" { // of csv's tables, the one of articles
			out = append(out, f)
		}
	}
	return out
}

// export writes the articles that a query finds as one file, oldest first.
func (s *server) export(w http.ResponseWriter, r *http.Request) error {
	if err := s.fresh(r.Context()); err != nil {
		return err
	}
	q, err := search.Parse(r.FormValue("q"))
	if err != nil {
		return err
	}
	format, ok := export.Find(r.FormValue("format"))
	if !ok || format.Folder() && format.Name != "csv" {
		return errRequest{"The format is one of " + strings.Join(exportNames(), ", ") + "."}
	}
	name := format.File
	if name == "" {
		name = "articles." + format.Name
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" || strings.HasPrefix(kind, "text/html") {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, err = export.Run(r.Context(), s.Corpus.Store(), format, s.items(r, q), export.Stdout(w),
		export.Options{BOM: format.Name == "csv", Excel: format.Name == "csv", Title: s.Name, Version: s.Version})
	if err != nil && r.Context().Err() == nil {
		s.Log.Error("export broken off", "format", format.Name, "err", err)
		panic(http.ErrAbortHandler) // the client sees that the file is not whole
	}
	return nil
}

func exportNames() []string {
	var out []string
	for _, f := range exports() {
		out = append(out, f.Name)
	}
	return out
}

// items yields the results of a query. An article that cannot be read is left out.
func (s *server) items(r *http.Request, q search.Query) iter.Seq2[export.Item, error] {
	ctx := r.Context()
	return func(yield func(export.Item, error) bool) {
		for h, err := range s.Index.Each(ctx, q, search.Oldest) {
			if err != nil {
				yield(export.Item{}, err)
				return
			}
			rec, err := s.Index.Record(ctx, h)
			if err != nil {
				yield(export.Item{}, err)
				return
			}
			key := storage.ArticleKey(h.Site, h.ID)
			data, a, err := s.Corpus.Article(ctx, key)
			if err != nil {
				s.Log.Warn("article not readable; the export leaves it out", "article", h.ID, "err", err)
				continue
			}
			if !yield(export.Item{Site: h.Site, Record: rec, Article: a, JSON: data, Key: key, Story: h.Story}, nil) {
				return
			}
		}
	}
}
