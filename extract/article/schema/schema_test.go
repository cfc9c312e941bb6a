package schema_test

import (
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/extract/article/schema"
)

func TestValidator(t *testing.T) {
	v, err := schema.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	published := "2022-10-30T17:35:03+08:00"
	good := &article.Article{Schema: article.SchemaVersion, ID: article.ID("https://news.example/a"), URL: "https://news.example/a",
		Site: "example", Title: "标题", Published: &published, PublishedPrecision: article.Second, Language: "zh",
		Credits: article.Credits{Authors: []string{}, Editors: []string{}, Lines: []string{}},
		Body:    []article.Block{{Type: article.Paragraph, Text: "x"}}, Images: []article.Image{}, Pages: []string{},
		Evidence: map[string]string{}, Warnings: []string{}, Extractor: "pressmark test", Revision: 1}
	good.ContentHash = article.ContentHash(good)
	data, err := article.Encode(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Validate(data); err != nil {
		t.Errorf("a good article: %v", err)
	}
	for name, swap := range map[string][2]string{
		"time without a zone": {published, "2022-10-30T17:35:03"},
		"unknown field":       {`"site":`, `"sight":`},
		"unknown block":       {`"type":"paragraph"`, `"type":"paragraf"`},
		"null list":           {`"warnings":[]`, `"warnings":null`},
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
