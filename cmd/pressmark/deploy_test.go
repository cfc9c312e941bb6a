package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const deployFiles = "../../configs/deploy"

// documentsOf reads the documents of a YAML file.
func documentsOf(t *testing.T, name string) []map[string]any {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(deployFiles, name))
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]any
	for d := yaml.NewDecoder(bytes.NewReader(src), yaml.Strict()); ; {
		var doc map[string]any
		err := d.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, doc)
	}
}

// at follows keys and indexes into a document.
func at(t *testing.T, doc any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := doc.(map[string]any)
			if !ok {
				t.Fatalf("no %v in %v", path, doc)
			}
			doc = m[step]
		case int:
			l, ok := doc.([]any)
			if !ok || len(l) <= step {
				t.Fatalf("no %v in %v", path, doc)
			}
			doc = l[step]
		}
	}
	return doc
}

func words(t *testing.T, list any) []string {
	t.Helper()
	var out []string
	items, ok := list.([]any)
	if !ok {
		t.Fatalf("%v is no list", list)
	}
	for _, i := range items {
		s, ok := i.(string)
		if !ok {
			t.Fatalf("%v is no text", i)
		}
		out = append(out, s)
	}
	return out
}

// TestDeployCalls: the files of configs/deploy can be read, and call the program rightly.
func TestDeployCalls(t *testing.T) {
	compose := documentsOf(t, "compose.yaml")[0]
	kubernetes := documentsOf(t, "kubernetes.yaml")
	calls := map[string][]string{
		"compose.yaml":    words(t, at(t, compose, "services", "worker", "command")),
		"kubernetes.yaml": words(t, at(t, kubernetes[0], "spec", "template", "spec", "containers", 0, "args")),
	}
	unit, err := os.ReadFile(filepath.Join(deployFiles, "pressmark.service"))
	if err != nil {
		t.Fatal(err)
	}
	start := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/pressmark (.*)$`).FindStringSubmatch(string(unit))
	if start == nil {
		t.Fatal("the unit starts nothing")
	}
	calls["pressmark.service"] = strings.Fields(start[1])
	for file, args := range calls {
		if err := checkCall(args); err != nil {
			t.Errorf("%s: %v: %v", file, args, err)
		}
	}
	for _, probe := range []string{"livenessProbe", "readinessProbe"} {
		path, _ := at(t, kubernetes[0], "spec", "template", "spec", "containers", 0, probe, "httpGet", "path").(string)
		if path != "/healthz" && path != "/readyz" {
			t.Errorf("%s asks for %q", probe, path)
		}
	}
	if selector, label := at(t, kubernetes[0], "spec", "selector", "matchLabels", "app"), at(t, kubernetes[1], "spec", "selector", "matchLabels", "app"); selector != label {
		t.Errorf("the budget is for %v, the deployment for %v", label, selector)
	}
	for service, s := range at(t, compose, "services").(map[string]any) { //nolint:errcheck // a panic fails the test too
		for need := range mapOf(at(t, s, "depends_on")) {
			if at(t, compose, "services", need) == nil {
				t.Errorf("%s depends on %s, which is not there", service, need)
			}
		}
	}
	board, err := os.ReadFile(filepath.Join(deployFiles, "grafana.json"))
	if err != nil || !json.Valid(board) {
		t.Errorf("grafana.json: %v", err)
	}
	documentsOf(t, "alerts.yaml")
	documentsOf(t, "prometheus.yaml")
}

func mapOf(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}
