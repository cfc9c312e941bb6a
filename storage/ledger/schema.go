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
	for i := range fields {
		f := &fields[i]
		p, err := json.Marshal(f.property())
		if err != nil {
			return nil, fmt.Errorf("schema of %s: %w", f.name, err)
		}
		if i > 0 {
			properties.WriteByte(',')
		}
		fmt.Fprintf(&properties, "%q:%s", f.name, p)
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
