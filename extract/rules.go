package extract

import (
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pressmark/configs"
)

// siteRules are the site's rules that hold for one page.
type siteRules struct {
	rules *configs.Rules // nil where none hold
	doc   *goquery.Document
}

// ruled is what the site's rules name on a page.
type ruled struct {
	siteRules
	title    string  // "" where the rules name none
	body     []int32 // boxes that hold the body, in order
	warnings []string
}

// chooseRules decides which of the site's rules hold for a page: those of the
// day it was captured, because a site's markup is that of the day it was served;
// the newest where the day is unknown. Where their body selector finds nothing,
// the others are tried: an archive may serve old articles in their old layout.
func chooseRules(doc *html.Node, all []configs.Rules, captured time.Time) siteRules {
	c := siteRules{doc: goquery.NewDocumentFromNode(doc)}
	if len(all) == 0 {
		return c
	}
	site := configs.Site{Rules: all}
	c.rules = site.RulesFor(captured)
	if c.rules != nil && c.matches(c.rules.Body) {
		return c
	}
	for i := range all {
		if r := &all[i]; r.Body != nil && c.matches(r.Body) {
			c.rules = r
			break
		}
	}
	return c
}

func (c *siteRules) matches(s *configs.Selector) bool {
	return s == nil || len(c.pick(s)) > 0
}

// pick returns the nodes that a rule's selector finds, in document order.
func (c *siteRules) pick(s *configs.Selector) []*html.Node {
	if s == nil || s.Match == nil {
		return nil
	}
	return c.doc.FindMatcher(s.Match).Nodes
}

// texts returns the texts (or attribute values) that a rule's selector finds,
// white space collapsed, empty ones left out.
func (c *siteRules) texts(s *configs.Selector) []string {
	var texts []string
	for _, n := range c.pick(s) {
		text := attr(n, s.Attr)
		if s.Attr == "" {
			text = goquery.NewDocumentFromNode(n).Text()
		}
		if text = squeeze(text); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// remove takes out of the tree what the rules say is no part of the page,
// before the page is laid flat.
func (c *siteRules) remove() {
	if c.rules == nil {
		return
	}
	for _, s := range c.rules.Remove {
		for _, n := range c.pick(s) {
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
			}
		}
	}
}

// evidence is how evidence names the site's rules.
func (c *siteRules) evidence() string { return "rule " + c.rules.Name }

// unmatched is the warning that a selector of the rules finds nothing.
func (c *siteRules) unmatched(field string, s *configs.Selector, what string) string {
	return "rule_unmatched: " + field + " selector " + s.Text + " of " + c.rules.Name + " finds " + what
}

// applyRules finds the title and the body that the rules name. Time, credits
// and images are asked for by the steps of these fields.
func applyRules(p *page, chosen siteRules) *ruled {
	r := &ruled{siteRules: chosen}
	if r.rules == nil {
		return r
	}
	if texts := r.texts(r.rules.Title); len(texts) > 0 {
		r.title = texts[0]
	} else if r.rules.Title != nil {
		r.warnings = append(r.warnings, r.unmatched("title", r.rules.Title, "nothing"))
	}
	r.body = p.boxesOf(r.pick(r.rules.Body))
	if len(r.body) == 0 && r.rules.Body != nil {
		r.warnings = append(r.warnings, r.unmatched("body", r.rules.Body, "nothing"))
	}
	return r
}
