package configs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"pressmark/configs"
)

var fence = regexp.MustCompile("(?ms)^ *```yaml\n(.*?)^ *```$")

// TestReadmeExamples reads every YAML example of README.md.
func TestReadmeExamples(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := fence.FindAllStringSubmatch(string(text), -1)
	if len(examples) < 5 {
		t.Fatalf("%d examples, want all", len(examples))
	}
	for _, m := range examples {
		src := outdent(m[1])
		if !strings.HasPrefix(src, "name:") { // a part of a file
			src = "name: county-news\nhosts: [www.example.com]\n" + src
		}
		if _, err := configs.Parse("README.md", []byte(src)); err != nil {
			t.Errorf("%v\n%s", err, src)
		}
	}
}

func outdent(s string) string {
	indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
	return strings.TrimPrefix(strings.ReplaceAll(s, "\n"+indent, "\n"), indent)
}

// TestReadmeNamesEveryKey takes the keys from the messages about unknown ones.
func TestReadmeNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []string{"zzzzzz: 1", "limits: {zzzzzz: 1}", "sources: [{zzzzzz: 1}]", "rules: [{zzzzzz: 1}]"} {
		_, err := configs.Parse("x.yaml", []byte("name: a\nhosts: [a.example]\n"+src))
		found := false
		for _, e := range configs.Errors(err) {
			keys, ok := strings.CutPrefix(e.Fix, "the keys are ")
			for key := range strings.SplitSeq(keys, ", ") {
				if found = found || ok; ok && !strings.Contains(string(text), "`"+key+"`") && !strings.Contains(string(text), key+": ") {
					t.Errorf("README.md does not explain %s", key)
				}
			}
		}
		if !found {
			t.Errorf("no list of keys for %q: %v", src, err)
		}
	}
}
