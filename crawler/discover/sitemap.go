package discover

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"time"

	"pressmark/extract/charset"
	"pressmark/extract/weburl"
)

const (
	// MaxSitemapBytes is the protocol's limit of a decompressed sitemap; what
	// stands behind it is not read.
	MaxSitemapBytes = 50 << 20
	// MaxSitemapURLs is the protocol's limit of entries. Publishers overstep it;
	// up to MaxEntries are read, with a warning.
	MaxSitemapURLs = 50_000
	// MaxEntries is how many entries are read at most.
	MaxEntries = 4 * MaxSitemapURLs
	// maxImages is the limit of the image extension for one URL.
	maxImages = 1000
)

// SitemapResult is what a sitemap holds. A file is an index or a list of pages;
// broken ones that mix the two fill both.
type SitemapResult struct {
	Index    []Entry  // sitemaps that an index names, in file order
	URLs     []Entry  // pages, in file order
	Warnings []string // "code: detail", what was wrong with the file
}

// Entry is one URL of a sitemap.
type Entry struct {
	URL        string    // normal form
	LastMod    time.Time // zero where missing or unreadable; UTC where no zone is given
	ChangeFreq string    // lower case, "" where missing
	NewsTitle  string    // news extension
	NewsDate   time.Time // news extension: publication; as LastMod
	Images     []string  // image extension: addresses of pictures on the page, normal form
}

// Sitemap reads a sitemap or a sitemap index as XML, or a plain text one with one
// URL a line; gzip is told by its magic number. A file that is broken or cut off
// gives what stands before and, as far as elements can be told, behind the break,
// with a warning. The error wraps ErrNotSitemap (nothing was read), ErrTooLarge or
// ErrTooMany (the result holds what fits).
func Sitemap(body []byte) (SitemapResult, error) {
	return sitemapWithin(body, MaxSitemapBytes, MaxEntries)
}

// sitemapWithin is Sitemap with limits of decompressed bytes and of entries.
func sitemapWithin(body []byte, most int64, entries int) (SitemapResult, error) {
	var res SitemapResult
	body, err := unzip(body, most, &res.Warnings)
	if err != nil && !errors.Is(err, ErrTooLarge) {
		return res, err
	}
	text, _ := charset.Decode(body, "")
	text = bytes.TrimSpace(text)
	p := sitemapParser{res: &res, most: entries}
	if len(text) > 0 && text[0] != '<' && !bytes.Contains(text[:min(len(text), sniffed)], []byte("<urlset")) {
		p.lines(text)
	} else {
		p.xml(text)
	}
	p.conclude()
	switch {
	case err != nil:
		return res, err
	case p.full:
		return res, fmt.Errorf("sitemap with over %d entries: %w", entries, ErrTooMany)
	case !p.known:
		return res, ErrNotSitemap
	}
	return res, nil
}

// unzip decompresses a body as often as it is compressed, up to most bytes.
func unzip(body []byte, most int64, warnings *[]string) ([]byte, error) {
	for range maxWraps {
		if !gzipped(body) {
			break
		}
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
		}
		plain, err := io.ReadAll(io.LimitReader(r, most+1))
		if err != nil {
			*warnings = append(*warnings, "cut_gzip: "+err.Error())
		}
		body = plain
	}
	if int64(len(body)) > most {
		return body[:most], fmt.Errorf("more than %d bytes: %w", most, ErrTooLarge)
	}
	return body, nil
}

// sitemapParser collects entries. The XML of sitemaps is so plain that a scan for
// tags reads it; unlike an XML parser it gets over bare ampersands, undefined
// entities, wrong nesting and stray bytes.
type sitemapParser struct {
	res     *SitemapResult
	known   bool   // a root element or an absolute URL was seen
	most    int    // entries that are read
	full    bool   // so many were read
	entry   *Entry // under construction
	index   bool   // it belongs to an index
	inside  string // sub-element of the extensions: "image", "news", "video"
	dropped int    // entries without a usable URL
	example string // the first of these
	unended int    // entries that did not end
}

func (p *sitemapParser) xml(text []byte) {
	for !p.full {
		name, end, content, rest, ok := nextTag(text)
		if !ok {
			break
		}
		text = rest
		if end {
			p.close(name)
		} else {
			p.open(name, content)
		}
	}
	if p.entry != nil { // cut off inside an entry: its URL may be half a URL
		p.unended++
		p.entry = nil
	}
}

func (p *sitemapParser) open(name string, content []byte) {
	switch name {
	case "urlset", "sitemapindex":
		p.known = true
		return
	case "url", "sitemap":
		if p.entry != nil {
			p.unended++
			p.add()
		}
		p.entry, p.index, p.inside = &Entry{}, name == "sitemap", ""
		return
	case "image", "news", "video":
		p.inside = name
		return
	}
	if p.entry != nil {
		p.field(name, textOf(content))
	}
}

func (p *sitemapParser) close(name string) {
	switch name {
	case "url", "sitemap":
		p.add()
	case p.inside:
		p.inside = ""
	}
}

func (p *sitemapParser) field(name, value string) {
	if value == "" {
		return
	}
	switch {
	case name == "loc" && p.inside == "image":
		if u, err := weburl.Normalize(value); err == nil && len(p.entry.Images) < maxImages {
			p.entry.Images = append(p.entry.Images, u)
		}
	case name == "publication_date" && p.inside == "news":
		p.entry.NewsDate = readTime(value, "")
	case name == "title" && p.inside == "news":
		p.entry.NewsTitle = plain(value)
	case p.inside != "":
	case name == "loc" && p.entry.URL == "":
		p.entry.URL = value
	case name == "lastmod":
		p.entry.LastMod = readTime(value, "")
	case name == "changefreq":
		p.entry.ChangeFreq = strings.ToLower(value)
	}
}

// add takes the entry in hand into the result.
func (p *sitemapParser) add() {
	e := p.entry
	p.entry = nil
	if e == nil {
		return
	}
	u, err := weburl.Normalize(e.URL)
	if err != nil {
		if p.dropped++; p.example == "" {
			p.example = clip(e.URL)
		}
		return
	}
	e.URL, p.known = u, true
	if len(p.res.URLs)+len(p.res.Index) >= p.most {
		p.full = true
		return
	}
	if p.index {
		p.res.Index = append(p.res.Index, *e)
	} else {
		p.res.URLs = append(p.res.URLs, *e)
	}
}

// lines reads a plain text sitemap.
func (p *sitemapParser) lines(text []byte) {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] == '#' {
			continue
		}
		p.entry = &Entry{URL: string(line[:min(len(line), weburl.MaxLength+1)])}
		if p.add(); p.full {
			return
		}
	}
}

// conclude writes the warnings.
func (p *sitemapParser) conclude() {
	warn := func(format string, args ...any) {
		p.res.Warnings = append(p.res.Warnings, fmt.Sprintf(format, args...))
	}
	if p.unended > 0 {
		warn("cut: %d entries do not end", p.unended)
	}
	if p.dropped > 0 {
		warn("bad_url: %d entries without a usable URL, the first %q", p.dropped, p.example)
	}
	if n := len(p.res.URLs) + len(p.res.Index); n > MaxSitemapURLs {
		warn("over_limit: %d entries, the protocol allows %d", n, MaxSitemapURLs)
	}
}

// nextTag finds the next start or end tag of text: its local name in lower case and
// the character data up to the next tag. Comments, instructions and declarations
// are passed over; CDATA sections belong to the character data.
func nextTag(text []byte) (name string, end bool, content, rest []byte, ok bool) {
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 >= len(text) {
			return "", false, nil, nil, false
		}
		text = text[i+1:]
		switch {
		case bytes.HasPrefix(text, []byte("!--")):
			text = after(text, "-->")
			continue
		case bytes.HasPrefix(text, []byte("![CDATA[")):
			text = after(text, "]]>")
			continue
		case text[0] == '!' || text[0] == '?':
			text = after(text, ">")
			continue
		}
		gt := bytes.IndexByte(text, '>')
		if gt < 0 {
			return "", false, nil, nil, false
		}
		tag := text[:gt]
		if text = text[gt+1:]; len(tag) > 0 && tag[0] == '/' {
			return localName(tag[1:]), true, nil, text, true
		}
		if n := contentLength(text); !bytes.HasSuffix(tag, []byte("/")) {
			content = text[:n]
		}
		return localName(tag), false, content, text, true
	}
}

// contentLength is the length of the character data at the start of text.
func contentLength(text []byte) int {
	n := 0
	for {
		i := bytes.IndexByte(text[n:], '<')
		if i < 0 {
			return len(text)
		}
		n += i
		if !bytes.HasPrefix(text[n:], []byte("<![CDATA[")) {
			return n
		}
		j := bytes.Index(text[n:], []byte("]]>"))
		if j < 0 {
			return len(text)
		}
		n += j + len("]]>")
	}
}

func after(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return rest
}

// localName is the name of a tag without its prefix and attributes.
func localName(tag []byte) string {
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	if i := bytes.IndexByte(tag, ':'); i >= 0 {
		tag = tag[i+1:]
	}
	const longest = 32
	if len(tag) > longest {
		return ""
	}
	return strings.ToLower(string(tag))
}

// textOf is the text of character data: CDATA unwrapped, entities decoded, HTML's
// included, because publishers use them without defining them.
func textOf(content []byte) string {
	const longest = 64 << 10
	s := string(bytes.TrimSpace(content[:min(len(content), longest)]))
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<![CDATA[")
		b.WriteString(html.UnescapeString(before))
		if !found {
			return strings.TrimSpace(b.String())
		}
		section, behind, _ := strings.Cut(rest, "]]>")
		b.WriteString(section)
		s = behind
	}
}
