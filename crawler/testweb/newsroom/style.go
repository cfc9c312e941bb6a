package newsroom

import (
	"bytes"
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
)

//go:embed templates/*.html
var templateFiles embed.FS

// style is what sets the layouts apart. Everything else is common to all sites.
type style interface {
	language() string
	delay() time.Duration
	compresses() bool     // pages are sent with gzip where the client takes it
	printsModified() bool // pages name the time of their last edit
	goneStatus() int      // of a deleted story's page
	pageSize() int        // stories on a section page
	sections() []section
	words() words
	robotsLines(v *view) string // what robots.txt says besides the rules

	storyPath(s *Story, part int) string // parts count from 1
	listPath(slug string, page int) string
	// variants gives the files of a picture, best first; the story's truth names the first.
	variants(s *Story, i int) []variant
	placeholder(s *Story, i int) string // text that stands for picture i, "" where none
	clock(t time.Time, p article.Precision) string
	creditLines(s *Story) []string // as printed
	source(s *Story) string        // the medium that the page names
	contentType(s *Story) string   // s is nil for pages without a story
	// fill completes the data of a story's page.
	fill(p *page)
	templateOf(s *Story) string
	encode(html []byte) ([]byte, error) // from UTF-8 to the site's charset
	execute(w io.Writer, name string, data any) error
	// extra finds what only this style has: feeds, sitemaps, redirects.
	extra(s *Site, v *view, path string) (resource, bool, error)
}

type section struct{ slug, title string }

// words are a site's set phrases.
type words struct {
	home, notFound, gone string
	ads                  []string
	comments             []comment
	notes                map[string][2]string // path -> title, text
}

// variant is one file of a picture.
type variant struct {
	path, name, format string
	width, height      int
}

func newStyle(l Layout) (style, error) {
	switch l {
	case Client:
		return client{sheet(l)}, nil
	case Portal:
		return portal{sheet(l)}, nil
	case County:
		return county{sheet(l)}, nil
	}
	return nil, fmt.Errorf("unknown layout %q", l)
}

// sheets hold the templates of a style and what most styles share.
type sheets struct{ templates *template.Template }

// sheet parses the templates, which are part of the program.
func sheet(l Layout) sheets {
	return sheets{template.Must(template.ParseFS(templateFiles, "templates/"+string(l)+".html"))}
}

func (s sheets) execute(w io.Writer, name string, data any) error {
	if err := s.templates.ExecuteTemplate(w, name, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return nil
}

func (sheets) encode(html []byte) ([]byte, error) { return html, nil }
func (sheets) contentType(*Story) string          { return "text/html; charset=utf-8" }
func (sheets) templateOf(*Story) string           { return "article" }
func (sheets) robotsLines(*view) string           { return "" }
func (sheets) placeholder(*Story, int) string     { return "" }
func (sheets) source(s *Story) string             { return s.Source }

// page is the data of every template: one struct, so that the styles share its methods.
type page struct {
	site *Site
	v    *view

	Story   *Story
	URL     string // of the page, absolute
	Lead    string
	Time    string
	Blocks  []block
	Credits []string
	Related []link
	Hot     []link
	Tags    []link

	Comments []comment
	Sections []link
	Section  link
	Pager    []link
	NextPart string

	Ad           string
	Visit, Likes int
	Today        string
	Charset      string

	// the portal's credits
	Authors, Editors string
	// the county's
	AMP, Byline, Stamp, Updated string
	JSONLD                      any

	// lists and notes
	Title, Text string
	Front       bool
	Items       []teaser
	Columns     []column
	Prev, Next  string
	Number      int
}

// Quirk reports to the templates whether the story's page deviates in that way.
func (p *page) Quirk(name string) bool { return p.Story.has(name) }

type link struct{ URL, Title string }

type comment struct{ Who, When, Text string }

type column struct {
	link
	Items []teaser
}

type teaser struct {
	ID, URL, Title, Summary, Time, Thumb string
	Comments                             int
}

// block is a block of the body with its picture.
type block struct {
	article.Block
	Pic *picture
}

// picture is what the templates know of a picture. Each style fills what its pages use.
type picture struct {
	Src, Placeholder, Caption, Credit, Alt string
	File                                   string // client
	Width, Height                          int
	Large, LazySrc, Original               string // portal
	Srcset                                 string // county
	Lazy                                   bool
	Sources                                []source
}

type source struct{ Type, Srcset string }

// newPage makes what all pages have.
func (s *Site) newPage(v *view, visit int) *page {
	w := s.style.words()
	p := &page{
		site: s, v: v, Visit: visit, Likes: visit / 3, Ad: w.ads[visit%len(w.ads)],
		Today: v.now.Format("2006-01-02"), Charset: "gb2312",
	}
	for _, sec := range s.style.sections() {
		p.Sections = append(p.Sections, link{s.style.listPath(sec.slug, 1), sec.title})
	}
	for i, st := range v.in("") {
		if i%3 == 0 && len(p.Hot) < 5 {
			p.Hot = append(p.Hot, link{s.style.storyPath(st, 1), st.Title})
		}
	}
	return p
}

// page renders a template into a resource.
func (s *Site) page(name, contentType string, modified time.Time, data func(visit int) *page) resource {
	return resource{contentType: contentType, modified: modified, render: func(visit int) ([]byte, error) {
		var buf bytes.Buffer
		if err := s.style.execute(&buf, name, data(visit)); err != nil {
			return nil, err
		}
		return s.style.encode(buf.Bytes())
	}}
}

func (s *Site) note(v *view, title, text string) resource {
	return s.page("note", s.style.contentType(nil), pressDay, func(visit int) *page {
		p := s.newPage(v, visit)
		p.Title, p.Text = title, text
		return p
	})
}

// storyPage renders part number part of a story.
func (s *Site) storyPage(v *view, st *Story, part int) resource {
	return s.page(s.style.templateOf(st), s.style.contentType(st), st.lastModified(), func(visit int) *page {
		return s.storyData(v, st, part, visit)
	})
}

func (s *Site) storyData(v *view, st *Story, part, visit int) *page {
	p := s.newPage(v, visit)
	p.Story, p.URL, p.Lead = st, v.url+s.style.storyPath(st, 1), st.summary(60)
	p.Time = s.style.clock(st.Published, st.Precision)
	parts := st.parts()
	for _, b := range parts[part-1] {
		p.Blocks = append(p.Blocks, s.block(st, b))
	}
	if part == len(parts) {
		p.Credits = s.style.creditLines(st)
		p.Editors = strings.Join(st.Editors, " ")
	}
	for i := range parts {
		if len(parts) == 1 {
			break
		}
		l := link{path.Base(s.style.storyPath(st, i+1)), strconv.Itoa(i + 1)}
		if i+1 == part {
			l.URL = ""
		}
		p.Pager = append(p.Pager, l)
		if i == part {
			p.NextPart = l.URL
		}
	}
	for _, sec := range s.style.sections() {
		if sec.slug == st.Section {
			p.Section = link{s.style.listPath(sec.slug, 1), sec.title}
		}
	}
	for _, other := range v.in(st.Section) {
		if other.ID != st.ID && len(p.Related) < 3 {
			p.Related = append(p.Related, link{s.style.storyPath(other, 1), other.Title})
		}
	}
	comments := s.style.words().comments
	for i := range 2 + seed(st.ID)%3 {
		p.Comments = append(p.Comments, comments[(seed(st.ID)+i)%len(comments)])
	}
	s.style.fill(p)
	return p
}

func (s *Site) block(st *Story, b article.Block) block {
	out := block{Block: b}
	if b.Type != article.ImagePlace {
		return out
	}
	i, _ := strconv.Atoi(b.Image) // set by addPicture, or empty
	if i < 1 || i > len(st.Pictures) {
		return out
	}
	pic := st.Pictures[i-1]
	out.Pic = &picture{
		Src: s.style.variants(st, i-1)[0].path, Placeholder: s.style.placeholder(st, i-1), File: fileName(i - 1),
		Caption: pic.Caption, Credit: pic.Credit, Width: pic.Width, Height: pic.Height,
	}
	return out
}

// seed makes a small number of a text.
func seed(text string) int {
	h := fnv.New32a()
	h.Write([]byte(text))
	return int(h.Sum32() % 1000)
}

// findList finds the front page, section pages and notes.
func (s *Site) findList(v *view, at string) (resource, bool) {
	if at == "/" {
		return s.list(v, "", 1), true
	}
	for _, sec := range s.style.sections() {
		n := (len(v.in(sec.slug)) + s.style.pageSize() - 1) / s.style.pageSize()
		for page := range max(n, 1) {
			if s.style.listPath(sec.slug, page+1) == at {
				return s.list(v, sec.slug, page+1), true
			}
		}
	}
	if n, ok := s.style.words().notes[at]; ok {
		return s.note(v, n[0], n[1]), true
	}
	return resource{}, false
}

// list renders a section page, or the front page where slug is empty.
func (s *Site) list(v *view, slug string, number int) resource {
	return s.page("list", s.style.contentType(nil), v.changed, func(visit int) *page {
		p := s.newPage(v, visit)
		p.Number, p.Front, p.Title = number, slug == "", s.style.words().home
		stories := v.in(slug)
		size := s.style.pageSize()
		if p.Front {
			stories = stories[:min(len(stories), 2*size)]
			for _, sec := range s.style.sections() {
				c := column{link: link{s.style.listPath(sec.slug, 1), sec.title}}
				for _, st := range v.in(sec.slug)[:min(3, len(v.in(sec.slug)))] {
					c.Items = append(c.Items, s.teaser(v, st))
				}
				p.Columns = append(p.Columns, c)
			}
		} else {
			i := slices.IndexFunc(s.style.sections(), func(c section) bool { return c.slug == slug })
			p.Title = s.style.sections()[i].title
			if number*size < len(stories) {
				p.Next = s.style.listPath(slug, number+1)
			}
			if number > 1 {
				p.Prev = s.style.listPath(slug, number-1)
			}
			stories = stories[min(len(stories), (number-1)*size):min(len(stories), number*size)]
		}
		for _, st := range stories {
			p.Items = append(p.Items, s.teaser(v, st))
		}
		return p
	})
}

func (s *Site) teaser(v *view, st *Story) teaser {
	t := teaser{
		ID: st.ID, URL: s.style.storyPath(st, 1), Title: st.Title, Summary: st.summary(120),
		Time: s.style.clock(st.Published, article.Day), Comments: 2 + seed(st.ID)%3,
	}
	if len(st.Pictures) > 0 {
		files := s.style.variants(st, 0)
		t.Thumb = files[len(files)-1].path
	}
	return t
}
