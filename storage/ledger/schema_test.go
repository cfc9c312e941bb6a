package ledger_test

import (
	"encoding/json"
	"testing"
	"time"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"pressmark/storage/ledger"
)

// TestSchema validates records, and records that are wrong in one place.
func TestSchema(t *testing.T) {
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
	when := time.Date(2026, 11, 29, 10, 15, 0, 5000, time.UTC)
	const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	least := ledger.Record{Seq: 1, Time: when, URL: "https://news.example/a", ID: hash[:32], Outcome: ledger.Archived}
	full := least
	full.Kind, full.Outcome, full.Reason, full.Detail = ledger.KindMap, ledger.Failed, "http_503", "3 tries"
	full.Revision, full.Changed, full.ContentHash, full.ETag, full.Status = 2, []string{"title"}, hash, `"x"`, 200
	full.Due, full.Tries, full.Missing, full.Memory, full.Digest = when, 3, []string{"http_404 img.example 3"}, []byte{1, 2}, hash
	cases := []struct {
		name   string
		record ledger.Record
		change string // merged into the record's JSON
		ok     bool
	}{
		{"least", least, `{}`, true},
		{"full", full, `{}`, true},
		{"a key of later", least, `{"later":[1]}`, true},
		{"the site, as log prints it", least, `{"site":"county-news"}`, true},
		{"another outcome", least, `{"outcome":"lost"}`, false},
		{"another kind", least, `{"kind":"page"}`, false},
		{"no time", least, `{"time":"yesterday"}`, false},
		{"no number", least, `{"seq":0}`, false},
		{"a part of nothing", full, `{"changed":["links"]}`, false},
		{"a reason in words", full, `{"reason":"Not found"}`, false},
		{"a short hash", full, `{"content_hash":"9f86"}`, false},
		{"no list", full, `{"missing":"http_404"}`, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var value map[string]any
			if err := json.Unmarshal(c.record.AppendJSON(nil), &value); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(c.change), &value); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); (err == nil) != c.ok {
				t.Errorf("valid: %v; %v", err == nil, err)
			}
		})
	}
}

// TestSchemaSaysAll asks for a description and a valid example of each field.
func TestSchemaSaysAll(t *testing.T) {
	data, err := ledger.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	if len(schema.Properties) < 30 {
		t.Errorf("%d fields", len(schema.Properties))
	}
	for name, raw := range schema.Properties {
		var doc any
		var p struct {
			Description string
			Examples    []any
		}
		if json.Unmarshal(raw, &doc) != nil || json.Unmarshal(raw, &p) != nil || p.Description == "" || len(p.Examples) != 1 {
			t.Errorf("%s: description %q, examples %v", name, p.Description, p.Examples)
			continue
		}
		c := validator.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource("urn:"+name, doc); err != nil {
			t.Fatal(err)
		}
		if s, err := c.Compile("urn:" + name); err != nil || s.Validate(p.Examples[0]) != nil {
			t.Errorf("%s: the example %v is not valid: %v", name, p.Examples[0], err)
		}
	}
}
