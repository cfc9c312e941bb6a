package cite_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pressmark/extract/article"
	"pressmark/storage/cite"
)

func storm() *article.Article {
	published := "2024-03-12T08:30:00+01:00"
	return &article.Article{
		ID: "2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40", URL: "https://paper.example/storm?a=1&b={2}", Site: "paper", Language: "en",
		Title: "Storm & tide:\n5% of piers_lost?", Published: &published, Section: "Coast", Keywords: []string{"storm", "harbour"},
		Description: "What the tide took.", Publisher: "The {Paper}",
		Credits: article.Credits{Source: "Agency", Authors: []string{"Ann Lee", "Bo van der Aue"}, Editors: []string{"Cy Day"}},
		Capture: article.Capture{Fetched: "2024-03-13T00:00:00Z"}, Extractor: "pressmark 0.1.0", Revision: 2, ContentHash: "abc123",
	}
}

func lights() *article.Article {
	published := "2022-10-30"
	return &article.Article{
		ID: "aa6c7b1e5a0d4c3f8e9b6a7d1c2e3f40", URL: "https://xw.example/1.html", Site: "xw", Language: "zh", Title: "江边灯会今晚开幕",
		Published: &published, Credits: article.Credits{Source: "江报", Authors: []string{"林八一", "甲", "乙", "丙"}},
		Capture: article.Capture{Fetched: "2022-11-01T00:00:00Z"}, Revision: 1, ContentHash: "def456",
	}
}

const (
	stormKey  = "articles/paper/2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json"
	lightsKey = "articles/xw/aa6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json"
)

func TestCitations(t *testing.T) {
	for _, c := range []struct {
		format string
		a      *article.Article
		key    string
		want   string
	}{
		{"apa", storm(), stormKey, "Ann Lee, & Bo van der Aue. (2024, March 12). Storm & tide: 5% of piers_lost? The {Paper}. https://paper.example/storm?a=1&b={2} (archived March 13, 2024, revision 2, sha256:abc123)"},
		{"chicago", storm(), stormKey, "Ann Lee, and Bo van der Aue. “Storm & tide: 5% of piers_lost?” The {Paper}, March 12, 2024. https://paper.example/storm?a=1&b={2} (archived March 13, 2024, revision 2, sha256:abc123)"},
		{"gbt7714", lights(), lightsKey, "林八一, 甲, 乙, 等. 江边灯会今晚开幕[N/OL]. 江报, 2022-10-30[2022-11-01]. https://xw.example/1.html. 存档修订版1, sha256:def456."},
		{"bibtex", storm(), stormKey, `@article{paper-2024-2f6c7b1e,
  author = {{Ann Lee} and {Bo van der Aue}},
  title = {{Storm \& tide: 5\% of piers\_lost?}},
  journal = {The \{Paper\}},
  year = {2024},
  month = mar,
  day = {12},
  url = {https://paper.example/storm?a=1&b=%7B2%7D},
  urldate = {2024-03-13},
  language = {en},
  note = {Archived revision 2, sha256:abc123; articles/paper/2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json}
}`},
		{"biblatex", lights(), lightsKey, `@online{xw-2022-aa6c7b1e,
  author = {{林八一} and {甲} and {乙} and {丙}},
  title = {{江边灯会今晚开幕}},
  organization = {江报},
  date = {2022-10-30},
  url = {https://xw.example/1.html},
  urldate = {2022-11-01},
  langid = {zh},
  note = {Archived revision 1, sha256:def456; articles/xw/aa6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json}
}`},
		{"ris", storm(), stormKey, strings.ReplaceAll(`TY  - NEWS
ID  - 2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40
TI  - Storm & tide: 5% of piers_lost?
AU  - Ann Lee
AU  - Bo van der Aue
A2  - Cy Day
T2  - The {Paper}
PY  - 2024
DA  - 2024/03/12/
Y2  - 2024/03/13/
UR  - https://paper.example/storm?a=1&b={2}
AB  - What the tide took.
KW  - storm
KW  - harbour
LA  - en
SE  - Coast
AV  - articles/paper/2f6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json
N1  - Archived revision 2, sha256:abc123
ER  - `, "\n", "\r\n")},
		{"csl-json", lights(), lightsKey, `{"id":"aa6c7b1e5a0d4c3f8e9b6a7d1c2e3f40","type":"article-newspaper","title":"江边灯会今晚开幕","author":[{"literal":"林八一"},{"literal":"甲"},{"literal":"乙"},{"literal":"丙"}],"issued":{"date-parts":[[2022,10,30]]},"accessed":{"date-parts":[[2022,11,1]]},"container-title":"江报","language":"zh","URL":"https://xw.example/1.html","archive":"pressmark","archive_location":"articles/xw/aa6c7b1e5a0d4c3f8e9b6a7d1c2e3f40.json#r1","note":"revision 1, sha256:def456","version":"1","source":""}`},
	} {
		f, ok := cite.Find(c.format)
		if !ok {
			t.Fatalf("no format %s", c.format)
		}
		if got := f.Cite(c.a, c.key); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.format, got, c.want)
		}
	}
}

func TestWithoutDateAndNames(t *testing.T) {
	a := lights()
	a.Published, a.Credits.Authors, a.Capture.Fetched = nil, nil, ""
	for _, f := range cite.Formats() {
		got := f.Cite(a, lightsKey)
		if !strings.Contains(got, a.Title) || !strings.Contains(got, a.URL) || strings.Contains(got, "{}") || strings.Contains(got, "0000") {
			t.Errorf("%s: %s", f.Name, got)
		}
		if f.Name == "csl-json" && !json.Valid([]byte(f.Head+got+f.Between+got+f.Tail)) {
			t.Errorf("not JSON: %s", got)
		}
	}
}
