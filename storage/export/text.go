package export

import (
	"context"
	"fmt"
	"strings"

	"pressmark/extract/article"
)

// perArticle writes one file an article, <site>/<id>.<ext>; to a single place,
// one behind the other.
type perArticle struct {
	t         *target
	extension string
	between   string
	render    func(*Item) string
	single    *file
}

func openPerArticle(t *target, extension, between string, render func(*Item) string) (writer, error) {
	w := &perArticle{t: t, extension: extension, between: between, render: render}
	if t.sink.Many() {
		return w, nil
	}
	var err error
	w.single, err = t.files.create("articles." + extension)
	return w, err
}

func (w *perArticle) add(_ context.Context, item *Item) error {
	text := w.render(item)
	if w.single == nil {
		return w.t.files.one(w.name(item), []byte(text))
	}
	if w.single.rows > 0 {
		text = w.between + text
	}
	w.single.rows++
	_, err := w.single.WriteString(text)
	return err
}

// name distinguishes earlier revisions from the newest one.
func (w *perArticle) name(item *Item) string {
	name := item.Site + "/" + item.Article.ID
	if item.Article.Revision < item.Record.Revision {
		name += fmt.Sprintf(".%d", item.Article.Revision)
	}
	return name + "." + w.extension
}

func (w *perArticle) close(context.Context) error {
	if w.single == nil {
		return nil
	}
	return w.single.Close()
}

func openText(t *target) (writer, error) {
	return openPerArticle(t, "txt", "\n\n", func(item *Item) string {
		a := item.Article
		head := []string{a.Title, strings.Join(nonEmpty(article.Value(a.Published), a.Credits.Source, strings.Join(a.Credits.Authors, ", ")), " · "), a.URL}
		return strings.Join(nonEmpty(head...), "\n") + "\n\n" + strings.ReplaceAll(a.Text, "\n", "\n\n") + "\n"
	})
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
