package simulator

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Load is a site for measuring: many pages that are rendered before the first
// request, so that serving one costs next to nothing. Its front page links to
// the section pages, those link to the articles, and every page carries a
// navigation of all sections and links to other articles. An article has some
// kilobytes of text of its own, and about 30 KB with its chrome.
//
//	/                       the front page
//	/section/7/             a section page of LoadSection articles
//	/section/7/2024-05/123  an article
type Load struct {
	paths map[string]loadPage
	nav   []byte
	tail  []byte

	mediaType []string  // the header field, for all pages
	buffers   sync.Pool // of *[]byte, in which a page is put together

	requests atomic.Int64
	bytes    atomic.Int64
	pages    atomic.Int64
}

// loadPage is a page less what all pages share.
type loadPage struct {
	head, rest []byte
}

// LoadSection is the number of articles that a section page links to.
const LoadSection = 100

// NewLoad renders a site of that many pages, the front page and the section
// pages included. Equal arguments give equal sites.
func NewLoad(pages int, seed uint64) *Load {
	l := &Load{paths: make(map[string]loadPage, pages), mediaType: []string{"text/html; charset=utf-8"}}
	l.buffers.New = func() any { return new([]byte) }
	rng := rand.New(rand.NewPCG(seed, 30))
	w := writer{rng, english()}
	sections := max((pages-1+LoadSection)/(LoadSection+1), 1)
	articles := max(pages-1-sections, 0)
	titles := make([]string, articles)
	for i := range titles {
		titles[i] = fmt.Sprintf("%s (%d)", w.title(), i+1)
	}
	l.nav = loadNav(sections)
	l.tail = loadTail()
	l.add("/", "Load Gazette", loadList(titles, rng.Perm(articles)[:min(articles, 30)]))
	for s := range sections {
		var of []int
		for i := s * LoadSection; i < min((s+1)*LoadSection, articles); i++ {
			of = append(of, i)
		}
		l.add(fmt.Sprintf("/section/%d/", s), fmt.Sprintf("Section %d", s), loadList(titles, of))
	}
	for i := range articles {
		l.add(loadPath(i), titles[i], loadArticle(w, titles, i))
	}
	return l
}

// Pages is the number of pages.
func (l *Load) Pages() int { return len(l.paths) }

// Articles is the number of articles among them.
func (l *Load) Articles() int {
	n := 0
	for path := range l.paths {
		if strings.Count(path, "/") == 4 {
			n++
		}
	}
	return n
}

// Reset sets the counts to zero.
func (l *Load) Reset() {
	l.requests.Store(0)
	l.bytes.Store(0)
	l.pages.Store(0)
}

// Counts returns how many requests came, how many were answered with a page, and
// the bytes of those pages.
func (l *Load) Counts() (requests, pages, bytes int64) {
	return l.requests.Load(), l.pages.Load(), l.bytes.Load()
}

// AppendPage appends the page under a path to dst, and counts it; ok is false, and
// dst returned as it was, where there is none. It is for servers that cost less
// than that of net/http, which is a tenth of a crawl without pauses.
func (l *Load) AppendPage(dst []byte, path string) (page []byte, ok bool) {
	l.requests.Add(1)
	if path == "/robots.txt" {
		return append(dst, "User-agent: *\nDisallow:\n"...), true
	}
	p, ok := l.paths[path]
	if !ok {
		return dst, false
	}
	l.pages.Add(1)
	l.bytes.Add(int64(len(p.head) + len(l.nav) + len(p.rest) + len(l.tail)))
	return append(append(append(append(dst, p.head...), l.nav...), p.rest...), l.tail...), true
}

// ServeHTTP answers with the page, and 404 where there is none.
func (l *Load) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	buffer, _ := l.buffers.Get().(*[]byte)
	defer l.buffers.Put(buffer)
	page, ok := l.AppendPage((*buffer)[:0], r.URL.Path)
	*buffer = page
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h["Content-Type"] = l.mediaType
	h["Content-Length"] = []string{strconv.Itoa(len(page))}
	// One write a page: net/http makes a system call of each part, and each is
	// a piece for the crawler to wait for. An error is the crawler's.
	_, _ = w.Write(page)
}

func (l *Load) add(path, title string, rest []byte) {
	head := fmt.Sprintf("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s - Load Gazette</title>\n<link rel=\"canonical\" href=\"%s\">\n", title, path)
	l.paths[path] = loadPage{head: []byte(head), rest: rest}
}

func loadPath(i int) string { return fmt.Sprintf("/section/%d/2024-05/%d", i/LoadSection, i) }

// loadNav is what stands between the head and the text: styles, and a
// navigation of all sections.
func loadNav(sections int) []byte {
	var b bytes.Buffer
	b.WriteString("<style>\n")
	for i := range 150 {
		fmt.Fprintf(&b, ".c%d{margin:%dpx;padding:%dpx;color:#%06x;font:%dpx/1.5 serif}\n", i, i, i%7, i*1234567%0xffffff, 10+i%9)
	}
	b.WriteString("</style>\n</head>\n<body>\n<header><a href=\"/\">Load Gazette</a></header>\n<nav><ul>\n")
	for i := range sections {
		fmt.Fprintf(&b, "<li class=\"c%d\"><a href=\"/section/%d/\">Section %d</a></li>\n", i%90, i, i)
	}
	b.WriteString("</ul></nav>\n<main>\n")
	return b.Bytes()
}

// loadTail is the foot of every page, with as much script as is usual.
func loadTail() []byte {
	var b bytes.Buffer
	b.WriteString("</main>\n<footer><p>Load Gazette, printed on no paper.</p></footer>\n<script>\nvar slots = [\n")
	for i := range 210 {
		fmt.Fprintf(&b, "  {id: \"slot-%d\", size: [%d, %d], target: \"zone-%d\", lazy: %v},\n", i, 300+i, 250-i%50, i*37%101, i%2 == 0)
	}
	b.WriteString("];\n</script>\n</body>\n</html>\n")
	return b.Bytes()
}

func loadList(titles []string, of []int) []byte {
	var b bytes.Buffer
	b.WriteString("<h1>Latest</h1>\n<ul class=\"list\">\n")
	for _, i := range of {
		fmt.Fprintf(&b, "<li class=\"c%d\"><a href=\"%s\">%s</a> <span>%s</span></li>\n", i%90, loadPath(i), titles[i], loadTime(i).Format("2 January 2006"))
	}
	b.WriteString("</ul>\n")
	return b.Bytes()
}

func loadTime(i int) time.Time {
	return time.Date(2024, time.May, 1+i%30, 6+i%12, i%60, 0, 0, time.UTC)
}

func loadArticle(w writer, titles []string, i int) []byte {
	var b bytes.Buffer
	at := loadTime(i)
	fmt.Fprintf(&b, "<article>\n<h1>%s</h1>\n<p class=\"byline\">By %s</p>\n<time datetime=\"%s\">%s</time>\n<div class=\"text\">\n",
		titles[i], pick(w.rng, w.lang.persons), at.Format(time.RFC3339), at.Format("2 January 2006, 15:04"))
	for range 14 {
		fmt.Fprintf(&b, "<p>%s</p>\n", w.paragraph())
	}
	b.WriteString("</div>\n</article>\n<aside><h2>Related</h2><ul>\n")
	for n := 1; n <= 20; n++ {
		j := (i + n*n*7) % len(titles)
		fmt.Fprintf(&b, "<li class=\"c%d\"><a href=\"%s\">%s</a></li>\n", n, loadPath(j), titles[j])
	}
	b.WriteString("</ul></aside>\n")
	return b.Bytes()
}
