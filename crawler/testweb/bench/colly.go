package main

import (
	"fmt"

	"github.com/gocolly/colly/v2"
)

// followWithColly is what Colly's own examples do: one OnHTML that visits every
// link, and nothing else. Without async it asks for one page after the other;
// with it, for eight at once.
func followWithColly(url string, async bool) error {
	c := colly.NewCollector(colly.Async(async))
	if async {
		if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 8}); err != nil {
			return fmt.Errorf("limit colly: %w", err)
		}
	}
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		e.Request.Visit(e.Attr("href")) // its errors are "already visited"
	})
	if err := c.Visit(url); err != nil {
		return fmt.Errorf("visit %s: %w", url, err)
	}
	c.Wait()
	return nil
}
