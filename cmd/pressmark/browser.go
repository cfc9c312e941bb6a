package main

import (
	"fmt"
	"io"
	"log/slog"
	"os/exec"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/render"
	"pressmark/extract/article"
)

const browserUsage = "browser for pages that are empty without scripts: none, auto (an installed Chromium), or the path of one"

// checkBrowser reads --browser; the path is "" for none.
func (f *crawlFlags) checkBrowser() (path string, err error) {
	switch f.browser {
	case "", "none":
		return "", nil
	case "auto":
		if path, err = render.Find(); err != nil {
			return "", misuse("--browser auto: %w", err)
		}
		return path, nil
	}
	if path, err = exec.LookPath(f.browser); err != nil {
		return "", misuse("--browser: %w; give none, auto, or the path of Chromium", err)
	}
	return path, nil
}

// openBrowser returns the browser of a run, nil for none, and the function that ends it.
func (f *crawlFlags) openBrowser(log *slog.Logger) (*render.Renderer, func(), error) {
	path, err := f.checkBrowser()
	if err != nil || path == "" {
		return nil, func() {}, err
	}
	b := render.New(render.Options{Path: path, Logger: log})
	return b, b.Close, nil
}

// setBrowser gives the crawler its browser, if there is one.
func setBrowser(o *crawler.Options, b *render.Renderer) {
	if b != nil {
		o.Browser = b
	}
}

// warnUnrendered warns of sites that are always to be shown in a browser, if there is none.
func warnUnrendered(log *slog.Logger, sites []configs.Site, b *render.Renderer) {
	for i := range sites {
		if b == nil && sites[i].Render == configs.RenderAlways {
			log.Warn("its file says render: always, and there is no browser; give --browser auto", "site", sites[i].Name)
		}
	}
}

// printUnrendered says how many pages a browser is needed for.
func printUnrendered(w io.Writer, sums []crawler.Summary, b *render.Renderer) {
	n := 0
	for i := range sums {
		for _, r := range sums[i].Reasons {
			if r.Reason == string(article.KindShell) {
				n += r.Count
			}
		}
	}
	if n == 0 || b != nil {
		return
	}
	noun := "pages need"
	if n == 1 {
		noun = "page needs"
	}
	fmt.Fprintf(w, "%d %s a browser: --browser auto\n", n, noun)
}
