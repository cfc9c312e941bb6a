package audit

import (
	_ "embed" // the page's template
	"html/template"
	"io"
	"time"

	"pressmark/configs"
)

//go:embed page.html
var page string

// mostShown is how many intervals that are too short the page lists.
const mostShown = 100

// WriteHTML writes the report as one page that needs nothing else.
func (r *Report) WriteHTML(w io.Writer) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"time": func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") },
		"span": Span,
		"kept": allKept,
		"mark": func(ok bool) string {
			if ok {
				return "ok"
			}
			return "bad"
		},
		"first": func(list []Interval) []Interval { return list[:min(len(list), mostShown)] },
	}).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, r)
}

func allKept(waits []Wait) bool {
	for i := range waits {
		if !waits[i].Kept {
			return false
		}
	}
	return true
}

// Span is a time in words: "1.25s", "2m".
func Span(d time.Duration) string {
	if d < time.Minute {
		return d.Round(time.Millisecond).String()
	}
	return configs.FormatDuration(d.Round(time.Second))
}
