package export

import (
	"context"
	"io"

	"pressmark/storage/cite"
)

// citations makes a format of each form of citation.
func citations() []Format {
	var out []Format
	for _, f := range cite.Formats() {
		name := "citations." + f.Extension
		out = append(out, Format{Name: f.Name, Title: f.Title, File: name, open: func(t *target) (writer, error) {
			file, err := t.files.create(name)
			return &citationWriter{out: file, form: f}, err
		}})
	}
	return out
}

type citationWriter struct {
	out  *file
	form cite.Format
}

func (w *citationWriter) add(_ context.Context, item *Item) error {
	before := w.form.Between
	if w.out.rows == 0 {
		before = w.form.Head
	}
	w.out.rows++
	_, err := io.WriteString(w.out, before+w.form.Cite(item.Article, item.Key))
	return err
}

func (w *citationWriter) close(context.Context) error {
	end := w.form.Tail
	if w.out.rows == 0 {
		end = w.form.Head + w.form.Tail
	}
	if _, err := io.WriteString(w.out, end); err != nil {
		return err
	}
	return w.out.Close()
}
