package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"pressmark/crawler"
	"pressmark/storage/compare"
)

// longestValue is how much of a value is printed, in characters.
const longestValue = 300

// printFieldChange prints one field: the body by block, texts by word, others as JSON.
func printFieldChange(w io.Writer, c crawler.FieldChange, r crawler.Reextracted, color bool) {
	old, now := textOf(c.Old), textOf(c.New)
	switch {
	case c.Field == "body":
		printBodyChange(w, r, color)
		return
	case old != "" && now != "":
		fmt.Fprintf(w, "    %s: %s\n", c.Field, text.Snip(pieces(compare.Text(old, now), color), longestValue, "…"))
		return
	}
	value := func(v json.RawMessage) string {
		if v == nil {
			return "(none)"
		}
		return text.Snip(clean(string(v)), longestValue, "…")
	}
	fmt.Fprintf(w, "    %s\n      - %s\n      + %s\n", c.Field, value(c.Old), value(c.New))
}

// textOf returns the text of a JSON string, "" for any other value.
func textOf(v json.RawMessage) (text string) {
	if json.Unmarshal(v, &text) != nil {
		return ""
	}
	return text
}

func printBodyChange(w io.Writer, r crawler.Reextracted, color bool) {
	fmt.Fprintln(w, "    body")
	shown := false
	for _, b := range compare.Articles(r.Old, r.New).Blocks {
		if b.Kind == compare.Same {
			continue
		}
		shown = true
		sign := map[compare.Kind]string{compare.Added: "+", compare.Removed: "-", compare.Changed: "~", compare.Moved: ">"}[b.Kind]
		fmt.Fprintf(w, "      %s %s\n", sign, text.Snip(strings.ReplaceAll(pieces(b.Pieces, color), "\n", " "), longestValue, "…"))
	}
	if !shown {
		fmt.Fprintln(w, "      same text, other marks or roles")
	}
}

func (t *tellChanges) sum(w io.Writer, written bool) {
	n, all := t.verdicts, 0
	for _, k := range n {
		all += k
	}
	would := "would be"
	if written {
		would = "were"
	}
	fmt.Fprintf(w, "%d articles: %d %s revised, %d %s updated, %d stay as they are", all, n[crawler.Revise], would, n[crawler.Update], would, n[crawler.Same])
	for _, v := range []crawler.Verdict{crawler.Refused, crawler.Unread, crawler.NoCapture} {
		if n[v] > 0 {
			fmt.Fprintf(w, ", %d %s", n[v], strings.ReplaceAll(string(v), "_", " "))
		}
	}
	fmt.Fprintln(w)
	for i, name := range slices.Sorted(maps.Keys(t.fields)) {
		if i == 0 {
			fmt.Fprint(w, "fields that change: ")
		} else {
			fmt.Fprint(w, ", ")
		}
		fmt.Fprintf(w, "%s in %d", name, t.fields[name])
	}
	if len(t.fields) > 0 {
		fmt.Fprintln(w)
	}
}
