package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// Story is an article page. The same n gives the same story; head and foot stand
// around it.
func Story(n int, head, foot string) Sheet {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><title>Council takes up bridge number %d - The Paper</title>%s</head><body><h1>Council takes up bridge number %d</h1>"+
		"<p class=meta>Published <time datetime=2024-03-%02dT08:%02d:00Z>%d March 2024 08:%02d</time></p><div class=article>", n, head, n, n%28+1, n%60, n%28+1, n%60)
	for i := range 4 {
		fmt.Fprintf(&b, "<p>Members of the county council spent %d hours on the state of bridge number %d, which the engineers had closed to heavy lorries, and heard %d residents who use it every day.</p>", i+2, n, 10*n+i)
	}
	b.WriteString("</div>" + foot + "</body></html>")
	return Sheet{Body: b.String()}
}

// List is a section page with links to articles, and to the next page where there is one.
func List(next string, links ...string) Sheet {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><title>County news</title></head><body><h1>County news</h1><ul>")
	for _, l := range links {
		fmt.Fprintf(&b, "<li><a href=%q>Council takes up the bridge of %s once more</a></li>", l, l)
	}
	b.WriteString("</ul>")
	if next != "" {
		fmt.Fprintf(&b, "<a rel=next href=%q>Next page</a>", next)
	}
	b.WriteString("</body></html>")
	return Sheet{Body: b.String()}
}

// Report is an article page of its own text: its headline, and sentences made of
// the words, so that two reports with other words have nothing in common.
func Report(headline, head string, words ...string) Sheet {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><title>%[1]s</title>%[2]s</head><body><h1>%[1]s</h1><p>By Ann Teller</p><p><time datetime=2024-03-05T08:00:00Z>5 March 2024 08:00</time></p><article>", headline, head)
	for i := range 5 {
		b.WriteString("<p>")
		for j := range 4 * len(words) {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(words[(j*(i+1)+i)%len(words)])
		}
		b.WriteString(".</p>")
	}
	b.WriteString("</article></body></html>")
	return Sheet{Body: b.String()}
}

// Front is a front page whose headlines stand in h2 elements, with a menu. Each
// entry is a path and its headline.
func Front(menu []string, entries ...[2]string) Sheet {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><head><title>The Paper</title></head><body><nav>")
	for _, m := range menu {
		fmt.Fprintf(&b, "<a href=%q>%s</a> ", m, strings.Trim(m, "/"))
	}
	b.WriteString("</nav><main>")
	for _, e := range entries {
		fmt.Fprintf(&b, "<article><h2><a href=%q>%s</a></h2><p>What it is about in a sentence.</p></article>", e[0], e[1])
	}
	b.WriteString("</main></body></html>")
	return Sheet{Body: b.String()}
}

// Map is a sitemap, or an index of sitemaps, of entries as they stand; URL in them is
// the paper's address.
func (p *Paper) Map(root string, entries ...string) Sheet {
	return Sheet{ETag: fmt.Sprintf(`"%d"`, len(entries)), Body: `<?xml version="1.0" encoding="UTF-8"?><` + root +
		` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">` +
		strings.ReplaceAll(strings.Join(entries, "\n"), "URL", p.URL) + `</` + root + `>`}
}

// Picture is a PNG file of 640 by 400 pixels that no other number gives.
func Picture(n int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for i := range 400 {
		m.Set(i, (i*n)%400, color.RGBA{uint8(i), uint8(n), 90, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
