package export

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"pressmark/extract/article"
)

func openMarkdown(t *target) (writer, error) {
	return openPerArticle(t, "md", "\n\n", markdown)
}

// markdown writes CommonMark with a YAML front matter, whose values are quoted as
// JSON strings, which YAML reads.
func markdown(item *Item) string {
	a := item.Article
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range []struct{ name, value string }{
		{"title", a.Title}, {"url", a.URL}, {"site", item.Site}, {"published", article.Value(a.Published)}, {"modified", article.Value(a.Modified)},
		{"source", a.Credits.Source}, {"section", a.Section}, {"language", a.Language}, {"id", a.ID}, {"content_hash", a.ContentHash},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.name, quoted(f.value))
		}
	}
	for _, f := range []struct {
		name   string
		values []string
	}{{"authors", a.Credits.Authors}, {"editors", a.Credits.Editors}, {"keywords", a.Keywords}} {
		if len(f.values) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", f.name, quoted(f.values))
		}
	}
	fmt.Fprintf(&b, "revision: %d\n---\n\n# %s\n", a.Revision, escapeMarkdown(oneLine(a.Title)))
	for i := range a.Body {
		if s := markdownBlock(a, &a.Body[i]); s != "" {
			b.WriteString("\n" + s + "\n")
		}
	}
	return b.String()
}

func quoted(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil { // texts have a JSON form
		return `""`
	}
	return strings.TrimSpace(b.String())
}

func markdownBlock(a *article.Article, x *article.Block) string {
	switch x.Type {
	case article.Heading:
		return strings.Repeat("#", min(max(x.Level, 2), 6)) + " " + marked(x.Text, x.Marks)
	case article.Quote:
		return "> " + strings.ReplaceAll(marked(x.Text, x.Marks), "\n", "\n> ")
	case article.Preformatted:
		fence := "```"
		for strings.Contains(x.Text, fence) {
			fence += "`"
		}
		return fence + "\n" + x.Text + "\n" + fence
	case article.List:
		return markdownList(x)
	case article.Table:
		return markdownTable(x)
	case article.Definitions:
		var lines []string
		for _, e := range x.Entries {
			lines = append(lines, "**"+escapeMarkdown(oneLine(e.Term))+"**: "+escapeMarkdown(oneLine(e.Text)))
		}
		return strings.Join(lines, "\n\n")
	case article.Embed:
		title := x.Title
		if title == "" {
			title = string(x.Kind)
		}
		if x.URL == "" {
			return escapeMarkdown(oneLine(title))
		}
		return "[" + escapeMarkdown(oneLine(title)) + "](" + markdownURL(x.URL) + ")"
	case article.ImagePlace:
		return markdownImage(a, x.Image)
	default:
		return marked(x.Text, x.Marks)
	}
}

func markdownList(x *article.Block) string {
	var b strings.Builder
	number := max(x.Start, 1)
	for i, item := range x.Items {
		level := 0
		if i < len(x.Levels) {
			level = x.Levels[i]
		}
		sign := "-"
		if x.Ordered {
			sign = fmt.Sprintf("%d.", number)
			number++
		}
		fmt.Fprintf(&b, "%s%s %s\n", strings.Repeat("   ", level), sign, escapeMarkdown(oneLine(item)))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// markdownTable writes a table of GitHub's form; without header rows, the header
// is empty.
func markdownTable(x *article.Block) string {
	width := 0
	for _, r := range x.Rows {
		width = max(width, len(r))
	}
	if width == 0 {
		return ""
	}
	var b strings.Builder
	if x.Caption != "" {
		b.WriteString("*" + escapeMarkdown(oneLine(x.Caption)) + "*\n\n")
	}
	row := func(cells []string) {
		for i := range width {
			cell := ""
			if i < len(cells) {
				cell = strings.ReplaceAll(escapeMarkdown(oneLine(cells[i])), "|", `\|`)
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
	rows := x.Rows
	if x.HeaderRows > 0 {
		row(rows[0])
		rows = rows[1:]
	} else {
		row(nil)
	}
	b.WriteString(strings.Repeat("| --- ", width) + "|\n")
	for _, r := range rows {
		row(r)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func markdownImage(a *article.Article, id string) string {
	for i := range a.Images {
		img := &a.Images[i]
		if img.ID != id {
			continue
		}
		address := img.Key
		if address == "" {
			address = img.URL
		}
		return "![" + escapeMarkdown(oneLine(article.Value(img.Caption))) + "](" + markdownURL(address) + ")"
	}
	return ""
}

// marked writes text with its links, strong and emphasized ranges. Marks that
// Markdown has no sign for are left out.
func marked(text string, marks []article.Mark) string {
	type edge struct {
		at    int
		start bool
		order int
		sign  string
	}
	var edges []edge
	for i, m := range marks {
		open, end := markSigns(m)
		if open != "" {
			edges = append(edges, edge{m.Start, true, i, open}, edge{m.End, false, -i, end})
		}
	}
	sort.SliceStable(edges, func(i, j int) bool {
		a, b := edges[i], edges[j]
		if a.at != b.at {
			return a.at < b.at
		}
		if a.start != b.start {
			return !a.start // ends before starts
		}
		return a.order < b.order
	})
	var b strings.Builder
	runes := []rune(text)
	at := 0
	for _, e := range edges {
		if e.at < at || e.at > len(runes) {
			continue
		}
		b.WriteString(escapeMarkdown(string(runes[at:e.at])) + e.sign)
		at = e.at
	}
	b.WriteString(escapeMarkdown(string(runes[at:])))
	return b.String()
}

func markSigns(m article.Mark) (open, end string) {
	switch m.Type {
	case article.MarkLink:
		if m.Href == "" {
			return "", ""
		}
		return "[", "](" + markdownURL(m.Href) + ")"
	case article.MarkStrong:
		return "**", "**"
	case article.MarkEmphasis:
		return "*", "*"
	case article.MarkDeleted:
		return "~~", "~~"
	default:
		return "", ""
	}
}

var markdownSpecial = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)

func escapeMarkdown(s string) string { return markdownSpecial.Replace(s) }

func markdownURL(s string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "").Replace(s)
}
