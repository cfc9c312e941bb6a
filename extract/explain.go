package extract

import (
	"context"
	"fmt"
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/compose"
	"pressmark/extract/page"
	"pressmark/extract/title"
)

// Explanation says how a page was read: the role of each line with the step that gave it,
// and the candidates of each field.
type Explanation struct {
	Result article.Result
	Lines  []ExplainedLine  // all lines of the page, in reading order
	Fields []ExplainedField // title, published, modified, source, authors, body, images
}

// ExplainedLine is a line of a page with its role.
type ExplainedLine struct {
	Number int    // from 1
	Role   string // "body", "subhead", "title", "caption", …; "" where no step claimed the line
	By     string // step that gave the role
	Hidden bool   // not displayed
	Text   string
}

// ExplainedField is a field of the article with its evidence.
type ExplainedField struct {
	Name   string
	Value  string           // "" where nothing was found
	From   string           // step or element that it comes from
	Others []page.Candidate // what else was weighed for it, in the order of the steps
}

// Explain reads one page as Extract does and explains the result. The error is that of
// Extract. A page that is no article is explained too.
func (x *Extractor) Explain(ctx context.Context, in article.Page) (Explanation, error) {
	trace := new(page.Trace)
	var e Explanation
	err := x.read(ctx, in, trace, func(p *page.Page, found *compose.Found) {
		e.Result = compose.Article(p, found, x.opts.Site, x.opts.Version)
		e.Lines = explainLines(p, found.Head, found.Text)
		e.Fields = explainFields(found, trace)
	})
	return e, err
}

func explainLines(p *page.Page, head title.Result, text body.Result) []ExplainedLine {
	lines := make([]ExplainedLine, len(p.Lines))
	for i := range p.Lines {
		l := &p.Lines[i]
		lines[i] = ExplainedLine{Number: i + 1, Role: l.Role().String(), By: l.By(), Hidden: l.Hidden(), Text: strings.Clone(l.Text())}
		if l.Role() == page.RoleNone && l.By() == "" && (i < text.First || i >= text.Last) {
			lines[i].By = "outside the body's box"
		}
		if i == head.Line && l.Role() == page.RoleNone {
			lines[i].Role, lines[i].By = page.RoleTitle.String(), "headline, "+head.From
		}
	}
	return lines
}

func explainFields(found *compose.Found, trace *page.Trace) []ExplainedField {
	fields := []ExplainedField{
		{Name: "title", Value: found.Head.Text, From: found.Head.From},
		{Name: "published", Value: article.Value(found.When.Published), From: found.When.From},
		{Name: "modified", Value: article.Value(found.When.Modified), From: found.When.ModifiedFrom},
		{Name: "source", Value: found.Who.Credits.Source, From: found.Who.SourceFrom},
		{Name: "authors", Value: strings.Join(found.Who.Credits.Authors, ", "), From: found.Who.AuthorsFrom},
		{Name: "body", Value: fmt.Sprintf("%d blocks", len(found.Blocks.Blocks)), From: found.Text.From},
		{Name: "images", Value: fmt.Sprint(len(found.Blocks.Images)), From: found.Pics.From},
	}
	for i := range fields {
		f := &fields[i]
		for _, c := range trace.Candidates {
			if c.Field == f.Name && (c.Value != f.Value || c.From != f.From) {
				f.Others = append(f.Others, c)
			}
		}
	}
	return fields
}
