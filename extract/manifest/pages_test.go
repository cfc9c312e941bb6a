package manifest_test

import (
	"fmt"
	"strings"

	"pressmark/extract/article"
)

const (
	one   = "The river rose by two metres overnight, and the lower town was cut off until noon on Tuesday."
	two   = "Volunteers carried sandbags to the mill, where the bank had given way, and closed the gap by evening."
	three = "The mayor thanked them, said the bank would be rebuilt in the spring, and asked the county for money."
)

func paragraphs(texts ...string) string { return "<p>" + strings.Join(texts, "</p><p>") + "</p>" }

// sitePage is a page of a site that prints an appeal of its own, in a plain
// paragraph, under every article.
func sitePage(n int) article.Page {
	text := ""
	for i := range 4 {
		text += fmt.Sprintf("<p>In the village of %s%d they mended %d roofs, and the school, before the rain came back.</p>", string(rune('A'+n)), n*7+i, n+i)
	}
	const appeal = "<p>The Echo is written by people who live here, and paid for by those who read it every day.</p>"
	body := "<title>Story " + fmt.Sprint(n) + "</title><h1>Story " + fmt.Sprint(n) + "</h1><div>" + text + appeal + "</div>"
	return article.Page{URL: fmt.Sprintf("https://echo.example/a/%d.html", n), Body: []byte(body)}
}
