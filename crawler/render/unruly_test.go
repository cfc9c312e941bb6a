package render_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/render"
	"pressmark/crawler/render/rendertest"
	"pressmark/crawler/testweb/apps"
)

// TestRenderUnruly: each page that misbehaves has an outcome, within its time, and the
// browser serves the next page all the same.
func TestRenderUnruly(t *testing.T) {
	const (
		settles = "settles" // and is read
		lasts   = "lasts"   // until its time is over, and is read
		dies    = "dies"    // of its memory, or before that of its time
		either  = "either"  // the last or the one before, as fast as the machine is
	)
	want := map[string]string{
		"never settles": lasts, "changes always": lasts, "loops": lasts, "loops in time": lasts, "alerts": lasts,
		"allocates": dies, "allocates nodes": either, "heap": dies, "deep": dies,
		"windows": settles, "downloads": settles, "prints": settles, "asks": settles, "leads in circle": settles, "fetches always": settles,
		"throws": settles, "destroys": settles,
	}
	pages := apps.Unruly()
	files := map[string]string{"/poll.json": "{}", "/advert.html": "<p>Buy", "/file.zip": "PK"}
	paths := map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(pages)) {
		paths[name] = fmt.Sprintf("/%d.html", i)
		files[paths[name]] = pages[name]
	}
	s := newSite(t, files)
	path, limits := rendertest.Chromium(t), render.Limits{Memory: 400 << 20, Heap: 100 << 20}
	patient := render.New(render.Options{Path: path, Limits: limits})
	defer patient.Close()
	limits.Settle = 2 * time.Second
	hasty := render.New(render.Options{Path: path, Limits: limits})
	defer hasty.Close()
	for name, path := range paths {
		t.Run(name, func(t *testing.T) {
			c, r := &client{}, hasty
			if want[name] == settles || want[name] == dies {
				r = patient
			}
			began := time.Now()
			res, err := r.Render(t.Context(), open(t, c, s.URL+path))
			took := time.Since(began)
			if asked := s.asked(); len(asked) != len(c.made) || len(asked) > 62 {
				t.Errorf("the server was asked for %q, by the fetcher %q", asked, c.made)
			}
			if took > time.Minute { // far more than all its limits
				t.Errorf("it took %v", took)
			}
			t.Logf("%.1f s: %v", took.Seconds(), err)
			if want[name] == dies || want[name] == either && err != nil {
				if code := render.Code(err); code != render.CodeMemory && code != render.CodeCrashed && code != render.CodeTime {
					t.Errorf("%v, want the end of its memory or time", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d requests, refused %v", res.Requests, res.Refused)
			if res.Settled != (want[name] == settles) || !strings.Contains(string(res.HTML), "on the second tide") {
				t.Errorf("settled: %v; %.300s", res.Settled, res.HTML)
			}
		})
	}
	if len(want) != len(pages) {
		t.Errorf("%d pages, and outcomes of %d", len(pages), len(want))
	}
}
