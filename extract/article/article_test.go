package article_test

import (
	"slices"
	"strings"
	"testing"

	"pressmark/extract/article"
)

func sample() *article.Article {
	published := "2022-10-30T17:35:03+08:00"
	return &article.Article{
		Schema: article.SchemaVersion, ID: article.ID("https://news.example/a"), URL: "https://news.example/a", Site: "example",
		Language: "zh", Title: "标题", Published: &published, PublishedPrecision: article.Second,
		Credits: article.Credits{Source: "本报", Authors: []string{"甲"}, Editors: []string{}, Lines: []string{}},
		Body: []article.Block{
			{Type: article.Paragraph, Text: "第一段 <b>"},
			{Type: article.ImagePlace, Image: "1"},
			{Type: article.List, Items: []string{"一", "二"}},
			{Type: article.Table, Rows: [][]string{{"a", "b"}, {"c", "d"}}},
		},
		Images:   []article.Image{{ID: "1", URL: "https://img.example/1.png?sig=7", Caption: article.Optional("说明")}},
		Pages:    []string{"https://news.example/a"},
		Evidence: map[string]string{"title": "h1", "body": "density"}, Warnings: []string{},
	}
}

func TestRenderText(t *testing.T) {
	a := sample()
	if got, want := article.RenderText(a), "第一段 <b>\n[图1: 说明]\n一\n二\na\tb\nc\td"; got != want {
		t.Errorf("RenderText = %q, want %q", got, want)
	}
	a.Language, a.Images[0].Caption = "en", nil
	if got := article.RenderText(a); !strings.Contains(got, "\n[image 1]\n") {
		t.Errorf("RenderText = %q, want an English image mark", got)
	}
}

func TestEncodeIsCanonical(t *testing.T) {
	first, err := article.Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(first), `\u003c`) || !strings.HasSuffix(string(first), "}\n") {
		t.Errorf("not canonical: %s", first)
	}
	back, err := article.Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := article.Encode(back)
	if err != nil || string(again) != string(first) {
		t.Errorf("a decoded article encodes otherwise (err %v):\n%s\n%s", err, first, again)
	}
	if _, err := article.Decode([]byte(`{"schema":"other/v9"}`)); err == nil {
		t.Error("Decode took another schema")
	}
}

func TestContentHashAndDiff(t *testing.T) {
	base := sample()
	for _, c := range []struct {
		name   string
		change func(*article.Article)
		want   []article.Part
	}{
		{"capture", func(a *article.Article) { a.Capture.Fetched = "2024-01-01T00:00:00Z"; a.Revision = 9 }, nil},
		{"white space", func(a *article.Article) { a.Body[0].Text = "第一段   <b> " }, nil},
		{"signed image address", func(a *article.Article) { a.Images[0].URL = "https://cdn2.example/1.png?sig=8" }, nil},
		{"fetch result", func(a *article.Article) { a.Images[0].Status = article.ImageFailed }, nil},
		{"title", func(a *article.Article) { a.Title = "更正" }, []article.Part{article.PartTitle}},
		{"body and credits", func(a *article.Article) { a.Body[0].Text = "改"; a.Credits.Authors = nil },
			[]article.Part{article.PartCredits, article.PartBody}},
		{"caption", func(a *article.Article) { a.Images[0].Caption = article.Optional("新说明") }, []article.Part{article.PartImages}},
		{"time", func(a *article.Article) { a.Published = nil }, []article.Part{article.PartPublished}},
	} {
		now := sample()
		c.change(now)
		if got := article.Diff(base, now); !slices.Equal(got, c.want) {
			t.Errorf("%s: Diff = %v, want %v", c.name, got, c.want)
		}
		if same := article.ContentHash(base) == article.ContentHash(now); same != (c.want == nil) {
			t.Errorf("%s: same hash = %v", c.name, same)
		}
	}
}
