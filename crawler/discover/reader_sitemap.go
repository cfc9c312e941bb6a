package discover

import (
	"bytes"

	"pressmark/storage/ledger"
)

// sitemaps reads sitemaps and indexes of sitemaps in XML.
type sitemaps struct{}

// Kind implements Reader.
func (sitemaps) Kind() ledger.Kind { return ledger.KindMap }

// Is implements Reader.
func (sitemaps) Is(h Head, _ ledger.Kind) bool { return h.Kind == KindSitemap || h.Kind == KindIndex }

// Read implements Reader.
func (sitemaps) Read(body []byte, base string, take func(Entry)) (Rest, error) {
	warnings, err := streamSitemap(bytes.NewReader(body), base, take)
	return Rest{Warnings: warnings}, err
}

// texts reads text files with one URL a line, which the sitemaps protocol allows.
type texts struct{ sitemaps }

// Is implements Reader. Plain text is a sitemap only if one was expected.
func (texts) Is(h Head, expected ledger.Kind) bool {
	return h.Kind == KindText && expected == ledger.KindMap
}
