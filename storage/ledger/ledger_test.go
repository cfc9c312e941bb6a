package ledger

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

var full = Record{
	Seq: 7, Time: time.Date(2026, 11, 23, 10, 20, 30, 5e8, time.UTC), URL: "https://gazette.example/a?b=1&c=<2>", ID: "2f6c0123456789ab",
	Kind: KindFeed, Outcome: Revised, Reason: "changed", Detail: "tab\t quote\" back\\ \u2028 \x01 \xff end", Article: "articles/gazette/2f6c0123456789ab.json",
	Revision: 3, Changed: []string{"title", "", "bo\x00dy"}, ContentHash: strings.Repeat("ab", 32), ETag: `W/"x"`,
	LastMod: "Mon, 23 Nov 2026 10:00:00 GMT", Status: 200, Title: "新闻 — 第一版", Published: "2026-11-23", Source: "https://gazette.example/feed",
	Alias: "https://gazette.example/m/a", Tries: -1, Visits: 12, Due: time.Date(9999, 1, 1, 0, 0, 0, 1, time.UTC),
	First: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), Digest: strings.Repeat("0f", 32), Images: 4, Pending: 1, Memory: []byte{0, 1, 2, 255},
	Captured: time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC), Links: 20, Usual: 24, Warning: "cut: 2 items do not end",
	Missing: []string{"http_404 img.example 3"}, Suspect: strings.Repeat("1e", 32), Capture: "warc/gazette/gazette-robots-1.warc.gz@12+345",
}

var least = Record{Seq: 1, Time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), URL: "u", Outcome: Queued}

// standard is the record as encoding/json writes it.
func standard(t testing.TB, r Record) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func TestAppendJSON(t *testing.T) {
	for _, r := range []Record{{}, least, full} {
		if got, want := r.AppendJSON(nil), standard(t, r); !bytes.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, r := range []Record{least, full} {
		r.Detail = strings.ToValidUTF8(r.Detail, "\ufffd")
		got, err := Decode(r.AppendJSON(nil))
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("got\n%+v, %v\nwant\n%+v", got, err, r)
		}
	}
	for _, line := range []string{
		`{"seq":1,"time":"2026-01-01T00:00:00Z","url":"u","outcome":"queued","new":{"a":[1,"}"]}}`,
		` { "seq" : 1, "time":"2026-01-01T01:00:00+01:00", "url":"\u0075", "id":null, "outcome":"queued" } `,
	} {
		got, err := Decode([]byte(line))
		if err != nil || !reflect.DeepEqual(got, least) {
			t.Errorf("%s: %+v, %v", line, got, err)
		}
	}
	for _, line := range []string{
		``, `{`, `null`, `[]`, `{}`, `{"seq":1}`, `{"seq":"1"}`, `{"seq":1e400}`, `{"seq":-1,"time":"2026-01-01T00:00:00Z","url":"u","outcome":"queued"}`,
		`{"seq":1,"time":"2026-01-01","url":"u","outcome":"queued"}`, `{"seq":1,"time":"2026-01-01T00:00:00Z","url":"u","outcome":"queued"}x`,
		`{"seq":1,"time":"2026-01-01T00:00:00Z","url":"","outcome":"queued"}`, `{"seq":1,"time":"2026-01-01T00:00:00Z","url":"u"}`,
	} {
		if got, err := Decode([]byte(line)); err == nil {
			t.Errorf("%s: taken for %+v", line, got)
		}
	}
}

func FuzzRecord(f *testing.F) {
	f.Add(full.AppendJSON(nil))
	f.Add(least.AppendJSON(nil))
	f.Add([]byte(`{"seq":01,"time":"2026-01-01T1:00:00.5Z","url":"u","Outcome":"queued","memory":"AA==","changed":[]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		var quick Record
		p := parser{s: string(line)}
		var slow Record
		slowErr := json.Unmarshal(line, &slow)
		slow.Time, slow.Due, slow.First, slow.Captured = slow.Time.UTC(), slow.Due.UTC(), slow.First.UTC(), slow.Captured.UTC()
		if p.record(&quick) && (slowErr != nil || !reflect.DeepEqual(quick, slow)) {
			t.Fatalf("read as\n%+v\nencoding/json says\n%+v, %v", quick, slow, slowErr)
		}
		r, err := Decode(line)
		if err != nil {
			return
		}
		b := r.AppendJSON(nil)
		if want := standard(t, r); !bytes.Equal(b, want) {
			t.Fatalf("written as\n%s\nwant\n%s", b, want)
		}
		var s State
		s.Apply(r)
		got, _ := s.Get(r.URL)
		if r.First.IsZero() {
			r.First = r.Time
		}
		if string(got.AppendJSON(nil)) != string(r.AppendJSON(nil)) {
			t.Fatalf("packed and unpacked:\n%s\nwas\n%s", got.AppendJSON(nil), r.AppendJSON(nil))
		}
	})
}
