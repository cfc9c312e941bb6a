package rule

import (
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pressmark/configs"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// Chosen holds the site's rules that apply to one page.
type Chosen struct {
	Rules *configs.Rules // nil where none hold
	doc   *goquery.Document
}

// Ruled holds what the site's rules select on a page.
type Ruled struct {
	Chosen
	Title    string  // "" where the rules name none
	Body     []int32 // boxes that hold the body, in order
	Warnings []string
}

// Choose decides which of the site's rules apply to a page: those of the day of capture,
// because markup belongs to the day on which it was served; the newest if the day is
// unknown. If their body selector finds nothing, the others are tried: an archive may
// serve old articles in their old layout.
func Choose(doc *goquery.Document, all []configs.Rules, captured time.Time) Chosen {
	c := Chosen{doc: doc}
	if len(all) == 0 {
		return c
	}
	site := configs.Site{Rules: all}
	c.Rules = site.RulesFor(captured)
	if c.Rules != nil && c.matches(c.Rules.Body) {
		return c
	}
	for i := range all {
		if r := &all[i]; r.Body != nil && c.matches(r.Body) {
			c.Rules = r
			break
		}
	}
	return c
}

func (c *Chosen) matches(s *configs.Selector) bool {
	return s == nil || len(c.Pick(s)) > 0
}

// Pick returns the nodes that a rule's selector finds, in document order.
func (c *Chosen) Pick(s *configs.Selector) []*html.Node {
	if s == nil || s.Match == nil {
		return nil
	}
	return c.doc.FindMatcher(s.Match).Nodes
}

// Texts returns the texts (or attribute values) that a rule's selector finds,
// white space collapsed, empty ones left out.
func (c *Chosen) Texts(s *configs.Selector) []string {
	var texts []string
	for _, n := range c.Pick(s) {
		str := page.Attr(n, s.Attr)
		if s.Attr == "" {
			str = goquery.NewDocumentFromNode(n).Text()
		}
		if str = text.Squeeze(str); str != "" {
			texts = append(texts, str)
		}
	}
	return texts
}

// Remove deletes from the tree the elements that the rules exclude, before the page is
// laid flat.
func (c *Chosen) Remove() {
	if c.Rules == nil {
		return
	}
	for _, s := range c.Rules.Remove {
		for _, n := range c.Pick(s) {
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
			}
		}
	}
}

// Evidence returns the name of the site's rules as evidence gives it.
func (c *Chosen) Evidence() string { return "rule " + c.Rules.Name }

// Unmatched returns the warning that a selector of the rules found nothing.
func (c *Chosen) Unmatched(field string, s *configs.Selector, what string) string {
	return "rule_unmatched: " + field + " selector " + s.Text + " of " + c.Rules.Name + " finds " + what
}

// Apply finds the title and the body that the rules select. Time, credits and images are
// selected by the steps for these fields.
func Apply(p *page.Page, chosen Chosen) *Ruled {
	r := &Ruled{Chosen: chosen}
	if r.Rules == nil {
		return r
	}
	if texts := r.Texts(r.Rules.Title); len(texts) > 0 {
		r.Title = texts[0]
	} else if r.Rules.Title != nil {
		r.Warnings = append(r.Warnings, r.Unmatched("title", r.Rules.Title, "nothing"))
	}
	r.Body = p.BoxesOf(r.Pick(r.Rules.Body))
	if len(r.Body) == 0 && r.Rules.Body != nil {
		r.Warnings = append(r.Warnings, r.Unmatched("body", r.Rules.Body, "nothing"))
	}
	return r
}
