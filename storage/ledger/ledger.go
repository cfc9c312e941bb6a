// Package ledger holds the nouns of a site's log: the record of one outcome,
// the state that a sequence of records folds into, and the batch in which
// records are committed together with the objects that they name. It does no
// I/O and imports the standard library only; package storage reads and writes
// logs, package crawler decides what goes into them.
//
// Every URL that a crawl ever saw has exactly one current outcome: that of its
// newest record, see [State].
//
// A log is a sequence of lines, each the JSON of one [Record]. [Record.AppendJSON]
// and [Decode] write and read a line; encoding/json does the same, more slowly.
package ledger

import "time"

// Outcome is the outcome of a URL.
type Outcome string

// The outcomes. A URL's current outcome is that of its newest record.
const (
	Archived  Outcome = "archived"  // stored for the first time (or restored, see Reason)
	Revised   Outcome = "revised"   // stored again, because its content changed
	Unchanged Outcome = "unchanged" // looked at again, content as before
	Gone      Outcome = "gone"      // 404, 410 or 451 after it had been archived
	Skipped   Outcome = "skipped"   // will not be archived; Reason says why
	Failed    Outcome = "failed"    // tried and failed; Due says when it is tried again
	Queued    Outcome = "queued"    // seen, not yet fetched
	Removed   Outcome = "removed"   // taken out of the archive by its keeper, for good; Detail says why
)

// Record is one line of the log. The zero value of a field is left out of the JSON. All
// kinds of records share one flat struct, so that one table of fields (fields.go) can
// write, read, pack and describe them.
type Record struct {
	Seq         int64     `json:"seq"`  // 1, 2, 3 … without a gap over the site's whole log; set by the archive at commit
	Time        time.Time `json:"time"` // UTC
	URL         string    `json:"url"`  // normalized
	ID          string    `json:"id"`   // article.ID of the canonical URL
	Kind        Kind      `json:"kind,omitempty"`
	Outcome     Outcome   `json:"outcome"`
	Reason      string    `json:"reason,omitempty"`  // reason code; required unless Archived
	Detail      string    `json:"detail,omitempty"`  // for a person, at most a few hundred bytes; of a source: for which dates it was read
	Article     string    `json:"article,omitempty"` // key of the article JSON
	Revision    int       `json:"revision,omitempty"`
	Changed     []string  `json:"changed,omitempty"` // what a revision changed: title, body, images, credits, published
	ContentHash string    `json:"content_hash,omitempty"`
	ETag        string    `json:"etag,omitempty"`
	LastMod     string    `json:"last_modified,omitempty"` // the header as sent
	Status      int       `json:"status,omitempty"`        // HTTP
	Title       string    `json:"title,omitempty"`
	Published   string    `json:"published,omitempty"`
	Source      string    `json:"source,omitempty"`   // URL of the feed, sitemap or page where it was first seen
	Alias       string    `json:"alias,omitempty"`    // this URL is another address of the article with this URL
	Tries       int       `json:"tries,omitempty"`    // failures in a row
	Visits      int       `json:"visits,omitempty"`   // times the page was fetched or answered 304
	Due         time.Time `json:"due,omitzero"`       // next look; zero for never
	First       time.Time `json:"first,omitzero"`     // first seen
	Digest      string    `json:"digest,omitempty"`   // SHA-256 of the payload, for sources: unchanged means nothing to read
	Images      int       `json:"images,omitempty"`   // images of the article
	Pending     int       `json:"pending,omitempty"`  // of these, images to try again
	Depth       int       `json:"depth,omitempty"`    // list pages between the seed and this URL
	Captured    time.Time `json:"captured,omitzero"`  // first capture of the article
	Links       int       `json:"links,omitempty"`    // of a source: articles that it lists
	Usual       int       `json:"usual,omitempty"`    // of a source: articles that it usually lists
	Warning     string    `json:"warning,omitempty"`  // of a source: what was wrong with it when it was last read, "code: detail; …"; it may list more than was read
	Missing     []string  `json:"missing,omitempty"`  // images that are not archived: reason, host and number, such as "http_404 img.example 3"
	Suspect     string    `json:"suspect,omitempty"`  // content hash of what the page showed instead of the article; Reason is suspect
	Capture     string    `json:"capture,omitempty"`  // of a robots.txt: where its response is captured, a [Place] as text
	Rendered    string    `json:"rendered,omitempty"` // browser that ran the page's scripts, of an article that was made of the DOM that they left
	// Memory carries learned site memory; only on the record with Kind memory.
	Memory []byte `json:"memory,omitempty"`
}

// Kind distinguishes records of sources from those of pages.
type Kind string

// The kinds of record.
const (
	KindPage   Kind = ""        // an article, or what turned out not to be one
	KindFeed   Kind = "feed"    // RSS or Atom
	KindMap    Kind = "sitemap" // sitemap or sitemap index
	KindList   Kind = "list"    // front page, section page
	KindRobots Kind = "robots"  // robots.txt: Digest, Article = key of the stored copy
	KindAsset  Kind = "asset"   // what a page needs to look like itself: Article = key of the capture file, Detail = the same with offset and length
	KindData   Kind = "data"    // what a page's scripts asked for to show it: as of an asset, Source = the page
	KindMemory Kind = "memory"  // site memory learned so far
)

// Object is the content of one key of the archive.
type Object struct {
	Key       string
	Body      []byte
	MediaType string
}

// Batch is the unit of a commit: objects, and the records that name them. A reader
// that sees the records finds the objects.
type Batch struct {
	Images   []Object // images/…: content-addressed
	Captures []Object // warc/…: WARC files and their CDXJ indexes
	Robots   []Object // robots/…
	Articles []Object // articles/…: article JSON, each named by the Article field of one of Records
	Records  []Record // Seq is set at commit
}

// Empty reports whether the batch has no records. An empty batch is not written.
func (b *Batch) Empty() bool { return len(b.Records) == 0 }

// Bytes returns the size of the batch's objects, for closing a batch by size.
func (b *Batch) Bytes() int64 {
	var n int64
	for _, list := range [][]Object{b.Images, b.Captures, b.Robots, b.Articles} {
		for _, o := range list {
			n += int64(len(o.Body))
		}
	}
	return n
}
