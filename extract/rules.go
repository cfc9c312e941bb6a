package extract

import (
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pressmark/configs"
)

// selectRule decides which of the site's rules hold for the page: those of the
// day it was captured, because a site's markup is that of the day it was served;
// the newest where the day is unknown. Where their body selector finds nothing,
// the others are tried: an archive may serve old articles in their old layout.
func (p *page) selectRule() {
	site := configs.Site{Rules: p.opts.Rules}
	p.rule = site.RulesFor(p.captured())
	if p.rule != nil && p.matches(p.rule.Body) {
		return
	}
	for i := range p.opts.Rules {
		if r := &p.opts.Rules[i]; r.Body != nil && p.matches(r.Body) {
			p.rule = r
			return
		}
	}
}

func (p *page) captured() time.Time {
	if p.in.Fetched.IsZero() || p.opts.Timezone == nil {
		return p.in.Fetched
	}
	return p.in.Fetched.In(p.opts.Timezone)
}

func (p *page) matches(s *configs.Selector) bool {
	return s == nil || len(p.pick(s)) > 0
}

// pick returns the nodes that a rule's selector finds, in document order.
func (p *page) pick(s *configs.Selector) []*html.Node {
	if s == nil || s.Match == nil {
		return nil
	}
	return goquery.NewDocumentFromNode(p.doc).FindMatcher(s.Match).Nodes
}

// pickTexts returns the texts (or attribute values) that a rule's selector
// finds, white space collapsed, empty ones left out.
func (p *page) pickTexts(s *configs.Selector) []string {
	var texts []string
	for _, n := range p.pick(s) {
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

// removeByRule takes out of the tree what the rules say is no part of the
// page, before the walk sees it.
func (p *page) removeByRule() {
	for _, s := range p.rule.Remove {
		for _, n := range p.pick(s) {
			if n.Parent != nil {
				n.Parent.RemoveChild(n)
			}
		}
	}
}

// rulesStep applies the site's rules for title and body. Rules for the time,
// credits and images are applied by the steps of these fields.
func rulesStep(p *page) {
	if p.rule == nil {
		return
	}
	if texts := p.pickTexts(p.rule.Title); len(texts) > 0 {
		p.out.Title = texts[0]
		p.evidence("title", p.ruleEvidence())
	} else if p.rule.Title != nil {
		p.warn("rule_unmatched", "title selector "+p.rule.Title.Text+" of "+p.rule.Name+" finds nothing")
	}
	p.ruleBody = p.boxesOf(p.pick(p.rule.Body))
	if len(p.ruleBody) == 0 && p.rule.Body != nil {
		p.warn("rule_unmatched", "body selector "+p.rule.Body.Text+" of "+p.rule.Name+" finds nothing")
	}
}

// ruleEvidence is how evidence names the site's rules.
func (p *page) ruleEvidence() string { return "rule " + p.rule.Name }

// boxesOf returns the boxes of nodes, in order; a node without a box of its
// own stands for the box around it.
func (p *page) boxesOf(nodes []*html.Node) []int32 {
	var found []int32
	for _, n := range nodes {
		for ; n != nil; n = n.Parent {
			if b := p.boxOf(n); b >= 0 {
				found = append(found, b)
				break
			}
		}
	}
	return found
}

func (p *page) boxOf(n *html.Node) int32 {
	for i := range p.boxes {
		if p.boxes[i].node == n {
			return int32(i)
		}
	}
	return -1
}
