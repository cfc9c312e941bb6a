package search

import (
	"pressmark/storage/ledger"
)

// Counts of URLs and pictures by outcome, and of URLs by source and day, are stored
// beside the rows, because counting a million rows per page would take too long.

// kindPicture is the kind of pictures in the table outcome.
const kindPicture = "picture"

// outcomeKey is a row of the table outcome.
type outcomeKey struct{ kind, outcome, reason, host string }

// listedKey is a row of the table listed.
type listedKey struct{ source, day, state string }

// The states of a URL that a source lists.
const (
	StateArchived = "archived" // an article of it is archived
	StateSkipped  = "skipped"  // refused for a reason
	StateMissing  = "missing"  // queued or failed
)

func stateOf(outcome ledger.Outcome) string {
	switch outcome {
	case ledger.Archived, ledger.Revised, ledger.Unchanged, ledger.Gone:
		return StateArchived
	case ledger.Skipped:
		return StateSkipped
	default:
		return StateMissing
	}
}

// recount moves a URL from its old outcome to that of a record.
func (w *writer) recount(rec *ledger.Record) error {
	var kind, outcome, reason, source, first string
	known, err := w.row(`select kind, outcome, reason, source, first from url where site = ? and url = ?`, []any{w.site, rec.URL}, &kind, &outcome, &reason, &source, &first)
	if err != nil {
		return err
	}
	if known {
		w.outcomes[outcomeKey{kind, outcome, reason, ""}]--
		if kind == "" {
			w.listed[listedKey{source, dayOf(first), stateOf(ledger.Outcome(outcome))}]--
		}
	}
	if source == "" {
		source = rec.Source
	}
	if first == "" {
		first = stamp(firstSeen(rec))
	}
	w.outcomes[outcomeKey{string(rec.Kind), string(rec.Outcome), rec.Reason, ""}]++
	if rec.Kind == ledger.KindPage {
		w.listed[listedKey{source, dayOf(first), stateOf(rec.Outcome)}]++
	}
	return nil
}

// dayOf is the day of a time as the index writes it.
func dayOf(stamp string) string { return stamp[:min(len(stamp), len("2006-01-02"))] }

// finishCounts writes the changed numbers.
func (w *writer) finishCounts() error {
	for k, n := range w.outcomes {
		if n == 0 {
			continue
		}
		if err := w.exec(`insert into outcome (site, kind, outcome, reason, host, n) values (?, ?, ?, ?, ?, ?)
			on conflict (site, kind, outcome, reason, host) do update set n = n + excluded.n`, w.site, k.kind, k.outcome, k.reason, k.host, n); err != nil {
			return err
		}
	}
	for k, n := range w.listed {
		if n == 0 {
			continue
		}
		if err := w.exec(`insert into listed (site, source, day, state, n) values (?, ?, ?, ?, ?)
			on conflict (site, day, source, state) do update set n = n + excluded.n`, w.site, k.source, k.day, k.state, n); err != nil {
			return err
		}
	}
	return nil
}
