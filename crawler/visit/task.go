package visit

import (
	"pressmark/configs"
	"pressmark/crawler/frontier"
	"pressmark/storage/ledger"
)

// Task is one request to make. It is small, because the frontier may hold a million.
type Task struct {
	visit     *Visit
	source    *source  // of a source, else nil
	standIn   *standIn // revisit: the article that an alias stands in for
	page      uint32   // part, image: the article under way
	image     uint16   // image: index in the article
	kind      kind
	depth     uint8
	alternate uint8 // image: addresses tried after the first
	failures  uint8 // tries within this run that failed
	guess     guess // page: whether it is one in doubt
	strong    bool  // a guess that is tried whatever its form of address
}

// Visit returns the visit that the task belongs to.
func (t Task) Visit() *Visit { return t.visit }

// source describes a feed, sitemap or list page that is to be fetched.
type source struct {
	kind  ledger.Kind // expected
	from  string      // where it was found; "" for a seed
	list  string      // first page of the list that this is a further page of
	pages int         // next pages followed so far
	below int         // sitemaps in a row that led here, each naming the next
	place bool        // a common place: not an error if nothing is there
	once  bool        // one page of a dated archive, visited while it is asked for
	guess guess       // sure, but for a link that looks like a section's
	noted bool        // each look is recorded, because the next one is counted from it
}

type kind uint8

const (
	image kind = iota
	part
	proving // the address that a page gives as its own
	list    // feed, sitemap or list page
	page
	revisit
	asset // what a page needs to look like itself
)

// Class returns the task's place in the frontier: articles under way are finished first.
func (t Task) Class() frontier.Class {
	switch t.kind {
	case image, part, proving:
		return frontier.Finish
	case list:
		return frontier.Source
	case page:
		if t.guess != unlikely {
			return frontier.Article
		}
	}
	return frontier.Revisit
}

// clampDepth makes a depth fit a task.
func clampDepth(n int) uint8 { return uint8(min(n, 255)) }

// kindUnknown marks a seed whose kind only its answer shows.
const kindUnknown ledger.Kind = "unknown"

func kindOf(t configs.SourceType) ledger.Kind {
	switch t {
	case configs.Feed:
		return ledger.KindFeed
	case configs.Sitemap:
		return ledger.KindMap
	case configs.Page:
		return ledger.KindList
	}
	return kindUnknown
}
