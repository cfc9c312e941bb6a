package byline

import (
	"fmt"
	"strings"

	"pressmark/extract/credits"
)

// traceLine notes what a line of credits names, for explanations.
func (c *creditFinder) traceLine(got credits.Credits, i int) {
	if c.p.Trace == nil {
		return
	}
	from := fmt.Sprintf("line %d", i+1)
	c.p.Trace.Add("source", got.Source, from, 0)
	c.p.Trace.Add("authors", strings.Join(got.Authors, ", "), from, 0)
}

// traceDeclared notes what structured data names, for explanations.
func (c *creditFinder) traceDeclared() {
	if c.p.Trace == nil {
		return
	}
	for _, s := range c.said.Source {
		c.p.Trace.Add("source", s.Text, s.From, 0)
	}
	for _, a := range c.said.Authors {
		c.p.Trace.Add("authors", a.Name, a.From, 0)
	}
}
