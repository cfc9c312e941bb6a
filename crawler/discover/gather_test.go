package discover

import "bytes"

// SitemapResult is what a sitemap holds.
type SitemapResult struct {
	Index    []Entry  // sitemaps that the file names, in file order
	URLs     []Entry  // pages, in file order
	Warnings []string // "code: detail", what was wrong with the file
}

// Sitemap is streamSitemap for a file whose entries are gathered.
func Sitemap(body []byte, base string) (SitemapResult, error) {
	var res SitemapResult
	warnings, err := streamSitemap(bytes.NewReader(body), base, func(e Entry) {
		if e.Sitemap {
			res.Index = append(res.Index, e)
		} else {
			res.URLs = append(res.URLs, e)
		}
	})
	res.Warnings = warnings
	return res, err
}
