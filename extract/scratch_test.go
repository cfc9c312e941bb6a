package extract_test

import (
	"context"
	"reflect"
	"sync"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestNothingStaysFromOtherPages reads pages with one Extractor, by turns and at
// once, and compares with what an Extractor of their own makes of them.
func TestNothingStaysFromOtherPages(t *testing.T) {
	bodies := [][]byte{benchPage(20), benchPage(3), []byte("<p>Nothing"), benchPage(400), []byte("<ul><li><a href=/a>A</a></ul>")}
	read := func(x *extract.Extractor, body []byte) article.Result {
		res, err := x.Extract(context.Background(), article.Page{URL: "https://echo.example/2024/05/01/river.html", Body: body})
		if err != nil {
			t.Error(err)
		}
		return res
	}
	x := extract.New(extract.Options{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var got []article.Result
			for range 2 {
				for _, body := range bodies {
					got = append(got, read(x, body))
				}
			}
			for i := range got { // compared when all are read, lest one has changed since
				if want := read(extract.New(extract.Options{}), bodies[i%len(bodies)]); !reflect.DeepEqual(got[i], want) {
					t.Errorf("reading %d of page %d differs", i, i%len(bodies))
				}
			}
		})
	}
	all.Wait()
}
