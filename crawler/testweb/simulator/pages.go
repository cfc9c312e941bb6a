package simulator

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/crawler/testweb/newsroom"
)

// pageView is a site as one request sees it: with the traps and the redesign
// that are in force.
type pageView struct {
	site       *newsroom.Site
	now        time.Time
	redesign   bool
	redesigned time.Time
	traps      []Kind
	visit      uint64 // differs between requests
	met        func(Kind)
	status     func(int)
}

// captured is an answer of the site, kept to be changed.
type captured struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (c *captured) Header() http.Header         { return c.header }
func (c *captured) WriteHeader(status int)      { c.status = status }
func (c *captured) Write(p []byte) (int, error) { return c.body.Write(p) }

// head sends the head without the length, for bodies that are sent in pieces.
func (c *captured) head(w http.ResponseWriter) {
	c.header.Del("Content-Length")
	for k, v := range c.header {
		w.Header()[k] = v
	}
	w.WriteHeader(c.status)
}

func (c *captured) send(w http.ResponseWriter) {
	for k, v := range c.header {
		w.Header()[k] = v
	}
	if c.status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(c.body.Len()))
	}
	w.WriteHeader(c.status)
	w.Write(c.body.Bytes())
}

// capture has the site answer into memory.
func (p pageView) capture(r *http.Request) *captured {
	c := &captured{header: http.Header{}, status: http.StatusOK}
	p.site.ServeHTTP(c, r)
	return c
}

// serve answers as the site with its traps does.
func (p pageView) serve(w http.ResponseWriter, r *http.Request) {
	changed := p.redesign || len(p.traps) > 0
	if !changed {
		p.site.ServeHTTP(statusWriter{w, p.status}, r)
		return
	}
	path := r.URL.Path
	kind, r := p.untrap(r)
	if kind != "" {
		p.met(kind)
	}
	r.Header.Del("Accept-Encoding")
	tag := fmt.Sprintf("-%v-%s", p.redesign, strings.Join(kinds(p.traps), "-"))
	match := r.Header.Get("If-None-Match")
	if match != "" && !strings.Contains(match, tag) {
		r.Header.Set("If-None-Match", `"none"`) // from before the redesign
	} else if match != "" {
		r.Header.Set("If-None-Match", strings.Replace(match, tag, "", 1))
	}
	c := p.capture(r)
	p.status(c.status)
	if strings.HasPrefix(c.header.Get("Content-Type"), "text/html") {
		body := c.body.Bytes()
		if p.redesign {
			body = redress(body)
		}
		c.body = *bytes.NewBuffer(p.bait(body, path))
		if t, err := http.ParseTime(c.header.Get("Last-Modified")); err == nil && p.redesigned.After(t) {
			c.header.Set("Last-Modified", p.redesigned.UTC().Format(http.TimeFormat))
		}
	}
	if etag := c.header.Get("ETag"); etag != "" {
		c.header.Set("ETag", strings.TrimSuffix(etag, `"`)+tag+`"`)
	}
	c.send(w)
}

// statusWriter keeps the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status func(int)
}

func (w statusWriter) WriteHeader(status int) {
	w.status(status)
	w.ResponseWriter.WriteHeader(status)
}

func kinds(traps []Kind) []string {
	var out []string
	for _, k := range traps {
		out = append(out, string(k))
	}
	slices.Sort(out)
	return out
}

// redress is the redesign: other classes, ids and elements, the same words.
func redress(html []byte) []byte {
	return []byte(strings.NewReplacer(
		`<h1 class="title">`, `<h2 class="hd">`, `</h1>`, `</h2>`, `<h1>`, `<h2 class="hd">`,
		`class="content"`, `class="txt-main"`, `id="content"`, `data-v="7"`, `class="content content-div"`, `class="txt-main"`,
		`class="time"`, `class="pub"`, `class="credit"`, `class="src"`,
		`id="arc_body"`, `id="zoom"`, `class="arc_info"`, `class="subinfo"`, `class="arc_title"`, `class="hdl"`,
		`<article class="story">`, `<section class="post">`, `</article>`, `</section>`,
		`<div class="body">`, `<div class="post-text">`, `class="byline"`, `class="who"`,
		`class="oldinfo"`, `class="ptime"`, `class="oldtext"`, `class="ptext"`,
		`<div class="list">`, `<div class="stream">`, `class="item"`, `class="row"`, `class="teaser"`, `class="card"`,
	).Replace(string(html)))
}

// The addresses of the traps.
var (
	calendarPath = regexp.MustCompile(`^/calendar/(\d{4})/(\d\d)/$`)
	sessionParam = regexp.MustCompile(`(^|&)PHPSESSID=[0-9a-f]+`)
	endlessPath  = regexp.MustCompile(`^/more/(\d+)\.html$`)
	mirrorPath   = regexp.MustCompile(`^(/mirror)+/$`)
	storyLink    = regexp.MustCompile(`<a href="(/[^"?#]*)"`)
)

// untrap turns a request for a trap's address into the one that
// the site understands.
func (p pageView) untrap(r *http.Request) (Kind, *http.Request) {
	r = r.Clone(r.Context())
	path := r.URL.Path
	switch {
	case slices.Contains(p.traps, Calendar) && calendarPath.MatchString(path):
		r.URL.Path = "/"
		return Calendar, r
	case slices.Contains(p.traps, EndlessPages) && endlessPath.MatchString(path):
		r.URL.Path = "/"
		return EndlessPages, r
	case slices.Contains(p.traps, Mirrors) && mirrorPath.MatchString(path):
		r.URL.Path = "/"
		return Mirrors, r
	case slices.Contains(p.traps, Sessions) && sessionParam.MatchString(r.URL.RawQuery):
		return Sessions, r
	}
	return "", r
}

// bait puts the traps' links on the page at path.
func (p pageView) bait(html []byte, path string) []byte {
	text := string(html)
	for _, k := range p.traps {
		link := ""
		switch k {
		case Calendar:
			link = calendarLinks(path)
		case EndlessPages:
			next := 1
			if m := endlessPath.FindStringSubmatch(path); m != nil {
				next, _ = strconv.Atoi(m[1])
				next++
			}
			link = fmt.Sprintf(`<div class="pager"><a rel="next" href="/more/%d.html">下一页</a></div>`, next)
		case Mirrors:
			link = `<a href="/mirror/">Mirror</a>`
			if mirrorPath.MatchString(path) {
				link = `<a href="mirror/">Mirror</a>`
			}
		case Sessions:
			id := fmt.Sprintf("%016x", p.visit*0x9e3779b97f4a7c15)
			text = storyLink.ReplaceAllString(text, `<a href="$1?PHPSESSID=`+id+`"`)
		}
		text = strings.Replace(text, "</body>", link+"</body>", 1)
	}
	return []byte(text)
}

// calendarLinks lead to the months before and after that of the page at path.
func calendarLinks(path string) string {
	m := calendarPath.FindStringSubmatch(path)
	if m == nil {
		return `<a href="/calendar/2024/05/">Calendar</a>`
	}
	month, err := time.Parse("200601", m[1]+m[2])
	if err != nil {
		month = time.Date(2024, time.May, 1, 0, 0, 0, 0, time.UTC)
	}
	return fmt.Sprintf(`<a href="/calendar/%s/">&laquo;</a> <a href="/calendar/%s/">&raquo;</a>`,
		month.AddDate(0, -1, 0).Format("2006/01"), month.AddDate(0, 1, 0).Format("2006/01"))
}
