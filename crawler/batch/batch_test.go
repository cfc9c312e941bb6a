package batch

import (
	"testing"
	"time"

	"pressmark/storage/ledger"
)

func TestBatchKeepsTheNewestRecord(t *testing.T) {
	b := newBatch(1)
	now := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	rec := func(url, source, reason string) {
		b.add(Entry{Record: recordOf(url, source, reason, now)})
	}
	rec("https://a.example/1", "https://a.example/", ledger.ReasonSeen)
	rec("https://a.example/2", "https://a.example/", ledger.ReasonSeen)
	rec("https://a.example/1", "", ledger.ReasonContent)
	if len(b.records) != 2 || b.records[0].Reason != ledger.ReasonContent || b.records[0].Source != "https://a.example/" {
		t.Errorf("records: %+v", b.records)
	}
	limits := Limits{Articles: 9, Bytes: 1 << 20, Records: 3, Age: time.Minute}
	if b.full(limits, now) {
		t.Error("full with two of three records")
	}
	if !b.full(limits, now.Add(time.Minute)) {
		t.Error("not full after a minute")
	}
	rec("https://a.example/3", "", ledger.ReasonSeen)
	if !b.full(limits, now) {
		t.Error("not full with three records")
	}
}

func recordOf(url, source, reason string, at time.Time) ledger.Record {
	return ledger.Record{URL: url, Source: source, Reason: reason, Outcome: ledger.Queued, Time: at}
}
