package extract_test

import (
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestParts holds that the parts of an article which a script turns are all of it,
// whether the page has scripts or not: a page with scripts and little to be seen is
// otherwise taken for an application that draws itself.
func TestParts(t *testing.T) {
	const (
		first  = `<div class="part"><p>The ferry runs again on Monday, and the pier opens with it.</p></div>`
		second = `<div class="part"><p>Tickets are sold at the kiosk, and cost two pounds.</p></div>`
		long   = `The harbour board met on Tuesday evening, and after a long debate it agreed to pay for the repair of the pier. `
	)
	hidden := `<div class="part" style="display:none"><p>` + strings.Repeat(long, 4) + `</p><p>` + strings.Repeat(long, 3) + `</p></div>`
	pages := map[string]string{
		"two parts shown": `<div class="story">` + first + second + hidden + `</div>`,
		"one part shown":  `<div class="story">` + first + hidden + hidden + `</div>`,
	}
	heads := map[string]string{"no script": "", "script": `<script src="/turn.js"></script>`, "noscript": `<script src="/turn.js"></script><noscript><p>Please turn on scripts.</p></noscript>`}
	for layout, parts := range pages {
		for script, head := range heads {
			t.Run(layout+", "+script, func(t *testing.T) {
				html := `<!DOCTYPE html><html lang="en"><head><title>Ferry runs again</title>` + head + `</head><body><h1>Ferry runs again</h1>` + parts + `</body></html>`
				res, err := extract.New(extract.Options{}).Extract(t.Context(), article.Page{URL: "https://news.example/ferry", Body: []byte(html)})
				if err != nil {
					t.Fatal(err)
				}
				if res.Article == nil {
					t.Fatalf("refused: %+v", res.Refusal)
				}
				for _, want := range []string{"The ferry runs again on Monday", "The harbour board met on Tuesday"} {
					if !strings.Contains(res.Article.Text, want) {
						t.Errorf("text lacks %q", want)
					}
				}
				if strings.Contains(parts, "kiosk") && !strings.Contains(res.Article.Text, "Tickets are sold at the kiosk") {
					t.Error("text lacks the second visible part")
				}
			})
		}
	}
}

// TestTabs holds that a visible part which is an article by itself stays alone: the
// hidden boxes beside it are other tabs.
func TestTabs(t *testing.T) {
	const story = `<p>The harbour board met on Tuesday evening, and after a long debate it agreed to pay for the repair of the pier.</p>` +
		`<p>Work is to begin in the spring, the chairwoman said, and a second meeting will decide on the colour of the railings.</p>` +
		`<p>The ferry, which has not called at the pier since the storm, returns to its summer timetable as soon as the work is done.</p>`
	const tab = `<div class="tab" style="display:none"><p>Letters to the editor are printed on Fridays, and should be no longer than three hundred words, please. Send them by post or bring them to the office on the quay before noon on Wednesday.</p></div>`
	html := `<html lang="en"><head><title>Ferry runs again</title></head><body><h1>Ferry runs again</h1><div class="tabs"><div class="tab">` + story + `</div>` + tab + tab + `</div></body></html>`
	res, err := extract.New(extract.Options{}).Extract(t.Context(), article.Page{URL: "https://news.example/ferry", Body: []byte(html)})
	if err != nil || res.Article == nil {
		t.Fatal(err, res.Refusal)
	}
	if strings.Contains(res.Article.Text, "Letters to the editor") || !strings.Contains(res.Article.Text, "summer timetable") {
		t.Errorf("text:\n%s", res.Article.Text)
	}
}
