package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write descriptions.json anew")

// TestDescriptions compares descriptions.json with the comments of the Go types.
// Run it with -update when a comment changes.
func TestDescriptions(t *testing.T) {
	found, err := comments("..")
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(found); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("descriptions.json", want.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("descriptions.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("descriptions.json differs from the comments of package article: go test ./extract/article/schema -run Descriptions -update")
	}
}

// comments returns the comment of each struct type and field of a package's
// files, by "Type" and "Type.field" with the field's name in JSON.
func comments(dir string) (map[string]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				typeComments(g, out)
			}
		}
	}
	return out, nil
}

func typeComments(g *ast.GenDecl, out map[string]string) {
	for _, spec := range g.Specs {
		s := spec.(*ast.TypeSpec)
		fields, ok := s.Type.(*ast.StructType)
		if !ok {
			continue
		}
		members := 0
		for _, f := range fields.Fields.List {
			if f.Tag == nil {
				continue
			}
			key, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json"), ",")
			if text := plain(f.Doc.Text() + f.Comment.Text()); key != "" && text != "" {
				out[s.Name.Name+"."+key] = text
			}
			members++
		}
		if members > 0 {
			out[s.Name.Name] = plain(g.Doc.Text())
		}
	}
}

var reference = regexp.MustCompile(`\[([A-Za-z.]+)\]`)

func plain(comment string) string {
	return reference.ReplaceAllString(strings.Join(strings.Fields(comment), " "), "$1")
}
