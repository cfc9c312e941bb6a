// Package events turns the records of an archive's logs into a feed of what happened to
// its articles, over all sites, for pipelines: typed events, a cursor, and CloudEvents.
package events

import (
	"encoding/json"
	"strconv"

	"pressmark/storage"
	"pressmark/storage/ledger"
)

// Type is the kind of event.
type Type string

// The types. Those of what did not become an article have the name of the outcome.
const (
	New       Type = "new"       // an article was archived
	Revised   Type = "revised"   // its content changed; Changed of the record says what
	Unchanged Type = "unchanged" // it was looked at, and is as before
	Gone      Type = "gone"      // its page is not there any more; the archive keeps it
	Restored  Type = "restored"  // the page is back
	Removed   Type = "removed"   // the archive's keeper has taken it out
	Alias     Type = "alias"     // the URL is another address of an article
	Source    Type = "source"    // a feed, a sitemap or a list page was read
	Internal  Type = "internal"  // robots.txt, site memory: of use to crawls alone
)

// TypeOf returns the type of a record's event.
func TypeOf(r *ledger.Record) Type {
	switch r.Kind {
	case ledger.KindRobots, ledger.KindMemory:
		return Internal
	case ledger.KindFeed, ledger.KindMap, ledger.KindList:
		return Source
	}
	switch {
	case r.Outcome == ledger.Removed:
		return Removed
	case r.Alias != "":
		return Alias
	case r.Reason == ledger.ReasonRestored:
		return Restored
	case r.Outcome == ledger.Archived:
		return New
	}
	return Type(r.Outcome) // revised, unchanged, gone, and skipped, failed, queued
}

// Event is a record with its interpretation.
type Event struct {
	Site   string
	Record ledger.Record
}

// Type returns the event's type.
func (e *Event) Type() Type { return TypeOf(&e.Record) }

// revisionKey returns the key under which the revision of this event is kept once it
// is no longer the newest, "" if the event has no revision. Until then the revision
// is at Record.Article. So read RevisionKey first, and Record.Article if it does not
// exist.
func (e *Event) revisionKey() string {
	switch e.Type() {
	case New, Revised, Restored, Unchanged, Gone:
		if e.Record.Revision > 0 && e.Record.ID != "" {
			return storage.RevisionKey(e.Site, e.Record.ID, e.Record.Revision)
		}
	}
	return ""
}

// AppendJSON appends the event as one JSON object without a newline: site, event,
// revision_key, and the record's own fields.
func (e *Event) AppendJSON(dst []byte) []byte {
	dst = append(dst, `{"site":`...)
	dst = strconv.AppendQuote(dst, e.Site)
	dst = append(dst, `,"event":"`...)
	dst = append(dst, e.Type()...)
	dst = append(dst, '"')
	if key := e.revisionKey(); key != "" {
		dst = append(dst, `,"revision_key":`...)
		dst = strconv.AppendQuote(dst, key)
	}
	at := len(dst)
	dst = e.Record.AppendJSON(dst)
	dst[at] = ',' // instead of the record's brace
	return dst
}

// cloudEvent is an event in the form of CloudEvents 1.0.
type cloudEvent struct {
	SpecVersion     string          `json:"specversion"`
	ID              string          `json:"id"`
	Source          string          `json:"source"`
	Type            string          `json:"type"`
	Subject         string          `json:"subject"`
	Time            string          `json:"time"`
	DataContentType string          `json:"datacontenttype"`
	Data            json.RawMessage `json:"data"`
}

// Batch writes events as a CloudEvents 1.0 batch (application/cloudevents-batch+json).
// The archive's address is the source; site and seq are the id, by which a receiver
// knows an event that comes twice.
func Batch(archive string, list []Event) ([]byte, error) {
	out := make([]cloudEvent, len(list))
	for i := range list {
		e := &list[i]
		out[i] = cloudEvent{SpecVersion: "1.0", ID: e.Site + "/" + strconv.FormatInt(e.Record.Seq, 10), Source: archive,
			Type: "pressmark.article." + string(e.Type()), Subject: e.Record.URL, Time: e.Record.Time.UTC().Format("2006-01-02T15:04:05.999Z07:00"),
			DataContentType: "application/json", Data: e.AppendJSON(nil)}
	}
	return json.Marshal(out)
}
