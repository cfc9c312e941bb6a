package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"pressmark/extract/article"
	"pressmark/storage/compare"
)

func printDiff(a *app, asJSON bool, d compare.Diff) error {
	if asJSON {
		return writeJSON(a.stdout, d)
	}
	color := isTerminal(a.stdout)
	fmt.Fprintf(a.stdout, "revision %d to %d: %s\n", d.Old, d.New, d.Sentence())
	for _, f := range d.Fields {
		fmt.Fprintf(a.stdout, "\n%s: %s\n", f.Name, pieces(f.Pieces, color))
	}
	for _, b := range d.Blocks {
		printBlock(a.stdout, b, color)
	}
	for _, img := range d.Added {
		fmt.Fprintf(a.stdout, "\n+ picture %s %s\n", clean(img.URL), clean(article.Value(img.Caption)))
	}
	for _, img := range d.Removed {
		fmt.Fprintf(a.stdout, "\n- picture %s %s\n", clean(img.URL), clean(article.Value(img.Caption)))
	}
	return nil
}

// printBlock prints a block; unchanged ones are cut to a line.
func printBlock(w io.Writer, b compare.Block, color bool) {
	sign := map[compare.Kind]string{compare.Same: " ", compare.Added: "+", compare.Removed: "-", compare.Changed: "~", compare.Moved: ">"}[b.Kind]
	line := pieces(b.Pieces, color)
	if b.Kind == compare.Same {
		line = text.Snip(line, 76, "…")
	}
	fmt.Fprintf(w, "\n%s %s\n", sign, strings.ReplaceAll(line, "\n", "\n  "))
}

func pieces(list []compare.Piece, color bool) string {
	var b strings.Builder
	for _, p := range list {
		switch s := clean(p.Text); {
		case p.Kind == compare.Added && color:
			b.WriteString(text.FgGreen.Sprint(s))
		case p.Kind == compare.Removed && color:
			b.WriteString(text.Colors{text.FgRed, text.CrossedOut}.Sprint(s))
		case p.Kind == compare.Added:
			b.WriteString("{+" + s + "+}")
		case p.Kind == compare.Removed:
			b.WriteString("[-" + s + "-]")
		default:
			b.WriteString(s)
		}
	}
	return b.String()
}
