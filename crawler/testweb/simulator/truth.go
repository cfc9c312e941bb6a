package simulator

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pressmark/extract/article"
)

// Schedule is how the crawler whose truth is asked for works.
type Schedule struct {
	First time.Time     // its first crawl; zero: the simulation's start
	Every time.Duration // from crawl to crawl; 0: an hour
	// Revisit lists when an article is looked at again, counted from its first
	// capture; the look happens in the first crawl that is due. nil: every
	// crawl looks at every article.
	Revisit []time.Duration
}

// Event is what a look at an article led to.
type Event struct {
	At   time.Time // of the crawl
	Kind EventKind
	// Article is what was archived; nil for Gone. The facts that only a crawl
	// can fill are missing, as in the newsroom's truth.
	Article *article.Article
}

// EventKind names the kinds of [Event].
type EventKind string

// The kinds of event.
const (
	Archived EventKind = "archived"
	Revised  EventKind = "revised"
	Gone     EventKind = "gone"
	Restored EventKind = "restored" // it was gone and is back, changed or not
)

// Story is what a perfect crawler knows of one article. The first of its
// events is Archived.
type Story struct {
	Site   string
	URL    string
	Events []Event
}

// Last is the newest version that was archived.
func (s *Story) Last() *article.Article {
	for _, e := range slices.Backward(s.Events) {
		if e.Article != nil {
			return e.Article
		}
	}
	return nil
}

// Gone says whether the article was away when it was last looked at.
func (s *Story) Gone() bool { return s.Events[len(s.Events)-1].Kind == Gone }

// Count returns how many events of a kind the story had.
func (s *Story) Count(kind EventKind) int {
	n := 0
	for _, e := range s.Events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// Truth returns what a crawler that works by the schedule, misses nothing and
// is never hindered has archived when the last crawl before until has ended,
// sorted by site and URL.
func (s *Simulator) Truth(until time.Time, plan Schedule) ([]Story, error) {
	if plan.First.IsZero() {
		plan.First = s.start
	}
	if plan.Every <= 0 {
		plan.Every = time.Hour
	}
	var out []Story
	for i := range s.plans {
		histories, err := s.rehearse(i)
		if err != nil {
			return nil, fmt.Errorf("truth of %s: %w", s.plans[i].name, err)
		}
		for _, h := range histories {
			if events := h.observe(until, plan); len(events) > 0 {
				out = append(out, Story{Site: s.plans[i].name, URL: events[0].Article.URL, Events: events})
			}
		}
	}
	slices.SortFunc(out, func(a, b Story) int { return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.URL, b.URL)) })
	return out, nil
}

// history is the life of one story, oldest state first.
type history []state

type state struct {
	from    time.Time
	article *article.Article // nil: deleted
}

// at returns what stood at time t, nil for nothing.
func (h history) at(t time.Time) *article.Article {
	var now *article.Article
	for _, s := range h {
		if s.from.After(t) {
			break
		}
		now = s.article
	}
	return now
}

// rehearse plays all changes of a site on a copy of it and takes down the
// truth after each.
func (s *Simulator) rehearse(i int) (map[string]history, error) {
	plan := s.plans[i]
	clock := s.start
	site, err := plan.build(func() time.Time { return clock })
	if err != nil {
		return nil, err
	}
	site.SetURL(s.sites[i].URL())
	out := map[string]history{}
	for _, story := range site.Stories() {
		out[story.ID] = history{{time.Time{}, site.TruthOf(story.ID)}}
	}
	for _, c := range plan.changes {
		clock = c.at
		if err := c.apply(site); err != nil {
			return nil, err
		}
		out[c.story] = append(out[c.story], state{c.at, site.TruthOf(c.story)})
	}
	return out, nil
}

// observe looks at the story by the schedule.
func (h history) observe(until time.Time, plan Schedule) []Event {
	var events []Event
	var first time.Time
	due := plan.Revisit
	for t := plan.First; t.Before(until); t = t.Add(plan.Every) {
		if len(events) > 0 && plan.Revisit != nil {
			n := 0
			for n < len(due) && !first.Add(due[n]).After(t) {
				n++
			}
			if n == 0 {
				continue
			}
			due = due[n:]
		}
		if e, ok := look(events, h.at(t)); ok {
			e.At = t
			events = append(events, e)
			if len(events) == 1 {
				first = t
			}
		}
	}
	return events
}

// look returns what a look leads to after the events so far.
func look(events []Event, now *article.Article) (Event, bool) {
	s := Story{Events: events}
	switch {
	case len(events) == 0:
		return Event{Kind: Archived, Article: now}, now != nil
	case now == nil:
		return Event{Kind: Gone}, !s.Gone()
	case s.Gone():
		return Event{Kind: Restored, Article: now}, true
	}
	last := s.Last()
	return Event{Kind: Revised, Article: now}, now != last && article.ContentHash(now) != article.ContentHash(last)
}
