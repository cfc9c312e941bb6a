package visit

import (
	"fmt"
	"time"

	"pressmark/crawler/due"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// A wall, an error page or a notice that comes with status 200 reads like an
// article, and must not replace one. What has neither the headline nor the text of
// the archived article, or a fraction of its length, is suspect: the archive stays
// as it is, and the page is looked at again when it is due. A second look that
// shows the same is a revision, unless it still looks like a wall.

// isSuspect reports whether a page that differs from the archived article must not
// become a revision of it.
func (v *Visit) isSuspect(d *draft) bool {
	l := compareTo(d.old, d.art)
	if !l.doubtful() {
		return false
	}
	elsewhere := v.identity.suspect(d.art)
	seenBefore := d.rec.Suspect == d.art.ContentHash
	switch {
	case elsewhere || !seenBefore:
		return true
	case l.foreign():
		return l.size < fullSize || !signed(d.art)
	}
	return false
}

// elsewhere reports whether the archived article's URL now redirects to another
// article, one with another headline and another time. Many sites do so when a story
// is taken down.
func (p *pageJob) elsewhere() bool {
	a := p.draft.art
	otherTime := a.Published == nil || p.prev.Published != *a.Published
	return !p.standsIn && p.resp.final != p.url && p.prev.Title != a.Title && otherTime
}

// signed reports whether an article says when it was published, or by whom.
func signed(a *article.Article) bool {
	return a.Published != nil || a.Credits.Source != "" || len(a.Credits.Authors) > 0
}

// suspectAgain is when a suspect page is looked at again after the last step of
// its schedule.
const suspectAgain = 24 * time.Hour

// suspect records a look at an archived article that showed something else.
func (v *Visit) suspect(d *draft) (o Outcome) {
	rec, now := d.rec, v.env.Now()
	if rec.Outcome != ledger.Gone {
		rec.Outcome = ledger.Unchanged
	}
	rec.Reason, rec.Suspect, rec.Changed, rec.Tries = ledger.ReasonSuspect, d.art.ContentHash, nil, 0
	rec.Detail = clip(fmt.Sprintf("shows %q, of %d characters", d.art.Title, len([]rune(d.art.Text))))
	rec.Visits++
	if rec.Due = due.Article(rec, v.job.Site.Revisit, now); rec.Due.IsZero() {
		rec.Due = now.Add(suspectAgain).UTC().Truncate(time.Second)
	}
	o.decided(rec)
	return o
}

// suspect notes a suspect page, and reports whether another article of this run
// showed the same text: then it is a wall.
func (d *identity) suspect(a *article.Article) (elsewhere bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	first, seen := d.suspects[a.ContentHash]
	if !seen {
		d.suspects[a.ContentHash] = a.URL
	}
	return seen && first != a.URL
}

// notARevision reports whether a page that differs from the archived article shows
// something else than a revision of it.
func (v *Visit) notARevision(p *pageJob, d *draft) bool { return p.elsewhere() || v.isSuspect(d) }
