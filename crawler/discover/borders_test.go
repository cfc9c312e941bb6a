package discover

import (
	"slices"
	"strings"
	"testing"
)

// TestFeedsWithoutBorders: items whose end is missing, whose link is the front page, or
// which stand beside values that JSON does not have.
func TestFeedsWithoutBorders(t *testing.T) {
	const base = "https://paper.example/feed"
	three := []string{"https://paper.example/1", "https://paper.example/2", "https://paper.example/3"}
	item := func(format string) string {
		var b strings.Builder
		for _, n := range []string{"1", "2", "3"} {
			b.WriteString(strings.ReplaceAll(format, "%", n))
		}
		return b.String()
	}
	for name, body := range map[string]string{
		"items that do not end":    `<rss><channel>` + item(`<item><title>%</title><link>https://paper.example/%</link>`) + `</channel></rss>`,
		"entries that do not end":  `<feed xmlns="http://www.w3.org/2005/Atom">` + item(`<entry><id>tag:%</id><link href="/%"/>`) + `</feed>`,
		"the front page as link":   `<rss><channel>` + item(`<item><link>https://paper.example/</link><guid>https://paper.example/%</guid></item>`) + `</channel></rss>`,
		"NaN":                      `{"version":"https://jsonfeed.org/version/1","items":[` + item(`{"id":NaN,"url":"/%","score":-Infinity},`) + `]}`,
		"None and undefined":       `{"version":"https://jsonfeed.org/version/1","title":None,"items":[` + item(`{"url":"/%","image":undefined},`) + `]}`,
		"such words in the titles": `{"version":"https://jsonfeed.org/version/1","items":[` + item(`{"url":"/%","title":"None, NaN"},`) + `]}`,
	} {
		res, err := Feed([]byte(body), base)
		var got []string
		for _, it := range res.Items {
			got = append(got, it.URL)
			if strings.Contains(name, "titles") && it.Title != "None, NaN" {
				t.Errorf("%s: title %q", name, it.Title)
			}
		}
		if err != nil || !slices.Equal(got, three) {
			t.Errorf("%s: %v, %v, %v", name, got, err, res.Warnings)
		}
	}
	res, err := Feed([]byte(`<rss><channel><item><link>https://paper.example/</link></item></channel></rss>`), base)
	if err != nil || len(res.Items) != 1 {
		t.Errorf("an item of the front page: %v, %v", res.Items, err)
	}
}

// TestSitemapsWithoutBorders: entries without a root, a table, lines that end with a
// carriage return.
func TestSitemapsWithoutBorders(t *testing.T) {
	for name, body := range map[string]string{
		"no root":             "<?xml version='1.0'?>\n<url><loc>https://paper.example/1</loc></url><url><loc>https://paper.example/2</loc></url>",
		"a table":             "https://paper.example/1\t2026-03-01\r\nhttps://paper.example/2\t2026-03-02\r\n",
		"carriage returns":    "https://paper.example/1\rhttps://paper.example/2",
		"of both kinds":       "# a list\r\n\rhttps://paper.example/1\r\nhttps://paper.example/2\r",
		"blank lines between": "\n\nhttps://paper.example/1\n\n\n\nhttps://paper.example/2\n",
	} {
		var got []string
		kind := Sniff([]byte(body), "")
		warnings, err := streamSitemap(strings.NewReader(body), "https://paper.example/s", func(e Entry) { got = append(got, e.URL) })
		if want := []string{"https://paper.example/1", "https://paper.example/2"}; err != nil || len(warnings) > 0 || kind != KindSitemap || !slices.Equal(got, want) {
			t.Errorf("%s: %s, %v, %v, %v", name, kind, got, warnings, err)
		}
	}
}
