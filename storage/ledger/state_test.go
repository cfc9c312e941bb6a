package ledger

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func at(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }

// TestFold: what a record leaves out is taken over, and what is not.
func TestFold(t *testing.T) {
	archived := Record{
		Seq: 1, Time: at(1), URL: "u", ID: "id", Outcome: Archived, Reason: "restored", Detail: "d", Article: "a", Revision: 2,
		Changed: []string{"title"}, ContentHash: "h", ETag: "e", LastMod: "l", Status: 200, Title: "t", Published: "p", Source: "s",
		Alias: "x", Tries: 1, Visits: 3, Due: at(2), First: at(0), Digest: "g", Images: 4, Pending: 2, Captured: at(1), Links: 7, Usual: 8, Warning: "cut: 1",
	}
	for name, c := range map[string]struct{ next, want Record }{
		"unchanged": {
			Record{Seq: 2, Time: at(2), URL: "u", Outcome: Unchanged, Reason: "not_modified", Due: at(8)},
			Record{
				Seq: 2, Time: at(2), URL: "u", ID: "id", Outcome: Unchanged, Reason: "not_modified", Article: "a", Revision: 2, ContentHash: "h",
				ETag: "e", LastMod: "l", Title: "t", Published: "p", Source: "s", Visits: 3, Due: at(8), First: at(0), Digest: "g", Images: 4, Captured: at(1),
			},
		},
		"gone": {
			Record{Seq: 2, Time: at(2), URL: "u", Outcome: Gone, Reason: "http_410", Status: 410, Visits: 4},
			Record{
				Seq: 2, Time: at(2), URL: "u", ID: "id", Outcome: Gone, Reason: "http_410", Status: 410, Article: "a", Revision: 2, ContentHash: "h",
				ETag: "e", LastMod: "l", Title: "t", Published: "p", Source: "s", Visits: 4, First: at(0), Digest: "g", Images: 4, Captured: at(1),
			},
		},
		"revised": {
			Record{Seq: 2, Time: at(2), URL: "u", Outcome: Revised, Reason: "changed", Revision: 3, ContentHash: "i", First: at(1)},
			Record{Seq: 2, Time: at(2), URL: "u", ID: "id", Outcome: Revised, Reason: "changed", Revision: 3, ContentHash: "i", Source: "s", Visits: 3, First: at(0), Captured: at(1)},
		},
		"removed": {
			Record{Seq: 2, Time: at(2), URL: "u", Outcome: Removed, Reason: "takedown", Detail: "asked for"},
			Record{Seq: 2, Time: at(2), URL: "u", ID: "id", Outcome: Removed, Reason: "takedown", Detail: "asked for", Source: "s", Visits: 3, First: at(0), Captured: at(1)},
		},
		"source read anew": {
			Record{Seq: 2, Time: at(2), URL: "u", Kind: KindList, Outcome: Skipped, Reason: "list", Digest: "n", Links: 3, Usual: 5},
			Record{
				Seq: 2, Time: at(2), URL: "u", ID: "id", Kind: KindList, Outcome: Skipped, Reason: "list", Article: "a", Revision: 2, ContentHash: "h",
				Title: "t", Published: "p", Source: "s", Visits: 3, First: at(0), Digest: "n", Images: 4, Captured: at(1), Links: 3, Usual: 5,
			},
		},
		"old": {Record{Seq: 1, Time: at(9), URL: "u", Outcome: Failed}, archived},
	} {
		t.Run(name, func(t *testing.T) {
			var s State
			s.Apply(archived)
			s.Apply(c.next)
			got, ok := s.Get("u")
			if !ok || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got\n%+v\nwant\n%+v", got, c.want)
			}
		})
	}
}

func TestStateQueries(t *testing.T) {
	var s State
	if s.Len() != 0 || s.Seq() != 0 || s.Has("u") || !s.NextDue().IsZero() || len(s.Counts()) != 0 {
		t.Error("the zero state is not empty")
	}
	for i, r := range []Record{
		{URL: "feed", Kind: KindFeed, Outcome: Unchanged, Due: at(5)},
		{URL: "a", Outcome: Queued, Source: "feed"},
		{URL: "b", Outcome: Queued, Source: "feed"},
		{URL: "c", Outcome: Skipped, Reason: "list", Source: "front", Time: at(30)},
		{URL: "a", Outcome: Archived, Article: "articles/s/a.json", Due: at(3)},
		{URL: "b", Outcome: Failed, Reason: "http_500", Due: at(2), Tries: 1},
		{URL: "d", Outcome: Skipped, Reason: "list", Source: "front", Time: at(30), Due: at(40)},
	} {
		r.Seq = int64(i + 1)
		if r.Time.IsZero() {
			r.Time = at(1)
		}
		s.Apply(r)
	}
	var order []string
	for r := range s.All() {
		order = append(order, r.URL)
	}
	var tally Tally
	for r := range s.All() {
		tally.Add(&r)
	}
	for got, want := range map[string]string{
		fmt.Sprint(order):           "[feed a b c d]",
		fmt.Sprint(s.Counts()):      "[{archived  1} {failed http_500 1} {skipped list 2}]",
		fmt.Sprint(tally.Days()):    "[{2026-11-23 2 1 map[archived:1 failed:1]} {2026-11-24 2 0 map[skipped:2]}]",
		fmt.Sprint(tally.Sources()): "[{feed 2 1 map[archived:1 failed:1]} {front 2 0 map[skipped:2]}]",
		fmt.Sprint(s.NextDue()):     fmt.Sprint(at(2)),
	} {
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if named, removed := s.Articles(); named != 1 || removed != 0 {
		t.Errorf("%d articles, %d removed", named, removed)
	}
	for r := range s.All() {
		if r.URL != "feed" {
			t.Error("all went on after break")
		}
		break
	}
}

// TestStateMemory: a state takes much less room than its records would.
func TestStateMemory(t *testing.T) {
	const urls = 20_000
	measure := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := measure()
	var s State
	for i := range urls {
		id := fmt.Sprintf("%032x", i*7919)
		line := (&Record{
			Seq: int64(i + 1), Time: at(1), URL: fmt.Sprintf("https://www.gazette.example/county/2026/11/23/council-meets-over-bridge-%d.html", i), ID: id,
			Outcome: Archived, Article: "articles/gazette/" + id + ".json", Revision: 1, ContentHash: strings.Repeat(id, 2), ETag: `"` + id[:16] + `"`,
			LastMod: "Mon, 23 Nov 2026 10:00:00 GMT", Status: 200, Title: "县议会讨论桥梁修缮 Council meets over bridge", Published: "2026-11-23T08:00:00Z",
			Source: "https://www.gazette.example/feed.xml", Visits: 1, Due: at(9), First: at(1), Images: 2,
		}).AppendJSON(nil)
		r, err := Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(r)
	}
	per := (measure() - before) / urls
	t.Logf("%d bytes a URL", per)
	if per > 550 {
		t.Errorf("%d bytes a URL, want at most 550", per)
	}
	runtime.KeepAlive(&s)
}
