package discover

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"pressmark/extract/weburl"
)

const (
	// maxSitemapBytes is how much of a decompressed sitemap is read: ten times what
	// the protocol allows. Files are streamed, so that it costs time, not memory.
	maxSitemapBytes = 512 << 20
	// maxSitemapURLs is the protocol's limit of entries. Publishers overstep it;
	// up to maxEntries are read, with a warning.
	maxSitemapURLs = 50_000
	// maxEntries is how many entries are read at most.
	maxEntries = 4 * maxSitemapURLs
)

// Entry is one URL of a sitemap.
type Entry struct {
	URL       string    // normal form
	Sitemap   bool      // the URL is that of a sitemap, not of a page
	LastMod   time.Time // zero where missing or unreadable; UTC where no zone is given
	NewsTitle string    // news extension
	NewsDate  time.Time // news extension: publication; as LastMod
}

// streamSitemap reads a sitemap or a sitemap index (sitemaps.org) as XML, or a plain text
// one with one URL a line; gzip is recognised by its magic number. Broken files that mix
// pages and sitemaps give both. Relative addresses are resolved against base, the
// sitemap's own address.
//
// The file may have any size: body is read to its end or to a limit, each entry is handed
// to take in file order, and a large file needs the same memory as a small one. A file
// that is broken or cut off gives what stands before and, as far as elements can be made
// out, behind the break, with a warning ("code: detail"); an error of body counts as a
// cut. The error wraps errNotSitemap (nothing was read), errTooLarge or ErrTooMany;
// entries that were handed over before it stand.
func streamSitemap(body io.Reader, base string, take func(Entry)) (warnings []string, err error) {
	return sitemapWithin(body, base, maxSitemapBytes, maxEntries, take)
}

// sitemapWithin is streamSitemap with limits of decompressed bytes and of entries.
func sitemapWithin(body io.Reader, base string, most int64, entries int, take func(Entry)) ([]string, error) {
	src, zipped, err := decompress(body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNotSitemap, err)
	}
	limited := &io.LimitedReader{R: src, N: most + 1}
	text, err := newTextSource(limited)
	if err != nil && text == nil {
		return nil, fmt.Errorf("%w: %w", errNotSitemap, err)
	}
	p := sitemapParser{base: parseBase(base), text: text, most: entries, take: take}
	if text.isPlain() {
		p.lines()
	} else {
		p.xml()
	}
	if err := text.failed(); err != nil && zipped {
		p.warn("cut_gzip: %v", err)
	} else if err != nil {
		p.warn("cut_body: %v", err)
	}
	p.conclude()
	switch {
	case limited.N <= 0:
		p.warn("over_limit: only the first %d bytes are read", most)
		return p.warnings, fmt.Errorf("more than %d bytes: %w", most, errTooLarge)
	case p.full:
		p.warn("over_limit: only the first %d entries are read", entries)
		return p.warnings, fmt.Errorf("sitemap with over %d entries: %w", entries, ErrTooMany)
	case !p.known:
		return p.warnings, errNotSitemap
	}
	return p.warnings, nil
}

// parseBase returns the URL against which relative links are resolved, nil if the
// text is not a URL.
func parseBase(base string) *url.URL {
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		return u
	}
	return nil
}

// sitemapParser turns the tags of a sitemap into entries.
type sitemapParser struct {
	base     *url.URL
	text     *textSource
	take     func(Entry)
	warnings []string
	known    bool // a root element or an absolute URL was seen
	most     int  // entries that are read
	count    int  // entries that were read
	full     bool // so many that the rest was left

	open      bool     // an entry is under construction
	entry     Entry    // what all its locations share
	locations []string // as written
	prefix    string   // namespace prefix of the entry's element
	shared    bool     // the entry holds more than its locations
	inside    string   // extension element in hand: "image", "news", "video"

	dropped int    // entries without a usable URL
	example string // the first of these
	unended int    // entries that did not end
}

func (p *sitemapParser) warn(format string, args ...any) {
	p.warnings = append(p.warnings, fmt.Sprintf(format, args...))
}

func (p *sitemapParser) xml() {
	for !p.full {
		t, ok := p.text.tags.next()
		if !ok {
			break
		}
		if t.end {
			p.endTag(t)
		} else {
			p.startTag(t)
		}
	}
	if p.open && !p.full { // cut off inside an entry: its URL may be half a URL
		p.unended++
	}
}

func (p *sitemapParser) startTag(t tag) {
	switch t.name {
	case "urlset", "sitemapindex":
		p.known = true
	case "url", "sitemap":
		if extensionPrefix(t.prefix) {
			return // the address of a picture or a film
		}
		if p.open {
			p.unended++
			p.flush()
		}
		p.open, p.entry, p.prefix, p.inside = true, Entry{Sitemap: t.name == "sitemap"}, t.prefix, ""
	case "image", "news", "video":
		if !t.empty {
			p.inside = t.name
		}
	default:
		if p.open && len(bytes.TrimSpace(t.text)) > 0 {
			p.field(t, p.text.decode(t.text))
		}
	}
}

func (p *sitemapParser) endTag(t tag) {
	switch t.name {
	case "url", "sitemap":
		if !extensionPrefix(t.prefix) {
			p.flush()
		}
	case p.inside:
		p.inside = ""
	}
}

// field stores one element of an entry.
func (p *sitemapParser) field(t tag, value string) {
	if value == "" {
		return
	}
	of := p.extension(t, value)
	switch {
	case t.name == "lastmod": // no extension has one
		p.entry.LastMod, p.shared = readTime(value, ""), true
	case of == "news" && t.name == "publication_date":
		p.entry.NewsDate, p.shared = readTime(value, ""), true
	case of == "news" && t.name == "title":
		p.entry.NewsTitle, p.shared = plain(value), true
	case of != "":
	case t.name == "loc":
		p.location(value)
	}
}

// extension returns the extension that a field belongs to, "" for the protocol's own.
// The prefix of a field counts more than the element around it, which is left open or
// left out by some publishing systems.
func (p *sitemapParser) extension(t tag, value string) string {
	firstLocation := t.name == "loc" && len(p.locations) == 0
	switch {
	case extensionPrefix(t.prefix):
		return t.prefix
	case p.inside == "" || t.prefix != p.prefix:
		return p.inside
	case firstLocation && !picture(value):
		return "" // the page's own, behind an extension that was not closed
	}
	return p.inside
}

// extensionPrefix reports whether a namespace prefix belongs to one of Google's
// extensions.
func extensionPrefix(prefix string) bool {
	return prefix == "image" || prefix == "news" || prefix == "video"
}

// picture reports whether an address ends like that of a picture.
func picture(address string) bool {
	address, _, _ = strings.Cut(address, "?")
	return slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"}, strings.ToLower(path.Ext(address)))
}

// location takes in an address of the entry. A second one belongs to an entry whose
// borders are missing, if something stands between the two; else the two share the rest.
func (p *sitemapParser) location(value string) {
	if len(p.locations) > 0 && p.shared {
		next := Entry{Sitemap: p.entry.Sitemap}
		p.flush()
		p.open, p.entry = true, next
	}
	const most = 100 // of one entry
	if len(p.locations) < most && !slices.Contains(p.locations, value) {
		p.locations = append(p.locations, value)
	}
}

// flush hands over the entry under construction, once for each usable location.
func (p *sitemapParser) flush() {
	if !p.open {
		return
	}
	found := false
	for _, l := range p.locations {
		if u := p.resolve(l); u != "" {
			found = true
			p.hand(u)
		}
	}
	if !found {
		p.drop(strings.Join(p.locations, " "))
	}
	p.open, p.shared, p.locations = false, false, p.locations[:0]
}

func (p *sitemapParser) drop(example string) {
	if p.dropped++; p.example == "" {
		p.example = clip(example)
	}
}

func (p *sitemapParser) hand(u string) {
	if p.count >= p.most {
		p.full = true
		return
	}
	p.known = true
	p.count++
	e := p.entry
	e.URL, e.Sitemap = u, e.Sitemap || sitemapName(u)
	p.take(e)
}

// resolve returns the normal form of a location, "" if it is not a URL. Line ends
// and the spaces around them come from line wrapping and are removed. A location
// with a host but no scheme gets the sitemap's scheme.
func (p *sitemapParser) resolve(location string) string {
	location = unwrapped(location)
	if !addressLike(location) {
		return ""
	}
	u, err := weburl.Resolve(p.base, withScheme(p.base, location))
	if err != nil {
		return ""
	}
	return u
}

// addressLike reports whether a location may be an address. Prose, a fragment and an
// empty text resolve against any base, too.
func addressLike(location string) bool {
	if location == "" || location[0] == '#' {
		return false
	}
	return !strings.ContainsAny(location, " \t") || strings.Contains(location, "://") || location[0] == '/'
}

// ownHost reports whether an address begins with a host, give or take "www.", and
// nothing before it.
func ownHost(address, host string) bool {
	bare := func(s string) string { return strings.TrimPrefix(strings.ToLower(s), "www.") }
	rest, ok := strings.CutPrefix(bare(address), bare(host))
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '?')
}

// sitemapName reports whether an address in normal form is named as sitemaps are: a
// urlset that lists its neighbours lists no pages.
func sitemapName(u string) bool {
	file := withoutHost(u)
	file, _, _ = strings.Cut(file, "?")
	file = strings.ToLower(path.Base(file))
	if strings.HasSuffix(file, ".xml.gz") {
		return true
	}
	return strings.Contains(file, "sitemap") && (strings.HasSuffix(file, ".xml") || strings.HasSuffix(file, ".txt") || strings.HasSuffix(file, ".gz"))
}

// lines reads a plain text sitemap. Anything but an address with a scheme, or the path
// of one, is prose.
func (p *sitemapParser) lines() {
	for line, ok := p.text.line(); ok && !p.full; line, ok = p.text.line() {
		if line == "" || line[0] == '#' {
			continue
		}
		if first, _, table := strings.Cut(line, "\t"); table && strings.Contains(first, "://") {
			line = first
		}
		if strings.ContainsAny(line, " \t") || !p.wholeAddress(line) {
			p.drop(line)
			continue
		}
		p.open, p.entry, p.locations = true, Entry{}, append(p.locations[:0], line)
		p.flush()
	}
}

// wholeAddress reports whether a line of text has a scheme or a host, or is a path.
func (p *sitemapParser) wholeAddress(line string) bool {
	return strings.Contains(line, "://") || line[0] == '/' || p.base != nil && ownHost(line, p.base.Host)
}

// conclude writes the warnings.
func (p *sitemapParser) conclude() {
	if p.unended > 0 {
		p.warn("cut: %d entries do not end", p.unended)
	}
	if p.dropped > 0 {
		p.warn("bad_url: %d entries without a usable URL, the first %q", p.dropped, p.example)
	}
	if p.count > maxSitemapURLs && !p.full {
		p.warn("over_limit: %d entries, the protocol allows %d", p.count, maxSitemapURLs)
	}
}
