package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"pressmark/storage/ledger"
)

// Head says which log a site has, up to a segment.
type Head struct {
	Segments int    // number of the last segment
	SHA256   string // of the last segment, as stored; in hexadecimal
	// Chain is the hash of all segments: c(0) is "", c(n) the SHA-256 in hexadecimal
	// of c(n-1) and the SHA-256 of segment n, both in hexadecimal, one after the other.
	Chain string
	State *ledger.State // after the last segment
}

// LogHead reads a site's log up to segment upTo; 0 means to its end. The error is
// [ErrNotFound] if the segment does not exist.
func LogHead(ctx context.Context, store Store, site string, upTo int) (Head, error) {
	h := Head{State: &ledger.State{}}
	if err := CheckSite(site); err != nil {
		return h, err
	}
	if upTo == 0 {
		last, found, err := lastSegment(ctx, store, site, 0)
		if err != nil || !found {
			return h, err
		}
		upTo = last
	}
	for s, err := range NewArchive(store, Options{}).segments(ctx, site, 1, upTo) {
		if err != nil {
			return h, fmt.Errorf("log of %s: %w", site, err)
		}
		h.Segments++
		h.SHA256 = digest(s.body)
		sum := sha256.Sum256([]byte(h.Chain + h.SHA256))
		h.Chain = hex.EncodeToString(sum[:])
		if err := applySegment(h.State, s.key, s.body); err != nil {
			return h, err
		}
	}
	return h, nil
}
