package discover

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"

	"pressmark/extract/weburl"
)

// maxDepth is how deep the elements of a feed may be nested, maxElements how many it
// may have, for the XML parser to be let at it: it calls itself for every level, and
// builds maps for every element that it does not know, so that a file of tags alone
// would exhaust stack or memory. Unclosed HTML tags count as nesting too.
const (
	maxDepth    = 1000
	maxElements = 15 * maxItems
)

// tooMuch returns the reason why a feed is read by salvage instead of the XML
// parser, nil if the parser can read it.
func tooMuch(text []byte) error {
	for depth, elements := 0, 0; ; {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 >= len(text) {
			return nil
		}
		text = text[i+1:]
		switch {
		case bytes.HasPrefix(text, []byte("![CDATA[")):
			text = behind(text, "]]>")
		case bytes.HasPrefix(text, []byte("!--")):
			text = behind(text, "-->")
		case text[0] == '!' || text[0] == '?':
		case text[0] == '/':
			depth--
		default:
			elements++
			gt := bytes.IndexByte(text[:min(len(text), maxTag)], '>')
			if gt > 0 && text[gt-1] != '/' {
				depth++
			}
			switch {
			case gt < 0:
				return fmt.Errorf("a tag without an end, or of over %d bytes", maxTag)
			case depth > maxDepth:
				return fmt.Errorf("elements nested over %d deep", maxDepth)
			case elements > maxElements:
				return fmt.Errorf("over %d elements", maxElements)
			}
		}
	}
}

// withoutProlog drops what stands before the root element: the XML declaration,
// whose encoding no longer holds, comments, and the blank lines and warnings that
// broken servers print before it. Two code points that XML forbids go too.
func withoutProlog(text []byte) []byte {
	text = bytes.TrimSpace(withoutPreamble(text))
	if !isFeed(text) && !beginsWithAny(text, "{") {
		if at := rootElement.FindIndex(text[:min(len(text), sniffed)]); at != nil && isFeed(text[at[0]:]) {
			text = text[at[0]:]
		}
	}
	for _, forbidden := range []string{"\uFFFE", "\uFFFF"} {
		if bytes.Contains(text, []byte(forbidden)) {
			text = bytes.ReplaceAll(text, []byte(forbidden), nil)
		}
	}
	return text
}

func behind(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return rest
}

// paddedAddress matches attributes whose URL has white space before or after it,
// which the parser would escape.
var paddedAddress = regexp.MustCompile(`(?i)(\s(?:href|src|xml:base)\s*=\s*)(?:"\s*([^"<]*?)\s*"|'\s*([^'<]*?)\s*')`)

// withoutComments drops what the parser takes for a part of texts and addresses: comments
// outside of CDATA sections, and white space around addresses in attributes.
func withoutComments(text []byte) []byte {
	if bytes.Contains(text, []byte("<!--")) {
		kept := make([]byte, 0, len(text))
		for {
			i := bytes.Index(text, []byte("<!"))
			if i < 0 {
				break
			}
			kept, text = append(kept, text[:i]...), text[i:]
			mark := "<!"
			switch {
			case bytes.HasPrefix(text, []byte("<!--")):
				text = behind(text, "-->")
				continue
			case bytes.HasPrefix(text, []byte("<![CDATA[")):
				mark = "]]>"
			}
			end := len(text)
			if j := bytes.Index(text, []byte(mark)); j >= 0 {
				end = j + len(mark)
			}
			kept, text = append(kept, text[:end]...), text[end:]
		}
		text = append(kept, text...)
	}
	return paddedAddress.ReplaceAll(text, []byte(`$1"$2$3"`))
}

// isFeed reports whether text begins with the root of an XML feed.
func isFeed(text []byte) bool {
	m := rootElement.FindSubmatchIndex(text[:min(len(text), 100)])
	if m == nil || m[0] != 0 {
		return false
	}
	return rootKinds[strings.ToLower(string(text[m[2]:m[3]]))] == KindFeed
}

// items counts the items that begin in an XML feed.
func items(text []byte) int {
	n := 0
	if len(text) > 0 && text[0] == '<' {
		name, r := itemName(text), tagsOf(text)
		for t, ok := r.next(); ok; t, ok = r.next() {
			if t.name == name && !t.end {
				n++
			}
		}
	}
	return n
}

// itemName returns the name of the element that the feed uses for its items.
func itemName(text []byte) string {
	if root, _ := tagsOf(text).next(); root.name == "feed" {
		return "entry"
	}
	return "item"
}

// salvage reads the items of a feed whose XML is malformed or truncated. It looks
// for the link, title and dates of each complete item, and reports whether it found
// an item.
func (r *feedReader) salvage(text []byte) bool {
	if !isFeed(text) {
		return false
	}
	s := salvager{feed: r, itemName: itemName(text), head: fields{}}
	tags := tagsOf(text)
	for t, ok := tags.next(); ok; t, ok = tags.next() {
		if t.end {
			s.close(t.name)
		} else {
			s.open(t)
		}
	}
	if s.item != nil {
		s.cut++
	}
	if s.cut > 0 {
		r.warn("cut: %d items do not end", s.cut)
	}
	return len(r.res.Items) > 0
}

// salvager goes through the tags of a feed.
type salvager struct {
	feed     *feedReader
	itemName string
	head     fields       // of the feed itself, nil once the first item has begun
	links    []*atom.Link // of the feed itself
	item     fields       // in hand, nil between items
	base     *url.URL     // of the item in hand
	cut      int          // items that did not end
}

func (s *salvager) open(t tag) {
	switch {
	case t.name == s.itemName:
		s.openItem(t)
	case s.item != nil:
		s.item.set(t, s.base)
	case s.head != nil:
		s.feed.linkBase = within(s.feed.linkBase, t)
		s.head.set(t, nil)
		if t.name == "link" && len(s.links) < 20 {
			s.links = append(s.links, &atom.Link{Rel: attributeOf(t.inside, "rel"), Href: attributeOf(t.inside, "href")})
		}
	}
}

func (s *salvager) openItem(t tag) {
	if s.item != nil { // it lacks its end, but not what stands in it
		s.cut++
		s.close(s.itemName)
	}
	if s.head != nil {
		own := s.feed.linkBase
		s.feed.head(s.head["language"], s.head["link"])
		if own != s.feed.base {
			s.feed.linkBase = own // xml:base says more than the feed's home
		}
		s.feed.relations(s.links)
		s.head = nil
	}
	s.item, s.base = fields{"about": attributeOf(t.inside, "rdf:about")}, within(s.feed.linkBase, t)
}

// within returns the base of links inside a tag: its xml:base, resolved against the base
// around it (XML Base), or that base.
func within(base *url.URL, t tag) *url.URL {
	own := attributeOf(t.inside, "xml:base")
	if own == "" {
		return base
	}
	if u, err := weburl.Resolve(base, own); err == nil {
		return parseBase(u)
	}
	return base
}

func (s *salvager) close(name string) {
	it := s.item
	if it != nil && rootKinds[name] == KindFeed || name == "channel" && it != nil { // it lacks its end
		s.cut++
		name = s.itemName
	}
	if name == s.itemName && it != nil {
		around := s.feed.linkBase
		s.feed.linkBase = s.base
		s.feed.add([]string{it["origlink"], it["link"], absolute(it["guid"]), absolute(it["id"]), absolute(it["about"])}, it["title"],
			or(it["pubdate"], it["published"], it["date"], it["issued"], it["created"]))
		s.feed.linkBase = around
		s.item = nil
	}
}

// fields are the texts of an item's elements by local name, the first of each.
type fields map[string]string

// set stores an element of an item. If the element has a base of its own, its URL is
// resolved at once.
func (f fields) set(t tag, base *url.URL) {
	switch t.name {
	case "title", "link", "guid", "id", "pubdate", "published", "date", "issued", "created", "origlink", "language":
	default:
		return
	}
	switch {
	case t.name == "title" && extensionPrefix(t.prefix), t.prefix == "media":
		return // of a picture or a film
	case t.name == "guid" && strings.EqualFold(attributeOf(t.inside, "isPermaLink"), "false"):
		return // no address, whatever it looks like
	}
	value := textOf(t.text)
	if t.name == "link" {
		value = linkOf(t, value, base)
	}
	if f[t.name] == "" && value != "" {
		f[t.name] = value
	}
}

// linkOf returns the address of a link element: its text, or in Atom the address that it
// has as an attribute, if it is that of the page.
func linkOf(t tag, text string, base *url.URL) string {
	if text == "" && alternate(&atom.Link{Rel: attributeOf(t.inside, "rel")}) {
		text = attributeOf(t.inside, "href")
	}
	if text != "" && attributeOf(t.inside, "xml:base") != "" {
		if u, err := weburl.Resolve(within(base, t), unwrapped(text)); err == nil {
			return u
		}
	}
	return text
}

func sorted(e ext.Extensions) []string { return slices.Sorted(maps.Keys(e)) }

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// or is the first text that is not blank.
func or(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
