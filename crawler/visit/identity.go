package visit

import (
	"hash/maphash"
	"net/url"
	"sync"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
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
}

// claim is the page of this run that writes an article.
type claim struct {
	title  uint64   // its hash: a title shares the memory of the whole page's text
	of     string   // the article that it turned out to repeat; "" if it is one of its own
	others []string // pages that came later and are aliases of it
}

func newIdentity(a Archive) *identity {
	return &identity{archive: a, seed: maphash.MakeSeed(), claimed: map[string]*claim{}}
}

func (d *identity) hash(s string) uint64 { return maphash.String(d.seed, s) }

// isOther reports whether an address belongs to another story than that of a
// title: one of this run, or an archived one.
func (d *identity) isOther(canonical, title string, prev ledger.Record) bool {
	d.mu.Lock()
	c, ok := d.claimed[article.ID(canonical)]
	d.mu.Unlock()
	if ok && c.title != d.hash(title) {
		return true
	}
	rec, known := d.archive.Lookup(canonical)
	return known && rec.Title != "" && rec.Article != "" && rec.Title != title && prev.Alias != canonical
}

// claim reserves the article for this page. If another page has it, claim
// returns that article's URL and true.
func (d *identity) claim(a *article.Article, page string) (of string, taken bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, taken := d.claimed[a.ID]
	switch {
	case !taken:
		d.claimed[a.ID] = &claim{title: d.hash(a.Title)}
		return "", false
	case c.of != "":
		return c.of, true
	}
	c.others = append(c.others, page)
	return a.URL, true
}

// redirect reserves an address for the article at `of`; false if a page of this
// run has it.
func (d *identity) redirect(address, of, title string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := article.ID(address)
	if _, taken := d.claimed[id]; taken {
		return false
	}
	d.claimed[id] = &claim{title: d.hash(title), of: of}
	return true
}

// repeats notes that a claimed article repeats the one at `of`, and returns the
// pages that named the same address meanwhile.
func (d *identity) repeats(id, of string) (others []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.claimed[id]
	others, c.of, c.others = c.others, of, nil
	return others
}

// identify gives the article its URL: the canonical one if that is on the site
// and belongs to this page, else the page's own. A canonical address that is
// the site's front page, or that another story of this run has, is a template's
// mistake.
func (v *Visit) identify(p *pageJob, a *article.Article, canonical string) (o Outcome) {
	a.Site = v.job.Site.Name
	address, own := canonical, p.url
	if canonical != "" && canonical != own && !v.mayBeCanonical(p, a, canonical) {
		if _, err := url.Parse(canonical); err == nil && v.scope.local(canonical) {
			a.Warnings = append(a.Warnings, "canonical_refused: "+canonical)
		}
		address = own
	}
	if canonical == "" || canonical == own {
		a.URL, a.ID = own, article.ID(own)
		return o
	}
	address = v.articleOf(address)
	if v.moved(p, a, address) {
		o = v.alias(address, own)
		address = own
	}
	a.URL, a.ID = address, article.ID(address)
	return o
}

// mayBeCanonical reports whether an address that a page gives as its own may be
// the article's.
func (v *Visit) mayBeCanonical(p *pageJob, a *article.Article, canonical string) bool {
	_, err := url.Parse(canonical)
	return err == nil && v.scope.local(canonical) && !isFront(canonical) && !v.identity.isOther(canonical, a.Title, p.prev)
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

// moved reports whether a page that the archive has as an article names another
// address, by a redirect or as its canonical one, that is no article there. The
// article keeps its address, and with it its revisions; the new one is an alias. A
// page with another title and another time, as many addresses lead to when a story
// is taken down, is not the article.
func (v *Visit) moved(p *pageJob, a *article.Article, canonical string) bool {
	if p.prev.Article == "" || p.prev.Alias != "" || canonical == p.url {
		return false
	}
	if p.prev.Title != a.Title && (a.Published == nil || p.prev.Published != *a.Published) {
		return false
	}
	if rec, _ := v.job.Archive.Lookup(canonical); rec.Article != "" && rec.Alias == "" {
		return false
	}
	return v.identity.redirect(canonical, p.url, a.Title)
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
