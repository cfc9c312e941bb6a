package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/audit"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

var began = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// asked is a request of a made capture.
type asked struct {
	after  time.Duration // since began
	url    string
	status int
	more   string // fields of the response
}

// captured writes requests into a capture and reads them back into an audit.
func captured(t *testing.T, a *audit.Audit, list ...asked) {
	t.Helper()
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, warc.Options{File: "warc/paper/x.warc.gz"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		_, err := w.Write(&warc.Exchange{URL: x.url, Started: began.Add(x.after),
			RequestHead:  []byte("GET /x HTTP/1.1\r\nHost: news.example\r\nUser-Agent: pressmark/1 (+desk@example.org)\r\n\r\n"),
			ResponseHead: fmt.Appendf(nil, "HTTP/1.1 %d X\r\n%s\r\n", x.status, x.more), ResponseBody: []byte("body")})
		if err != nil {
			t.Fatal(err)
		}
	}
	for r := warc.NewReader(&file); ; {
		rec, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		a.Capture("paper", rec)
	}
}

// files are copies of robots.txt by their keys.
type files map[string]string

func (f files) text(key string) ([]byte, error) { return []byte(f[key]), nil }

func robotsRecord(after time.Duration, key string) ledger.Record {
	r := ledger.Record{URL: "https://news.example/robots.txt", Kind: ledger.KindRobots, Time: began.Add(after), Outcome: ledger.Skipped, Reason: ledger.ReasonNoRobots}
	if key != "" {
		r.Outcome, r.Reason, r.Article, r.Digest = ledger.Archived, "", key, key
	}
	return r
}

// TestSound: requests within the rules give a sound report, which states them.
func TestSound(t *testing.T) {
	a := audit.New(audit.Options{Host: "news.example", Least: time.Second, Now: began.Add(time.Hour)})
	kept := files{"k": "User-agent: *\nCrawl-delay: 3\nDisallow: /private/\n"}
	a.Record("paper", robotsRecord(0, "k"))
	a.Record("paper", ledger.Record{URL: "https://news.example/private/1", Time: began, Outcome: ledger.Skipped, Reason: "robots_disallowed"})
	a.Record("paper", ledger.Record{URL: "https://other.example/private/1", Time: began, Outcome: ledger.Skipped, Reason: "robots_disallowed"})
	captured(t, a, asked{0, "https://news.example/robots.txt", 200, ""}, asked{100 * time.Millisecond, "https://news.example/1", 200, ""},
		asked{3100 * time.Millisecond, "https://news.example/2", 503, "retry-after: 60\r\n"},
		asked{3200 * time.Millisecond, "https://other.example/3", 200, ""},
		asked{63200 * time.Millisecond, "https://news.example/2", 200, ""})
	r, err := a.Report(kept.text)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Sound() || r.Requests != 4 || len(r.Pace) != 1 || r.Pace[0].Required != 3*time.Second || r.Pace[0].Shortest != 3*time.Second || r.Pace[0].Intervals != 2 {
		t.Errorf("%+v", r)
	}
	if len(r.Waits) != 1 || !r.Waits[0].Kept || r.Waits[0].Asked != time.Minute || len(r.Held) != 1 || r.Held[0].Count != 1 || len(r.UserAgents) != 1 || r.UserAgents[0].Count != 4 {
		t.Errorf("waits %+v, held %+v, agents %+v", r.Waits, r.Held, r.UserAgents)
	}
	if text, err := json.Marshal(r); err != nil || !strings.Contains(string(text), `"required_seconds":3,"shortest_seconds":3,`) || !strings.Contains(string(text), `"asked_seconds":60`) {
		t.Errorf("JSON %s, %v", text, err)
	}
	var page strings.Builder
	if err := r.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"No request was sent that the robots.txt in force forbids", "At least 3s between two requests", "kept in all 2 intervals", "each wait was kept",
		"pressmark/1 (&#43;desk@example.org)", "Disallow: /private/"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page.String(), "<script") || strings.Contains(page.String(), "src=") {
		t.Error("the page is not self-contained")
	}
}

// TestBreaches: each kind of breach is found, and what looks like one and is none is not.
func TestBreaches(t *testing.T) {
	for _, tt := range []struct {
		name                    string
		robots                  map[time.Duration]string // text by when it came into force; "-": none
		asked                   []asked
		forbidden, short, early int
	}{
		{name: "nothing", asked: []asked{{0, "https://news.example/1", 200, ""}, {time.Second, "https://news.example/2", 200, ""}}},
		{name: "too early", asked: []asked{{0, "https://news.example/1", 200, ""}, {900 * time.Millisecond, "https://news.example/2", 200, ""}}, short: 1},
		{name: "forbidden", robots: map[time.Duration]string{0: "User-agent: *\nDisallow: /a"},
			asked: []asked{{time.Second, "https://news.example/a", 200, ""}, {3 * time.Second, "https://news.example/b", 200, ""}}, forbidden: 1},
		{name: "forbidden for others", robots: map[time.Duration]string{0: "User-agent: other\nDisallow: /a"}, asked: []asked{{time.Second, "https://news.example/a", 200, ""}}},
		{name: "forbidden later", robots: map[time.Duration]string{0: "User-agent: *\nDisallow:", time.Hour: "User-agent: *\nDisallow: /a"},
			asked: []asked{{time.Second, "https://news.example/a", 200, ""}, {2 * time.Hour, "https://news.example/a", 200, ""}}, forbidden: 1},
		{name: "no longer forbidden", robots: map[time.Duration]string{0: "User-agent: *\nDisallow: /a", time.Hour: "-"},
			asked: []asked{{2 * time.Hour, "https://news.example/a", 200, ""}}},
		{name: "a delay of the host", robots: map[time.Duration]string{0: "User-agent: *\nCrawl-delay: 10"},
			asked: []asked{{time.Second, "https://news.example/1", 200, ""}, {6 * time.Second, "https://news.example/2", 200, ""}}, short: 1},
		{name: "another host between", robots: map[time.Duration]string{0: "User-agent: *\nCrawl-delay: 10"},
			asked: []asked{{time.Second, "https://news.example/1", 200, ""}, {2 * time.Second, "https://img.example/2", 200, ""}, {11 * time.Second, "https://news.example/2", 200, ""}}},
		{name: "not waited", asked: []asked{{0, "https://news.example/1", 429, "Retry-After: 30\r\n"}, {20 * time.Second, "https://news.example/1", 200, ""}}, early: 1},
		{name: "waited until a date", asked: []asked{{0, "https://news.example/1", 503, "Retry-After: Sun, 29 Nov 2026 08:01:00 GMT\r\n"}, {61 * time.Second, "https://news.example/1", 200, ""}}},
		{name: "never asked again", asked: []asked{{0, "https://news.example/1", 429, "Retry-After: 3000\r\n"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, kept := audit.New(audit.Options{Host: "news.example", Least: time.Second, Now: began}), files{}
			for _, at := range []time.Duration{0, time.Hour} {
				if text, ok := tt.robots[at]; ok {
					key := fmt.Sprint("k", at)
					if kept[key] = text; text == "-" {
						key = ""
					}
					a.Record("paper", robotsRecord(at, key))
				}
			}
			captured(t, a, tt.asked...)
			r, err := a.Report(kept.text)
			if err != nil {
				t.Fatal(err)
			}
			short, early := 0, 0
			for i := range r.Pace {
				short += len(r.Pace[i].Shorter)
			}
			for i := range r.Waits {
				if !r.Waits[i].Kept {
					early++
				}
			}
			if len(r.Forbidden) != tt.forbidden || short != tt.short || early != tt.early || r.Sound() != (tt.forbidden+tt.short+tt.early == 0) {
				t.Errorf("forbidden %v, pace %+v, waits %+v", r.Forbidden, r.Pace, r.Waits)
			}
		})
	}
}

// TestSince: requests before a time are left out, the robots.txt in force is not.
func TestSince(t *testing.T) {
	a := audit.New(audit.Options{Host: "news.example", Least: time.Second, Since: began.Add(time.Hour), Now: began.Add(3 * time.Hour)})
	a.Record("paper", robotsRecord(0, "k"))
	captured(t, a, asked{0, "https://news.example/1", 200, ""}, asked{2 * time.Hour, "https://news.example/2", 200, ""})
	r, err := a.Report(files{"k": "User-agent: *\nDisallow: /2"}.text)
	if err != nil {
		t.Fatal(err)
	}
	if r.Requests != 1 || len(r.Forbidden) != 1 || len(r.Robots) != 1 || r.UserAgents[0].Count != 1 {
		t.Errorf("%+v", r)
	}
}
