package reader_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// link is one link of a Link header or of application/link-format (RFC 6690), as an
// independent reader sees it.
type link struct {
	uri    string
	params map[string]string
}

var (
	linkForm  = regexp.MustCompile(`<([^>]*)>((?:\s*;\s*[a-z]+="[^"]*")*)\s*(?:,|$)`)
	paramForm = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
)

func links(t *testing.T, text string) []link {
	t.Helper()
	var out []link
	for _, m := range linkForm.FindAllStringSubmatch(text, -1) {
		l := link{uri: m[1], params: map[string]string{}}
		for _, p := range paramForm.FindAllStringSubmatch(m[2], -1) {
			l.params[p[1]] = p[2]
		}
		out = append(out, l)
	}
	if rest := strings.TrimSpace(linkForm.ReplaceAllString(text, "")); rest != "" {
		t.Errorf("not of the form of links: %q", rest)
	}
	return out
}

func withRel(all []link, rel string) []link {
	var out []link
	for _, l := range all {
		for r := range strings.FieldsSeq(l.params["rel"]) {
			if r == rel {
				out = append(out, l)
			}
		}
	}
	return out
}

// TestMemento checks the protocol (RFC 7089) over an article with three captures, as
// a client that knows the address of the original alone.
func TestMemento(t *testing.T) {
	a := open(t)
	times := []string{"2024-03-12T09:00:00Z", "2024-03-14T09:00:00Z", "2024-05-01T00:00:00Z"}
	var art *article.Article
	for n, at := range times {
		art = a.storm()
		art.Revision, art.Capture.Fetched = n+1, at
		art.Title += strings.Repeat("!", n)
		art.ContentHash = article.ContentHash(art)
		a.commit(art, map[bool]ledger.Outcome{true: ledger.Archived, false: ledger.Revised}[n == 0])
	}
	srv := a.serve()
	client := *srv.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	ask := func(address, datetime string) *http.Response {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if datetime != "" {
			req.Header.Set("Accept-Datetime", datetime)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	gate := srv.URL + "/timegate/" + art.URL
	for _, c := range []struct{ accept, want string }{
		{"", times[2]},
		{"Mon, 01 Jan 2001 00:00:00 GMT", times[0]}, // before the first: the first (4.5.2)
		{"Tue, 12 Mar 2024 10:00:00 GMT", times[0]},
		{"Thu, 14 Mar 2024 08:59:59 GMT", times[1]},
		{"Wed, 01 May 2024 00:00:00 GMT", times[2]},
		{"Fri, 01 Jan 2100 00:00:00 GMT", times[2]}, // behind the last: the last
	} {
		resp := ask(gate, c.accept)
		if resp.StatusCode != http.StatusFound || !strings.EqualFold(resp.Header.Get("Vary"), "accept-datetime") || resp.Header.Get("Memento-Datetime") != "" {
			t.Errorf("%q: status %d, Vary %q, Memento-Datetime %q", c.accept, resp.StatusCode, resp.Header.Get("Vary"), resp.Header.Get("Memento-Datetime"))
		}
		checkLinks(t, resp, art.URL)
		memento := ask(resp.Header.Get("Location"), "")
		want, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if got := memento.Header.Get("Memento-Datetime"); memento.StatusCode != http.StatusOK || got != want.Format(http.TimeFormat) {
			t.Errorf("%q leads to status %d of %q, want %s", c.accept, memento.StatusCode, got, want.Format(http.TimeFormat))
		}
		checkLinks(t, memento, art.URL)
	}
	if resp := ask(gate, "yesterday"); resp.StatusCode != http.StatusBadRequest { // 4.5.3
		t.Errorf("a datetime that is none: status %d", resp.StatusCode)
	}
	resp, body := get(t, srv, "/timemap/"+art.URL)
	all := links(t, body)
	mementos := withRel(all, "memento")
	if resp.Header.Get("Content-Type") != "application/link-format" || len(mementos) != 3 || len(withRel(all, "first")) != 1 || len(withRel(all, "last")) != 1 ||
		len(withRel(all, "original")) != 1 || withRel(all, "original")[0].uri != art.URL || len(withRel(all, "timegate")) != 1 || len(withRel(all, "self")) != 1 {
		t.Errorf("timemap:\n%s", body)
	}
	for i, m := range mementos {
		got := ask(m.uri, "")
		if got.StatusCode != http.StatusOK || got.Header.Get("Memento-Datetime") != m.params["datetime"] {
			t.Errorf("memento %d of the timemap is of %q, the timemap says %q", i, got.Header.Get("Memento-Datetime"), m.params["datetime"])
		}
	}
}

// checkLinks checks that a timegate or a memento leads to the others.
func checkLinks(t *testing.T, resp *http.Response, original string) {
	t.Helper()
	all := links(t, resp.Header.Get("Link"))
	for _, rel := range []string{"original", "timegate", "timemap"} {
		found := withRel(all, rel)
		if len(found) != 1 || !strings.HasSuffix(found[0].uri, original) || rel == "original" && found[0].uri != original {
			t.Errorf("%s: link %q: %+v", resp.Request.URL, rel, found)
		}
	}
}
