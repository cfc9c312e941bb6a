//go:build unix

package storage_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
	"pressmark/storage/warc"
)

// secret stands in all that tells of the article that the tests remove: headline,
// text, pictures.
const secret = "Zurückgezogen"

// told is one article of a made archive whose captures are real.
type told struct {
	path, title, text string
	revision          int
	pictures          []string // contents
}

const paperURL = "https://gazette.example"

func (s *told) url() string { return paperURL + s.path }

// edition captures stories as one run and makes the batch of it.
func edition(t *testing.T, l *storage.Log, run string, stories ...told) storage.Batch {
	t.Helper()
	var b storage.Batch
	var out bytes.Buffer
	key := l.WARCKey(run, 1)
	w, err := warc.NewWriter(&out, warc.Options{File: key, Date: noon})
	if err != nil {
		t.Fatal(err)
	}
	get := func(url, media, body string) warc.Location {
		at, err := w.Write(&warc.Exchange{URL: url, Started: noon, RequestHead: []byte("GET " + url + " HTTP/1.1\r\n\r\n"),
			ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n\r\n"), ResponseBody: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	get(paperURL+"/", "text/html", "<h1>The Gazette</h1>")
	for _, s := range stories {
		a := s.article(l.Site())
		at := get(s.url(), "text/html", s.text)
		a.Capture = article.Capture{Fetched: noon.Format(time.RFC3339), Status: 200, FinalURL: s.url(), SHA256: hashOf(s.text), WARC: key, Offset: at.Offset, Length: at.Length}
		for i, p := range s.pictures {
			img := &a.Images[i]
			at := get(img.URL, "image/png", p)
			img.WARC, img.Offset, img.Length = key, at.Offset, at.Length
			b.Images = append(b.Images, storage.Object{Key: img.Key, Body: []byte(p), MediaType: "image/png"})
		}
		data, err := article.Encode(a)
		if err != nil {
			t.Fatal(err)
		}
		rec := ledger.Record{Time: noon, URL: a.URL, ID: a.ID, Outcome: ledger.Archived, Article: l.ArticleKey(a.ID), Revision: a.Revision,
			ContentHash: a.ContentHash, Title: a.Title, Images: len(a.Images)}
		if s.revision > 1 {
			rec.Outcome, rec.Reason = ledger.Revised, ledger.ReasonContent
		}
		b.Articles = append(b.Articles, storage.Object{Key: rec.Article, Body: data, MediaType: storage.TypeJSON})
		b.Records = append(b.Records, ledger.Record{Time: noon, URL: a.URL, ID: a.ID, Outcome: ledger.Queued, Reason: ledger.ReasonSeen, Title: "link: " + a.Title}, rec,
			ledger.Record{Time: noon, URL: a.URL + "?print", ID: article.ID(a.URL + "?print"), Outcome: ledger.Skipped, Reason: ledger.ReasonAlias, Alias: a.URL})
	}
	b.Captures = []storage.Object{{Key: key, Body: out.Bytes(), MediaType: storage.TypeWARC}, {Key: storage.CDXJKey(key), Body: w.Index(), MediaType: storage.TypeCDXJ}}
	return b
}

func (s *told) article(site string) *article.Article {
	a := &article.Article{Schema: article.SchemaVersion, ID: article.ID(s.url()), URL: s.url(), Site: site, Title: s.title, Text: s.text,
		Body: []article.Block{{Type: "paragraph", Text: s.text}}, Pages: []string{s.url()}, Revision: s.revision}
	for i, p := range s.pictures {
		sum := hashOf(p)
		a.Images = append(a.Images, article.Image{ID: fmt.Sprint(i + 1), URL: fmt.Sprintf("%s/pictures/%s.png", paperURL, sum[:8]), Key: storage.ImageKey(sum, "png"),
			SHA256: sum, Status: article.ImageArchived, Bytes: int64(len(p))})
	}
	a.ContentHash = article.ContentHash(a)
	return a
}

var (
	doomed  = told{"/a/doomed", secret + " one", "Text, " + secret, 1, []string{secret + " picture", "shared picture"}}
	revised = told{"/a/doomed", secret + " two", "Other text, " + secret, 2, []string{secret + " picture", secret + " second picture", "shared picture"}}
	kept    = told{"/a/kept", "Bridge opens", "The bridge is open.", 1, []string{"shared picture", "bridge"}}
	later   = told{"/a/later", "Bridge closed", "The bridge is closed.", 1, []string{"bridge"}}
)

// newspaper fills a store with two runs and a snapshot.
func newspaper(t *testing.T, s storage.Store) {
	t.Helper()
	l := openLog(t, s)
	commit(t, l, edition(t, l, "r1", doomed, kept))
	if err := l.Snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	commit(t, l, edition(t, l, "r2", later, revised))
	if err := s.Put(t.Context(), storage.SchemaKey, []byte(`{"title":"pressmark/article/v1"}`), storage.TypeJSON); err != nil {
		t.Fatal(err)
	}
}

var takedown = storage.RemoveOptions{Reason: "asked for by a reader", Now: func() time.Time { return noon.Add(time.Hour) }}

func takeDown(t *testing.T, s storage.Store, opt storage.RemoveOptions) (storage.Takedown, error) {
	t.Helper()
	list, err := storage.NewArchive(s, storage.Options{}).Remove(t.Context(), "gazette", []string{article.ID(doomed.url())}, opt)
	if err != nil {
		return storage.Takedown{}, err
	}
	return list[0], nil
}

// plain is an object with all of its gzip members unpacked.
func plain(body []byte) []byte {
	gz, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	out, err := io.ReadAll(gz)
	if err != nil {
		return body
	}
	return out
}

// wantRemoved: nothing tells of the article, all else is sound and as it was.
func wantRemoved(t *testing.T, s storage.Store) {
	t.Helper()
	for _, key := range keys(t, s, "") {
		body, _, err := storage.ReadObject(t.Context(), s, key)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(plain(body), []byte(secret)) || strings.Contains(key, article.ID(doomed.url())) {
			t.Errorf("%s tells of the article", key)
		}
	}
	wantProblems(t, s)
	state := openLog(t, s).State()
	for _, url := range []string{doomed.url(), doomed.url() + "?print"} {
		r, _ := state.Get(url)
		if r.Outcome != ledger.Removed || r.Reason != ledger.ReasonTakedown || r.Detail != takedown.Reason || r.Title != "" || r.Article != "" {
			t.Errorf("the record of %s is %+v", url, r)
		}
	}
	if r, _ := state.Get(kept.url()); r.Title != kept.title || r.Outcome != ledger.Archived {
		t.Errorf("the record of another article is %+v", r)
	}
}

func wantProblems(t *testing.T, s storage.Store, want ...string) {
	t.Helper()
	report, err := storage.Verify(t.Context(), s, storage.Thorough(nil))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range report.Problems {
		got = append(got, p.String())
	}
	for _, p := range got {
		if !slices.ContainsFunc(want, func(w string) bool { return strings.Contains(p, w) }) {
			t.Errorf("problem: %s", p)
		}
	}
	if len(want) > 0 && len(got) == 0 {
		t.Errorf("no problem, want %q", want)
	}
}

func TestRemove(t *testing.T) {
	allStores(t, func(t *testing.T, s storage.Store) {
		newspaper(t, s)
		wantProblems(t, s)
		before, log := contents(t, s), lines(t, s)
		dry := takedown
		dry.DryRun = true
		would, err := takeDown(t, s, dry)
		if err != nil {
			t.Fatal(err)
		}
		if lines(t, s) != log || fmt.Sprint(contents(t, s)) != fmt.Sprint(before) {
			t.Error("a dry run changed the archive")
		}
		done, err := takeDown(t, s, takedown)
		if err != nil {
			t.Fatal(err)
		}
		wantRemoved(t, s)
		if done.Revisions != 2 || len(done.Images) != 2 || len(done.Shared) != 1 || done.Captures != 10 || len(done.Files) != 2 || done.Records != 6 ||
			done.Title != revised.title || done.URL != doomed.url() || fmt.Sprint(done.Addresses) != fmt.Sprint([]string{doomed.url() + "?print"}) {
			t.Errorf("done: %+v", done)
		}
		if a, b := summaryOf(would), summaryOf(done); a != b {
			t.Errorf("the dry run said\n%s\ndone was\n%s", a, b)
		}
		for key, body := range contents(t, s) {
			if !strings.HasPrefix(key, "warc/") && body != before[key] {
				t.Errorf("%s was changed", key)
			}
		}
		after := lines(t, s)
		if _, err := takeDown(t, s, takedown); err != nil || lines(t, s) != after {
			t.Errorf("a second removal changed the log, %v", err)
		}
	})
}

func summaryOf(d storage.Takedown) string {
	return fmt.Sprint(d.Title, d.Addresses, d.Revisions, d.Images, d.Shared, d.Captures, d.Files, d.Records)
}

func TestRemoveUnknown(t *testing.T) {
	s := memstore.New()
	newspaper(t, s)
	a := storage.NewArchive(s, storage.Options{})
	if _, err := a.Remove(t.Context(), "gazette", []string{article.ID("https://gazette.example/never")}, takedown); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
	if _, err := a.Remove(t.Context(), "gazette", []string{article.ID(doomed.url())}, storage.RemoveOptions{}); err == nil {
		t.Error("a removal without a reason was accepted")
	}
	wantProblems(t, s)
}

// TestRemoveStops: a removal that loses its store for good at any one of its calls is
// finished by the next one; until then all other articles are sound, and verify says
// what is to be done.
func TestRemoveStops(t *testing.T) {
	for _, kind := range []fault{before, after} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			for stop := 1; ; stop++ {
				s := memstore.New()
				newspaper(t, s)
				f := &faulty{Store: s, fault: func(call int, _, _ string) fault {
					switch {
					case call < stop:
						return none
					case call == stop:
						return kind
					}
					return before
				}}
				_, err := takeDown(t, f, takedown)
				if f.calls < stop {
					if err != nil {
						t.Fatal(err)
					}
					t.Logf("stopped at %d calls", stop-1)
					return
				}
				wantOthersSound(t, s)
				if _, err := takeDown(t, s, takedown); err != nil {
					t.Fatalf("stopped at call %d: %v", stop, err)
				}
				wantRemoved(t, s)
				if t.Failed() {
					t.Fatalf("stopped at call %d", stop)
				}
			}
		})
	}
}

// wantOthersSound: what verify reports is about the removed article alone.
func wantOthersSound(t *testing.T, s storage.Store) {
	t.Helper()
	report, err := storage.Verify(t.Context(), s, storage.Thorough(nil))
	if err != nil {
		t.Fatal(err)
	}
	id := article.ID(doomed.url())
	for _, p := range report.Problems {
		of := p.URL == doomed.url() || strings.Contains(p.Key, id) || strings.Contains(p.Detail, id)
		if !of && p.Fault != storage.Extra && !strings.Contains(p.Detail, "index names "+paperURL) {
			t.Errorf("after a stop: %v", p)
		}
	}
}

// TestRemoveBesideWriter: a writer that has the article in hand when it is removed
// loses, and nothing of what it wrote stays.
func TestRemoveBesideWriter(t *testing.T) {
	allStores(t, func(t *testing.T, s storage.Store) {
		newspaper(t, s)
		late := openLog(t, s)
		reached, open := make(chan struct{}), make(chan struct{})
		slow := openLog(t, &gate{Store: s, key: storage.SegmentKey("gazette", 3), at: reached, wait: open})
		third := told{doomed.path, secret + " three", "Third text, " + secret, 3, doomed.pictures[:1]}
		b := edition(t, slow, "r3", third)
		result := make(chan error, 1)
		go func() { result <- slow.Commit(t.Context(), b) }()
		<-reached // all is written but the segment
		if _, err := takeDown(t, s, takedown); err != nil {
			t.Fatal(err)
		}
		close(open)
		if err := <-result; !errors.Is(err, storage.ErrConflict) {
			t.Fatalf("%v, want ErrConflict", err)
		}
		if err := late.Commit(t.Context(), edition(t, late, "r4", third)); !errors.Is(err, storage.ErrConflict) {
			t.Fatalf("%v, want ErrConflict", err)
		}
		for _, key := range keys(t, s, "") { // a picture alone may be left, which verify names
			body, _, err := storage.ReadObject(t.Context(), s, key)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(key, article.ID(doomed.url())) || !strings.HasPrefix(key, "images/") && bytes.Contains(plain(body), []byte("Third text")) {
				t.Errorf("%s is left of a lost batch", key)
			}
		}
	})
}

// TestRemoveImageMeanwhile: a picture that another article names before the removal is
// done stays, or is put back.
func TestRemoveImageMeanwhile(t *testing.T) {
	for _, at := range []string{"delete", "create"} {
		t.Run(at, func(t *testing.T) {
			s := memstore.New()
			newspaper(t, s)
			again := told{"/a/again", "Picture of the year", "It was this one.", 1, []string{secret + " picture"}}
			calls := 0
			f := &faulty{Store: s, fault: func(_ int, op, key string) fault {
				if op == at && (strings.HasPrefix(key, "images/") || op == "create") {
					if calls++; calls == 2 { // the second picture, or the last tombstone
						l := openLog(t, s)
						commit(t, l, edition(t, l, "r5", again))
					}
				}
				return none
			}}
			done, err := takeDown(t, f, takedown)
			if err != nil {
				t.Fatal(err)
			}
			if len(done.Images) != 1 || len(done.Shared) != 2 {
				t.Errorf("%+v", done)
			}
			wantProblems(t, s)
		})
	}
}

// TestRemoveFollowed: a reader who follows the log sees the removal, and no gap.
func TestRemoveFollowed(t *testing.T) {
	s := memstore.New()
	newspaper(t, s)
	had := records(t, s, storage.FeedOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := takeDown(t, s, takedown); err != nil {
		t.Fatal(err)
	}
	var outcomes []string
	last := had[len(had)-1].Seq
	for r, err := range storage.Feed(ctx, s, "gazette", storage.FeedOptions{After: last}) {
		if err != nil {
			t.Fatal(err)
		}
		if last++; r.Seq != last {
			t.Errorf("record %d comes after %d", r.Seq, last-1)
		}
		outcomes = append(outcomes, fmt.Sprint(r.Outcome, " ", r.Reason, " ", r.ID == article.ID(doomed.url())))
	}
	want := "[removed removing true removed removing false removed takedown true removed takedown false]"
	if got := fmt.Sprint(outcomes); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for i, r := range records(t, s, storage.FeedOptions{})[:len(had)] {
		if r.Seq != had[i].Seq || r.Outcome != had[i].Outcome || r.Time != had[i].Time || r.ContentHash != had[i].ContentHash {
			t.Errorf("record %d became %+v", had[i].Seq, r)
		}
	}
}
