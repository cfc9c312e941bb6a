package extract_test

import (
	"strings"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestNotFree: a page that says it is not for everybody is archived with a warning,
// since what stands there may be a beginning only.
func TestNotFree(t *testing.T) {
	text := strings.Repeat("<p>The council of Millbrook voted on Tuesday to keep the four parks by the lake open until late in the evening, in spite of the cost.</p>", 6)
	for head, want := range map[string]bool{
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four parks stay open","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":true}}</script>`: true,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four parks stay open","isAccessibleForFree":"False"}</script>`:                                      true,
		`<meta property="article:content_tier" content="locked">`: true,
		`<meta property="article:content_tier" content="free">`:   false,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four parks stay open","isAccessibleForFree":true,"hasPart":{"isAccessibleForFree":false}}</script>`: false,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four parks stay open","hasPart":[{"@type":"WebPageElement","isAccessibleForFree":false}]}</script>`: false,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four parks stay open","author":false}</script>`:                                                     false,
	} {
		page := "<html lang=en><head><title>Four parks stay open</title>" + head + "</head><body><article><h1>Four parks stay open</h1>" + text + "</article></body></html>"
		res, err := extract.New(extract.Options{}).Extract(t.Context(), article.Page{URL: "https://paper.example/news/four-parks-1234.html", Body: []byte(page)})
		if err != nil || res.Article == nil {
			t.Fatalf("%s: %+v, %v", head, res.Refusal, err)
		}
		if got := strings.Contains(strings.Join(res.Article.Warnings, "\n"), "not_free: "); got != want {
			t.Errorf("%s: warnings %q", head, res.Article.Warnings)
		}
	}
}
