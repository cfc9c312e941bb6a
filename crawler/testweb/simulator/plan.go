package simulator

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"pressmark/crawler/testweb/newsroom"
	"pressmark/extract/article"
)

// blueprint is everything about one site that is fixed when the simulator is
// made: how it begins, and how it changes.
type blueprint struct {
	name    string
	layout  newsroom.Layout
	build   func(now func() time.Time) (*newsroom.Site, error)
	changes []change // oldest first
}

// change is one event in the life of a story.
type change struct {
	at    time.Time
	story string
	apply func(*newsroom.Site) error
}

// planner makes blueprints from a seed.
type planner struct {
	o     Options
	start time.Time
	album *newsroom.Album
}

func (p planner) rng(name string) *rand.Rand {
	h := uint64(14695981039346656037) // FNV-1a
	for _, c := range []byte(name) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return rand.New(rand.NewPCG(p.o.Seed, h))
}

// layoutOf deals the layouts out in turn.
func layoutOf(i int) newsroom.Layout {
	return []newsroom.Layout{newsroom.Client, newsroom.County, newsroom.Portal}[i%3]
}

// site plans generated site number i.
func (p planner) site(i int) blueprint {
	name, layout := fmt.Sprintf("site%02d", i), layoutOf(i)
	rng := p.rng(name)
	w := writer{rng, chinese()}
	zone := time.FixedZone("", 8*3600)
	if layout == newsroom.County {
		w.lang, zone = english(), time.FixedZone("", 3600)
	}
	serial := 1000
	next := func(at time.Time) newsroom.Story {
		serial++
		return story(w, layout, serial, at.In(zone))
	}
	var begin []newsroom.Story
	for n := range p.o.Backlog {
		begin = append(begin, next(p.start.Add(-time.Duration(n+1)*7*time.Hour)))
	}
	b := blueprint{name: name, layout: layout}
	b.build = func(now func() time.Time) (*newsroom.Site, error) {
		return newsroom.NewSite(newsroom.SiteOptions{
			Name: name, Layout: layout, Stories: begin, Now: now, Delay: p.o.Delay,
			NoValidators: p.o.NoValidators, Album: p.album,
		})
	}
	for i := range begin {
		b.changes = append(b.changes, p.life(w, &begin[i], p.start)...)
	}
	for day := range p.o.Days {
		for range p.o.PerDay {
			at := p.moment(rng, p.start.AddDate(0, 0, day), 24)
			s := next(at)
			b.changes = append(b.changes, change{at, s.ID, func(site *newsroom.Site) error { return site.Publish(s) }})
			b.changes = append(b.changes, p.life(w, &s, at)...)
		}
	}
	b.sort()
	return b
}

// demo plans one of the newsroom's own sites.
func (p planner) demo(i int, name string, layout newsroom.Layout) (blueprint, error) {
	b := blueprint{name: name, layout: layout}
	b.build = func(now func() time.Time) (*newsroom.Site, error) {
		sites, err := newsroom.New(newsroom.Options{Now: now, Delay: p.o.Delay, NoValidators: p.o.NoValidators, Album: p.album})
		if err != nil {
			return nil, err
		}
		return sites[i], nil
	}
	site, err := b.build(func() time.Time { return p.start })
	if err != nil {
		return b, err
	}
	w := writer{p.rng(name), chinese()}
	if layout == newsroom.County {
		w.lang = english()
	}
	for _, s := range site.Stories() {
		b.changes = append(b.changes, p.life(w, &s, p.start)...)
	}
	b.sort()
	return b, nil
}

func (b *blueprint) sort() {
	slices.SortStableFunc(b.changes, func(x, y change) int { return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.story, y.story)) })
}

// moment picks a second within the hours after from, outside the quiet part of
// an hour as it is counted from the start.
func (p planner) moment(rng *rand.Rand, from time.Time, hours int) time.Time {
	hour := from.Sub(p.start).Truncate(time.Hour) + time.Duration(rng.IntN(hours))*time.Hour
	loud := time.Hour - p.o.Quiet
	at := p.start.Add(hour + p.o.Quiet + time.Duration(rng.Int64N(int64(loud/time.Second)))*time.Second)
	if !at.After(from) { // from is in the same hour: the hour after it will do
		at = at.Add(time.Hour)
	}
	return at
}

// life plans what happens to a story after it was published: most are left
// alone, a third is edited, some several times, some disappear, and half of
// those come back.
func (p planner) life(w writer, s *newsroom.Story, from time.Time) []change {
	var out []change
	end := p.start.AddDate(0, 0, p.o.Days)
	add := func(at time.Time, apply func(*newsroom.Site) error) {
		if at.Before(end) {
			out = append(out, change{at, s.ID, apply})
		}
	}
	at := from
	if w.rng.IntN(3) == 0 {
		for range 1 + w.rng.IntN(3) {
			at = p.moment(w.rng, at, 30)
			edit := w.edit()
			add(at, func(site *newsroom.Site) error { return site.Edit(s.ID, edit) })
		}
	}
	if w.rng.IntN(10) == 0 {
		at = p.moment(w.rng, at, 40)
		add(at, func(site *newsroom.Site) error { return site.Delete(s.ID) })
		if w.rng.IntN(2) == 0 {
			at = p.moment(w.rng, at, 40)
			add(at, func(site *newsroom.Site) error { return site.Restore(s.ID) })
		}
	}
	return out
}

// edit makes one edit. The last of its kinds changes nothing that is content.
func (w writer) edit() func(*newsroom.Story) {
	title, text, name, caption := w.title(), w.paragraph(), pick(w.rng, w.lang.persons), w.caption()
	switch w.rng.IntN(6) {
	case 0:
		return func(s *newsroom.Story) { s.Title = title }
	case 1:
		return func(s *newsroom.Story) {
			s.Body = append(s.Body, article.Block{Type: article.Paragraph, Text: text})
		}
	case 2:
		return func(s *newsroom.Story) { s.Body[0] = article.Block{Type: article.Paragraph, Text: text} }
	case 3:
		return func(s *newsroom.Story) {
			if !slices.Contains(s.Authors, name) {
				s.Authors = append(s.Authors, name)
			}
		}
	case 4:
		return func(s *newsroom.Story) {
			addPicture(s, fmt.Sprintf("%s-%d", s.ID, len(s.Pictures)+1), caption)
			s.Body = append(s.Body, article.Block{Type: article.Paragraph, Text: text})
		}
	}
	return func(*newsroom.Story) {}
}

func addPicture(s *newsroom.Story, name, caption string) {
	formats := []string{"jpg", "png", "webp"}
	s.Pictures = append(s.Pictures, newsroom.Picture{
		Name: name, Format: formats[len(s.Pictures)%3], Width: 320, Height: 200, Caption: caption,
	})
	s.Body = append(s.Body, article.Block{Type: article.ImagePlace, Image: strconv.Itoa(len(s.Pictures))})
}

// story writes a story of three to six paragraphs, half of them with a picture.
func story(w writer, layout newsroom.Layout, serial int, at time.Time) newsroom.Story {
	sections := map[newsroom.Layout][]string{
		newsroom.Client: {"yaowen", "minsheng", "wenlv"},
		newsroom.County: {"news", "sport", "living"},
		newsroom.Portal: {"news", "society", "culture"},
	}[layout]
	s := newsroom.Story{
		ID: strconv.Itoa(serial), Section: pick(w.rng, sections), Title: w.title(),
		Published: at, Precision: article.Second, Authors: []string{pick(w.rng, w.lang.persons)},
	}
	if layout != newsroom.County {
		s.Source = pick(w.rng, []string{"青江晚报", "青江日报"})
		s.Editors = []string{pick(w.rng, w.lang.persons)}
	}
	paragraphs := 3 + w.rng.IntN(4)
	place := w.rng.IntN(2 * paragraphs) // beyond the last paragraph: no picture
	for i := range paragraphs {
		s.Body = append(s.Body, article.Block{Type: article.Paragraph, Text: w.paragraph()})
		if i == place {
			addPicture(&s, fmt.Sprintf("%s-1", s.ID), w.caption())
		}
	}
	return s
}
