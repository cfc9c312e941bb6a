package compare

import (
	"fmt"
	"strings"

	"pressmark/extract/article"
)

// Sentence summarizes the changes in one sentence, for example "The title changed, 2
// paragraphs were added and 1 picture was removed."
func (d *Diff) Sentence() string {
	var parts []string
	for _, f := range d.Fields {
		switch name := strings.TrimPrefix(f.Name, "credits."); {
		case f.Old == "":
			parts = append(parts, fmt.Sprintf("the %s was added", fieldNames[name]))
		case f.New == "":
			parts = append(parts, fmt.Sprintf("the %s was removed", fieldNames[name]))
		default:
			parts = append(parts, fmt.Sprintf("the %s changed", fieldNames[name]))
		}
	}
	n, types := map[Kind]int{}, map[Kind]article.BlockType{}
	for _, b := range d.Blocks {
		if b.Type == article.ImagePlace {
			continue
		}
		if n[b.Kind]++; n[b.Kind] == 1 {
			types[b.Kind] = b.Type
		} else if types[b.Kind] != b.Type {
			types[b.Kind] = "" // of several types
		}
	}
	for _, c := range []struct {
		kind Kind
		verb string
	}{{Added, "added"}, {Removed, "removed"}, {Changed, "edited"}, {Moved, "moved"}} {
		if n[c.kind] > 0 {
			parts = append(parts, count(n[c.kind], blockName(types[c.kind]))+" "+c.verb)
		}
	}
	if len(d.Added) > 0 {
		parts = append(parts, count(len(d.Added), "picture")+" added")
	}
	if len(d.Removed) > 0 {
		parts = append(parts, count(len(d.Removed), "picture")+" removed")
	}
	if len(parts) == 0 {
		return "Nothing changed."
	}
	s := join(parts) + "."
	return strings.ToUpper(s[:1]) + s[1:]
}

var fieldNames = map[string]string{
	"title": "title", "published": "time of publication", "modified": "time of the last change", "source": "source",
	"authors": "list of authors", "editors": "list of editors",
}

// blockName is a block of one type, for people; of another or of several, "block".
func blockName(t article.BlockType) string {
	switch t {
	case article.Paragraph, article.Heading, article.List, article.Table, article.Quote:
		return string(t)
	}
	return "block"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " was"
	}
	return fmt.Sprintf("%d %ss were", n, noun)
}

func join(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}
