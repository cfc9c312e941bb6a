package visit

import (
	"context"

	"pressmark/crawler/fetch"
	"pressmark/storage/ledger"
)

// Memory beside the bodies is taken from the budget of bodies before a body is read.
// Do not wait for it while holding one of the reading slots: the holder of memory
// may be waiting for a slot.

const (
	// largeBody is the size from which the number of bodies that are read at once is
	// limited.
	largeBody = 1 << 20
	// feedMemory is what a large feed takes, which is parsed whole.
	feedMemory = 64 << 20
	// pieceMemory is what one piece of a sitemap takes while it is settled: its
	// entries, what is decided about them, and the records of the batch in hand.
	pieceMemory = 16 << 20
	// treeFactor is about how many times its size a page takes while it is extracted.
	treeFactor = 8
)

// reserveListing waits for the memory that reading a feed or sitemap takes; kept is
// what an intake holds of the entries so far. The error is that of ctx's end.
func reserveListing(ctx context.Context, resp *fetch.Response, kind ledger.Kind, kept int64) error {
	if !resp.Packed && len(resp.Body) < largeBody {
		return nil
	}
	if kind == ledger.KindFeed {
		return resp.Reserve(ctx, feedMemory)
	}
	return resp.Reserve(ctx, pieceMemory+kept)
}

// reservePage waits for the memory that extracting a page takes, likewise.
func reservePage(ctx context.Context, resp *fetch.Response) error {
	n := int64(len(resp.Body))
	if n < largeBody {
		return nil
	}
	return resp.Reserve(ctx, n*treeFactor)
}
