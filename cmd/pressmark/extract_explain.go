package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"pressmark/extract"
)

// explainedColumns is how many columns of a line's text an explanation prints.
const explainedColumns = 100

// explainOne prints how one page was read.
func (a *app) explainOne(ctx context.Context, from string, f extractFlags) error {
	if isURL(from) && f.url == "" {
		f.url = from
	}
	x, err := newExtractor(f)
	if err != nil {
		return err
	}
	page, err := a.loadPage(ctx, from, f)
	if err != nil {
		return err
	}
	e, err := x.Explain(ctx, page)
	if err != nil {
		return err
	}
	printExplanation(a.stdout, &e)
	return nil
}

func printExplanation(w io.Writer, e *extract.Explanation) {
	lines := newTable(w)
	lines.AppendHeader(table.Row{"Line", "Role", "Step", "Text"})
	for _, l := range e.Lines {
		lines.AppendRow(table.Row{l.Number, roleName(&l), l.By, text.Snip(l.Text, explainedColumns, "…")})
	}
	lines.SetColumnConfigs(rightAligned(1, 1))
	lines.SuppressTrailingSpaces()
	lines.Render()

	fmt.Fprintf(w, "\nKind: %s", e.Result.Kind)
	if r := e.Result.Refusal; r != nil {
		fmt.Fprintf(w, " (%s)", r.Message)
	}
	fmt.Fprintln(w)
	fields := newTable(w)
	fields.AppendHeader(table.Row{"Field", "", "Value", "Evidence", "Score"})
	for _, f := range e.Fields {
		fields.AppendRow(table.Row{f.Name, "chosen", text.Snip(f.Value, explainedColumns, "…"), f.From, ""})
		for _, c := range f.Others {
			verdict := "rejected"
			if c.Value == f.Value {
				verdict = "agrees"
			}
			fields.AppendRow(table.Row{"", verdict, text.Snip(c.Value, explainedColumns, "…"), c.From, score(c.Score)})
		}
	}
	fields.SetColumnConfigs(rightAligned(5, 5))
	fields.SuppressTrailingSpaces()
	fields.Render()
}

// roleName is a line's role, or why it has none.
func roleName(l *extract.ExplainedLine) string {
	switch {
	case l.Role == "" && l.Hidden:
		return "(hidden)"
	case l.Role == "":
		return "(none)"
	case l.Hidden:
		return l.Role + " (hidden)"
	}
	return l.Role
}

func score(s float64) string {
	if s == 0 {
		return ""
	}
	return strconv.FormatFloat(s, 'f', 1, 64)
}
