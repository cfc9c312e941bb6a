package newsroom

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	_ "golang.org/x/image/webp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"pressmark/extract/article"
)

// pictures is shared, because drawing takes most of the tests' time.
var pictures = sync.OnceValue(NewAlbum)

// get asks a site as a client without compression does.
func get(t *testing.T, s *Site, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pageText is the page as UTF-8.
func pageText(t *testing.T, s *Site, url string) string {
	t.Helper()
	res := get(t, s, url)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: status %d", url, res.StatusCode)
	}
	b := body(t, res)
	if s.Name() == "demo-portal" {
		var err error
		if b, err = simplifiedchinese.GBK.NewDecoder().Bytes(b); err != nil {
			t.Fatalf("GET %s: not GBK: %v", url, err)
		}
	}
	if bytes.Contains(b, []byte("�")) || bytes.Contains(b, []byte("ZgotmplZ")) {
		t.Errorf("GET %s: the page is damaged", url)
	}
	return string(b)
}

func newSites(t *testing.T, o Options) []*Site {
	t.Helper()
	o.Album = pictures()
	sites, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return sites
}

func TestEveryStoryIsOnItsPages(t *testing.T) {
	for _, s := range newSites(t, Options{}) {
		truth := s.Truth()
		if len(truth) < 15 {
			t.Errorf("%s: %d stories, want 15 or more", s.Name(), len(truth))
		}
		for _, a := range truth {
			var text strings.Builder
			for _, url := range a.Pages {
				doc, err := goquery.NewDocumentFromReader(strings.NewReader(pageText(t, s, url)))
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(doc.Find("h1, h2, font[size='5']").Text(), a.Title) {
					t.Errorf("%s: headline %q is missing", url, a.Title)
				}
				text.WriteString(doc.Text())
			}
			checkOrder(t, a, text.String())
			for _, line := range a.Credits.Lines {
				if !strings.Contains(text.String(), line) {
					t.Errorf("%s: credit line %q is missing", a.URL, line)
				}
			}
		}
	}
}

// checkOrder looks for the text of every block after that of the one before.
func checkOrder(t *testing.T, a *article.Article, text string) {
	t.Helper()
	captions := map[string]string{}
	for _, img := range a.Images {
		captions[img.ID] = article.Value(img.Caption)
	}
	start := strings.LastIndex(text, a.Title) // the last is above the text, or in a side column below it
	if first := strings.Index(text, a.Body[0].Text); first < start {
		start = strings.Index(text, a.Title)
	}
	at := max(start, 0)
	for i, b := range a.Body {
		want := append([]string{b.Text, captions[b.Image]}, b.Items...)
		for _, row := range b.Rows {
			want = append(want, row...)
		}
		for _, w := range want {
			n := strings.Index(text[at:], w)
			if n < 0 {
				t.Errorf("%s: block %d: %q is missing or out of order", a.URL, i, w)
				return
			}
			at += n + len(w)
		}
	}
}

func TestPicturesAreWhatTheTruthSays(t *testing.T) {
	formats := map[string]int{}
	for _, s := range newSites(t, Options{}) {
		n := 0
		for _, a := range s.Truth() {
			for _, img := range a.Images {
				n++
				formats[img.MediaType]++
				checkPicture(t, s, img)
			}
		}
		if n > 30 {
			t.Errorf("%s: %d pictures: the demo would take too long", s.Name(), n)
		}
	}
	for _, want := range []string{"image/jpeg", "image/png", "image/webp"} {
		if formats[want] < 2 {
			t.Errorf("%d pictures of %s, want some", formats[want], want)
		}
	}
}

func checkPicture(t *testing.T, s *Site, img article.Image) {
	t.Helper()
	res := get(t, s, img.URL)
	b := body(t, res)
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != img.SHA256 || int64(len(b)) != img.Bytes {
		t.Errorf("%s: %d bytes of %s, truth has %d of %s", img.URL, len(b), got, img.Bytes, img.SHA256)
	}
	if got := res.Header.Get("Content-Type"); got != img.MediaType || http.DetectContentType(b) != img.MediaType {
		t.Errorf("%s: Content-Type %s, bytes are %s, truth has %s", img.URL, got, http.DetectContentType(b), img.MediaType)
	}
	drawn, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%s: %v", img.URL, err)
	}
	if size := drawn.Bounds().Size(); size.X != img.Width || size.Y != img.Height {
		t.Errorf("%s: is %v, truth has %dx%d", img.URL, size, img.Width, img.Height)
	}
	for _, url := range img.Alternates {
		if res := get(t, s, url); res.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", url, res.StatusCode)
		}
	}
}

// TestEveryLinkAnswers walks all links of a site, and the lists must lead to
// every story that is not kept out of them.
func TestEveryLinkAnswers(t *testing.T) {
	for _, s := range newSites(t, Options{}) {
		seen := map[string]bool{"/": true}
		queue := []string{"/"}
		fromLists := map[string]bool{}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			res := get(t, s, s.URL()+at)
			if res.StatusCode == http.StatusMovedPermanently {
				continue
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(pageText(t, s, s.URL()+at)))
			if err != nil {
				t.Fatal(err)
			}
			isList := doc.Find(".list, .newslist, .teaser, td[width='33%']").Length() > 0
			doc.Find("a[href], img[src]").Each(func(_ int, e *goquery.Selection) {
				ref := e.AttrOr("href", e.AttrOr("src", ""))
				ref, _, _ = strings.Cut(ref, "?")
				if strings.Contains(ref, ":") || strings.HasPrefix(ref, "#") || strings.HasPrefix(ref, "/private/") {
					return
				}
				if !strings.HasPrefix(ref, "/") { // a pager's link
					ref = at[:strings.LastIndexByte(at, '/')+1] + ref
				}
				if isList {
					fromLists[ref] = true
				}
				if !seen[ref] {
					seen[ref] = true
					if e.Is("a") && !strings.HasSuffix(ref, ".jpg") && !strings.HasSuffix(ref, ".png") {
						queue = append(queue, ref)
					} else if res := get(t, s, s.URL()+ref); res.StatusCode != http.StatusOK {
						t.Errorf("%s links to %s: status %d", at, ref, res.StatusCode)
					}
				}
			})
		}
		for _, st := range s.Stories() {
			hidden := st.has("feed-only") || st.has("sitemap-only")
			if got := fromLists[s.style.storyPath(&st, 1)]; got == hidden {
				t.Errorf("%s: story %s: in lists: %v, hidden: %v", s.Name(), st.ID, got, hidden)
			}
		}
		if v := s.Violations(); len(v) != 0 {
			t.Errorf("%s: violations %v", s.Name(), v)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	clock := time.Date(2024, 11, 5, 8, 0, 0, 0, time.UTC)
	for _, s := range newSites(t, Options{Now: func() time.Time { return clock }}) {
		story := s.Stories()[0]
		for _, path := range []string{"/", "/robots.txt", s.style.storyPath(&story, 1), s.style.listPath(story.Section, 1)} {
			first := get(t, s, s.URL()+path)
			tag, last := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
			if tag == "" || last == "" {
				t.Errorf("%s%s: ETag %q, Last-Modified %q", s.Name(), path, tag, last)
			}
			for _, h := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", last}} {
				if res := get(t, s, s.URL()+path, h...); res.StatusCode != http.StatusNotModified {
					t.Errorf("%s%s with %s: status %d, want 304", s.Name(), path, h, res.StatusCode)
				}
			}
		}
		path := s.URL() + s.style.storyPath(&story, 1)
		before := get(t, s, path)
		if again := get(t, s, path); string(body(t, again)) == string(body(t, before)) {
			t.Errorf("%s: two visits got the same bytes; counter and ads must change", path)
		}
		clock = clock.Add(time.Hour)
		if err := s.Edit(story.ID, func(st *Story) { st.Body[0].Text += "（更正）" }); err != nil {
			t.Fatal(err)
		}
		for _, h := range []string{"ETag", "Last-Modified"} {
			cond := map[string]string{"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[h]
			if res := get(t, s, path, cond, before.Header.Get(h)); res.StatusCode != http.StatusOK {
				t.Errorf("%s after an edit, with %s: status %d, want 200", path, cond, res.StatusCode)
			}
		}
	}
}

func TestEdits(t *testing.T) {
	clock := time.Date(2024, 11, 5, 8, 0, 0, 0, time.UTC)
	sites := newSites(t, Options{Now: func() time.Time { return clock }})
	for _, s := range sites {
		story := s.Stories()[3]
		url := s.TruthOf(story.ID).URL
		if err := s.Edit(story.ID, func(st *Story) { st.Title = "Corrected 更正" }); err != nil {
			t.Fatal(err)
		}
		if a := s.TruthOf(story.ID); a.URL != url || a.Title != "Corrected 更正" || (a.Modified != nil) != (s.Name() == "demo-county") {
			t.Errorf("%s: after the edit: %s %q %v", s.Name(), a.URL, a.Title, a.Modified)
		}
		if !strings.Contains(pageText(t, s, url), "Corrected 更正") {
			t.Errorf("%s: the page does not show the edit", url)
		}
		if err := s.Delete(story.ID); err != nil {
			t.Fatal(err)
		}
		if res := get(t, s, url); res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusGone {
			t.Errorf("%s: status %d after the deletion", url, res.StatusCode)
		}
		if s.TruthOf(story.ID) != nil || len(s.Truth()) != 15 {
			t.Errorf("%s: the deleted story is still in the truth", s.Name())
		}
		if err := s.Delete(story.ID); !errors.Is(err, ErrNoStory) {
			t.Errorf("%s: second deletion: %v", s.Name(), err)
		}
		if err := s.Restore(story.ID); err != nil || get(t, s, url).StatusCode != http.StatusOK {
			t.Errorf("%s: after the restoration: %v", url, err)
		}
		fresh := story
		fresh.ID = "99"
		fresh.Published = clock.In(story.Published.Location())
		if err := s.Publish(fresh); err != nil {
			t.Fatal(err)
		}
		if got := s.Stories()[0].ID; got != "99" {
			t.Errorf("%s: newest story is %s", s.Name(), got)
		}
		if err := s.Publish(fresh); !errors.Is(err, ErrStory) {
			t.Errorf("%s: second publication: %v", s.Name(), err)
		}
	}
}

func TestCountyMachineReadable(t *testing.T) {
	s := newSites(t, Options{})[2]
	robots := string(body(t, get(t, s, s.URL()+"/robots.txt")))
	for _, want := range []string{"Disallow: /private/", "Crawl-delay: 0.25", "Sitemap: " + s.URL() + "/sitemap.xml"} {
		if !strings.Contains(robots, want) {
			t.Errorf("robots.txt lacks %q:\n%s", want, robots)
		}
	}
	for path, want := range map[string]string{
		"/feed.xml": "<dc:creator>", "/sitemap.xml": "<sitemap>", "/sitemap-news.xml": "<news:publication_date>",
		"/sitemap-articles.xml.gz": "<image:loc>",
	} {
		b := body(t, get(t, s, s.URL()+path))
		if strings.HasSuffix(path, ".gz") {
			b = gunzip(t, b)
		}
		if !strings.Contains(string(b), want) {
			t.Errorf("%s lacks %s", path, want)
		}
		if err := xml.Unmarshal(b, new(struct{})); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestNewsroomServesAndCounts(t *testing.T) {
	n, err := Start(t.Context(), Options{AnyPort: true})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	for _, s := range n.Sites() {
		for _, path := range []string{"/", "/robots.txt", "/private/x"} {
			res, err := http.Get(s.URL() + path)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s%s: status %d", s.URL(), path, res.StatusCode)
			}
		}
		if got := s.Requests(); len(got) != 3 || got[2].Status != 200 || s.MaxInflight() != 1 || s.MinSpacing() <= 0 {
			t.Errorf("%s: log %v", s.Name(), got)
		}
	}
	if got := len(n.Violations()); got != 3 {
		t.Errorf("%d violations, want 3", got)
	}
	if got, want := n.Rewrite("url: http://127.0.0.1:18432/x"), "url: "+n.Sites()[1].URL()+"/x"; got != want {
		t.Errorf("Rewrite = %s, want %s", got, want)
	}
}

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
