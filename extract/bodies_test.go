package extract_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// bodyOf extracts the text of a page that has this head and body, a block or an item a string.
func bodyOf(t *testing.T, head, body string) []string {
	t.Helper()
	markup := `<html><head><meta charset="utf-8">` + head + `</head><body>` + body + `</body></html>`
	res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://www.valley-herald.example/2024/05/pier-4711.html", Body: []byte(markup)})
	if err != nil {
		t.Fatal(err)
	}
	if res.Article == nil {
		t.Fatalf("refused: %+v", res.Refusal)
	}
	var out []string
	for _, b := range res.Article.Body {
		if b.Text != "" {
			out = append(out, b.Text)
		}
		out = append(out, b.Items...)
		for _, row := range b.Rows {
			out = append(out, strings.Join(row, " | "))
		}
	}
	return out
}

const (
	pierOne   = "The harbour board of Milbrook voted on Tuesday to mend the old pier, which a storm had torn in two last winter."
	pierTwo   = "Work on the pier begins in April, the board said, and the ferry will land at the northern slip until it is done."
	pierThree = "Shopkeepers fear for the summer, because most visitors come by ferry and stay for a day only."
	pierFour  = "The pier was opened in 1904 and carried day trippers from the city until the last war."
	pierHead  = `<h1>Board votes to mend the old pier</h1><p class="byline">By Jane Alder</p>`
)

func par(s string) string { return "<p>" + s + "</p>" }

// TestTextKept has a page a row on which the text holds all of these, in this order.
func TestTextKept(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		want []string
	}{
		"paragraphs above a link to more in their box": {par(pierOne) + `<div class="pick"><h2>The old slip</h2>` + par(pierTwo) + par(pierThree) + `<p><a href="/2023/11/slip-3122.html">Read more about the slip of the old ferry</a></p></div>` + par(pierFour),
			[]string{"The old slip", pierTwo, pierThree, pierFour}},
		"a tab that is closed, on a site that names the box of each page a dialog": {`<div class="dialog-off-canvas-main-canvas"><article>` + par(pierOne) + `<div class="tab-content"><div class="tab-pane active">` + par(pierTwo) + `</div><div class="tab-pane" style="display:none">` + par(pierThree+" "+pierFour) + `</div></div></article></div>`,
			[]string{pierOne, pierTwo, pierThree + " " + pierFour}},
		"a heading and a short paragraph in a box whose class begins like a share bar": {par(pierOne) + `<div class="sharing-the-river"><h2>One river, two ferries</h2>` + par(pierThree) + `</div>` + par(pierTwo),
			[]string{pierOne, "One river, two ferries", pierThree, pierTwo}},
		"paragraphs below a label and its link": {par(pierOne) + `<p><b>Les også: <a href="/2023/11/storm-3100.html">Stormen tok halve brygga i natt</a></b></p>` + par(pierTwo) + `<h2>Spring</h2>` + par(pierThree), []string{pierOne, pierTwo, "Spring", pierThree}},
		"paragraph below a box of links": {par(pierOne) + `<aside><h3>You may like</h3><ul><li><a href="/a1">Storm tears the pier of Milbrook in two</a></li><li><a href="/a2">Ferry lands at the northern slip until May</a></li></ul></aside>` + par(pierTwo) + `<h2>Spring</h2>` + par(pierThree),
			[]string{pierOne, pierTwo, "Spring", pierThree}},
		"link to a document at the end": {par(pierOne) + par(pierTwo) + `<h2>Sailings</h2><table><tr><th>Day</th><th>Hours</th></tr><tr><td>Mon</td><td>8 to 6</td></tr></table>` + par(`<a href="/files/pier-plan.pdf">The whole plan of the pier (PDF)</a>`),
			[]string{pierTwo, "Sailings", "Day | Hours", "The whole plan of the pier (PDF)"}},
		"results whose names are links": {par(pierOne) + `<table>` + results("Alba", "Duero", "Ebro", "Sil", "Tajo") + `</table>`, []string{pierOne, "1 | Rowing club Alba | 13:01", "5 | Rowing club Tajo | 17:05"}},
		"class of a font size":          {par(pierOne) + `<p class="has-large-font-size">` + pierTwo + `</p>` + par(pierThree), []string{pierOne, pierTwo, pierThree}},
		"hash that spells ad":           {par(pierOne) + `<div class="e-con e-9ad14f2"><div><p>The vote was nine to two.</p></div></div>` + par(pierTwo), []string{pierOne, "The vote was nine to two.", pierTwo}},
		"slug of a topic":               {`<article class="post type-post tag-comments category-newsletter">` + par(pierOne) + par(pierTwo) + `</article>` + par(pierThree), []string{pierOne, pierTwo, pierThree}},
		"id of a heading":               {par(pierOne) + `<section id="how-to-download-the-related-forms"><h2>How to get there</h2>` + par(pierTwo) + `</section>` + par(pierThree), []string{pierOne, "How to get there", pierTwo, pierThree}},
		"name of a side bar around two paragraphs": {par(pierOne) + par(pierTwo) + `<div class="sidebar-layout-content">` + par(pierThree) + par(pierFour) + `</div>` + par(pierOne+" So it was.") + par(pierTwo+" So it was.") + par(pierThree+" So it was."),
			[]string{pierThree, pierFour}},
		"names of shops that are links to other sites": {par(pierOne) + `<p><a href="https://rope-and-tar.example/shop">Rope and Tar of Eastham</a></p>` + par(pierTwo) + `<p><a href="https://lantern.example/">The Lantern Works</a></p>` + par(pierThree),
			[]string{pierOne, "Rope and Tar of Eastham", pierTwo, "The Lantern Works", pierThree}},
		"sources on other sites": {par(pierOne) + par(pierTwo) + `<h3>Sources</h3><ul><li><a href="https://harbour-office.example/a">Harbour office, report of the year</a></li><li><a href="https://storms.example/b">Storm atlas of the coast</a></li><li><a href="https://ferries.example/c">Ferry timetable for the winter</a></li></ul>` + par(pierThree),
			[]string{pierTwo, "Harbour office, report of the year", "Storm atlas of the coast", "Ferry timetable for the winter", pierThree}},
		"panels with heads that open them": {par(pierOne) + par(pierTwo) + `<div><div class="item"><a href="#q1">When does the ferry land again?</a><p>At Easter.</p></div><div class="item"><a href="#q2">Who pays for the old pier?</a><p>The county.</p></div><div class="item"><a href="#q3">Why was it not mended before?</a><p>It froze.</p></div></div>` + par(pierThree),
			[]string{pierTwo, "When does the ferry land again?", "Who pays for the old pier?", "Why was it not mended before?", pierThree}},
		"plain list in a box at the end": {par(pierOne) + par(pierTwo) + par(pierThree) + `<div class="box"><div><ul><li>Northern slip: ferries</li><li>Southern slip: day trippers and anglers</li><li>Old pier: closed</li></ul></div></div>`,
			[]string{pierThree, "Northern slip: ferries", "Old pier: closed"}},
		"subheads that are links":       {par(pierOne) + `<h3><a href="/piers/north">The northern slip</a></h3>` + par(pierTwo) + `<h3><a href="/piers/south">The southern slip</a></h3>` + par(pierThree), []string{pierOne, "The northern slip", pierTwo, "The southern slip", pierThree}},
		"list that a line introduces":   {par(pierOne) + par("The board has put these papers on its website:") + `<ol><li><a href="/a.pdf">Drawings of the pier</a></li><li><a href="/b.pdf">Letters from the shopkeepers</a></li></ol>` + par(pierTwo), []string{pierOne, "Drawings of the pier", "Letters from the shopkeepers", pierTwo}},
		"list of links at the end":      {par(pierOne) + par(pierTwo) + par("Who wants to help may write to:") + `<ul><li><a href="/x">The harbour board</a></li><li><a href="/y">The friends of the pier</a></li></ul>`, []string{pierTwo, "The harbour board", "The friends of the pier"}},
		"sections with a linked head":   {par(pierOne) + sections("https://walks.example/", 4) + par(pierTwo), []string{pierOne, "Walk 1 along the quay", "Walk 4 along the quay", pierTwo}},
		"short first paragraph":         {par("A pier, at last") + par(pierOne) + par(pierTwo), []string{"A pier, at last", pierOne, pierTwo}},
		"linked first paragraph":        {par(`The <a href="/b">harbour board</a> has voted.`) + par(pierOne) + par(pierTwo), []string{"The harbour board has voted.", pierOne}},
		"paragraph inside a link":       {`<a href="/b">` + par(pierOne) + `</a>` + par(pierTwo) + par(pierThree), []string{pierOne, pierTwo}},
		"heading before the paragraphs": {`<h2>The vote</h2>` + par(pierOne) + `<h2>The money</h2>` + par(pierTwo), []string{"The vote", pierOne, "The money", pierTwo}},
		"heading over the last lines":   {par(pierOne) + par(pierTwo) + `<h3>Where to ask</h3>` + par("Call 01234 567890."), []string{pierTwo, "Where to ask", "Call 01234 567890."}},
		"heading over a last table":     {par(pierOne) + par(pierTwo) + `<h3>Sailings</h3><table><tr><td>Mon</td><td>8 to 6</td></tr><tr><td>Tue</td><td>8 to 4</td></tr></table>`, []string{pierTwo, "Sailings", "Mon | 8 to 6", "Tue | 8 to 4"}},
		"sentences that begin like boilerplate": {par(pierOne) + par("Sign up for the swim at the town hall, said Low, who fires the gun.") + par("Follow us, said the guide, and the children went after him in the rain.") + par(pierTwo) + par("You may also take the bus, which leaves the square each hour.") + par(pierThree),
			[]string{pierOne, "Sign up for the swim at the town hall, said Low, who fires the gun.", "Follow us, said the guide, and the children went after him in the rain.", pierTwo, "You may also take the bus, which leaves the square each hour.", pierThree}},
		"Chinese sentences that begin like boilerplate": {par("湖畔县周二决定重修旧码头，去年冬天的风暴把它冲成了两段。") + par("推荐阅读这本书的是码头边的老船长，他说书里写的都是真事。") + par("免责声明没有用，法官说，船公司仍要赔偿乘客的损失。") + par("工程四月开始，渡船改在北岸停靠，直到旧码头修好。"),
			[]string{"推荐阅读这本书的是码头边的老船长，他说书里写的都是真事。", "免责声明没有用，法官说，船公司仍要赔偿乘客的损失。"}},
		"heading over a table of one row": {par(pierOne) + par(pierTwo) + `<h3>Sailings</h3><table><tr><td>Mon</td><td>8 to 6</td></tr></table>`, []string{pierTwo, "Sailings", "Mon | 8 to 6"}},
		"linked last sentence":            {par(pierOne) + par(pierTwo) + par(`The plan is <a href="/plan">on show in the town hall</a>.`), []string{pierTwo, "The plan is on show in the town hall."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bodyOf(t, "", `<main>`+pierHead+`<div class="story">`+tt.body+`</div></main><footer>`+par("Copyright Valley Herald. All rights reserved.")+`</footer>`)
			rest := got
			for _, w := range tt.want {
				i := slices.Index(rest, w)
				if i < 0 {
					t.Fatalf("text lacks, or has elsewhere: %q\ngot %q", w, got)
				}
				rest = rest[i+1:]
			}
		})
	}
}

// sections returns boxes of one make, each a linked headline and a paragraph.
func sections(site string, n int) string {
	var b strings.Builder
	for i := range n {
		d := string(rune('1' + i))
		b.WriteString(`<div class="item"><h2><a href="` + site + d + `">Walk ` + d + ` along the quay</a></h2>` +
			par("This walk number "+d+" begins at the church and follows the quay to the old lighthouse, from where the path climbs to the mill and turns back over the meadows to the town.") + `</div>`)
	}
	return b.String()
}

// TestTextLeftOut has a page a row on which the text holds none of these.
func TestTextLeftOut(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		not  []string
	}{
		"teasers of the same site": {par(pierOne) + sections("/2024/05/walk-471", 4) + par(pierTwo) + par(pierThree) + par(pierFour) + par(pierOne+" It was late.") + par(pierTwo+" It was late.") + par(pierThree+" It was late."), []string{"Walk 1 along the quay"}},
		"related links":            {par(pierOne) + par(pierTwo) + `<p>Related:</p><ul><li><a href="/2024/05/a-1.html">A ferry runs aground off Milbrook</a></li><li><a href="/2024/05/b-2.html">The lighthouse is for sale again</a></li></ul>`, []string{"A ferry runs aground off Milbrook"}},
		"heading over nothing":     {par(pierOne) + par(pierTwo) + `<h3>Your view</h3>`, []string{"Your view"}},
		"newsletter box":           {par(pierOne) + `<div class="newsletter-signup">` + par("Get the news of the valley every morning, with all that you need to know of the day, in five minutes, for nothing and without advertisements, as ten thousand readers of the valley do already, and write back to us when you please.") + `</div>` + par(pierTwo) + par(pierThree), []string{"Get the news of the valley every morning, with all that you need to know of the day, in five minutes, for nothing and without advertisements, as ten thousand readers of the valley do already, and write back to us when you please."}},
		"labels and calls":         {par(pierOne) + par(pierTwo) + par("Read more: A ferry runs aground off Milbrook") + par("Sign up for our newsletter and never miss a story.") + par(pierThree), []string{"Read more: A ferry runs aground off Milbrook", "Sign up for our newsletter and never miss a story."}},
		"request for consent": {par(pierOne) + par(pierTwo) + par("Um diesen Inhalt zu sehen, brauchen wir Ihre Einwilligung: Der Drittanbieter verarbeitet dann personenbezogene Daten. Mehr dazu steht im Hinweis zum Datenschutz, der auch sagt, wie Sie alles wieder abstellen.") + par(pierThree) + par(pierFour) + par(pierOne+" It was late.") + par(pierTwo+" It was late.") + par(pierThree+" It was late.") + par(pierFour+" It was late."),
			[]string{"Um diesen Inhalt zu sehen, brauchen wir Ihre Einwilligung: Der Drittanbieter verarbeitet dann personenbezogene Daten. Mehr dazu steht im Hinweis zum Datenschutz, der auch sagt, wie Sie alles wieder abstellen."}},
		"date and place above": {par("Milbrook, 14.05.2024 08:30") + par(pierOne) + par(pierTwo), []string{"Milbrook, 14.05.2024 08:30"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bodyOf(t, "", `<main>`+pierHead+`<div class="story">`+tt.body+`</div></main>`)
			for _, w := range tt.not {
				if slices.Contains(got, w) {
					t.Errorf("text has %q\ngot %q", w, got)
				}
			}
			if !slices.Contains(got, pierOne) || !slices.Contains(got, pierTwo) {
				t.Errorf("paragraphs are missing: %q", got)
			}
		})
	}
}

// TestTextInState has a page a row that shows nothing but its headline, and leaves
// the text in a script for the browser to draw.
func TestTextInState(t *testing.T) {
	t.Parallel()
	markup := `<p>` + pierOne + `</p>\n<p>` + pierTwo + `</p>\n<p>` + pierThree + `</p>`
	quoted := `"` + pierOne + `", "` + pierTwo + `", "` + pierThree + `"`
	other := `"title": "A ferry runs aground off Milbrook", "text": "Nobody was hurt when the ferry ran aground on a sandbank off Milbrook in thick fog on Sunday morning."`
	tests := map[string]string{
		"JSON of blocks":              `<script id="__NEXT_DATA__" type="application/json">{"props":{"more":[{` + other + `}],"story":{"title":"Board votes to mend the old pier","blocks":[{"text":"` + pierOne + `"},{"text":"` + pierTwo + `"},{"text":"` + pierThree + `"}]},"next":[{` + other + `}]}}</script>`,
		"markup in a variable":        `<script>window.__APOLLO_STATE__ = {"Story:7":{"headline":"Board votes to mend the old pier","body":"` + markup + `"}};</script>`,
		"JSON in a string":            `<script>window.__PRELOADED_STATE__ = JSON.parse("` + strings.ReplaceAll(`{"story":{"title":"Board votes to mend the old pier","paragraphs":[`+quoted+`]}}`, `"`, `\"`) + `");</script>`,
		"stream of rows with markup":  `<script>self.__next_f.push([1,"3:T1f4,` + markup + `"])</script>`,
		"stream of rows with JSON":    `<script>self.__next_f.push([1,"3:[[\"$\",\"p\",null,{\"children\":\"` + pierOne + `\"}],[\"$\",\"p\",null,{\"children\":\"` + pierTwo + `\"}],"])</script><script>self.__next_f.push([1,"[\"$\",\"p\",null,{\"children\":\"` + pierThree + `\"}]]\n"])</script>`,
		"two articles, ours is short": `<script>var fusion = {"other":{"title":"A ferry runs aground off Milbrook","content":"<p>` + strings.Repeat("Nobody was hurt when the ferry ran aground on a sandbank. ", 20) + `</p>"},"ours":{"title":"Board votes to mend the old pier","content":"` + markup + `"}}</script>`,
	}
	for name, script := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bodyOf(t, "<title>Board votes to mend the old pier - Valley Herald</title>", `<main><article>`+pierHead+`<div id="root"></div>`+script+`</article></main>`)
			if want := []string{pierOne, pierTwo, pierThree}; !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// TestTextBehindClick has a page a row whose text goes on in a hidden box.
func TestTextBehindClick(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"style":             par(pierOne) + par(pierTwo) + `<div style="display:none">` + par(pierThree) + `</div><a href="#">Read on</a>`,
		"until it is found": par(pierOne) + par(pierTwo) + `<div hidden="until-found">` + par(pierThree) + `</div>`,
		"panel":             par(pierOne) + par(pierTwo) + `<div class="accordion"><button>More</button><div hidden>` + par(pierThree) + `</div></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bodyOf(t, "", `<main><article>`+pierHead+body+`</article></main>`)
			if want := []string{pierOne, pierTwo, pierThree}; !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
	paid := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Board votes to mend the old pier","isAccessibleForFree":false}</script>`
	if got := bodyOf(t, paid, `<main><article>`+pierHead+par(pierOne)+par(pierTwo)+`<div style="display:none">`+par(pierThree)+`</div></article></main>`); slices.Contains(got, pierThree) {
		t.Errorf("text for subscribers is given: %q", got)
	}
}

// TestShortArticle has news of one sentence, and a page that its body element hides
// until a script is ready.
func TestShortArticle(t *testing.T) {
	t.Parallel()
	if got := bodyOf(t, "", `<nav><a href="/a">A</a></nav><article>`+pierHead+par("The ferry is cancelled today.")+`</article>`); !slices.Equal(got, []string{"The ferry is cancelled today."}) {
		t.Errorf("got %q", got)
	}
	if got := bodyOf(t, "", `</body><body style="display:none"><article>`+pierHead+par(pierOne)+par(pierTwo)+`</article>`); !slices.Equal(got, []string{pierOne, pierTwo}) {
		t.Errorf("got %q", got)
	}
}

// TestStandfirstByDescription has a page a row whose standfirst stands between the headline
// and the box of the body, in a place that says nothing. The page's description says it.
func TestStandfirstByDescription(t *testing.T) {
	t.Parallel()
	const standfirst = "The harbour board has voted to mend the pier of Milbrook and to pay for it from the ferry's fares"
	tests := map[string]struct{ head, between string }{
		"same words in an h4":      {`<meta name="description" content="` + standfirst + `">`, `<h4>` + standfirst + `</h4>`},
		"cut short in the head":    {`<meta property="og:description" content="` + standfirst[:70] + `…">`, `<span>` + standfirst + `.</span>`},
		"in a box that is a card":  {`<meta name="description" content="` + standfirst + `.">`, `<div class="header-teaser">` + standfirst + `.</div>`},
		"structured data alone":    {`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Board votes to mend the old pier","description":"` + standfirst + `"}</script>`, `<h5>` + standfirst + `</h5>`},
		"head line with site name": {`<meta name="description" content="` + standfirst + ` - Valley Herald">`, `<h4>` + standfirst + `</h4>`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := bodyOf(t, tt.head, pierHead+`<div>`+tt.between+`</div><div class="share"><a href="/s">Share</a></div><div class="story">`+par(pierOne)+par(pierTwo)+par(pierThree)+par(pierFour)+`</div>`)
			if len(got) != 5 || !strings.HasPrefix(got[0], standfirst) {
				t.Errorf("got %q", got)
			}
		})
	}
}

// results returns the rows of a table of results, each with a link to its club.
func results(clubs ...string) string {
	var b strings.Builder
	for i, name := range clubs {
		fmt.Fprintf(&b, `<tr><td>%d</td><td><a href="/clubs/%d">Rowing club %s</a></td><td>%d:0%d</td></tr>`, i+1, i+1, name, 13+i, i+1)
	}
	return b.String()
}

// TestBriefBesideProse has a page a row whose news is a sentence or two, beside a longer
// box that has nothing to do with the headline.
func TestBriefBesideProse(t *testing.T) {
	t.Parallel()
	const news = "The pier of Milbrook has been closed since Tuesday."
	service := par("Questions about your subscription? Our service desk is there for you from eight to six, Monday to Friday, and likes to help.") +
		par("Have your customer number at hand, so that we can answer quickly, and read the notes on delivery before you call, please.") +
		par("Papers arrive by six as a rule, on Sundays by eight, and complaints are taken until ten in the morning.")
	tests := map[string]string{
		"WordPress, service desk": `<main><article class="post type-post hentry"><header><h1>Pier of Milbrook closed</h1></header><div class="entry-content">` + par(news) + `</div></article><section class="service"><h2>Service</h2>` + service + `</section></main>`,
		"plain article element":   `<div id="site"><article><h1>Pier of Milbrook closed</h1>` + par(news) + `</article><div class="help">` + service + `</div></div>`,
		"dialog of a site builder": `<main><article class="k1"><div data-hook="post-title"><h1>Pier of Milbrook closed</h1></div><section>` + par(news) + `</section></article></main><div role="dialog" class="b2">` +
			strings.ReplaceAll(service, "subscription", "settings") + `</div>`,
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := bodyOf(t, "<title>Pier of Milbrook closed - Valley Herald</title>", body); !slices.Equal(got, []string{news}) {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestExcerptAboveText: a paragraph that is cut short and said whole by the next one goes.
func TestExcerptAboveText(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"…", "...", " [...]", " […]"} {
		got := bodyOf(t, "", `<main>`+pierHead+`<div class="story"><div>`+pierOne[:60]+end+`</div>`+par(pierOne)+par(pierTwo)+par(pierThree)+`</div></main>`)
		if !slices.Equal(got, []string{pierOne, pierTwo, pierThree}) {
			t.Errorf("%q: got %q", end, got)
		}
	}
}
