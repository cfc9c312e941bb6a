package visit

import (
	"cmp"
	"slices"
	"strings"

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/extract/weburl"
	"pressmark/storage/ledger"
)

// Links in doubt. Many sites have articles at addresses without a date or a long
// number (/news/ferry, /node/12). A link that looks like neither an article's nor
// a section's is fetched once to find out, the likeliest first, as long as not too
// many guesses of a run were wrong. Whatever the guess was, the answer decides: an
// article is archived, a list is followed, and the site's forms of address are
// remembered for the next guess.

// guess says whether a page is fetched on a guess.
type guess uint8

const (
	sure     guess = iota
	likely         // what stands beside it speaks for an article
	unlikely       // tried when all others are done
)

// strong is the Likely of a link that is tried although its form of address was
// given up: it stands in a heading, or among articles.
const strong = 3

// leastLikely is the Likely of what cannot be a page: a picture, a document.
const leastLikely = -50

func guessOf(x article.Link) guess {
	if x.Likely > 0 {
		return likely
	}
	return unlikely
}

// isArticle reports whether a link certainly leads to an article: by its looks, by
// the site's configuration, or because all known pages of its URL pattern are
// articles. If none of them is, the link is in doubt, whatever it looks like.
func (v *Visit) isArticle(x article.Link) bool {
	if v.job.Site.Includes(x.URL) {
		return true
	}
	switch v.forms.of(x.URL) {
	case articles:
		return x.Article || x.Likely > 0
	case others:
		return x.Article && x.Likely >= strong
	}
	return x.Article
}

// inDoubt reports whether to fetch a link to find out what it is, because it looks
// like neither an article's nor a section's. A section that is too deep is fetched
// only if it stands among articles. If the site's configuration has patterns for
// articles, no link is in doubt.
func (v *Visit) inDoubt(x article.Link) bool {
	if weburl.IsFront(x.URL) || len(v.job.Site.Include) > 0 {
		return false
	}
	return x.Likely > 0 || !x.Section && x.Likely > leastLikely
}

// takeGuesses takes in the links in doubt of one list page, and returns how many
// of the likely ones the log did not know.
func (v *Visit) takeGuesses(o *Outcome, l *look, doubtful []article.Link, found *listing) (fresh int) {
	slices.SortStableFunc(doubtful, func(a, b article.Link) int { return cmp.Compare(b.Likely, a.Likely) })
	for _, x := range doubtful {
		g := guessOf(x)
		if g == likely { // a list of nothing else is a list all the same
			found.links.add(x.URL)
		}
		isNew := v.discover(o, link{url: x.URL, title: x.Text, source: l.url, depth: int(l.depth), guess: g, strong: x.Likely >= strong})
		if isNew && g == likely {
			fresh++
		}
	}
	return fresh
}

// mayGuess reports whether a page in doubt is fetched.
func (v *Visit) mayGuess(url string, strong bool) bool {
	return v.forms.mayMiss() && (strong || v.forms.of(url) != others)
}

// leftOut decides whether a page that is not archived is left out after all, by what
// this run has learned since its link was found. What its form of address showed may
// be a server's mishap: then it is left for the next run.
func (v *Visit) leftOut(q request, rec ledger.Record) (o Outcome, left bool) {
	if rec.Article != "" {
		return o, false
	}
	if q.guess != sure && !v.mayGuess(q.url, q.strong) {
		return v.notGuessed(q), true
	}
	if !v.forms.isHopeless(q.url) {
		return o, false
	}
	if v.forms.of(q.url) == others {
		return v.notGuessed(q), true
	}
	return standing(q.url, ledger.Queued, ledger.ReasonBudget), true
}

// notGuessed is the outcome of a page in doubt that is not fetched.
func (v *Visit) notGuessed(q request) (o Outcome) {
	rec := v.pageRecord(q.url)
	rec.URL, rec.ID, rec.Outcome, rec.Reason, rec.Depth = q.url, article.ID(q.url), ledger.Skipped, ledger.ReasonUnlikely, int(q.depth)
	o.decided(rec)
	return o
}

// learn counts the outcome of a page for its URL pattern. A paywall, an error or an
// empty page is not counted, because it does not show what the URL holds.
func (v *Visit) learn(p *pageJob, isArticle bool) {
	if isArticle {
		v.forms.learn(p.url, true)
		return
	}
	switch p.first.Kind {
	case article.KindArticle, article.KindList, article.KindHome, article.KindUnknown:
		v.forms.learn(p.url, false)
	case article.KindEmpty:
		v.forms.seen(p.url, false)
	}
}

// believes reports whether a page that was fetched on a guess and reads like an
// article is one. A section with one teaser, or a page about the paper, reads like
// one too: a section links to articles below its own address, and what hardly
// looked like an article must have a date or a byline.
func believes(res article.Result, url string, g guess) bool {
	if g == sure {
		return true
	}
	if below := strings.TrimSuffix(url, "/") + "/"; slices.ContainsFunc(res.Links, func(x article.Link) bool { return x.Article && strings.HasPrefix(x.URL, below) }) {
		return false
	}
	a := res.Article
	return g == likely || a.Published != nil || a.Credits.Source != "" || len(a.Credits.Authors) > 0
}

// becomesList makes a page that turned out to be a list of articles a source. listed
// is false if the page lists no article of the site or is too deep.
func (v *Visit) becomesList(p *pageJob) (o Outcome, listed bool) {
	isList := p.first.Kind == article.KindList || p.first.Kind == article.KindHome
	tooDeep := p.depth >= v.budget.depth
	if !isList || tooDeep || p.prev.Article != "" {
		return o, false
	}
	if weburl.IsFront(p.url) || !v.sources.claim(p.url) {
		return o, false
	}
	if !slices.ContainsFunc(p.first.Links, func(x article.Link) bool { return x.Article && v.scope.local(x.URL) }) {
		return o, false
	}
	l := &look{request: request{Task: Task{depth: clampDepth(p.depth + 1)}, url: p.url}, source: source{kind: ledger.KindList, from: p.prev.Source},
		resp: &fetch.Response{Status: p.resp.status, FinalURL: p.resp.final, ETag: p.resp.etag, LastModified: p.resp.lastMod}}
	o = standing(p.url, ledger.Skipped, ledger.ReasonList)
	o.add(v.followList(l, p.first))
	return o, true
}
