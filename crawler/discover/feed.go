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
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"pressmark/extract/charset"
	"pressmark/extract/weburl"
)

// MaxItems is how many items of one feed are read; a feed that holds more is an
// archive and gives the rest page by page.
const MaxItems = 10_000

// FeedResult is what a feed says of itself and of its articles.
type FeedResult struct {
	Title    string
	Language string   // BCP 47 as written, lower case; "" where missing
	Home     string   // page that the feed belongs to, normal form; "" where missing
	Items    []Item   // in feed order, each URL once
	Next     string   // next older page (RFC 5005 paged or archived feed, JSON Feed next_url), normal form; "" on the last
	Hubs     []string // WebSub hubs
	Warnings []string // "code: detail", what was wrong with the file
}

// Item is one article of a feed.
type Item struct {
	URL       string // normal form; the publisher's own address where a feed service rewrote it
	Title     string // plain text, one line
	GUID      string // RSS guid, Atom or JSON Feed id; "" where missing
	Published time.Time
	Updated   time.Time // both zero where missing or unreadable; UTC where no zone is given
}

// Feed reads RSS 0.9x to 2.0, RDF, Atom and JSON Feed. base is the URL of the feed,
// against which relative links are resolved. A broken or cut file gives the items
// that can be told apart, with a warning; the error wraps ErrNotFeed and means that
// nothing could be read.
func Feed(body []byte, base string) (FeedResult, error) {
	r := feedReader{seen: map[string]bool{}}
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		r.base, r.linkBase = u, u
	}
	body, err := unzip(body, MaxSitemapBytes, &r.res.Warnings)
	if err != nil && len(body) == 0 {
		return r.res, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	if err != nil {
		r.warn("over_limit: %s", err)
	}
	text, _ := charset.Decode(body, "")
	text = withoutProlog(text)
	read, err := r.read(text)
	if lost := items(text) - read; err != nil || lost > 0 {
		again := feedReader{base: r.base, linkBase: r.base, seen: map[string]bool{}}
		found := again.salvage(text)
		switch {
		case found && err != nil:
			again.res.Warnings = append(r.res.Warnings, append([]string{"broken_xml: " + clip(err.Error())}, again.res.Warnings...)...)
			r = again
		case err != nil:
			return r.res, fmt.Errorf("%w: %w", ErrNotFeed, err)
		case found && len(again.res.Items) > len(r.res.Items):
			again.warn("broken_xml: wrong nesting hid %d items", lost)
			r = again
		}
	}
	if r.dropped > 0 {
		r.warn("bad_url: %d items without a usable link, the first %q", r.dropped, r.example)
	}
	return r.res, nil
}

// feedReader collects the items of one feed.
type feedReader struct {
	res      FeedResult
	base     *url.URL // of the feed
	linkBase *url.URL // against which its links are resolved
	seen     map[string]bool
	dropped  int    // items without a usable link
	example  string // the first of these
}

func (r *feedReader) warn(format string, args ...any) {
	r.res.Warnings = append(r.res.Warnings, fmt.Sprintf(format, args...))
}

// read parses a feed that is well-formed, or nearly, and returns how many items the parser saw.
func (r *feedReader) read(text []byte) (int, error) {
	if len(text) > 0 && text[0] == '{' {
		f, err := (&json.Parser{}).Parse(bytes.NewReader(text))
		if err != nil {
			return 0, err
		}
		if !jsonFeed.Match(text[:min(len(text), sniffed)]) && len(f.Items) == 0 {
			return 0, errNoRoot
		}
		r.json(f)
		return len(f.Items), nil
	}
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
	r.head(f.Title, language, f.Link)
	r.relations(extensionLinks(f.Extensions))
	for _, it := range f.Items {
		links := append(originals(it.Extensions), it.Link)
		links = append(links, it.Links...)
		for _, l := range extensionLinks(it.Extensions) {
			if l.Rel == "" || l.Rel == "alternate" {
				links = append(links, l.Href)
			}
		}
		guid := ""
		if it.GUID != nil {
			guid = it.GUID.Value
			if !strings.EqualFold(it.GUID.IsPermalink, "false") {
				links = append(links, absolute(guid))
			}
		}
		published, title := it.PubDate, it.Title
		if dc := it.DublinCoreExt; dc != nil {
			published, title = or(published, first(dc.Date)), or(title, first(dc.Title))
		}
		r.add(links, title, guid, published, extensionText(it.Extensions, "updated", "modified"))
	}
}

func (r *feedReader) atom(f *atom.Feed) {
	home := ""
	for _, l := range f.Links {
		if home == "" && alternate(l) {
			home = l.Href
		}
	}
	r.head(f.Title, f.Language, home)
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
		r.add(links, e.Title, e.ID, e.Published, e.Updated)
	}
}

func (r *feedReader) json(f *json.Feed) {
	r.head(f.Title, f.Language, f.HomePageURL)
	r.relations([]*atom.Link{{Rel: "next", Href: f.NextURL}})
	for _, it := range f.Items {
		if it != nil {
			r.add([]string{it.URL, absolute(it.ID), it.ExternalURL}, it.Title, it.ID, it.DatePublished, it.DateModified)
		}
	}
}

// head takes in what the feed says of itself. Where a feed service serves it, its
// relative links belong to the publisher's host.
func (r *feedReader) head(title, language, home string) {
	r.res.Title = plain(title)
	r.res.Language = strings.ToLower(clipTo(strings.TrimSpace(language), 35))
	u, err := weburl.Resolve(r.base, home)
	if err != nil || home == "" {
		return
	}
	r.res.Home = u
	if r.base == nil || weburl.HostOf(u) != r.base.Host {
		if parsed, err := url.Parse(u); err == nil {
			r.linkBase = parsed
		}
	}
}

// relations takes in the feed's next page and hubs. RFC 5005 names two ways to
// older items: "next" of a paged feed, "prev-archive" of an archived one.
func (r *feedReader) relations(links []*atom.Link) {
	for _, want := range []string{"next", "prev-archive"} {
		for _, l := range links {
			if r.res.Next == "" && l.Href != "" && strings.EqualFold(l.Rel, want) {
				r.res.Next, _ = weburl.Resolve(r.base, l.Href)
			}
		}
	}
	if r.base != nil {
		if own, err := weburl.Normalize(r.base.String()); err == nil && r.res.Next == own {
			r.res.Next = "" // a page that is its own next page
		}
	}
	for _, l := range links {
		if strings.EqualFold(l.Rel, "hub") && len(r.res.Hubs) < 10 {
			if u, err := weburl.Resolve(r.base, l.Href); err == nil {
				r.res.Hubs = append(r.res.Hubs, u)
			}
		}
	}
}

// add takes in an item under the first of its links that can be fetched.
func (r *feedReader) add(links []string, title, guid, published, updated string) {
	if len(r.res.Items) >= MaxItems {
		if r.res.Warnings == nil || !strings.HasPrefix(r.res.Warnings[len(r.res.Warnings)-1], "over_limit") {
			r.warn("over_limit: only the first %d items are read", MaxItems)
		}
		return
	}
	u := ""
	for _, l := range links {
		if l = strings.TrimSpace(l); l != "" && u == "" {
			u, _ = weburl.Resolve(r.linkBase, unescaped(l))
		}
	}
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
	lang, _, _ := strings.Cut(r.res.Language, "-")
	r.res.Items = append(r.res.Items, Item{
		URL: u, Title: plain(title), GUID: clipTo(strings.TrimSpace(guid), 2000),
		Published: readTime(published, lang), Updated: readTime(updated, lang),
	})
}

func alternate(l *atom.Link) bool { return l.Rel == "" || strings.EqualFold(l.Rel, "alternate") }

// unescaped undoes the escaping of "&" inside CDATA, and that done twice: no real
// parameter is called "amp;page".
func unescaped(link string) string {
	for range 2 {
		link = strings.ReplaceAll(link, "&amp;", "&")
	}
	return link
}

// absolute lets an identifier pass for a link only where it is an address.
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
