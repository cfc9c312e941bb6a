package configs

import (
	"errors"
	"fmt"
	"math/bits"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Matcher finds the nodes that a group of CSS selectors selects. It is a goquery.Matcher
// and safe for concurrent use.
//
// cascadia matches the elements. The combinators (descendant, child, siblings) are
// evaluated here, in one pass over the tree that remembers what the ancestors and earlier
// siblings of a node match. cascadia itself would try every ancestor again for each part
// of a selector: on a page of 400 nested elements "a b c d e" would take years, and pages
// are untrusted. For the same reason the work of a pass is bounded; matches beyond the
// bound are not found.
type Matcher struct {
	steps []step
	last  uint64 // the last step of each selector
}

// step is one compound selector ("p.lead") and its relation to the one before.
type step struct {
	combinator byte // ' ', '>', '+' or '~'; 0 for the first of a selector
	sel        cascadia.Sel
	siblings   bool // matching looks at all siblings
	subtree    int  // how often it looks at the nodes below; 0: not at all
}

// maxWork is the maximum number of node visits of one pass, about one second. A large
// page with a long selector takes a hundredth of it.
const maxWork = 5_000_000

var (
	errLongSelector   = errors.New("more than 64 parts")
	errNestedHas      = errors.New(":has() within :has()")
	errDeepArgument   = errors.New("more than one space or ~ between elements within :has() or :not()")
	selectorComment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	looksAtSiblings   = regexp.MustCompile(`(?i):(?:nth|only|first|last)-`)
	looksBelow        = regexp.MustCompile(`(?i):(?:has|haschild|contains|containsown|matches|matchesown)\(`)
	nestedHas         = regexp.MustCompile(`(?i):has(?:child)?\(.*:has(?:child)?\(`)
	relativeArguments = regexp.MustCompile(`(?i):(?:has|haschild|not)\(`)
)

// newMatcher compiles a group of selectors.
func newMatcher(text string) (*Matcher, error) {
	if _, err := cascadia.ParseGroup(text); err != nil {
		return nil, err
	}
	m := &Matcher{}
	for _, parts := range splitSelectors(selectorComment.ReplaceAllString(text, " ")) {
		for _, p := range parts {
			s, err := newStep(p)
			if err != nil {
				return nil, err
			}
			m.steps = append(m.steps, s)
		}
		if len(m.steps) > 64 {
			return nil, errLongSelector
		}
		m.last |= 1 << (len(m.steps) - 1)
	}
	return m, nil
}

func newStep(p part) (step, error) {
	s := step{combinator: p.combinator, siblings: looksAtSiblings.MatchString(p.text)}
	if nestedHas.MatchString(p.text) {
		return s, errNestedHas
	}
	if looksBelow.MatchString(p.text) {
		s.subtree = 1
	}
	for _, at := range relativeArguments.FindAllStringIndex(p.text, -1) {
		steps := 0
		for _, parts := range splitSelectors(argument(p.text[at[1]:])) {
			for _, inner := range parts {
				if inner.combinator == ' ' || inner.combinator == '~' {
					steps++
				}
			}
		}
		if steps > 1 {
			return s, errDeepArgument
		}
		if steps == 1 {
			s.subtree = 32 // each node below looks at its ancestors or siblings
		}
	}
	sel, err := cascadia.Parse(p.text)
	if err != nil {
		return s, fmt.Errorf("%q: %w", p.text, err)
	}
	s.sel = sel
	return s, nil
}

// part is one compound selector as written.
type part struct {
	combinator byte
	text       string
}

// splitSelectors cuts a group at its commas, and each selector at its combinators.
// Brackets, parentheses, strings and escapes are left whole.
func splitSelectors(text string) [][]part {
	var group [][]part
	var parts []part
	combinator, start := byte(0), 0
	end := func(i int) {
		if s := strings.TrimSpace(text[start:i]); s != "" {
			parts = append(parts, part{combinator, s})
			combinator = ' '
		}
		start = i + 1
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\\':
			i++
		case '"', '\'', '(', '[':
			i += enclosed(text[i:]) - 1
		case ' ', '\t', '\r', '\n', '\f':
			end(i)
		case '>', '+', '~':
			end(i)
			combinator = c
		case ',':
			end(i)
			group, parts, combinator = append(group, parts), nil, 0
		}
	}
	end(len(text))
	return append(group, parts)
}

// enclosed returns the length of what begins with a quotation mark or an opening
// bracket, up to the mark or bracket that ends it.
func enclosed(text string) int {
	closing := map[byte]byte{'(': ')', '[': ']'}[text[0]]
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case closing == 0 && c == text[0], c == closing && closing != 0:
			return i + 1
		case closing != 0 && strings.IndexByte(`"'([`, c) >= 0:
			i += enclosed(text[i:]) - 1
		}
	}
	return len(text)
}

// argument returns what stands before the parenthesis that closes.
func argument(text string) string {
	n := enclosed("(" + text)
	return text[:max(0, min(len(text), n-2))]
}

// around is what the neighbours of a node match: a bit a step.
type around struct {
	ancestors, parent, previous, earlier uint64
	siblings                             int
}

// pass is one pass over a tree.
type pass struct {
	m     *Matcher
	work  int
	found []*html.Node
}

// MatchAll returns the nodes of a tree that are selected, the root included, in document
// order.
func (m *Matcher) MatchAll(root *html.Node) []*html.Node {
	p := &pass{m: m}
	p.walk(root, p.aroundOf(root))
	return p.found
}

// Match reports whether a node is selected.
func (m *Matcher) Match(n *html.Node) bool {
	p := &pass{m: m}
	return p.match(n, p.aroundOf(n))&m.last != 0
}

// Filter returns those of the nodes that are selected.
func (m *Matcher) Filter(nodes []*html.Node) []*html.Node {
	var selected []*html.Node
	for _, n := range nodes {
		if m.Match(n) {
			selected = append(selected, n)
		}
	}
	return selected
}

// walk looks at a node and all below it, and returns what the node matches.
func (p *pass) walk(n *html.Node, at around) uint64 {
	own := p.match(n, at)
	if own&p.m.last != 0 {
		p.found = append(p.found, n)
	}
	below := around{ancestors: at.ancestors | own, parent: own, siblings: -1}
	for c := n.FirstChild; c != nil && p.work < maxWork; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if below.siblings < 0 {
			below.siblings = children(n)
		}
		below.previous = p.walk(c, below)
		below.earlier |= below.previous
	}
	return own
}

// match returns the steps that a node matches, given what its neighbours match.
func (p *pass) match(n *html.Node, at around) uint64 {
	if n.Type != html.ElementNode {
		return 0
	}
	own := uint64(0)
	for i := range p.m.steps {
		s := &p.m.steps[i]
		if s.follows(at, i) && p.afford(s, n, at) && s.sel.Match(n) {
			own |= 1 << i
		}
	}
	return own
}

// follows reports whether the step before i is matched where this one wants it.
func (s *step) follows(at around, i int) bool {
	before := uint64(0)
	switch s.combinator {
	case 0:
		return true
	case ' ':
		before = at.ancestors
	case '>':
		before = at.parent
	case '+':
		before = at.previous
	case '~':
		before = at.earlier
	}
	return before&bits.RotateLeft64(1, i-1) != 0
}

// afford counts the work of matching a step. It returns false if the bound is reached.
func (p *pass) afford(s *step, n *html.Node, at around) bool {
	p.work++
	if s.siblings {
		p.work += at.siblings / 8 // a look at a sibling is a step along a list
	}
	if s.subtree > 0 {
		p.work += s.subtree * size(n, (maxWork-p.work)/s.subtree+1)
	}
	return p.work < maxWork
}

// aroundOf returns what the neighbours of a node in the middle of a tree match.
func (p *pass) aroundOf(n *html.Node) around {
	if n.Parent == nil {
		return around{}
	}
	up := p.aroundOf(n.Parent)
	parent := p.match(n.Parent, up)
	at := around{ancestors: up.ancestors | parent, parent: parent, siblings: children(n.Parent)}
	for c := n.Parent.FirstChild; c != n && c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			at.previous = p.match(c, at)
			at.earlier |= at.previous
		}
	}
	return at
}

func children(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		count++
	}
	return count
}

// size returns the number of nodes of a tree, counted up to most.
func size(n *html.Node, most int) int {
	count := 1
	for range n.Descendants() {
		if count++; count >= most {
			break
		}
	}
	return count
}
