package visit

import (
	"context"

	"pressmark/crawler/fetch"
)

// Memory beside the bodies is taken from the budget of bodies before a body is read.
// Do not wait for it while holding one of the reading slots: the holder of memory
// may be waiting for a slot.

const (
	// largeBody is the size from which the number of bodies that are read at once is
	// limited.
	largeBody = 1 << 20
	// listingMemory is the memory for the entries of the largest listing: 200,000 URLs
	// with their times, and the links of its record.
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
