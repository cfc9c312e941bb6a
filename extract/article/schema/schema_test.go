package schema_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/article/schema"
)

func sample() *article.Article {
	published := "2022-10-30T17:35:03+08:00"
	good := &article.Article{Schema: article.SchemaVersion, ID: article.ID("https://news.example/a"), URL: "https://news.example/a",
		Site: "example", Title: "标题", Published: &published, PublishedPrecision: article.Second, Language: "zh",
		Credits: article.Credits{Authors: []string{}, Editors: []string{}, Lines: []string{}},
		Body:    []article.Block{{Type: article.Paragraph, Text: "x"}}, Images: []article.Image{{ID: "1", URL: "https://news.example/1.jpg"}}, Pages: []string{},
		Evidence: map[string]string{}, Warnings: []string{}, Extractor: "pressmark test", Revision: 1}
	good.ContentHash = article.ContentHash(good)
	return good
}

func TestValidator(t *testing.T) {
	v, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	good := sample()
	data, err := article.Encode(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Validate(data); err != nil {
		t.Errorf("a good article: %v", err)
	}
	more := strings.Replace(string(data), `{"schema"`, `{"later":1,"schema"`, 1)
	if err := v.Validate([]byte(more)); err != nil {
		t.Errorf("an article with a key that was added later: %v", err)
	}
	for name, swap := range map[string][2]string{
		"time without a zone": {"2022-10-30T17:35:03+08:00", "2022-10-30T17:35:03"},
		"missing field":       {`"site":`, `"sight":`},
		"block without text":  {`"text":"x"`, `"words":"x"`},
		"unknown block":       {`"type":"paragraph"`, `"type":"paragraf"`},
		"null list":           {`"warnings":[]`, `"warnings":null`},
		"caption left out":    {`"caption":null`, `"legend":null`},
		"caption no text":     {`"caption":null`, `"caption":1`},
		"alt left out":        {`"alt":null`, `"alternative":null`},
		"short id":            {good.ID, "abc"},
		"other schema":        {article.SchemaVersion, "pressmark/article/v0"},
		"cut JSON":            {"}\n", ""},
	} {
		bad := strings.Replace(string(data), swap[0], swap[1], 1)
		if bad == string(data) {
			t.Fatalf("%s: nothing to swap", name)
		}
		if err := v.Validate([]byte(bad)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestEveryFieldIsDescribed walks the schema: readers of it see no Go comments.
func TestEveryFieldIsDescribed(t *testing.T) {
	data, err := schema.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Defs map[string]struct {
			Description string
			Properties  map[string]struct {
				Description string
				Const       string
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	for name, def := range doc.Defs {
		for field, p := range def.Properties {
			if p.Description == "" && p.Const == "" {
				t.Errorf("%s.%s has no description: comment the field in package article", name, field)
			}
		}
	}
}

// TestBlocks validates one block of each type, and what each type cannot be without.
func TestBlocks(t *testing.T) {
	v, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	when := "2026-11-29T10:00:00Z"
	blocks := []article.Block{
		{Type: article.Paragraph, Text: "x", Role: article.RoleUpdate, Time: &when, Heading: "y", Marks: []article.Mark{{Start: 0, End: 1, Type: article.MarkLink, Href: "https://news.example/"}}},
		{Type: article.Heading, Text: "x", Level: 2},
		{Type: article.List, Items: []string{"x", "y"}, Ordered: true, Start: 3, Levels: []int{0, 1}},
		{Type: article.Quote, Text: "x", Speaker: "y", Role: article.RolePullquote},
		{Type: article.Table, Rows: [][]string{{"x"}}, HeaderRows: 1, Caption: "y"},
		{Type: article.Definitions, Entries: []article.Definition{{Term: "x", Text: "y"}}},
		{Type: article.Preformatted, Text: "x"},
		{Type: article.Embed, Kind: article.EmbedVideo, Provider: "video.example", URL: "https://video.example/1"},
		{Type: article.ImagePlace, Image: "1"},
	}
	for _, b := range blocks {
		a := sample()
		a.Body = []article.Block{b}
		data, err := article.Encode(a)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(data); err != nil {
			t.Errorf("%s: %v", b.Type, err)
		}
		a.Body = []article.Block{{Type: b.Type}}
		if data, err = article.Encode(a); err != nil {
			t.Fatal(err)
		}
		if v.Validate(data) == nil {
			t.Errorf("%s without its content: accepted", b.Type)
		}
	}
}
