package discover

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
)

// maxDepth is how deep the elements of a feed may be nested, maxElements how many it
// may have, for the XML parser to be let at it: it calls itself for every level, and
// builds maps for every element that it does not know, so that a file of tags alone
// would exhaust stack or memory. Unclosed HTML tags count as nesting too.
const (
	maxDepth    = 1000
	maxElements = 15 * MaxItems
	maxTag      = 64 << 10
)

// tooMuch says why a feed is not for the XML parser but for salvage; nil where it is.
func tooMuch(text []byte) error {
	for depth, elements := 0, 0; ; {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 >= len(text) {
			return nil
		}
		text = text[i+1:]
		switch {
		case bytes.HasPrefix(text, []byte("![CDATA[")):
			text = after(text, "]]>")
		case bytes.HasPrefix(text, []byte("!--")):
			text = after(text, "-->")
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
	text = bytes.TrimSpace(text)
	for bytes.HasPrefix(text, []byte("<!--")) || bytes.HasPrefix(text, []byte("<?")) {
		end := "?>"
		if text[1] == '!' {
			end = "-->"
		}
		text = bytes.TrimSpace(after(text, end))
	}
	if !isFeed(text) && len(text) > 0 && text[0] != '{' {
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

// isFeed reports whether text begins with the root of an XML feed.
func isFeed(text []byte) bool {
	m := rootElement.FindSubmatchIndex(text[:min(len(text), 100)])
	return m != nil && m[0] == 0 && rootKinds[strings.ToLower(string(text[m[2]:m[3]]))] == KindFeed
}

// items counts the items that begin in an XML feed.
func items(text []byte) int {
	n := 0
	if len(text) > 0 && text[0] == '<' {
		name := itemName(text)
		for {
			tag, end, _, rest, ok := nextTag(text)
			if !ok {
				break
			}
			if text = rest; tag == name && !end {
				n++
			}
		}
	}
	return n
}

// itemName is what a feed calls its items.
func itemName(text []byte) string {
	if name, _, _, _, _ := nextTag(text); name == "feed" {
		return "entry"
	}
	return "item"
}

// salvage reads the items of a feed whose XML is broken or cut off: each item that
// begins and ends is searched for its link, title and dates. It reports whether it
// found an item.
func (r *feedReader) salvage(text []byte) bool {
	if !isFeed(text) {
		return false
	}
	s := salvager{feed: r, itemName: itemName(text), head: fields{}}
	for {
		at := bytes.IndexByte(text, '<')
		name, end, content, rest, ok := nextTag(text)
		if !ok {
			break
		}
		if end {
			s.close(name)
		} else {
			s.open(name, text[at:len(text)-len(rest)], content)
		}
		text = rest
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
	cut      int          // items that did not end
}

func (s *salvager) open(name string, tag, content []byte) {
	switch {
	case name == s.itemName:
		if s.item != nil {
			s.cut++
		}
		if s.head != nil {
			s.feed.head(s.head["title"], s.head["language"], s.head["link"])
			s.feed.relations(s.links)
			s.head = nil
		}
		s.item = fields{}
	case s.item != nil:
		s.item.set(name, tag, content)
	case s.head != nil:
		s.head.set(name, tag, content)
		if name == "link" && len(s.links) < 20 {
			s.links = append(s.links, &atom.Link{Rel: attribute(relAttribute, tag), Href: attribute(hrefAttribute, tag)})
		}
	}
}

func (s *salvager) close(name string) {
	if it := s.item; name == s.itemName && it != nil {
		s.feed.add([]string{it["origlink"], it["link"], absolute(it["guid"]), absolute(it["id"])}, it["title"],
			or(it["guid"], it["id"]), or(it["pubdate"], it["published"], it["date"]), or(it["updated"], it["modified"]))
		s.item = nil
	}
}

// fields are the texts of an item's elements by local name, the first of each.
type fields map[string]string

var (
	hrefAttribute = regexp.MustCompile(`(?is)\shref\s*=\s*["']([^"']*)["']`)
	relAttribute  = regexp.MustCompile(`(?is)\srel\s*=\s*["']([^"']*)["']`)
)

func attribute(re *regexp.Regexp, tag []byte) string {
	if m := re.FindSubmatch(tag); m != nil {
		return textOf(m[1])
	}
	return ""
}

func (f fields) set(name string, tag, content []byte) {
	switch name {
	case "title", "link", "guid", "id", "pubdate", "published", "date", "updated", "modified", "origlink", "language":
	default:
		return
	}
	value := textOf(content)
	if rel := attribute(relAttribute, tag); name == "link" && value == "" && (rel == "" || strings.EqualFold(rel, "alternate")) {
		value = attribute(hrefAttribute, tag)
	}
	if f[name] == "" && value != "" {
		f[name] = value
	}
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
