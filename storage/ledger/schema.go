package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// schemaVersion names the form of a log record. A change of meaning is a new version.
const schemaVersion = "pressmark/record/v1"

// schemaID is the schema's $id: a name, not an address to fetch.
const schemaID = "urn:pressmark:record:v1"

// doc is a field's part of the JSON Schema beside its type.
type doc struct {
	about   string
	example any
}

// Patterns of texts.
const (
	hexSHA256 = "^[0-9a-f]{64}$"
	hexID     = "^[0-9a-f]{32}$"
	codeText  = "^[a-z0-9_]+$"
)

// outcomes and kinds are the values of Outcome and Kind in JSON.
var (
	outcomes = []Outcome{Archived, Revised, Unchanged, Gone, Skipped, Failed, Queued, Removed}
	kinds    = []Kind{KindFeed, KindMap, KindList, KindRobots, KindAsset, KindMemory}
)

// narrowed are the fields whose values are fewer than their type allows.
var narrowed = map[string]property{
	"seq":          {Minimum: new(1)},
	"id":           {Pattern: hexID},
	"kind":         {Enum: kinds},
	"outcome":      {Enum: outcomes},
	"reason":       {Pattern: codeText},
	"revision":     {Minimum: new(1)},
	"changed":      {Items: &property{Type: "string", Enum: []string{"title", "body", "images", "credits", "published"}}},
	"content_hash": {Pattern: hexSHA256},
	"digest":       {Pattern: hexSHA256},
	"suspect":      {Pattern: hexSHA256},
}

// feedFields are those that the change feed adds to a record; segments do not have them.
// Package storage/events writes them.
var feedFields = []struct {
	name string
	property
}{
	{"site", property{Type: "string", Description: "In the change feed: the site's name, as in archive keys.", Examples: []any{"county-news"}}},
	{"event", property{Type: "string", Description: "In the change feed: what happened, to an article (new, revised, unchanged, gone, restored, removed, alias), " +
		"to a source, to an address that is no article (skipped, failed, queued), or to the crawl itself (internal).",
		Enum:     []string{"new", "revised", "unchanged", "gone", "restored", "removed", "alias", "source", "internal", "skipped", "failed", "queued"},
		Examples: []any{"new"}}},
	{"revision_key", property{Type: "string", Description: "In the change feed: the key of the revision that the event is about, once it is not the newest any more; " +
		"until then it is under the key that article names.",
		Pattern: "^revisions/", Examples: []any{"revisions/county-news/2f6c0b1a4d5e6f708192a3b4c5d6e7f8/1.json"}}},
}

// property is the schema of a value.
type property struct {
	Type        string    `json:"type"`
	Title       string    `json:"title,omitempty"`
	Description string    `json:"description,omitempty"`
	Format      string    `json:"format,omitempty"`
	Encoding    string    `json:"contentEncoding,omitempty"`
	Pattern     string    `json:"pattern,omitempty"`
	Enum        any       `json:"enum,omitempty"`
	Minimum     *int      `json:"minimum,omitempty"`
	Items       *property `json:"items,omitempty"`
	Examples    []any     `json:"examples,omitempty"`
}

// Schema returns the JSON Schema (draft 2020-12) of a log record, indented. Unknown
// keys are valid: readers ignore what they do not know.
func Schema() ([]byte, error) {
	var properties bytes.Buffer
	var required []string
	add := func(name string, p property) error {
		text, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("schema of %s: %w", name, err)
		}
		if properties.Len() > 0 {
			properties.WriteByte(',')
		}
		fmt.Fprintf(&properties, "%q:%s", name, text)
		return nil
	}
	for _, f := range feedFields {
		if err := add(f.name, f.property); err != nil {
			return nil, err
		}
	}
	for i := range fields {
		f := &fields[i]
		if err := add(f.name, f.property()); err != nil {
			return nil, err
		}
		if f.need {
			required = append(required, f.name)
		}
	}
	raw, err := json.Marshal(struct {
		Version     string          `json:"$schema"`
		ID          string          `json:"$id"`
		Title       string          `json:"title"`
		Description string          `json:"description"`
		Type        string          `json:"type"`
		Properties  json.RawMessage `json:"properties"`
		Required    []string        `json:"required"`
	}{
		"https://json-schema.org/draft/2020-12/schema", schemaID, schemaVersion,
		"One record of a site's log: what became of an address. Numbers that are 0, texts and lists that are empty and unknown times are left out. Keys may be added; readers ignore keys that they do not know; no meaning ever changes.",
		"object", json.RawMessage("{" + properties.String() + "}"), required,
	})
	if err != nil {
		return nil, fmt.Errorf("encode schema: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, fmt.Errorf("indent schema: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// property returns the schema of a field: what its kind says, narrowed.
func (f *field) property() property {
	p := property{Type: "string"}
	switch f.kind.(type) {
	case seqField, number:
		p.Type, p.Minimum = "integer", new(0)
	case timeField:
		p.Format = "date-time"
	case urlField:
		p.Format = "uri"
	case list:
		p.Type, p.Items = "array", &property{Type: "string"}
	case bytesField:
		p.Encoding = "base64"
	}
	if n, ok := narrowed[f.name]; ok {
		p.Enum, p.Pattern = n.Enum, n.Pattern
		if n.Minimum != nil {
			p.Minimum = n.Minimum
		}
		if n.Items != nil {
			p.Items = n.Items
		}
	}
	p.Description, p.Examples = f.doc.about, []any{f.doc.example}
	return p
}
