// Package certificate says in one page which corpus an archive was at a moment, so
// that a paper can cite it and a reader can check it years later: how many URLs,
// articles and pictures there were, the hashes of the sites' logs, which name every
// article by the hash of its content, and what a check of the whole archive found.
//
// A log only grows. So an archive still holds what a certificate says if the
// segments that it counts still have the same hash, however many came after. The
// one exception is a takedown, which blanks texts in old segments; [Check] says so
// if the archive has tombstones.
package certificate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pressmark/storage"
	"pressmark/storage/ledger"
)

// schema is the version of a certificate's form.
const schema = "pressmark/certificate/v1"

// Certificate states the content of an archive at one moment.
type Certificate struct {
	Schema   string `json:"schema"`
	Archive  string `json:"archive"` // as its keeper names it
	Made     string `json:"made"`    // RFC 3339, UTC
	Program  string `json:"program"` // name and version
	Command  string `json:"command"` // that made it
	Sites    []Site `json:"sites"`
	Articles int    `json:"articles"` // archived, in their newest revision; gone ones included
	Check    Result `json:"check"`
	// SHA256 is the hash of this certificate's JSON with an empty SHA256, compact,
	// keys in this order: one line that a paper can print.
	SHA256 string `json:"sha256"`
}

// Site states the content of one site's log.
type Site struct {
	Site     string         `json:"site"`
	Segments int            `json:"segments"`     // number of the last segment of the log
	Head     string         `json:"head_sha256"`  // of the last segment, as stored
	Chain    string         `json:"chain_sha256"` // of all segments, see storage.Head
	Records  int64          `json:"records"`      // number of the last record
	URLs     int            `json:"urls"`         // pages ever seen
	Articles int            `json:"articles"`     // archived
	Outcomes map[string]int `json:"outcomes"`     // URLs by their outcome
}

// Result is the result of a check of the archive (pressmark verify).
type Result struct {
	Done     bool           `json:"done"` // false: the archive was not checked
	Images   int            `json:"images"`
	Captures int            `json:"capture_files"`
	Earlier  int            `json:"earlier_revisions"`
	Problems int            `json:"problems"`
	Faults   map[string]int `json:"faults"` // problems by kind: missing, altered, extra
}

// Options select the content of a certificate.
type Options struct {
	Archive, Program, Command string
	Now                       time.Time
	Report                    *storage.Report // of a check; nil: none was made
}

// Make writes the certificate of an archive.
func Make(ctx context.Context, store storage.Store, o Options) (Certificate, error) {
	c := Certificate{Schema: schema, Archive: o.Archive, Made: o.Now.UTC().Format(time.RFC3339), Program: o.Program, Command: o.Command,
		Sites: []Site{}, Check: resultOf(o.Report)}
	for name, err := range storage.Sites(ctx, store) {
		if err != nil {
			return c, fmt.Errorf("certificate: %w", err)
		}
		head, err := storage.LogHead(ctx, store, name, 0)
		if err != nil {
			return c, fmt.Errorf("certificate: %w", err)
		}
		s := siteOf(name, head)
		c.Sites = append(c.Sites, s)
		c.Articles += s.Articles
	}
	c.SHA256 = c.hash()
	return c, nil
}

func siteOf(name string, h storage.Head) Site {
	s := Site{Site: name, Segments: h.Segments, Head: h.SHA256, Chain: h.Chain, Records: h.State.Seq(), Outcomes: map[string]int{}}
	for _, n := range h.State.Counts() {
		s.URLs += n.URLs
		s.Outcomes[string(n.Outcome)] += n.URLs
		switch n.Outcome {
		case ledger.Archived, ledger.Revised, ledger.Unchanged, ledger.Gone:
			s.Articles += n.URLs
		}
	}
	return s
}

func resultOf(r *storage.Report) Result {
	out := Result{Faults: map[string]int{}}
	if r == nil {
		return out
	}
	out.Done, out.Images, out.Captures, out.Earlier, out.Problems = true, r.Images, r.Captures, r.Revisions, len(r.Problems)
	for _, p := range r.Problems {
		out.Faults[string(p.Fault)]++
	}
	return out
}

// hash computes SHA256.
func (c Certificate) hash() string {
	c.SHA256 = ""
	body, err := json.Marshal(c)
	if err != nil {
		return "" // strings and numbers alone
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// ErrForm reports a file that is not a certificate, or that was changed.
var ErrForm = errors.New("not a certificate")

// Parse reads a certificate and compares it with its own hash.
func Parse(data []byte) (Certificate, error) {
	var c Certificate
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if c.Schema != schema {
		return c, fmt.Errorf("%w: its schema is %q, not %q", ErrForm, c.Schema, schema)
	}
	if c.hash() != c.SHA256 {
		return c, fmt.Errorf("%w: it says sha256 %s, and its content has %s: it was edited", ErrForm, c.SHA256, c.hash())
	}
	return c, nil
}

// Finding compares one site with its certificate.
type Finding struct {
	Site    string `json:"site"`
	Holds   bool   `json:"holds"`   // the log that was certified is there, unchanged
	Since   int    `json:"since"`   // segments that came after
	Removed int    `json:"removed"` // articles that were taken down at any time
	Detail  string `json:"detail"`  // for people
}

// Check compares an archive with a certificate, site by site. Sites that the
// certificate does not name are passed over.
func Check(ctx context.Context, store storage.Store, c Certificate) ([]Finding, error) {
	out := []Finding{}
	for _, site := range c.Sites {
		f, err := check(ctx, store, site)
		if err != nil {
			return out, fmt.Errorf("check certificate: %w", err)
		}
		out = append(out, f)
	}
	return out, nil
}

func check(ctx context.Context, store storage.Store, site Site) (Finding, error) {
	f := Finding{Site: site.Site}
	head, err := storage.LogHead(ctx, store, site.Site, site.Segments)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrCorrupt):
		f.Detail = fmt.Sprintf("the log up to segment %d is not there as a whole: %v", site.Segments, err)
		return f, nil
	case err != nil:
		return f, err
	}
	now, err := storage.LogHead(ctx, store, site.Site, 0)
	if err != nil && !errors.Is(err, storage.ErrCorrupt) {
		return f, err
	}
	f.Since = now.Segments - site.Segments
	for _, n := range now.State.Counts() {
		if n.Outcome == ledger.Removed {
			f.Removed += n.URLs
		}
	}
	f.Holds = head.Chain == site.Chain && head.SHA256 == site.Head
	switch {
	case f.Holds:
		f.Detail = fmt.Sprintf("%d records are what they were; %d segments came after", site.Records, f.Since)
	case f.Removed > 0:
		f.Detail = fmt.Sprintf("the log up to segment %d was changed; %d addresses were taken down (pressmark remove), which blanks texts in it", site.Segments, f.Removed)
	default:
		f.Detail = fmt.Sprintf("the log up to segment %d was changed: its chain has the hash %s, certified was %s", site.Segments, head.Chain, site.Chain)
	}
	return f, nil
}
