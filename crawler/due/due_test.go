package due

import (
	"testing"
	"time"

	"pressmark/storage/ledger"
)

func TestNextVisit(t *testing.T) {
	first := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	steps := defaultRevisit()
	for _, c := range []struct {
		after, want time.Duration // from the first capture; want 0: never
	}{
		{0, time.Hour},
		{time.Hour, 6 * time.Hour}, // the step that is due now has been taken
		{2 * time.Hour, 6 * time.Hour},
		{26 * time.Hour, 7 * 24 * time.Hour}, // steps that were missed are not caught up
		{31 * 24 * time.Hour, 0},
	} {
		got := nextVisit(steps, first, first.Add(c.after))
		want := first.Add(c.want)
		if c.want == 0 {
			want = time.Time{}
		}
		if !got.Equal(want) {
			t.Errorf("after %s: next visit %v, want %v", c.after, got, want)
		}
	}
	if got := nextVisit(nil, first, first); !got.IsZero() {
		t.Errorf("without steps: %v", got)
	}
}

func TestNextTry(t *testing.T) {
	now := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	waits := []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour}
	for i, w := range waits {
		if got := NextTry(i+1, now, time.Time{}); !got.Equal(now.Add(w)) {
			t.Errorf("failure %d: next try %v, want after %s", i+1, got, w)
		}
	}
	if got := NextTry(MaxTries, now, time.Time{}); !got.IsZero() {
		t.Errorf("failure %d: next try %v, want none", MaxTries, got)
	}
	later := now.Add(3 * time.Hour)
	if got := NextTry(1, now, later); !got.Equal(later) {
		t.Errorf("the server asked for %v, next try %v", later, got)
	}
}

// TestRestUntil: a later time than the schedule's own is the server's.
func TestRestUntil(t *testing.T) {
	now := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	until := now.Add(10 * time.Minute)
	rec := ledger.Record{Time: now, Outcome: ledger.Failed, Reason: "http_429", Tries: 1, Detail: NoteOfRest("http_429", "", until)}
	if got := RestUntil(rec); got.Before(until) || got.After(until.Add(time.Second)) {
		t.Errorf("rest until %v, want %v", got, until)
	}
	for name, change := range map[string]func(*ledger.Record){
		"no time was named": func(r *ledger.Record) { r.Detail = NoteOfRest("http_429", "", time.Time{}) },
		"another failure":   func(r *ledger.Record) { r.Reason, r.Detail = "timeout", NoteOfRest("timeout", "", until) },
		"no failure":        func(r *ledger.Record) { r.Outcome = ledger.Unchanged },
		"no time":           func(r *ledger.Record) { r.Detail = restNote + "tomorrow" },
	} {
		other := rec
		change(&other)
		if got := RestUntil(other); !got.IsZero() {
			t.Errorf("%s: rest until %v", name, got)
		}
	}
}
