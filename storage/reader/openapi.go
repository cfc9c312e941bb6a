package reader

import (
	"encoding/json"
	"path"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
)

// OpenAPI describes the JSON API as an OpenAPI 3.1 document, made from the list of
// calls and the Go types of their answers.
func OpenAPI(version string) ([]byte, error) {
	paths := map[string]any{}
	schemas := jsonschema.Definitions{}
	for _, c := range calls() {
		answer := schemaOf(c.answer, schemas)
		paths[c.path] = map[string]any{"get": map[string]any{
			"summary": c.summary, "operationId": operation(c.path), "parameters": parameters(c),
			"responses": map[string]any{
				"200": described("what was asked for", answer), "400": described("a mistake in the address", problem()), "404": described("the archive has no such thing", problem()),
			},
		}}
	}
	return json.MarshalIndent(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "Pressmark archive", "version": version,
			"description": "What `pressmark serve` shows of an archive, as JSON. It only reads."},
		"paths": paths, "components": map[string]any{"schemas": schemas},
	}, "", "  ")
}

// operation is a name made from a path: /api/article/{site}/{id}/diff is articleDiff.
func operation(address string) string {
	name := ""
	for part := range strings.SplitSeq(strings.TrimPrefix(address, "/api/"), "/") {
		switch {
		case strings.HasPrefix(part, "{"):
		case name == "":
			name = part
		default:
			name += strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return name
}

func parameters(c call) []any {
	out := []any{}
	for part := range strings.SplitSeq(c.path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, map[string]any{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": map[string]any{"type": "string"}})
		}
	}
	for _, p := range c.params {
		out = append(out, map[string]any{"name": p.name, "in": "query", "description": p.text, "schema": map[string]any{"type": p.kind}})
	}
	return out
}

func described(text string, schema any) map[string]any {
	return map[string]any{"description": text, "content": map[string]any{"application/json": map[string]any{"schema": schema}}}
}

func problem() map[string]any {
	return map[string]any{"type": "object", "required": []string{"error"}, "properties": map[string]any{"error": map[string]any{"type": "string"}}}
}

// schemaOf describes a type. The types that it is made of go into schemas.
func schemaOf(v any, schemas jsonschema.Definitions) any {
	types := map[string]reflect.Type{}
	r := jsonschema.Reflector{AllowAdditionalProperties: true, Anonymous: true, Namer: func(t reflect.Type) string {
		types[typeName(t)] = t
		return typeName(t)
	}}
	t := reflect.TypeOf(v)
	list := t.Kind() == reflect.Slice
	if list {
		t = t.Elem()
	}
	s := r.ReflectFromType(t)
	for name, def := range s.Definitions {
		moved(def)
		nullable(def, types[name])
		schemas[name] = def
	}
	ref := map[string]any{"$ref": "#/components/schemas/" + typeName(t)}
	if list {
		return map[string]any{"type": "array", "items": ref}
	}
	return ref
}

// typeName names a type with its package, because several have a Block: search.Hit is
// SearchHit.
func typeName(t reflect.Type) string {
	pkg := path.Base(t.PkgPath())
	if t.Name() == "" || pkg == "." {
		return t.Name()
	}
	return strings.ToUpper(pkg[:1]) + pkg[1:] + strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
}

// nullable allows null for the fields of a struct that are pointers.
func nullable(s *jsonschema.Schema, t reflect.Type) {
	isStruct := t != nil && t.Kind() == reflect.Struct
	if s.Properties == nil || !isStruct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if was, ok := s.Properties.Get(name); ok && f.Type.Kind() == reflect.Pointer {
			s.Properties.Set(name, &jsonschema.Schema{AnyOf: []*jsonschema.Schema{was, {Type: "null"}}})
		}
	}
}

// moved points the references of a schema to where OpenAPI keeps schemas.
func moved(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	s.Ref = strings.Replace(s.Ref, "#/$defs/", "#/components/schemas/", 1)
	moved(s.Items)
	moved(s.AdditionalProperties)
	if s.Properties == nil {
		return
	}
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		moved(p.Value)
	}
}
