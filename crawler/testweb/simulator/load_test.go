package simulator

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
)

// TestLoadIsReachable follows all links from the front page.
func TestLoadIsReachable(t *testing.T) {
	l := NewLoad(500, 1)
	if l.Pages() != 500 || l.Articles() != 494 {
		t.Fatalf("%d pages, %d articles", l.Pages(), l.Articles())
	}
	href := regexp.MustCompile(`href="(/[^"]*)"`)
	seen := map[string]bool{"/": true}
	queue := []string{"/"}
	total := 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		w := httptest.NewRecorder()
		l.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		total += w.Body.Len()
		for _, m := range href.FindAllStringSubmatch(w.Body.String(), -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				queue = append(queue, m[1])
			}
		}
	}
	requests, pages, bytes := l.Counts()
	if len(seen) != 500 || requests != 500 || pages != 500 || bytes != int64(total) {
		t.Errorf("%d reached, %d requests, %d pages, %d of %d bytes", len(seen), requests, pages, bytes, total)
	}
	if mean := total / 500; mean < 27<<10 || mean > 33<<10 {
		t.Errorf("a page has %d bytes on average, want about 30 KB", mean)
	}
}
