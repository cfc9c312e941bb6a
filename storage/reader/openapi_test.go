package reader_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"pressmark/storage/reader"
)

var update = flag.Bool("update", false, "write openapi.json anew")

const openAPIFile = "openapi.json"

// TestOpenAPI compares the stored description with the code. Run it with -update
// when the API changes, and read the difference.
func TestOpenAPI(t *testing.T) {
	want, err := reader.OpenAPI("pressmark")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(openAPIFile, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(openAPIFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("openapi.json differs from the code: go test ./storage/reader -run OpenAPI -update")
	}
}

// description is what the tests read of an OpenAPI document.
type description struct {
	Paths map[string]map[string]struct {
		Parameters []struct{ Name, In string }
		Responses  map[string]struct {
			Content map[string]struct{ Schema any }
		}
	}
}

// TestHandlersAnswerAsDescribed calls every address of the description and validates
// the answers, with an article, a mistake and something that is not there.
func TestHandlersAnswerAsDescribed(t *testing.T) {
	shelf := library(t)
	srv := shelf.serve()
	_, body := get(t, srv, "/api/openapi.json")
	var doc description
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err)
	}
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://reader.example/openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"site": "harbour-post", "id": shelf.storm().ID, "sha256": sumOf(shelf.lanterns("xiangjiang").Images[0].Key), "q": "harbour", "sort": "oldest",
		"outcome": "failed", "reason": "http_503", "page": "1", "revision": "1", "old": "1", "new": "2"}
	for path, methods := range doc.Paths {
		get200 := methods["get"]
		address, query := path, url.Values{}
		for _, p := range get200.Parameters {
			if p.In == "path" {
				address = strings.ReplaceAll(address, "{"+p.Name+"}", values[p.Name])
			} else if v := values[p.Name]; v != "" && path != "/api/pictures" {
				query.Set(p.Name, v)
			}
		}
		validate := func(address, status string, want int) {
			t.Helper()
			resp, answer := get(t, srv, address)
			if resp.StatusCode != want {
				t.Errorf("%s: status %d, want %d: %s", address, resp.StatusCode, want, answer)
				return
			}
			pointer := "#/paths/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path) + "/get/responses/" + status + "/content/application~1json/schema"
			schema, err := compiler.Compile("https://reader.example/openapi.json" + pointer)
			if err != nil {
				t.Fatal(err)
			}
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(answer))
			if err != nil {
				t.Errorf("%s: %v", address, err)
				return
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s: %v", address, err)
			}
			if want == http.StatusOK && (answer == "[]\n" || answer == "null\n") && !strings.Contains(path, "gaps") {
				t.Errorf("%s answers with nothing", address)
			}
		}
		validate(address+"?"+query.Encode(), "200", http.StatusOK)
		if strings.Contains(path, "{") {
			missing := strings.NewReplacer(values["id"], strings.Repeat("0", 32), values["sha256"], strings.Repeat("0", 64)).Replace(address)
			validate(missing, "404", http.StatusNotFound)
		}
	}
	for _, address := range []string{"/api/search?q=year:x", "/api/search?page=x", "/api/urls", "/api/search?sort=none"} {
		if resp, answer := get(t, srv, address); resp.StatusCode != http.StatusBadRequest || !strings.Contains(answer, `{"error":"`) {
			t.Errorf("%s: status %d, %s", address, resp.StatusCode, answer)
		}
	}
}
