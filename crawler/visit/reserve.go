package visit

import (
	"context"

	"pressmark/crawler/fetch"
)

// Memory beside the bodies is taken from their budget before a body is read. It is
// never waited for while one of the places for reading is held: who holds memory may
// wait for a place.

const (
	// largeBody is the size from which bodies are not read beside any number of others.
	largeBody = 1 << 20
	// listingMemory is what the entries of the largest listing take: 200,000
	// addresses with their times, and the links of its record.
	listingMemory = 64 << 20
	// treeFactor is about how many times its size a page takes while it is extracted.
	treeFactor = 8
)

// reserveListing waits for the memory that reading a feed or sitemap takes. The error
// is that of ctx's end.
func reserveListing(ctx context.Context, resp *fetch.Response) error {
	if !resp.Packed && len(resp.Body) < largeBody {
		return nil
	}
	return resp.Reserve(ctx, listingMemory)
}

// reservePage waits for the memory that extracting a page takes, likewise.
func reservePage(ctx context.Context, resp *fetch.Response) error {
	n := int64(len(resp.Body))
	if n < largeBody {
		return nil
	}
	return resp.Reserve(ctx, n*treeFactor)
}
