package discover

import "pressmark/storage/ledger"

// feeds reads RSS, RDF, Atom and JSON Feed.
type feeds struct{}

// Kind implements Reader.
func (feeds) Kind() ledger.Kind { return ledger.KindFeed }

// Is implements Reader.
func (feeds) Is(h Head, _ ledger.Kind) bool { return h.Kind == KindFeed }

// Read implements Reader.
func (feeds) Read(body []byte, base string, take func(Entry)) (Rest, error) {
	f, err := Feed(body, base)
	for _, it := range f.Items {
		take(Entry{URL: it.URL, NewsTitle: it.Title, NewsDate: it.Published})
	}
	return Rest{Next: f.Next, Warnings: f.Warnings}, err
}
