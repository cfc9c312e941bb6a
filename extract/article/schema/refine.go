package schema

import (
	"encoding/json"

	"github.com/invopop/jsonschema"

	"pressmark/extract/article"
)

const (
	// moment is RFC 3339 with an offset, or a bare date.
	moment = `^[12][0-9]{3}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|[+-][0-2][0-9]:[0-5][0-9]))?$`
	// instant is RFC 3339 in UTC, with or without a fraction; "" is unknown.
	instant = `^([12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]+)?Z)?$`
	sha256  = "^[0-9a-f]{64}$"
)

// refinements add what the Go types cannot say, by type and field.
var refinements = []struct {
	def, field string
	change     func(*jsonschema.Schema)
}{
	{"Article", "schema", func(p *jsonschema.Schema) { p.Const = article.SchemaVersion }},
	{"Article", "id", pattern("^[0-9a-f]{32}$", "2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40")},
	{"Article", "url", uri("https://news.example/2026/11/29/harbour.html")},
	{"Article", "site", example("example")},
	{"Article", "language", example("zh", "pt-BR")},
	{"Article", "title", func(p *jsonschema.Schema) {
		p.MinLength = ptr(uint64(1))
		p.Examples = []any{"Harbour reopens after the storm"}
	}},
	{"Article", "published", nullable(moment, "2012-01-12T17:21:00+08:00", "2012-01-12")},
	{"Article", "published_precision", enum(article.Day, article.Minute, article.Second)},
	{"Article", "modified", nullable(moment, "2012-01-13T09:00:00+08:00")},
	{"Article", "access", enum(article.AccessFree, article.AccessMetered, article.AccessSubscription)},
	{"Article", "evidence", example(map[string]string{"title": "h1", "published": "visible"})},
	{"Article", "warnings", example([]string{"no_timezone: assumed Asia/Shanghai from the site"})},
	{"Article", "extractor", example("pressmark 0.1.0")},
	{"Article", "revision", minimum("1")},
	{"Article", "content_hash", pattern(sha256)},
	{"BodyLink", "url", uri()},
	{"BodyLink", "block", minimum("0")},
	{"Block", "level", func(p *jsonschema.Schema) { p.Minimum, p.Maximum = "2", "6" }},
	{"Block", "header_rows", minimum("1")},
	{"Block", "role", enum(article.RoleStandfirst, article.RoleNote, article.RoleCorrection, article.RoleQuestion, article.RoleAnswer,
		article.RoleUpdate, article.RolePullquote)},
	{"Block", "kind", enum(article.EmbedVideo, article.EmbedAudio, article.EmbedSocial, article.EmbedMap, article.EmbedDocument,
		article.EmbedInteractive, article.EmbedFigure)},
	{"Block", "time", pattern(moment, "2012-01-12T17:21:00+08:00")},
	{"Mark", "type", enum(article.MarkLink, article.MarkStrong, article.MarkEmphasis, article.MarkQuote, article.MarkSup, article.MarkSub,
		article.MarkCode, article.MarkDeleted, article.MarkInserted)},
	{"Mark", "start", minimum("0")},
	{"Mark", "end", minimum("1")},
	{"Mark", "href", uri()},
	{"Image", "id", pattern("^[1-9][0-9]*$", "1")},
	{"Image", "caption", nullable("", "The lock keeper at the old lock")},
	{"Image", "credit", nullable("", "Ann Poe")},
	{"Image", "alt", nullable("")},
	{"Image", "role", enum(article.ImageLead, article.ImageGallery, article.ImageInline)},
	{"Image", "status", enum(article.ImageArchived, article.ImageMissing, article.ImageBlocked, article.ImageTooLarge,
		article.ImageNotImage, article.ImageFailed)},
	{"Image", "key", pattern("^images/")},
	{"Image", "sha256", pattern(sha256)},
	{"Image", "phash", pattern("^[0-9a-f]{16}$")},
	{"Image", "media_type", example("image/jpeg")},
	{"Capture", "fetched", pattern(instant, "2026-11-29T10:15:00Z")},
	{"Capture", "sha256", pattern("^([0-9a-f]{64})?$")},
}

func refine(defs jsonschema.Definitions) {
	for _, r := range refinements {
		if p, ok := defs[r.def].Properties.Get(r.field); ok {
			r.change(p)
		}
	}
}

// blockFields lists the fields of each block type: those that it must have, then
// those that it may have. "role" and "marks" are allowed as listed.
var blockFields = []struct {
	block     article.BlockType
	name      string // of the branch: generated types take it over
	must, may []string
}{
	{article.Paragraph, "ParagraphBlock", []string{"text"}, []string{"role", "marks", "speaker", "time", "heading"}},
	{article.Heading, "HeadingBlock", []string{"text", "level"}, []string{"role", "marks", "time"}},
	{article.List, "ListBlock", []string{"items"}, []string{"ordered", "start", "levels", "role", "marks", "time", "heading"}},
	{article.Quote, "QuoteBlock", []string{"text"}, []string{"role", "marks", "speaker", "time", "heading"}},
	{article.Table, "TableBlock", []string{"rows"}, []string{"header_rows", "caption", "marks", "role", "time", "heading"}},
	{article.Definitions, "DefinitionsBlock", []string{"entries"}, []string{"marks", "role", "time", "heading"}},
	{article.Preformatted, "PreformattedBlock", []string{"text"}, []string{"role", "marks", "time", "heading"}},
	{article.Embed, "EmbedBlock", []string{"kind"}, []string{"provider", "url", "title", "role", "time", "heading"}},
	{article.ImagePlace, "ImageBlock", []string{"image"}, []string{"role", "time", "heading"}},
}

// branch replaces the definition of Block by one branch a block type.
func branch(defs jsonschema.Definitions) {
	all := defs["Block"]
	any := &jsonschema.Schema{Title: all.Title, Description: all.Description}
	for _, b := range blockFields {
		one := &jsonschema.Schema{Title: b.name, Type: "object", Properties: jsonschema.NewProperties(), Required: append([]string{"type"}, b.must...)}
		one.Properties.Set("type", &jsonschema.Schema{Type: "string", Const: string(b.block)})
		for _, field := range append(append([]string{}, b.must...), b.may...) {
			if p, ok := all.Properties.Get(field); ok {
				one.Properties.Set(field, p)
			}
		}
		defs[b.name] = one
		any.OneOf = append(any.OneOf, &jsonschema.Schema{Ref: "#/$defs/" + b.name})
	}
	defs["Block"] = any
}

func pattern(p string, examples ...any) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Pattern, s.Examples = p, examples }
}

func uri(examples ...any) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Format, s.Examples = "uri", examples }
}

func example(examples ...any) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Examples = examples }
}

func minimum(n string) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) { s.Minimum = json.Number(n) }
}

func nullable(p string, examples ...any) func(*jsonschema.Schema) {
	return func(s *jsonschema.Schema) {
		s.Type, s.Examples = "", examples
		s.OneOf = []*jsonschema.Schema{{Type: "null"}, {Type: "string", Pattern: p}}
	}
}

func enum[T ~string](values ...T) func(*jsonschema.Schema) {
	return func(p *jsonschema.Schema) {
		for _, v := range values {
			p.Enum = append(p.Enum, string(v))
		}
	}
}

func ptr[T any](v T) *T { return &v }
