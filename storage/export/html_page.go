package export

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"

	"pressmark/extract/article"
)

// head is the beginning of a page; up is the relative path to the export's root.
func head(title, language, up string) string {
	direction := ""
	if primary, _, _ := strings.Cut(language, "-"); slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "ug", "yi", "dv"}, primary) {
		direction = " dir=rtl"
	}
	return fmt.Sprintf("<!doctype html><html lang=\"%s\"%s><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"+
		"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src 'self' file:; style-src 'self' file:\">"+
		"<title>%s</title><link rel=stylesheet href=\"%sstyle.css\"></head><body>\n", html.EscapeString(language), direction, html.EscapeString(title), up)
}

// articlePage is the page of an article.
func articlePage(item *Item) string {
	a := item.Article
	var b strings.Builder
	b.WriteString(head(a.Title, a.Language, "../"))
	b.WriteString("<nav><a href=\"../index.html\">Search</a></nav>\n<article>\n")
	if a.Headlines.Kicker != "" {
		fmt.Fprintf(&b, "<p class=meta>%s</p>\n", html.EscapeString(a.Headlines.Kicker))
	}
	facts := nonEmpty(shownTime(a), a.Credits.Source, strings.Join(a.Credits.Authors, ", "))
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p class=meta>%s</p>\n", html.EscapeString(a.Title), html.EscapeString(strings.Join(facts, " · ")))
	for i := range a.Body {
		b.WriteString(blockHTML(a, &a.Body[i]))
		b.WriteByte('\n')
	}
	if len(a.Credits.Lines) > 0 {
		fmt.Fprintf(&b, "<p class=credits>%s</p>\n", html.EscapeString(strings.Join(a.Credits.Lines, " · ")))
	}
	fmt.Fprintf(&b, "</article>\n<footer class=meta><p>%s<br>captured %s · revision %d · %s</p></footer></body></html>\n",
		linkTo(a.URL, html.EscapeString(a.URL)), html.EscapeString(a.Capture.Fetched), a.Revision, html.EscapeString(a.ContentHash))
	return b.String()
}

// linkTo is a link to an address of the web; to any other it is the text alone.
func linkTo(address, text string) string {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "https"}, u.Scheme) {
		return text
	}
	return fmt.Sprintf("<a href=\"%s\" rel=\"noreferrer nofollow\">%s</a>", html.EscapeString(address), text)
}

func blockHTML(a *article.Article, x *article.Block) string {
	switch x.Type {
	case article.Heading:
		level := min(max(x.Level, 2), 6)
		return fmt.Sprintf("<h%d>%s</h%d>", level, markedHTML(x), level)
	case article.Quote:
		return "<blockquote><p>" + markedHTML(x) + "</p></blockquote>"
	case article.Preformatted:
		return "<pre>" + markedHTML(x) + "</pre>"
	case article.List:
		return listHTML(x)
	case article.Table:
		return tableHTML(x)
	case article.Definitions:
		var b strings.Builder
		for _, e := range x.Entries {
			fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>", html.EscapeString(e.Term), html.EscapeString(e.Text))
		}
		return "<dl>" + b.String() + "</dl>"
	case article.Embed:
		title := x.Title
		if title == "" {
			title = string(x.Kind) + " " + x.URL
		}
		return "<p>" + linkTo(x.URL, html.EscapeString(title)) + "</p>"
	case article.ImagePlace:
		return imageHTML(a, x.Image)
	default:
		return "<p>" + markedHTML(x) + "</p>"
	}
}

func listHTML(x *article.Block) string {
	name := "ul"
	if x.Ordered {
		name = "ol"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<%s>", name)
	for i, item := range x.Items {
		style := ""
		if i < len(x.Levels) && x.Levels[i] > 0 {
			style = fmt.Sprintf(" class=l%d", x.Levels[i])
		}
		fmt.Fprintf(&b, "<li%s>%s</li>", style, html.EscapeString(item))
	}
	fmt.Fprintf(&b, "</%s>", name)
	return b.String()
}

func tableHTML(x *article.Block) string {
	var b strings.Builder
	b.WriteString("<table>")
	if x.Caption != "" {
		fmt.Fprintf(&b, "<caption>%s</caption>", html.EscapeString(x.Caption))
	}
	for i, row := range x.Rows {
		cell := "td"
		if i < x.HeaderRows {
			cell = "th"
		}
		b.WriteString("<tr>")
		for _, text := range row {
			fmt.Fprintf(&b, "<%s>%s</%s>", cell, html.EscapeString(text), cell)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
	return b.String()
}

// imageHTML is a picture with its caption, or a box that says why it is not there.
func imageHTML(a *article.Article, id string) string {
	i := slices.IndexFunc(a.Images, func(img article.Image) bool { return img.ID == id })
	if i < 0 {
		return ""
	}
	img := &a.Images[i]
	caption := strings.Join(nonEmpty(article.Value(img.Caption), article.Value(img.Credit)), " · ")
	picture := fmt.Sprintf("<div class=missing>Picture not archived: %s</div>", html.EscapeString(strings.TrimSpace(string(img.Status)+" "+img.Reason)))
	if img.Key != "" && shown(img.Key) {
		picture = fmt.Sprintf("<img src=\"../%s\" alt=\"%s\" loading=lazy>", html.EscapeString(img.Key), html.EscapeString(article.Value(img.Alt)))
	}
	return "<figure>" + picture + "<figcaption>" + html.EscapeString(caption) + "</figcaption></figure>"
}

// elements are those of marks; a link is made apart.
var elements = map[article.MarkType]string{"strong": "strong", "emphasis": "em", "quote": "q", "sup": "sup", "sub": "sub", "code": "code", "deleted": "del", "inserted": "ins"}

// markedHTML is a text with its marks. Marks that overlap are closed and opened again
// at each border, so that elements nest.
func markedHTML(x *article.Block) string {
	runes := []rune(x.Text)
	borders := []int{0, len(runes)}
	for _, m := range x.Marks {
		borders = append(borders, min(max(m.Start, 0), len(runes)), min(max(m.End, 0), len(runes)))
	}
	slices.Sort(borders)
	borders = slices.Compact(borders)
	var b strings.Builder
	for i := 1; i < len(borders); i++ {
		from, to := borders[i-1], borders[i]
		piece := strings.ReplaceAll(html.EscapeString(string(runes[from:to])), "\n", "<br>")
		for _, m := range x.Marks {
			if m.Start > from || m.End < to {
				continue
			}
			if name := elements[m.Type]; name != "" {
				piece = "<" + name + ">" + piece + "</" + name + ">"
			} else {
				piece = linkTo(m.Href, piece)
			}
		}
		b.WriteString(piece)
	}
	return b.String()
}

// shownTime is the time of publication as precisely as the page showed it.
func shownTime(a *article.Article) string {
	text := article.Value(a.Published)
	if len(text) < len("2006-01-02T15:04") || a.PublishedPrecision == article.Day {
		return text[:min(len(text), len("2006-01-02"))]
	}
	return text[:10] + " " + text[11:16]
}
