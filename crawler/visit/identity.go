package visit

import (
	"hash/maphash"
	"sync"

	"pressmark/extract/article"
)

// identity decides which pages are one article: who writes an article in this
// run, and which article a page without a canonical address repeats. It is safe
// for concurrent use; make it with newIdentity.
type identity struct {
	archive Archive
	seed    maphash.Seed

	mu      sync.Mutex
	claimed map[string]*claim // article id -> who writes it in this run
	stories *stories          // nil until asked for
	// suspects are the articles that showed a suspect text, by its hash.
	suspects map[string]string
}

// claim is the page of this run that writes an article.
type claim struct {
	text   sketch
	of     string   // the article that it turned out to repeat; "" if it is one of its own
	others []string // pages that came later and are aliases of it
}

func newIdentity(a Archive) *identity {
	return &identity{archive: a, seed: maphash.MakeSeed(), claimed: map[string]*claim{}, suspects: map[string]string{}}
}

// sketchAt returns the sketch of the article that a page of this run writes at an
// address.
func (d *identity) sketchAt(address string) (s sketch, claimed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, claimed := d.claimed[article.ID(address)]
	if !claimed {
		return nil, false
	}
	return c.text, true
}

// claim reserves the article for this page. If another page has it, claim
// returns that article's URL and true.
func (d *identity) claim(a *article.Article, page string) (of string, taken bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, taken := d.claimed[a.ID]
	switch {
	case !taken:
		d.claimed[a.ID] = &claim{text: sketchOf(a)}
		return "", false
	case c.of != "":
		return c.of, true
	}
	c.others = append(c.others, page)
	return a.URL, true
}

// redirect reserves an address for the article at `of`; false if a page of this
// run has it.
func (d *identity) redirect(address, of string, text sketch) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := article.ID(address)
	if _, taken := d.claimed[id]; taken {
		return false
	}
	d.claimed[id] = &claim{text: text, of: of}
	return true
}

// repeats records that a claimed article duplicates the one at `of`. It returns the
// pages that have named the same canonical URL since the claim.
func (d *identity) repeats(id, of string) (others []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.claimed[id]
	others, c.of, c.others = c.others, of, nil
	return others
}

// articleOf returns the address of the article that the log knows an address to
// be an alias of, else the address.
func (v *Visit) articleOf(url string) string {
	rec, _ := v.job.Archive.Lookup(url)
	if rec.Alias == "" {
		return url
	}
	if of, _ := v.job.Archive.Lookup(rec.Alias); of.Article == "" || of.Alias != "" {
		return url
	}
	return rec.Alias
}

// moved reports whether the page of an archived article has a new URL, by a redirect
// or as its canonical URL, that is not an article in the archive. The article keeps
// its URL and its revisions; the new URL becomes an alias. If title and time both
// differ, the page is not the article: many sites redirect to another story when one
// is taken down.
func (v *Visit) moved(p *pageJob, a *article.Article, canonical string) bool {
	if !p.prev.HasArticle() || canonical == p.url {
		return false
	}
	otherTime := a.Published == nil || p.prev.Published != *a.Published
	if otherTime && p.prev.Title != a.Title {
		return false
	}
	if rec, _ := v.job.Archive.Lookup(canonical); rec.Article != "" && rec.Alias == "" {
		return false
	}
	return v.identity.redirect(canonical, p.url, sketchOf(a))
}

// repeats records p, its canonical URL and every page with that canonical URL as
// aliases of the article at `of`. All point at `of` directly, because alias
// chains are not followed.
func (v *Visit) repeats(p *pageJob, of string) Outcome {
	a := p.draft.art
	o := v.alias(p.url, of)
	for _, url := range append(v.identity.repeats(a.ID, of), a.URL) {
		if url != p.url && url != of {
			o.add(v.alias(url, of))
		}
	}
	return o
}
