package title_test

import (
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/rule"
	"pressmark/extract/title"
)

const prose = `<p>The harbour board of Milbrook voted on Tuesday to mend the old pier, which a storm had torn in two last winter.</p>` +
	`<p>Work on the pier begins in April, the board said, and the ferry will land at the northern slip until it is done.</p>`

// find takes a page through the steps up to title.AboveBody.
func find(t *testing.T, head, text string) title.Result {
	t.Helper()
	markup := `<!doctype html><html><head><meta charset="utf-8">` + head + `</head><body>` + text + `</body></html>`
	tree, err := page.Parse(article.Page{URL: "https://www.valley-herald.example/2024/05/pier-4711.html", Body: []byte(markup)})
	if err != nil {
		t.Fatal(err)
	}
	rules := rule.Choose(tree.Doc, nil, tree.In.Fetched)
	p, roles := tree.Lay(page.NewPool().Get(), "")
	said := declared.Read(p)
	ruled := rule.Apply(p, rules)
	found := title.Find(p, said, ruled)
	main := body.Find(p, roles, said, found, ruled, nil)
	return title.AboveBody(p, roles, said, found, ruled, main.Main, main.First, main.Last)
}

// TestFind has a page a row, its headline, and what the evidence says found it.
func TestFind(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ head, body, want, from string }{
		"printed and repeated by the head":        {`<title>Board mends the old pier - Valley Herald</title>`, `<h1>Board mends the old pier</h1>` + prose, "Board mends the old pier", "h1"},
		"head alone, site's name behind a stroke": {`<title>Board mends the old pier | Valley Herald</title>`, prose, "Board mends the old pier", "title"},
		"h2 that markup calls the headline": {`<title>Old piers - Valley Herald</title><meta property="og:title" content="The 5 oldest piers and how to mend them">`,
			`<h1 itemprop="alternativeHeadline" class="alt-title">Old piers</h1><h2 itemprop="headline" class="post-title">The 5 oldest piers and how to mend them</h2>` + prose, "The 5 oldest piers and how to mend them", "h2"},
		"heading for screen readers alone": {`<title>Valley Herald: board mends the old pier</title><meta property="og:title" content="Board mends the old pier">`,
			`<h1 class="sr-only">Valley Herald: board mends the old pier</h1><h2>Board mends the old pier</h2>` + prose, "Board mends the old pier", "h2"},
		"last step of the breadcrumbs": {`<title>Piers: the board and the old pier</title><meta property="og:title" content="Piers: Board mends the old pier after all">`,
			`<ol><li itemprop="itemListElement"><h1 itemprop="name">Piers: the board and the old pier</h1></li></ol><h2 itemprop="headline"><span>Piers</span> <span>Board mends the old pier after all</span></h2>` + prose, "Piers: Board mends the old pier after all", "h2"},
		"heading with the site's name behind a stroke": {`<title>How to mend an old pier | Milbrook | Valley Herald</title>`, `<h1>How to mend an old pier | Milbrook | Valley Herald</h1>` + prose, "How to mend an old pier", "h1"},
		"heading with a stroke of its own":             {`<title>Pier | Ferry: what comes first | Valley Herald</title>`, `<h1>Pier | Ferry: what comes first</h1>` + prose, "Pier | Ferry: what comes first", "h1"},
		"site's name as h1":                            {`<title>Board mends the old pier - Valley Herald</title><meta property="og:site_name" content="Valley Herald">`, `<h1>Valley Herald</h1><h2>Board mends the old pier</h2>` + prose, "Board mends the old pier", "h2"},
		"clock behind the headline":                    {`<title>Board mends the old pier - Valley Herald</title>`, `<h1>Board mends the old pier 【10:25】</h1>` + prose, "Board mends the old pier", "h1"},
		"caption that shares no word with it":          {`<title>Cartoon of the day - Valley Herald</title>`, `<article><h1>Picture of the week</h1><figure><img src="/a.jpg"><figcaption>The ferry lands at the northern slip in fog.</figcaption></figure></article>`, "Picture of the week", "h1"},
		"none":                                         {``, prose, "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := find(t, tt.head, tt.body)
			if got.Text != tt.want || got.From != tt.from {
				t.Errorf("headline is %q by %q, want %q by %q", got.Text, got.From, tt.want, tt.from)
			}
		})
	}
}

// TestWithoutClock has headlines with something in brackets behind.
func TestWithoutClock(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Board mends pier [10:25]": "Board mends pier", "Board mends pier (9:05)": "Board mends pier", "Board mends pier （10:25）": "Board mends pier",
		"Board mends pier (video)": "Board mends pier (video)", "Psalm (23:1)": "Psalm (23:1)", "(10:25)": "(10:25)", "Score 10:25": "Score 10:25",
	} {
		if got := title.WithoutClock(in); got != want {
			t.Errorf("WithoutClock(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestAgreement has texts and headlines, and whether they speak of the same.
func TestAgreement(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, headline string
		least, most    float64
	}{
		{"The harbour board voted to mend the old pier.", "Harbour board mends its pier", 0.7, 1},
		{"The harbour board voted to mend the old pier.", "Comment rules of this website", 0, 0},
		{"湖畔县周二决定重修旧码头。", "湖畔旧码头重修", 0.6, 1},
		{"The harbour board voted.", "On", 1, 1},
	} {
		if got := title.Agreement(tt.text, tt.headline); got < tt.least || got > tt.most {
			t.Errorf("Agreement(%q) = %.2f, want %.2f to %.2f", tt.headline, got, tt.least, tt.most)
		}
	}
}
