package discover

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"pressmark/extract/charset"
	"pressmark/extract/weburl"
)

// maxItems is how many items of one feed are read; a feed that holds more is an
// archive and gives the rest page by page.
const maxItems = 10_000

// maxFeedBytes is how much of a decompressed feed is read.
const maxFeedBytes = 50 << 20

// FeedResult holds the articles that a feed lists.
type FeedResult struct {
	Items    []Item   // in feed order, each URL once
	Next     string   // next older page (RFC 5005 paged or archived feed, JSON Feed next_url), normal form; "" on the last
	Warnings []string // "code: detail", what was wrong with the file
}

// Item is one article of a feed.
type Item struct {
	URL       string    // normal form; the publisher's own address where a feed service rewrote it
	Title     string    // plain text, one line
	Published time.Time // zero where missing or unreadable; UTC where no zone is given
}

// Feed reads RSS 0.9x to 2.0, RDF, Atom and JSON Feed. base is the URL of the feed;
// relative links are resolved against it. A malformed or truncated feed gives the
// items that can be read, with a warning. The error wraps errNotFeed and means that
// no item could be read.
func Feed(body []byte, base string) (FeedResult, error) {
	own := parseBase(base)
	r := feedReader{base: own, linkBase: own, seen: map[string]bool{}}
	body, err := unzip(body, maxFeedBytes, &r.res.Warnings)
	if err != nil && len(body) == 0 {
		return r.res, fmt.Errorf("%w: %w", errNotFeed, err)
	}
	if err != nil {
		r.warn("over_limit: %s", err)
	}
	text, _ := charset.Decode(body, "")
	if text = withoutProlog(text); len(text) > 0 && text[0] == '{' {
		err = r.json(text)
	} else {
		r, err = r.xml(withoutComments(text))
	}
	if err != nil {
		return r.res, fmt.Errorf("%w: %w", errNotFeed, err)
	}
	if r.dropped > 0 {
		r.warn("bad_url: %d items without a usable link, the first %q", r.dropped, r.example)
	}
	return r.res, nil
}

// xml reads an XML feed, by the parser if it can, else item by item. It returns the
// reader that holds the result.
func (r feedReader) xml(text []byte) (feedReader, error) {
	again := feedReader{base: r.base, linkBase: r.base, seen: map[string]bool{}, res: FeedResult{Warnings: r.res.Warnings}}
	read, err := r.parse(text)
	lost := items(text) - read
	complete := err == nil && lost <= 0
	if onlyDropped := r.dropped > 0 && len(r.res.Items) == 0; complete && !onlyDropped {
		return r, nil
	}
	if err != nil {
		again.warn("broken_xml: %s", clip(err.Error()))
	}
	found := again.salvage(text)
	switch {
	case err != nil && !found:
		return r, err
	case err != nil:
		return again, nil
	case len(again.res.Items) <= len(r.res.Items):
		return r, nil
	}
	again.warn("broken_xml: %d items were found one by one", len(again.res.Items)-len(r.res.Items))
	return again, nil
}

// feedReader collects the items of one feed.
type feedReader struct {
	res      FeedResult
	base     *url.URL // of the feed
	linkBase *url.URL // against which its links are resolved
	language string   // primary subtag, "" where missing
	seen     map[string]bool
	full     bool   // there are more items than maxItems
	dropped  int    // items without a usable link
	example  string // the first of these
}

func (r *feedReader) warn(format string, args ...any) {
	r.res.Warnings = append(r.res.Warnings, fmt.Sprintf(format, args...))
}

// parse reads a feed that is well-formed, or nearly, and returns how many items the
// parser saw.
func (r *feedReader) parse(text []byte) (int, error) {
	if err := tooMuch(text); err != nil {
		return 0, err
	}
	switch gofeed.DetectFeedType(bytes.NewReader(text[:min(len(text), sniffed)])) {
	case gofeed.FeedTypeRSS:
		f, err := (&rss.Parser{}).Parse(bytes.NewReader(text))
		if err != nil {
			return 0, err
		}
		r.rss(f)
		return len(f.Items), nil
	case gofeed.FeedTypeAtom:
		f, err := (&atom.Parser{}).Parse(bytes.NewReader(text))
		if err != nil {
			return 0, err
		}
		r.atom(f)
		return len(f.Entries), nil
	}
	return 0, errNoRoot
}

var errNoRoot = errors.New("no rss, rdf or feed element and no JSON Feed")

func (r *feedReader) rss(f *rss.Feed) {
	language := f.Language
	if language == "" && f.DublinCoreExt != nil {
		language = first(f.DublinCoreExt.Language)
	}
	r.head(language, f.Link)
	r.relations(extensionLinks(f.Extensions))
	for _, it := range f.Items {
		links := append(originals(it.Extensions), it.Link)
		links = append(links, it.Links...)
		for _, l := range extensionLinks(it.Extensions) {
			if alternate(l) {
				links = append(links, l.Href)
			}
		}
		if it.GUID != nil && !strings.EqualFold(it.GUID.IsPermalink, "false") {
			links = append(links, absolute(it.GUID.Value))
		}
		published, title := it.PubDate, it.Title
		if dc := it.DublinCoreExt; dc != nil {
			published, title = or(published, first(dc.Date)), or(title, first(dc.Title))
		}
		published = or(published, extensionText(it.Extensions, publishedNames...), customText(it.Custom, publishedNames...))
		r.add(links, title, published)
	}
}

func (r *feedReader) atom(f *atom.Feed) {
	home := ""
	for _, l := range f.Links {
		if home == "" && alternate(l) {
			home = l.Href
		}
	}
	r.head(f.Language, home)
	r.relations(f.Links)
	for _, e := range f.Entries {
		links := originals(e.Extensions)
		for _, l := range e.Links { // the page before its other forms
			if alternate(l) && (l.Type == "" || strings.Contains(l.Type, "html")) {
				links = append(links, l.Href)
			}
		}
		for _, l := range e.Links {
			if alternate(l) {
				links = append(links, l.Href)
			}
		}
		if e.Content != nil {
			links = append(links, e.Content.Src)
		}
		links = append(links, absolute(e.ID))
		r.add(links, e.Title, or(e.Published, extensionText(e.Extensions, publishedNames...)))
	}
}

// publishedNames are the names, in lower case, of elements that hold an item's date of
// publication in other vocabularies than that of the feed, the most exact first.
var publishedNames = []string{"published", "pubdate", "issued", "created", "date", "datepublished"}

// head reads the feed's own fields. If a feed service serves the feed, its relative
// links belong to the publisher's host.
func (r *feedReader) head(language, home string) {
	r.language, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(language)), "-")
	u, err := weburl.Resolve(r.base, unwrapped(home))
	if err != nil || home == "" {
		return
	}
	if r.base == nil || weburl.HostOf(u) != r.base.Host {
		r.linkBase = parseBase(u)
	}
}

// relations reads the link to the feed's next page. RFC 5005 names two ways to older
// items: "next" of a paged feed, "prev-archive" of an archived one.
func (r *feedReader) relations(links []*atom.Link) {
	for _, want := range []string{"next", "prev-archive"} {
		for _, l := range links {
			if r.res.Next == "" && l.Href != "" && related(l.Rel, want) {
				r.res.Next, _ = weburl.Resolve(r.base, unwrapped(l.Href))
			}
		}
	}
	if r.base != nil {
		if own, err := weburl.Normalize(r.base.String()); err == nil && r.res.Next == own {
			r.res.Next = "" // a page that is its own next page
		}
	}
}

// add adds an item under the first of its links that can be fetched.
func (r *feedReader) add(links []string, title, published string) {
	if len(r.res.Items) >= maxItems {
		if !r.full {
			r.full = true
			r.warn("over_limit: only the first %d items are read", maxItems)
		}
		return
	}
	u := r.firstOf(links)
	if u == "" {
		if r.dropped++; r.example == "" {
			r.example = clip(or(strings.Join(links, " "), title))
		}
		return
	}
	if r.seen[u] {
		return
	}
	r.seen[u] = true
	r.res.Items = append(r.res.Items, Item{URL: u, Title: plain(title), Published: readTime(published, r.language)})
}

// firstOf returns the first link that can be fetched, "" if there is none. The front
// page comes last: some systems give it as the link of every item.
func (r *feedReader) firstOf(links []string) string {
	front := ""
	for _, l := range links {
		if l = unwrapped(l); l == "" {
			continue
		}
		u, err := weburl.Resolve(r.linkBase, withScheme(r.linkBase, unescaped(l)))
		switch {
		case err != nil:
		case !weburl.IsFront(u):
			return u
		case front == "":
			front = u
		}
	}
	return front
}

func alternate(l *atom.Link) bool {
	return strings.TrimSpace(l.Rel) == "" || related(l.Rel, "alternate")
}

// related reports whether a relation is of a kind, by its name or by its full address in
// IANA's registry (RFC 4287, section 4.2.7.2).
func related(rel, want string) bool {
	for _, r := range strings.Fields(strings.ToLower(rel)) {
		_, name, ok := strings.Cut(r, "iana.org/assignments/")
		if ok {
			r = name[strings.LastIndexAny(name, "/#")+1:]
		}
		if r == want {
			return true
		}
	}
	return false
}

// withScheme completes an address that begins with the host of its base, and takes the
// address out of a link in markup.
func withScheme(base *url.URL, link string) string {
	if i := strings.IndexByte(link, '<'); i >= 0 {
		if href := attributeOf([]byte(link[i:]), "href"); href != "" {
			link = href
		}
	}
	if base != nil && ownHost(link, base.Host) {
		return "//" + link
	}
	return link
}

// unescaped undoes the escaping of "&" inside CDATA, and that done twice: no real
// parameter is called "amp;page".
func unescaped(link string) string {
	for range 2 {
		link = strings.ReplaceAll(link, "&amp;", "&")
	}
	return link
}

// absolute returns an identifier as a link if it is a URL.
func absolute(id string) string {
	if id = strings.TrimSpace(id); strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://") {
		return id
	}
	return ""
}

// originals are the publisher's own addresses in feeds that a service rewrote.
func originals(e ext.Extensions) []string {
	if s := extensionText(e, "origlink"); s != "" {
		return []string{s}
	}
	return nil
}

// extensionText is the text of the first extension element with one of the names,
// in lower case, whatever its prefix.
func extensionText(e ext.Extensions, names ...string) string {
	for _, want := range names {
		for _, prefix := range sorted(e) {
			for name, elements := range e[prefix] {
				if strings.EqualFold(name, want) && len(elements) > 0 && elements[0].Value != "" {
					return elements[0].Value
				}
			}
		}
	}
	return ""
}

// customText is the text of the first element without a namespace with one of the names,
// in lower case.
func customText(custom map[string]string, names ...string) string {
	for _, want := range names {
		for name, value := range custom {
			if strings.EqualFold(name, want) && value != "" {
				return value
			}
		}
	}
	return ""
}

// extensionLinks are Atom's link elements inside RSS.
func extensionLinks(e ext.Extensions) []*atom.Link {
	var links []*atom.Link
	for _, prefix := range sorted(e) {
		for _, l := range e[prefix]["link"] {
			if href := l.Attrs["href"]; href != "" {
				links = append(links, &atom.Link{Href: href, Rel: l.Attrs["rel"], Type: l.Attrs["type"]})
			}
		}
	}
	return links
}
