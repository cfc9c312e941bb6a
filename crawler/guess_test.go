package crawler_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pressmark/crawler/testweb/paper"
	"pressmark/storage/ledger"
)

var words = []string{"harbour", "ferry", "winter", "council", "museum", "lighthouse", "bakery", "storm", "rowing", "school", "market", "library", "orchard", "quarry",
	"tram", "festival", "bridge", "election", "doctor", "beach", "sheep", "volunteers", "theatre", "railway", "castle", "island", "garden", "pier", "village", "tower"}

// report is the n-th report, which shares no sentence with another.
func report(n int, head string) (headline string, page paper.Sheet) {
	pick := make([]string, 11)
	for i := range pick {
		pick[i] = words[(n*7+i*(n+3)+i*i)%len(words)] + []string{"", "s", "side", "man"}[(n+i)%4]
	}
	headline = fmt.Sprintf("What the %s means for the %s of %s and %s", pick[0], pick[1], pick[2], pick[3])
	return headline, paper.Report(headline, head, pick...)
}

// TestArticlesAtAnyAddress: the headlines of a front page are fetched whatever their
// addresses look like, and what is an article is archived.
func TestArticlesAtAnyAddress(t *testing.T) {
	for _, tt := range []struct {
		name  string
		paths []string
	}{
		{"slugs", []string{"/storm-hits-harbour/", "/sport/storm-damages-pier", "/news/ferry", "/politik/wahl"}},
		{"small numbers", []string{"/node/12", "/node/13", "/news/3.html"}},
		{"queries", []string{"/article.aspx?ID=9", "/?p=4", "/show.php?nr=7"}},
		{"short paths", []string{"/xw/5.htm", "/News/Details/55", "/a"}},
		{"many words", []string{"/one", "/two", "/three", "/four", "/five", "/six", "/seven", "/eight"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := paper.Start(t, nil), t.TempDir()
			var entries [][2]string
			for i, path := range tt.paths {
				headline, page := report(i+1, "")
				p.Set(path, page)
				entries = append(entries, [2]string{path, headline})
			}
			p.Set("/", paper.Front([]string{"/news/", "/sport/", "/about/", "/contact/", "/jobs/", "/weather/"}, entries...))
			p.Run(t, time.Now(), dir, "/", false)
			want := slices.Sorted(slices.Values(tt.paths))
			if got := p.Archived(t, dir); !slices.Equal(got, want) {
				t.Errorf("archived %q, want %q", got, want)
			}
		})
	}
}

// TestGuessIsCorrected: what looked like a section is archived if it is an article;
// what looked like an article is followed if it is a list.
func TestGuessIsCorrected(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	_, page := report(1, "")
	p.Set("/ferry/", page)
	var below []string
	for n := range 8 {
		below = append(below, fmt.Sprintf("/2024/0301/council-takes-up-the-bridge-%d.html", n))
	}
	p.Set("/2024/03/05/all-about-the-ferry-and-the-harbour.html", paper.List("", below...))
	for n, path := range below {
		_, page := report(n+2, "")
		p.Set(path, page)
	}
	p.Set("/", paper.Front(nil, [2]string{"/ferry/", "The ferry"}, [2]string{"/2024/03/05/all-about-the-ferry-and-the-harbour.html", "All about the ferry and the harbour"}))
	p.Run(t, time.Now(), dir, "/", false)
	want := append(below, "/ferry/")
	if got := p.Archived(t, dir); !slices.Equal(got, want) {
		t.Errorf("archived %q, want %q", got, want)
	}
	if rec := p.Log(t, dir)["/2024/03/05/all-about-the-ferry-and-the-harbour.html"]; rec.Kind != ledger.KindList || rec.Links != len(below) {
		t.Errorf("the list: %+v", rec)
	}
}

// TestGuessesAreBounded: a site with many links in doubt that are no articles costs a
// few requests once, and none in the next run.
func TestGuessesAreBounded(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	var entries [][2]string
	for i := range 200 {
		path := fmt.Sprintf("/offers/lot-%c%c", 'a'+i/26, 'a'+i%26)
		entries = append(entries, [2]string{path, fmt.Sprintf("An offer with a text that is as long as a headline, lot %d", i)})
		p.Set(path, paper.List(""))
	}
	p.Set("/", paper.Front(nil, entries...))
	s := p.Run(t, time.Now(), dir, "/", false)
	if s.Requests > 60 || s.Archived > 0 {
		t.Errorf("%d requests, %d archived", s.Requests, s.Archived)
	}
	if s.Archived > 0 || s.Links != 200 {
		t.Errorf("%d links seen, barren %v", s.Links, s.Barren())
	}
	p.Requests()
	p.Run(t, time.Now().Add(time.Hour), dir, "/", false)
	if asked := p.Requests(); len(asked) > 30 { // they were empty, which may have been a mishap
		t.Errorf("asked for %d pages again", len(asked))
	}
}

// TestFormsAreRemembered: the second run knows which addresses are articles'.
func TestFormsAreRemembered(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	var entries [][2]string
	add := func(n int) {
		headline, page := report(n, "")
		path := fmt.Sprintf("/news/%c", 'a'+n)
		p.Set(path, page)
		entries = append(entries, [2]string{path, headline})
	}
	for n := range 5 {
		add(n)
	}
	p.Set("/", paper.Front(nil, entries...))
	p.Run(t, time.Now(), dir, "/", false)
	if _, ok := p.Log(t, dir)["memory:forms"]; !ok {
		t.Error("the forms of address are not remembered")
	}
	add(6)
	entries[5][1] = "Pier" // no headline
	p.Set("/", paper.Front(nil, entries...))
	p.Run(t, time.Now().Add(time.Hour), dir, "/", false)
	if got := p.Archived(t, dir); len(got) != 6 {
		t.Errorf("archived %q", got)
	}
}
