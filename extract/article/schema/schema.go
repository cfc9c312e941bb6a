// Package schema generates the JSON Schema of stored articles from the Go types
// of package article and validates JSON against it (JSON Schema draft 2020-12).
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"pressmark/extract/article"
)

// id is the schema's $id: a name, not an address to fetch.
const id = "urn:pressmark:article:v1"

// JSON returns the schema as it is stored in archives, indented.
func JSON() ([]byte, error) {
	r := &jsonschema.Reflector{DoNotReference: false, Anonymous: true, AllowAdditionalProperties: false}
	s := r.Reflect(&article.Article{})
	s.ID = jsonschema.ID(id)
	s.Title = article.SchemaVersion
	s.Description = "One news article in normal form, as Pressmark stores it."
	refine(s)
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode schema: %w", err)
	}
	return append(data, '\n'), nil
}

// refine adds what the Go types cannot say: null, enumerations and formats.
func refine(s *jsonschema.Schema) {
	art := s.Definitions["Article"]
	set := func(def *jsonschema.Schema, field string, f func(*jsonschema.Schema)) {
		if p, ok := def.Properties.Get(field); ok {
			f(p)
		}
	}
	const moment = `^[12][0-9]{3}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|[+-][0-2][0-9]:[0-5][0-9]))?$`
	nullable := func(pattern string) func(*jsonschema.Schema) {
		return func(p *jsonschema.Schema) {
			p.Type = ""
			p.OneOf = []*jsonschema.Schema{{Type: "null"}, {Type: "string", Pattern: pattern}}
		}
	}
	set(art, "schema", func(p *jsonschema.Schema) { p.Const = article.SchemaVersion })
	set(art, "id", func(p *jsonschema.Schema) { p.Pattern = "^[0-9a-f]{32}$" })
	set(art, "content_hash", func(p *jsonschema.Schema) { p.Pattern = "^[0-9a-f]{64}$" })
	set(art, "url", func(p *jsonschema.Schema) { p.Format = "uri" })
	set(art, "title", func(p *jsonschema.Schema) { p.MinLength = ptr(uint64(1)) })
	set(art, "published", nullable(moment))
	set(art, "modified", nullable(moment))
	set(art, "published_precision", enum(article.Day, article.Minute, article.Second))
	set(s.Definitions["Block"], "type", enum(article.Paragraph, article.Heading, article.List, article.Quote,
		article.Table, article.Preformatted, article.ImagePlace))
	img := s.Definitions["Image"]
	set(img, "credit", nullable(""))
	set(img, "status", enum(article.ImageArchived, article.ImageMissing, article.ImageBlocked, article.ImageTooLarge,
		article.ImageNotImage, article.ImageFailed))
	set(img, "sha256", func(p *jsonschema.Schema) { p.Pattern = "^[0-9a-f]{64}$" })
}

func enum[T ~string](values ...T) func(*jsonschema.Schema) {
	return func(p *jsonschema.Schema) {
		for _, v := range values {
			p.Enum = append(p.Enum, string(v))
		}
	}
}

func ptr[T any](v T) *T { return &v }

// Validator checks articles' JSON. It may be used concurrently.
type Validator struct{ compiled *validator.Schema }

// NewValidator compiles the schema.
func NewValidator() (*Validator, error) {
	data, err := JSON()
	if err != nil {
		return nil, err
	}
	doc, err := validator.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(id, doc); err != nil {
		return nil, fmt.Errorf("add schema: %w", err)
	}
	compiled, err := c.Compile(id)
	if err != nil {
		return nil, fmt.Errorf("compile schema: %w", err)
	}
	return &Validator{compiled}, nil
}

// Validate returns nil where data is a valid article. The error names every
// place that is wrong, on one line each.
func (v *Validator) Validate(data []byte) error {
	doc, err := validator.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("validate article: %w", err)
	}
	if err := v.compiled.Validate(doc); err != nil {
		return fmt.Errorf("validate article: %s: %w", strings.ReplaceAll(err.Error(), "\n", " "), err)
	}
	return nil
}
