package reader_test

import (
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/export"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
	"pressmark/storage/storagetest/newsstand"
)

var exported = flag.Int("exported", 700, "articles of TestBrowserExport")

// TestBrowserExport opens an html export from the disk, without a server: the search
// finds Chinese and English words in all of its scripts, and a hit leads to its article.
func TestBrowserExport(t *testing.T) {
	b := openBrowser(t)
	maker := newsstand.New(newsstand.Plan{Sites: 4, Articles: *exported, Chars: 1200})
	dir := t.TempDir()
	format, _ := export.Find("html")
	began := time.Now()
	_, err := export.Run(t.Context(), memstore.New(), format, func(yield func(export.Item, error) bool) {
		for n := range *exported {
			a := maker.Article(n)
			data, err := article.Encode(a)
			if !yield(export.Item{Site: maker.Site(n), Record: ledger.Record{ID: a.ID, Revision: 1}, Article: a, JSON: data, Key: storage.ArticleKey(maker.Site(n), a.ID)}, err) {
				return
			}
		}
	}, export.ToFolder(dir), export.Options{Title: "A stick"})
	if err != nil {
		t.Fatal(err)
	}
	files, size := sizeOf(t, dir)
	t.Logf("%d articles: %d files, %d MB, in %s", *exported, files, size>>20, time.Since(began).Round(time.Millisecond))
	for _, l := range []look{looks[0], looks[3]} {
		b.set(l)
		sent, said := b.visit("file://" + filepath.ToSlash(dir) + "/index.html")
		if len(said) > 0 {
			t.Errorf("%s: the console says %v", l, said)
		}
		for _, word := range []string{"的", "the"} {
			began := time.Now()
			eval[bool](b, fmt.Sprintf(`(async () => {
				const q = document.querySelector('#q'), count = document.querySelector('#count')
				count.textContent = ''
				q.value = '%s'
				q.dispatchEvent(new Event('input'))
				while (!/ of /.test(count.textContent)) await new Promise(done => setTimeout(done, 20))
				return true
			})()`, word))
			text := eval[string](b, `document.querySelector('#count').textContent`)
			t.Logf("%s, %q: %s, in %s", l, word, text, time.Since(began).Round(time.Millisecond))
			if marked := eval[string](b, `document.querySelector('mark').textContent.toLowerCase()`); marked != word {
				t.Errorf("%s: the search for %s marks %q", l, word, marked)
			}
			if !strings.Contains(text, fmt.Sprintf(" of %d articles", *exported)) || strings.HasPrefix(text, "0 ") {
				t.Errorf("%s: the search for %s says %q", l, word, text)
			}
		}
		for _, fault := range b.serious() {
			t.Errorf("%s: %s", l, fault)
		}
		b.keep("export-" + l.String())
		b.visit("file://" + filepath.ToSlash(dir) + "/articles.html")
		first := eval[string](b, `document.querySelector('ol a').textContent`)
		b.visit(eval[string](b, `document.querySelector('ol a').href`))
		if got := eval[string](b, `document.querySelector('h1').textContent`); got != first {
			t.Errorf("%s: the link of %q leads to %q", l, first, got)
		}
		if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s: the article is %d pixels too wide", l, over)
		}
		b.keep("export-article-" + l.String())
		for _, address := range sent {
			if !strings.HasPrefix(address, "file://") && !strings.HasPrefix(address, "data:") {
				t.Errorf("%s asks for %s", l, address)
			}
		}
	}
}

func sizeOf(t *testing.T, dir string) (files int, size int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			files, size = files+1, size+info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, size
}
