package newsroom

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Errors of a site's edits, to be tested with errors.Is.
var (
	ErrNoStory = errors.New("no such story")
	ErrStory   = errors.New("invalid story")
)

// Layout says in which of the three styles a site publishes.
type Layout string

// The layouts; see the package comment.
const (
	Client Layout = "client"
	Portal Layout = "portal"
	County Layout = "county"
)

// SiteOptions describe one site to make.
type SiteOptions struct {
	Name    string // the site's configuration name
	Layout  Layout
	URL     string // "http://host:port", no slash at the end; [Site.SetURL] may follow
	Stories []Story

	// Now gives the time for headers, feeds and edits; nil means time.Now.
	Now func() time.Time
	// Delay is the Crawl-delay of robots.txt; 0 means the layout's own, a
	// negative one means that robots.txt names none.
	Delay time.Duration
	// NoValidators leaves out ETag and Last-Modified and never answers 304, so
	// that every visit transfers a page whose counter and ads have changed.
	NoValidators bool
	Album        *Album // nil: one of the site's own
}

// Site is one news site: an http.Handler, the stories behind it, and a log of
// the requests it got. All methods may be called concurrently.
type Site struct {
	name   string
	style  style
	now    func() time.Time
	delay  time.Duration
	bare   bool
	album  *Album
	record requestLog

	mu      sync.RWMutex
	url     string
	stories map[string]*Story // live ones; never changed in place
	gone    map[string]*Story // deleted ones
	changed time.Time         // when the set of stories last changed
}

// NewSite makes a site. The error is an ErrStory that names the story.
func NewSite(o SiteOptions) (*Site, error) {
	st, err := newStyle(o.Layout)
	if err != nil {
		return nil, fmt.Errorf("make site %s: %w", o.Name, err)
	}
	s := &Site{
		name: o.Name, style: st, url: o.URL, now: o.Now, delay: o.Delay, bare: o.NoValidators,
		album: o.Album, stories: map[string]*Story{}, gone: map[string]*Story{},
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.album == nil {
		s.album = NewAlbum()
	}
	if s.delay == 0 {
		s.delay = st.delay()
	}
	for i := range o.Stories {
		story := o.Stories[i].Clone()
		if err := s.check(story); err != nil {
			return nil, fmt.Errorf("make site %s: %w", o.Name, err)
		}
		if s.stories[story.ID] != nil {
			return nil, fmt.Errorf("make site %s: %w: id %s is used twice", o.Name, ErrStory, story.ID)
		}
		s.stories[story.ID] = story
		if t := story.lastModified(); t.After(s.changed) {
			s.changed = t
		}
	}
	return s, nil
}

// Name is the site's configuration name.
func (s *Site) Name() string { return s.name }

// URL is the site's front page less the slash at the end.
func (s *Site) URL() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.url
}

// SetURL moves the site to another address, "http://host:port".
func (s *Site) SetURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.url = url
}

// Delay is the Crawl-delay that robots.txt names; 0 or less where it names none.
func (s *Site) Delay() time.Duration { return s.delay }

// Stories returns copies of the live stories, newest first.
func (s *Site) Stories() []Story {
	var out []Story
	for _, st := range s.view().stories {
		out = append(out, *st.Clone())
	}
	return out
}

// Edit changes a live story. The layouts that print modification times print
// the site's present time from then on. The error is ErrNoStory or ErrStory.
func (s *Site) Edit(id string, change func(*Story)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.stories[id]
	if old == nil {
		return fmt.Errorf("edit story %s: %w", id, ErrNoStory)
	}
	story := old.Clone()
	change(story)
	story.ID, story.Published, story.Section = old.ID, old.Published, old.Section // its address
	if err := s.check(story); err != nil {
		return fmt.Errorf("edit story %s: %w", id, err)
	}
	story.changed = s.present()
	if s.style.printsModified() {
		story.Modified = story.changed.In(old.Published.Location())
	}
	s.stories[id] = story
	s.changed = story.changed
	return nil
}

// Delete takes a live story from the site: its page answers 404, or 410 in the
// County layout. The error is ErrNoStory.
func (s *Site) Delete(id string) error {
	return s.move(id, s.stories, s.gone, "delete")
}

// Restore brings a deleted story back as it was. The error is ErrNoStory.
func (s *Site) Restore(id string) error {
	return s.move(id, s.gone, s.stories, "restore")
}

func (s *Site) move(id string, from, to map[string]*Story, op string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	story := from[id]
	if story == nil {
		return fmt.Errorf("%s story %s: %w", op, id, ErrNoStory)
	}
	delete(from, id)
	to[id] = story
	s.changed = s.present()
	return nil
}

// Publish adds a story. The error is ErrStory where it is incomplete or its id is in use.
func (s *Site) Publish(story Story) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stories[story.ID] != nil || s.gone[story.ID] != nil {
		return fmt.Errorf("publish story %s: %w: id is in use", story.ID, ErrStory)
	}
	c := story.Clone()
	if err := s.check(c); err != nil {
		return fmt.Errorf("publish story %s: %w", story.ID, err)
	}
	s.stories[c.ID] = c
	s.changed = s.present()
	return nil
}

// check reports whether the site can publish the story, and gives it its address.
func (s *Site) check(story *Story) error {
	fail := func(what string) error { return fmt.Errorf("%w %s: %s", ErrStory, story.ID, what) }
	switch {
	case min(len(story.ID), len(story.Title), len(story.Body)) == 0:
		return fail("id, title and body are required")
	case story.Published.IsZero():
		return fail("no publication time")
	case !slices.ContainsFunc(s.style.sections(), func(c section) bool { return c.slug == story.Section }):
		return fail("unknown section " + story.Section)
	}
	for _, p := range story.Pictures {
		drawable := slices.Contains([]string{"jpg", "png", "webp"}, p.Format)
		if !drawable || min(p.Width, p.Height) < 8 {
			return fail("picture " + p.Name + ": want jpg, png or webp of 8 pixels or more")
		}
	}
	last := 0
	for _, at := range story.Breaks {
		if at <= last || at >= len(story.Body) {
			return fail("page breaks out of order")
		}
		last = at
	}
	if story.slug == "" {
		story.slug = slugOf(story.Title)
	}
	return nil
}

// present is the site's time in whole seconds, as headers and pages show it.
func (s *Site) present() time.Time { return s.now().Truncate(time.Second) }

// view is what a site shows at one moment.
type view struct {
	url     string
	stories []*Story // newest first
	gone    []*Story
	now     time.Time
	changed time.Time
}

func (s *Site) view() *view {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v := &view{url: s.url, now: s.present(), changed: s.changed}
	for _, st := range s.stories {
		v.stories = append(v.stories, st)
	}
	for _, st := range s.gone {
		v.gone = append(v.gone, st)
	}
	slices.SortFunc(v.stories, func(a, b *Story) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(b.ID, a.ID))
	})
	return v
}

// in returns the stories of one section that the site's lists show, newest first.
func (v *view) in(slug string) []*Story {
	var out []*Story
	for _, st := range v.stories {
		inSection := slug == "" || st.Section == slug
		if inSection && !st.has("feed-only") && !st.has("sitemap-only") {
			out = append(out, st)
		}
	}
	return out
}
