package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pressmark/extract"
	"pressmark/extract/article"
)

func part(url string, body []article.Block, images ...article.Image) article.Result {
	a := &article.Article{Title: "River cuts off town", URL: url, Pages: []string{url}, Body: body, Images: images}
	a.ContentHash = url
	return article.Result{Kind: article.KindArticle, Article: a}
}

func p(text string) article.Block { return article.Block{Type: article.Paragraph, Text: text} }

func place(id string) article.Block { return article.Block{Type: article.ImagePlace, Image: id} }

func TestJoin(t *testing.T) {
	first := part("https://e.example/1.html", []article.Block{p(one), place("1")}, article.Image{ID: "1", URL: "https://e.example/a.jpg"})
	first.Article.Credits = article.Credits{Source: "Echo", Authors: []string{"Ann Lee"}, Lines: []string{"By Ann Lee"}}
	first.NextPart = "https://e.example/1_2.html"
	second := part("https://e.example/1_2.html", []article.Block{p(one), place("1"), p(two), place("2"), p("No.")},
		article.Image{ID: "1", URL: "https://e.example/a.jpg"}, article.Image{ID: "2", URL: "https://e.example/b.jpg"})
	second.Article.Credits = article.Credits{Authors: []string{"Ann Lee"}, Editors: []string{"Bo Ek"}, Photographers: []string{"Cy Rao"}, Lines: []string{"By Ann Lee", "Edited by Bo Ek"}}
	third := part("https://e.example/1_3.html", []article.Block{p(three), p("No.")})
	got := extract.Join(first, second, article.Result{Refusal: &article.Refusal{}}, third, second)
	want := []string{"paragraph: " + one, "image: 1", "paragraph: " + two, "image: 2", "paragraph: No.", "paragraph: " + three, "paragraph: No."}
	if diff := cmp.Diff(want, blocks(got.Article)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"https://e.example/1.html", "https://e.example/1_2.html", "https://e.example/1_3.html"}, got.Article.Pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if len(got.Article.Images) != 2 || got.Article.Images[1].ID != "2" || got.Article.Images[1].URL != "https://e.example/b.jpg" {
		t.Errorf("images = %+v", got.Article.Images)
	}
	wantCredits := article.Credits{Source: "Echo", Authors: []string{"Ann Lee"}, Editors: []string{"Bo Ek"}, Photographers: []string{"Cy Rao"}, Lines: []string{"By Ann Lee", "Edited by Bo Ek"}}
	if diff := cmp.Diff(wantCredits, got.Article.Credits); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
	if len(first.Article.Body) != 2 || len(first.Article.Pages) != 1 || len(first.Article.Images) != 1 {
		t.Error("the first part was changed")
	}
	if got.NextPart != "" {
		t.Errorf("next part = %q", got.NextPart)
	}
}
