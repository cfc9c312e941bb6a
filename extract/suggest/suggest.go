package suggest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"pressmark/configs"
	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// ErrNoArticle means that none of the pages could be read as an article, so there is
// nothing to compare selectors with.
var ErrNoArticle = errors.New("none of the pages is an article")

// Proposal is the configuration of a site that its pages suggest.
type Proposal struct {
	Site   configs.Site
	Pages  int      // pages that the proposal rests on
	Fields []Field  // every field of rules, in the order of the YAML
	Passed []string // pages that were left out, each with the reason
}

// Field is the result for one key of the rules.
type Field struct {
	Key      string
	Selector string // "" where none is proposed
	Known    int    // pages on which the extractor found a value
}

// sample is one page with what the extractor read from it.
type sample struct {
	in  article.Page
	res article.Result
	doc *goquery.Document
}

// maxPage bounds the pages that are looked at, in bytes.
const maxPage = 4 << 20

// Propose derives rules from article pages of one site. Three or more pages of different
// kinds give a good proposal; one page gives a guess. The error is ErrNoArticle, or the
// context's.
func Propose(ctx context.Context, pages []article.Page) (Proposal, error) {
	p := Proposal{}
	samples, err := p.read(ctx, pages)
	if err != nil {
		return Proposal{}, err
	}
	p.Pages = len(samples)
	p.describe(samples)
	var rules configs.Rules
	for _, f := range fields {
		selector, known := choose(f, samples)
		p.Fields = append(p.Fields, Field{f.key, "", known})
		if selector != nil {
			rules.Set(f.key, selector)
		}
	}
	if err := confirm(ctx, &rules, samples); err != nil {
		return Proposal{}, err
	}
	found := false
	for i := range p.Fields {
		if s := rules.Select(p.Fields[i].Key); s != nil {
			p.Fields[i].Selector, found = s.String(), true
		}
	}
	if found {
		rules.Name = p.Site.Name
		p.Site.Rules = []configs.Rules{rules}
	}
	return p, nil
}

// read extracts the pages without rules and keeps those that are articles of
// the first one's site.
func (p *Proposal) read(ctx context.Context, pages []article.Page) ([]sample, error) {
	x := extract.New(extract.Options{})
	var samples []sample
	pass := func(in article.Page, why string) { p.Passed = append(p.Passed, in.URL+": "+why) }
	for _, in := range pages {
		if len(in.Body) > maxPage {
			pass(in, "larger than 4 MiB")
			continue
		}
		res, err := x.Extract(ctx, in)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("propose rules: %w", ctx.Err())
		}
		if err != nil {
			pass(in, err.Error())
			continue
		}
		tree, err := page.Parse(in)
		switch {
		case err != nil:
			pass(in, err.Error())
		case res.Article == nil:
			pass(in, "no article: "+res.Refusal.Error())
		case len(samples) > 0 && !weburl.SameSite(weburl.HostOf(in.URL), weburl.HostOf(samples[0].in.URL)):
			pass(in, "belongs to another site than the first page")
		default:
			samples = append(samples, sample{in, res, tree.Doc})
		}
	}
	if len(samples) == 0 {
		return nil, fmt.Errorf("propose rules: %w (%s)", ErrNoArticle, strings.Join(p.Passed, "; "))
	}
	return samples, nil
}

// describe fills in what is known of the site besides its rules.
func (p *Proposal) describe(samples []sample) {
	first := weburl.HostOf(samples[0].in.URL)
	p.Site = configs.ForHost(first)
	p.Site.Hosts, p.Site.File = nil, ""
	language := samples[0].res.Article.Language
	for _, s := range samples {
		if host := weburl.HostOf(s.in.URL); host != "" && !slices.Contains(p.Site.Hosts, host) {
			p.Site.Hosts = append(p.Site.Hosts, host)
		}
		if s.res.Article.Language != language {
			language = ""
		}
	}
	p.Site.Language = language
	if first == "" { // saved pages without an address
		p.Site.Name, p.Site.Hosts = "my-site", []string{"www.example.com"}
		return
	}
	scheme, _, _ := strings.Cut(samples[0].in.URL, "://")
	p.Site.Sources = []configs.Source{{URL: scheme + "://" + first + "/", Type: configs.Page}}
	for _, s := range samples {
		for _, feed := range s.res.Feeds {
			source := configs.Source{URL: feed, Type: configs.Feed}
			if p.Site.HasHost(weburl.HostOf(feed)) && !slices.Contains(p.Site.Sources, source) {
				p.Site.Sources = append(p.Site.Sources, source)
			}
		}
	}
}

// confirm extracts the pages again with the rules and takes out every rule
// under which a field comes out otherwise than before.
func confirm(ctx context.Context, rules *configs.Rules, samples []sample) error {
	for range fields { // a rule that goes may change what the others give
		x := extract.New(extract.Options{Rules: []configs.Rules{*rules}})
		dropped := false
		for _, s := range samples {
			res, err := x.Extract(ctx, s.in)
			if err != nil {
				return fmt.Errorf("confirm rules: %w", err)
			}
			for _, f := range fields {
				if rules.Select(f.key) != nil && (res.Article == nil || !slices.Equal(f.values(res.Article), f.values(s.res.Article))) {
					rules.Set(f.key, nil)
					dropped = true
				}
			}
		}
		if !dropped {
			return nil
		}
	}
	return nil
}

// Finding is what one selector of the rules finds on a page.
type Finding struct {
	Key, Selector string
	Matches       int    // elements
	Text          string // of the first one, or its attribute; cut at 80 characters
}

// Probe reports what each selector of the rules finds on a page. The error is
// that of a page that cannot be parsed.
func Probe(rules *configs.Rules, in article.Page) ([]Finding, error) {
	tree, err := page.Parse(in)
	if err != nil {
		return nil, fmt.Errorf("probe %s: %w", in.URL, err)
	}
	var out []Finding
	for _, key := range configs.RuleKeys() {
		for _, s := range key.In(rules) {
			found := tree.Doc.FindMatcher(s.Match)
			f := Finding{Key: key.Name, Selector: s.String(), Matches: found.Length()}
			if found.Length() > 0 {
				f.Text = text.Clip(valueOf(found.Get(0), s.Attr), 80)
			}
			out = append(out, f)
		}
	}
	return out, nil
}

// ProbeSite is [Probe] with the rules of a site that apply to a page: the newest whose
// body selector matches, as in the extractor, or else the oldest.
func ProbeSite(s *configs.Site, in article.Page) (rules *configs.Rules, found []Finding, err error) {
	for i := range s.Rules {
		rules = &s.Rules[i]
		if found, err = Probe(rules, in); err != nil {
			return nil, nil, err
		}
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Key == "body" && f.Matches == 0 }) {
			break
		}
	}
	return rules, found, nil
}
