package main

import (
	"context"
	"fmt"
	"io"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/extract"
	"pressmark/extract/article"
)

// browserNeed says how many of a site's articles show nothing without scripts, and in how
// many the text stands in scripts or markup for machines, where no browser is needed.
type browserNeed struct{ pages, shells, stated int }

// needOf reads articles of a site as a crawl without a browser does.
func needOf(ctx context.Context, s *configs.Site, pages []article.Page) (n browserNeed, err error) {
	x := extract.New(crawler.ExtractOptions(s, nil, version))
	for _, page := range pages {
		res, err := x.Extract(ctx, page)
		if ctx.Err() != nil {
			return n, ctx.Err()
		}
		n.pages++
		switch {
		case err != nil: // which the rules' findings tell
		case res.Kind == article.KindShell:
			n.shells++
		case res.Article != nil && fromState[res.Article.Evidence["body"]]:
			n.stated++
		}
	}
	return n, nil
}

// fromState are the sources of a body that the page itself does not show.
var fromState = map[string]bool{"script": true, "json-ld articleBody": true}

func (n browserNeed) print(w io.Writer, site string) {
	switch {
	case n.pages == 0:
	case n.shells > 0:
		fmt.Fprintf(w, "%s: %d of %d articles need a browser: crawl with --browser auto", site, n.shells, n.pages)
		if n.stated > 0 {
			fmt.Fprintf(w, "; %d are read from their scripts without one", n.stated)
		}
		fmt.Fprintln(w)
	case n.stated > 0:
		fmt.Fprintf(w, "%s: no browser is needed; %d of %d articles are read from their scripts, and show nothing without\n", site, n.stated, n.pages)
	default:
		fmt.Fprintf(w, "%s: no browser is needed\n", site)
	}
}
