package reader_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// shelf is an archive of three papers, in English, Chinese and Arabic, that has
// something for every screen: pictures, tables, revisions, an article that is gone,
// failures and damage.
type shelf struct {
	*archive
	logs map[string]*storage.Log
	now  time.Time
}

func library(t *testing.T) *shelf {
	t.Helper()
	a := open(t)
	s := &shelf{archive: a, logs: map[string]*storage.Log{}, now: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC)}
	for n := range 26 { // a weekly column, so that lists have pages and months
		s.add("harbour-post", s.column(n))
	}
	s.add("harbour-post", s.storm())
	s.revise("harbour-post", s.stormLater())
	s.add("xiangjiang", s.lanterns("xiangjiang"))
	s.add("riverside-daily", s.lanterns("riverside-daily"))
	s.add("al-mina", s.harbour())
	s.add("xiangjiang", damaged())
	s.outcomes()
	s.spoil(damaged())
	return s
}

// screen is a page of the reader to look at.
type screen struct {
	name, path string
	refused    bool // the answer is an error
	foreign    bool // a page of the web, whose layout is its own
}

func (s *shelf) screens() []screen {
	storm, lights, arabic := s.path("harbour-post", s.storm()), s.path("xiangjiang", s.lanterns("xiangjiang")), s.path("al-mina", s.harbour())
	q := func(text string) string { return "/articles?" + url.Values{"q": {text}}.Encode() }
	return []screen{
		{name: "front", path: "/"}, {name: "list", path: "/articles"}, {name: "table", path: "/articles?view=table"}, {name: "table-url", path: "/articles?view=table&columns=url,captured,story"}, {name: "list-2", path: "/articles?page=2&sort=oldest"},
		{name: "search-zh", path: q("灯会")}, {name: "search-en", path: q("harbour storm")}, {name: "search-ar", path: q("الميناء")}, {name: "search-none", path: q("nothingofthekind")},
		{name: "kwic", path: q("harbour") + "&view=kwic"}, {name: "bad-query", path: q("year:x"), refused: true},
		{name: "article-en", path: storm}, {name: "article-en-1", path: storm + "?revision=1"}, {name: "article-zh", path: lights}, {name: "article-ar", path: arabic},
		{name: "article-damaged", path: s.path("xiangjiang", damaged()), refused: true},
		{name: "diff", path: storm + "/diff"}, {name: "captured", path: storm + "/captured", foreign: true},
		{name: "completeness", path: "/completeness"}, {name: "completeness-failed", path: "/completeness?site=harbour-post&outcome=failed&reason=http_503"},
		{name: "completeness-source", path: "/completeness?site=harbour-post&source=https%3A%2F%2Fharbour-post.example%2Fsitemap.xml&day=2024-03-12&state=missing"},
		{name: "certificate", path: "/certificate"}, {name: "certificate-checked", path: "/certificate?check=1"},
		{name: "picture", path: "/picture/" + sumOf(s.lanterns("xiangjiang").Images[0].Key)},
		{name: "stories", path: "/stories"}, {name: "sites", path: "/sites"}, {name: "front-2023", path: "/?year=2023"}, {name: "list-year", path: q("year:2023 author:\"Ann Lee\"")}, {name: "completeness-site", path: "/completeness?site=harbour-post"},
		{name: "kwic-ar", path: q("الميناء") + "&view=kwic"}, {name: "kwic-zh", path: q("灯会") + "&view=kwic"}, {name: "diff-same", path: lights + "/diff"},
		{name: "pictures-travelled", path: "/pictures?travelled=1"}, {name: "pictures-query", path: "/pictures?q=site%3Axiangjiang"}, {name: "headlines-site", path: "/headlines?site=harbour-post"},
		{name: "pictures", path: "/pictures"}, {name: "pictures-missing", path: "/pictures?missing=1"}, {name: "headlines", path: "/headlines"},
		{name: "not-found", path: "/article/harbour-post/0000", refused: true},
	}
}

func (s *shelf) path(site string, a *article.Article) string { return "/article/" + site + "/" + a.ID }

func (s *shelf) serve() *httptest.Server { return s.archive.serve() }

// log returns the log of a site.
func (s *shelf) logOf(site string) *storage.Log {
	s.t.Helper()
	if s.logs[site] == nil {
		log, err := storage.NewArchive(s.store, storage.Options{}).OpenSite(context.Background(), site)
		if err != nil {
			s.t.Fatal(err)
		}
		s.logs[site] = log
	}
	return s.logs[site]
}

func (s *shelf) add(site string, a *article.Article) { s.put(site, a, ledger.Archived, "") }

func (s *shelf) revise(site string, a *article.Article) {
	s.put(site, a, ledger.Revised, ledger.ReasonContent)
}

func (s *shelf) put(site string, a *article.Article, outcome ledger.Outcome, reason string) {
	s.t.Helper()
	a.Site = site
	body, err := article.Encode(a)
	if err != nil {
		s.t.Fatal(err)
	}
	s.now = s.now.Add(7 * time.Minute)
	log := s.logOf(site)
	rec := ledger.Record{Time: s.now, URL: a.URL, ID: a.ID, Outcome: outcome, Reason: reason, Title: a.Title, Article: log.ArticleKey(a.ID), Revision: a.Revision,
		ContentHash: a.ContentHash, Captured: s.now, Source: "https://" + site + ".example/", Status: 200}
	if outcome == ledger.Revised {
		rec.Changed = []string{"title", "body", "images"}
	}
	if a.Published != nil {
		rec.Published = *a.Published
	}
	if err := log.Commit(context.Background(), storage.Batch{Records: []ledger.Record{rec}, Articles: []storage.Object{{Key: rec.Article, Body: body, MediaType: storage.TypeJSON}}}); err != nil {
		s.t.Fatal(err)
	}
}

// outcomes writes URLs that gave no article.
func (s *shelf) outcomes() {
	s.t.Helper()
	at := s.now.Add(time.Hour)
	var records []ledger.Record
	add := func(n int, outcome ledger.Outcome, reason, detail string, due time.Time) {
		for i := range n {
			u := fmt.Sprintf("https://harbour-post.example/2024/03/%s/%s-%d-with-a-rather-long-address-as-papers-like-them.html", reason, outcome, i)
			records = append(records, ledger.Record{Time: at, URL: u, ID: article.ID(u), Outcome: outcome, Reason: reason, Detail: detail, Due: due, First: s.now,
				Source: "https://harbour-post.example/sitemap.xml", Tries: n % 4})
		}
	}
	add(3, ledger.Failed, "http_503", "503 Service Unavailable, Retry-After 120", at.Add(2*time.Minute))
	add(2, ledger.Failed, "timeout", "no answer within 30s", at.Add(time.Hour))
	add(5, ledger.Queued, ledger.ReasonSeen, "", at)
	add(4, ledger.Skipped, ledger.ReasonExcluded, "pattern /tag/", time.Time{})
	add(1, ledger.Skipped, ledger.ReasonMissing, "404 Not Found", time.Time{})
	gone := s.column(3)
	records = append(records, ledger.Record{Time: at, URL: gone.URL, ID: gone.ID, Outcome: ledger.Gone, Reason: "http_410", Title: gone.Title, Status: 410})
	records = append(records, ledger.Record{Time: at, URL: "https://harbour-post.example/feed.xml", ID: article.ID("https://harbour-post.example/feed.xml"), Kind: ledger.KindFeed,
		Outcome: ledger.Failed, Reason: "http_403", Tries: 3, Due: at.Add(time.Hour)})
	if err := s.logOf("harbour-post").Commit(context.Background(), storage.Batch{Records: records}); err != nil {
		s.t.Fatal(err)
	}
}

// spoil cuts an archived article and takes a picture away.
func (s *shelf) spoil(a *article.Article) {
	s.t.Helper()
	key := storage.ArticleKey("xiangjiang", a.ID)
	body, _, err := storage.ReadObject(context.Background(), s.store, key)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.store.Put(context.Background(), key, body[:len(body)/2], storage.TypeJSON); err != nil {
		s.t.Fatal(err)
	}
}

// made is an article with its derived fields.
func made(a *article.Article) *article.Article {
	a.Schema, a.ID, a.Pages = article.SchemaVersion, article.ID(a.URL), []string{a.URL}
	if a.Revision == 0 {
		a.Revision = 1
	}
	for _, list := range []*[]string{&a.Credits.Authors, &a.Credits.Editors, &a.Credits.Lines, &a.Warnings} {
		if *list == nil {
			*list = []string{}
		}
	}
	if a.Images == nil {
		a.Images = []article.Image{}
	}
	if a.Evidence == nil {
		a.Evidence = map[string]string{"title": "h1", "published": "visible", "body": "density", "source": "credit line", "authors": "credit line"}
	}
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	if a.Capture.Fetched == "" {
		a.Capture = article.Capture{Fetched: "2024-03-12T09:00:00Z", Status: 200, FinalURL: a.URL, SHA256: strings.Repeat("0", 64)}
	}
	return a
}

func ptr(s string) *string { return &s }

func paragraphs(texts ...string) []article.Block {
	var out []article.Block
	for _, t := range texts {
		out = append(out, article.Block{Type: article.Paragraph, Text: t})
	}
	return out
}

func (s *shelf) column(n int) *article.Article {
	day := time.Date(2023, 9, 14, 7, 30, 0, 0, time.UTC).AddDate(0, 0, 7*n)
	return made(&article.Article{URL: fmt.Sprintf("https://harbour-post.example/column/%02d", n), Language: "en", Title: fmt.Sprintf("Notes from the quay, number %d", n+1),
		Published: ptr(day.Format(time.RFC3339)), PublishedPrecision: article.Minute, Section: "Column", Keywords: []string{"harbour", "column"},
		Credits: article.Credits{Source: "Harbour Post", Authors: []string{"Ann Lee"}, Lines: []string{"By Ann Lee"}},
		Body: paragraphs(fmt.Sprintf("The week's %d boats came in on time, and the harbour was quiet until the evening tide.", n+3),
			"Nobody can say how long the new crane will stand still, but the pier is open again.")})
}

// storm has every kind of block, and a capture.
func (s *shelf) storm() *article.Article {
	key := s.picture(1, 640, 400)
	a := &article.Article{URL: "https://harbour-post.example/2024/03/storm", Language: "en", Title: "Storm tears the roof off the old café at the pier",
		Headlines: article.Headlines{Kicker: "Weather", Search: "Storm damage at the pier: what we know"}, Description: "A storm hit the harbour on Tuesday night.",
		Published: ptr("2024-03-12T08:30:00+01:00"), PublishedPrecision: article.Minute, Section: "Local", Keywords: []string{"storm", "harbour", "pier"}, Access: article.AccessMetered,
		Credits: article.Credits{Source: "Harbour Post", Authors: []string{"Ann Lee", "Ben Teller"}, Lines: []string{"By Ann Lee and Ben Teller", "Photos: Cleo Moss"}},
		Rights:  "© 2024 Harbour Post", Warnings: []string{"not_free: metered, 3 of 5 articles", "no_timezone: assumed Europe/Berlin from the site"},
		Body: []article.Block{
			{Type: article.Paragraph, Role: article.RoleStandfirst, Text: "Nobody was hurt when the gale reached the harbour shortly before midnight."},
			{Type: article.ImagePlace, Image: "1"},
			{Type: article.Paragraph, Text: "The old café lost its roof, and two boats drifted as far as the ferry. See the harbour master's report for more.",
				Marks: []article.Mark{{Start: 8, End: 12, Type: article.MarkEmphasis}, {Start: 76, End: 100, Type: article.MarkLink, Href: "https://harbour-post.example/report"}}},
			{Type: article.Heading, Level: 2, Text: "What broke"},
			{Type: article.List, Items: []string{"the café's roof", "two of five moorings", "the northern one", "the crane's cable"}, Levels: []int{0, 0, 1, 0}},
			{Type: article.Table, Caption: "Gusts by hour", HeaderRows: 1, Rows: [][]string{{"hour", "gust (km/h)", "direction", "water level (m)", "remark of the harbour master"},
				{"22:00", "84", "NW", "1.2", "moorings doubled"}, {"23:00", "112", "NW", "1.9", "ferry held at the outer pier until further notice"}}},
			{Type: article.Quote, Text: "I have not seen the like since the winter of the great ice.", Speaker: "Otto Brand, harbour master"},
			{Type: article.Definitions, Entries: []article.Definition{{Term: "gale", Text: "wind of force 8"}, {Term: "storm", Text: "wind of force 10"}}},
			{Type: article.ImagePlace, Image: "2"},
			{Type: article.Preformatted, Text: "MAR 12  23:00  NW 10  gusting 11, visibility moderate, occasionally poor, sea very rough, further outlook unchanged"},
			{Type: article.Embed, Kind: article.EmbedVideo, Provider: "video.example", URL: "https://video.example/watch/9", Title: "The roof comes off"},
			{Type: article.Paragraph, Role: article.RoleCorrection, Text: "Correction: an earlier version named the wrong pier."},
		},
		Images: []article.Image{
			{ID: "1", URL: "https://harbour-post.example/img/roof-1600.png", FetchedURL: "https://cdn.example/roof-640.png", Caption: ptr("The café in the morning"), Credit: ptr("Cleo Moss"), Alt: ptr("A house without a roof"),
				Key: key, SHA256: sumOf(key), Width: 640, Height: 400, Status: article.ImageArchived},
			{ID: "2", URL: "https://harbour-post.example/img/boats-with-a-long-name-that-does-not-break-anywhere-at-all-1600.jpg", Caption: ptr("Boats in the mud"), Status: article.ImageMissing, HTTPStatus: 404, Reason: "http_404"},
		}}
	s.captureOf(a)
	return made(a)
}

func (s *shelf) stormLater() *article.Article {
	a := s.storm()
	a.Revision, a.Title = 2, "Storm tears roof off café at the pier; ferry runs again"
	a.Body = append(a.Body, article.Block{Type: article.Paragraph, Text: "The ferry took up its service again at noon."})
	a.Body[2].Text, a.Body[2].Marks = "The old café lost its roof, and three boats drifted as far as the ferry.", nil
	a.Images = a.Images[:1]
	a.Body = append(a.Body[:8:8], a.Body[9:]...)
	return made(a)
}

// captureOf writes a capture of an article's page.
func (s *shelf) captureOf(a *article.Article) {
	s.t.Helper()
	key := s.logOf("harbour-post").WARCKey("20240312-1", 1)
	body := `<html><head><title>Storm</title><script>document.title='run'</script><style>body{font-family:serif;max-width:40rem;margin:auto}</style></head><body>
<h1>Storm tears the roof off the old café at the pier</h1><img src="/img/roof-1600.png" width=640><p>Nobody was hurt when the gale reached the harbour.</p><iframe src="https://elsewhere.example/"></iframe></body></html>`
	var buf bytes.Buffer
	w, err := warc.NewWriter(&buf, warc.Options{File: "x.warc.gz"})
	if err != nil {
		s.t.Fatal(err)
	}
	loc, err := w.Write(&warc.Exchange{URL: a.URL, Started: time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC), RequestHead: []byte("GET / HTTP/1.1\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), ResponseBody: []byte(body)})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.store.Put(context.Background(), key, buf.Bytes(), storage.TypeWARC); err != nil {
		s.t.Fatal(err)
	}
	a.Capture = article.Capture{Fetched: "2024-03-12T09:00:00Z", Status: 200, FinalURL: a.URL, WARC: key, Offset: loc.Offset, Length: loc.Length}
}

// lanterns is a Chinese article that two papers print.
func (s *shelf) lanterns(site string) *article.Article {
	size := map[string]int{"xiangjiang": 900}[site]
	key := s.picture(2, max(300, size), max(200, size*2/3))
	text := strings.Repeat("据介绍，本届灯会以水乡为主题，设置大型灯组十二处，沿江步道全线亮灯，市民可免费参观，每晚九点三十分熄灯。", 2)
	return made(&article.Article{URL: "https://" + site + ".example/2024/0224/lanterns", Language: "zh", Title: "江边灯会今晚开幕，市民可免费参观至元宵节后三天", Published: ptr("2024-02-24"),
		PublishedPrecision: article.Day, Section: "本地", Keywords: []string{"灯会", "民俗"},
		Credits: article.Credits{Source: map[string]string{"xiangjiang": "江报", "riverside-daily": "江报"}[site], Authors: []string{"林八一"}, Editors: []string{"杨伶霞"}, Lines: []string{"来源：江报", "作者：林八一", "编辑：杨伶霞"}},
		Body: []article.Block{{Type: article.Paragraph, Text: "今晚七点，江边灯会在沿江风光带正式开幕。" + text}, {Type: article.ImagePlace, Image: "1"}, {Type: article.Paragraph, Text: "税务部门提醒，现场摊位均可开具发票。" + text},
			{Type: article.Table, Rows: [][]string{{"日期", "活动", "地点"}, {"2月24日", "开幕式", "朝宗门广场"}, {"2月25日", "猜灯谜", "江滩"}}, HeaderRows: 1}},
		Images: []article.Image{{ID: "1", URL: "https://" + site + ".example/img/1.png", Caption: ptr("灯会现场"), Credit: ptr("记者 李明 摄"), Key: key, SHA256: sumOf(key), PHash: map[string]string{"xiangjiang": "8f373714acfcf4d0", "riverside-daily": "8f373714acfcf4d3"}[site], FetchedURL: "https://cdn.example/1.png", Width: max(300, size), Height: max(200, size*2/3), Status: article.ImageArchived}}})
}

func (s *shelf) harbour() *article.Article {
	return made(&article.Article{URL: "https://al-mina.example/2024/03/harbour", Language: "ar", Title: "الميناء القديم يستقبل أول سفينة ركاب منذ عشر سنوات", Published: ptr("2024-03-01T12:05:00+03:00"), PublishedPrecision: article.Minute,
		Credits: article.Credits{Source: "جريدة المرفأ", Authors: []string{"سلمى حداد"}, Lines: []string{"بقلم سلمى حداد"}},
		Body:    append(paragraphs("وصلت صباح اليوم إلى الميناء القديم أول سفينة ركاب منذ عشر سنوات، وعلى متنها 340 مسافراً من Harbour Town.", "وقال مدير الميناء إن الرصيف الجديد جاهز للعمل طوال العام."), article.Block{Type: article.List, Items: []string{"الرصيف الأول", "الرصيف الثاني"}})})
}

func damaged() *article.Article {
	return made(&article.Article{URL: "https://xiangjiang.example/2024/0301/cut", Language: "zh", Title: "这篇文章的文件损坏了", Published: ptr("2024-03-01"), PublishedPrecision: article.Day, Body: paragraphs("正文。")})
}

func newcomer() *article.Article {
	return made(&article.Article{URL: "https://harbour-post.example/2024/03/newcomer", Language: "en", Title: "A newcomer in the harbour", Published: ptr("2024-03-13"), PublishedPrecision: article.Day, Body: paragraphs("It is a tug.")})
}

// picture writes an invented photo. The same seed gives the same motif in any size.
func (s *shelf) picture(seed float64, width, height int) string {
	s.t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			u, v := float64(x)/float64(width), float64(y)/float64(height)
			wave := math.Sin(u*7*seed+math.Cos(v*5)) + math.Cos(v*9+seed*u*u*6)
			img.Set(x, y, color.RGBA{R: uint8(128 + 60*wave), G: uint8(120 + 50*math.Sin(wave+v*3)), B: uint8(90 + 120*v), A: 255})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		s.t.Fatal(err)
	}
	sum := sha256.Sum256(buf.Bytes())
	key := storage.ImageKey(hex.EncodeToString(sum[:]), "png")
	if err := s.store.Put(context.Background(), key, buf.Bytes(), "image/png"); err != nil {
		s.t.Fatal(err)
	}
	return key
}

// sumOf is the digest in a picture's key.
func sumOf(key string) string { return strings.TrimSuffix(key[strings.LastIndex(key, "/")+1:], ".png") }
