package search

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"pressmark/extract/article"
)

// Facets are the names of the values that articles can be narrowed by, in the
// order in which a reader shows them.
var Facets = []string{"site", "month", "source", "author", "section", "language", "publisher", "keyword", "access", "warning", "is"}

// Values of the facet "is".
const (
	IsRevised  = "revised"  // the archive has an earlier revision
	IsGone     = "gone"     // the site has taken the article down
	IsUndated  = "undated"  // the page shows no time
	IsPictures = "pictures" // has pictures
	IsMissing  = "missing"  // a picture is not archived
)

// value is one value of an article.
type value struct{ name, value string }

// valuesOf lists the values of an article, each once.
func valuesOf(d *document) []value {
	a := d.article
	out := []value{{"site", d.site}, {"month", d.at.Format("2006-01")}, {"day", d.at.Format("2006-01-02")}}
	add := func(name string, texts ...string) {
		for _, text := range texts {
			if text = clip(strings.Join(strings.Fields(text), " "), 200); text != "" {
				out = append(out, value{name, text})
			}
		}
	}
	add("source", a.Credits.Source)
	add("author", a.Credits.Authors...)
	add("section", a.Section)
	add("language", a.Language)
	add("publisher", a.Publisher)
	add("keyword", a.Keywords...)
	add("access", string(a.Access))
	for _, w := range a.Warnings {
		code, _, _ := strings.Cut(w, ":")
		add("warning", code)
	}
	add("is", states(d)...)
	slices.SortFunc(out, func(a, b value) int {
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.value, b.value))
	})
	n := 0
	for i, v := range out {
		if i == 0 || v != out[i-1] {
			out[n] = v
			n++
		}
	}
	return out[:n]
}

// packValues writes values into one text, a line each: name, tab, value.
func packValues(values []value) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(v.name)
		b.WriteByte('\t')
		b.WriteString(v.value)
		b.WriteByte('\n')
	}
	return b.String()
}

// unpackValues yields what packValues wrote.
func unpackValues(packed string) iter.Seq[value] {
	return func(yield func(value) bool) {
		for line := range strings.SplitSeq(packed, "\n") {
			if name, text, ok := strings.Cut(line, "\t"); ok && !yield(value{name, text}) {
				return
			}
		}
	}
}

func states(d *document) []string {
	var out []string
	if d.article.Revision > 1 {
		out = append(out, IsRevised)
	}
	if d.gone {
		out = append(out, IsGone)
	}
	if !d.dated {
		out = append(out, IsUndated)
	}
	if len(d.article.Images) > 0 {
		out = append(out, IsPictures)
	}
	if d.missing() > 0 {
		out = append(out, IsMissing)
	}
	return out
}

// tag returns the term for a value in the column "tag". Authors and similar values
// are compared without case and accents.
func tag(name, text string) string {
	return "v" + strconv.FormatUint(hashOf(name+"\x00"+tokens(text)), 36)
}

// clip cuts a text to n bytes, at a character.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return text[:n]
}

func isArchived(img *article.Image) bool { return img.Status == article.ImageArchived }
