package events_test

import (
	"encoding/json"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"pressmark/storage/events"
	"pressmark/storage/ledger"
)

// TestSchemaOfFeed validates a line of each type of event, and lines that are wrong in
// one place.
func TestSchemaOfFeed(t *testing.T) {
	data, err := ledger.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:record", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("urn:record")
	if err != nil {
		t.Fatal(err)
	}
	least := ledger.Record{Seq: 1, Time: day, URL: "https://a.example/1", ID: "9f86d081884c7d659a2feaa0c55ad015"}
	for want, change := range map[events.Type]func(*ledger.Record){
		events.New:       func(r *ledger.Record) { r.Outcome, r.Revision = ledger.Archived, 1 },
		events.Revised:   func(r *ledger.Record) { r.Outcome, r.Revision, r.Changed = ledger.Revised, 2, []string{"title"} },
		events.Unchanged: func(r *ledger.Record) { r.Outcome, r.Revision = ledger.Unchanged, 2 },
		events.Gone:      func(r *ledger.Record) { r.Outcome, r.Revision = ledger.Gone, 2 },
		events.Restored:  func(r *ledger.Record) { r.Outcome, r.Reason, r.Revision = ledger.Archived, ledger.ReasonRestored, 2 },
		events.Removed:   func(r *ledger.Record) { r.Outcome = ledger.Removed },
		events.Alias: func(r *ledger.Record) {
			r.Outcome, r.Reason, r.Alias = ledger.Skipped, ledger.ReasonAlias, "https://a.example/2"
		},
		events.Source:   func(r *ledger.Record) { r.Outcome, r.Kind = ledger.Skipped, ledger.KindFeed },
		events.Internal: func(r *ledger.Record) { r.Outcome, r.Kind = ledger.Archived, ledger.KindRobots },
		"skipped":       func(r *ledger.Record) { r.Outcome = ledger.Skipped },
		"failed":        func(r *ledger.Record) { r.Outcome = ledger.Failed },
		"queued":        func(r *ledger.Record) { r.Outcome = ledger.Queued },
	} {
		e := events.Event{Site: "county-news", Record: least}
		change(&e.Record)
		var line map[string]any
		if err := json.Unmarshal(e.AppendJSON(nil), &line); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(line); err != nil || line["event"] != string(want) {
			t.Errorf("%s: %v: %v", want, line, err)
		}
		line["event"] = "happened"
		if schema.Validate(line) == nil {
			t.Errorf("%s: an event of no type is valid", want)
		}
		line["event"], line["revision_key"] = string(want), "articles/a.json"
		if schema.Validate(line) == nil {
			t.Errorf("%s: a key that is none of a revision is valid", want)
		}
	}
}
