//go:build unix

package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"pressmark/storage"
	"pressmark/storage/ledger"
	"pressmark/storage/memstore"
)

// sound makes an archive with two articles, one of them with an earlier revision.
func sound(t *testing.T) *memstore.Store {
	t.Helper()
	s := memstore.New()
	l := openLog(t, s)
	commit(t, l, batch(page{1, 1, "one", "r"}, page{2, 1, "two", "r"}))
	commit(t, l, batch(page{1, 2, "one, changed", "r"}))
	if err := l.Snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	// An alias names the article of another URL, a gone page keeps its own.
	note(t, l, ledger.Record{URL: page{n: 1}.url() + "?print", Outcome: ledger.Skipped, Reason: "alias", Alias: page{n: 1}.url(), Article: page{n: 1}.key()})
	note(t, l, ledger.Record{URL: page{n: 2}.url(), Outcome: ledger.Gone, Reason: "not_found"})
	return s
}

// checks are the injected checks, as far as made articles can be checked.
func checks() storage.VerifyOptions {
	return storage.VerifyOptions{
		Deep: true,
		Schema: func(article []byte) error {
			if !bytes.Contains(article, []byte(`"schema":"pressmark/article/v1"`)) {
				return errors.New("no schema")
			}
			return nil
		},
		ContentHash: func(article []byte) (string, error) {
			_, rest, _ := strings.Cut(string(article), `"text":"`)
			text, _, ok := strings.Cut(rest, `"`)
			if !ok {
				return "", errors.New("no text")
			}
			return hashOf(text), nil
		},
		Capture: func(record []byte, _ string) error {
			if string(record) != "0123456789" {
				return errors.New("no record")
			}
			return nil
		},
	}
}

func TestVerifySound(t *testing.T) {
	report, err := storage.Verify(t.Context(), sound(t), checks())
	if err != nil {
		t.Fatal(err)
	}
	want := storage.Report{Sites: 1, Records: 5, Articles: 2, Revisions: 1, Images: 3, Captures: 2, Problems: []storage.Problem{}}
	if fmt.Sprintf("%+v", report) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", report, want)
	}
}

// edit changes an object in place.
func edit(t *testing.T, s storage.Store, key, from, to string) {
	t.Helper()
	body, _, err := storage.ReadObject(t.Context(), s, key)
	if err != nil || !strings.Contains(string(body), from) {
		t.Fatalf("%s: %q is not in %s, %v", key, from, body, err)
	}
	if err := s.Put(t.Context(), key, []byte(strings.Replace(string(body), from, to, 1)), ""); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, s storage.Store, key string) {
	t.Helper()
	if _, err := s.Stat(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), key); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyFinds(t *testing.T) {
	one, two := page{1, 2, "one, changed", "r"}, page{2, 1, "two", "r"}
	image := func(p page) string { return storage.ImageKey(hashOf(string(p.image())), "png") }
	revision := storage.RevisionKey("gazette", one.id(), 1)
	for name, c := range map[string]struct {
		spoil func(*testing.T, storage.Store)
		want  []string // fault and key of each problem
	}{
		"article missing": {
			func(t *testing.T, s storage.Store) { remove(t, s, two.key()) },
			[]string{"missing " + two.key(), "extra " + image(two)},
		},
		"article extra": {
			func(t *testing.T, s storage.Store) {
				p := page{3, 1, "three", "r"}
				if err := s.Put(t.Context(), p.key(), p.articleJSON(), ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"extra " + page{n: 3}.key()},
		},
		"text altered": {
			func(t *testing.T, s storage.Store) { edit(t, s, two.key(), `"text":"two"`, `"text":"2"`) },
			[]string{"altered " + two.key()},
		},
		"text and hash altered": {
			func(t *testing.T, s storage.Store) {
				edit(t, s, two.key(), `"text":"two"`, `"text":"2"`)
				edit(t, s, two.key(), hashOf("two"), hashOf("2"))
			},
			[]string{"altered " + two.key()},
		},
		"not of the schema": {
			func(t *testing.T, s storage.Store) { edit(t, s, two.key(), "article/v1", "article/v0") },
			[]string{"altered " + two.key()},
		},
		"no JSON": {
			func(t *testing.T, s storage.Store) { edit(t, s, two.key(), "{", "") },
			[]string{"altered " + two.key(), "extra " + image(two)},
		},
		"other id": {
			func(t *testing.T, s storage.Store) { edit(t, s, two.key(), two.id(), one.id()) },
			[]string{"altered " + two.key()},
		},
		"other revision": {
			func(t *testing.T, s storage.Store) { edit(t, s, one.key(), `"revision":2`, `"revision":1`) },
			[]string{"altered " + one.key()},
		},
		"earlier revision missing": {
			func(t *testing.T, s storage.Store) { remove(t, s, revision) },
			[]string{"missing " + revision, "extra " + image(page{1, 1, "one", "r"})},
		},
		"earlier revision altered": {
			func(t *testing.T, s storage.Store) { edit(t, s, revision, `"revision":1`, `"revision":7`) },
			[]string{"altered " + revision},
		},
		"later revision": {
			func(t *testing.T, s storage.Store) {
				if err := s.Put(t.Context(), storage.RevisionKey("gazette", one.id(), 3), page{1, 3, "x", "r"}.articleJSON(), ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"missing " + image(page{1, 3, "x", "r"}), "extra " + storage.RevisionKey("gazette", one.id(), 3)},
		},
		"image missing": {
			func(t *testing.T, s storage.Store) { remove(t, s, image(two)) },
			[]string{"missing " + image(two)},
		},
		"image altered": {
			func(t *testing.T, s storage.Store) { edit(t, s, image(two), "picture", "fixture") },
			[]string{"altered " + image(two)},
		},
		"image extra": {
			func(t *testing.T, s storage.Store) {
				if err := s.Put(t.Context(), storage.ImageKey(hashOf("x"), "gif"), []byte("x"), ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"extra " + storage.ImageKey(hashOf("x"), "gif")},
		},
		"image of another sum": {
			func(t *testing.T, s storage.Store) {
				edit(t, s, two.key(), `"sha256":"`+hashOf(string(two.image())), `"sha256":"`+hashOf("x"))
			},
			[]string{"altered " + two.key()},
		},
		"capture missing": {
			func(t *testing.T, s storage.Store) { remove(t, s, two.warc()) },
			[]string{"missing " + two.warc()},
		},
		"capture cut off": {
			func(t *testing.T, s storage.Store) {
				if err := s.Put(t.Context(), two.warc(), []byte("0123"), ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"altered " + two.warc()},
		},
		"capture altered": {
			func(t *testing.T, s storage.Store) { edit(t, s, two.warc(), "0123456789", "9876543210") },
			[]string{"altered " + two.warc()},
		},
		"segment missing": {
			func(t *testing.T, s storage.Store) { remove(t, s, storage.SegmentKey("gazette", 1)) },
			nil, // many things follow; see below
		},
		"snapshot of no segment": {
			func(t *testing.T, s storage.Store) {
				if err := s.Put(t.Context(), storage.SnapshotKey("gazette", 9), zip(t, ""), ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"extra " + storage.SnapshotKey("gazette", 9)},
		},
		"stray file in the log": {
			func(t *testing.T, s storage.Store) {
				if err := s.Put(t.Context(), "log/gazette/notes.txt", nil, ""); err != nil {
					t.Fatal(err)
				}
			},
			[]string{"extra log/gazette/notes.txt"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sound(t)
			c.spoil(t, s)
			report, err := storage.Verify(t.Context(), s, checks())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range report.Problems {
				got = append(got, string(p.Fault)+" "+p.Key)
			}
			if c.want == nil {
				c.want = []string{"missing " + storage.SegmentKey("gazette", 1)}
				got = got[:min(1, len(got))]
			}
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("found\n%s\nwant\n%s\n%v", strings.Join(got, "\n"), strings.Join(c.want, "\n"), report.Problems)
			}
		})
	}
}

// TestRepair: an article that a killed writer left ahead of the log goes back
// to what the log says.
func TestRepair(t *testing.T) {
	s := sound(t)
	f := &faulty{Store: s, fault: func(_ int, op, _ string) fault {
		if op == "create" {
			return before
		}
		return none
	}}
	ahead := batch(page{1, 3, "never committed", "r"})
	if err := openLog(t, f).Commit(t.Context(), ahead); err == nil {
		t.Fatal("no error")
	}
	opt := checks()
	opt.Repair = true
	report, err := storage.Verify(t.Context(), s, opt)
	if err != nil || len(report.Problems) == 0 || report.Problems[0].Fault != storage.Altered || report.Problems[0].Key != ahead.Articles[0].Key ||
		!strings.HasSuffix(report.Problems[0].Detail, "; revision 2 is put back") {
		t.Fatalf("%+v, %v", report.Problems, err)
	}
	wantArticle(t, s, batch(page{1, 2, "one, changed", "r"}))
	report, err = storage.Verify(t.Context(), s, checks())
	if err != nil || len(report.Problems) != 1 || report.Problems[0].Fault != storage.Extra {
		t.Errorf("after the repair: %+v, %v; want only the image that was never committed", report.Problems, err)
	}
	commit(t, openLog(t, s), batch(page{1, 3, "one, changed again", "r"}))
	wantArticle(t, s, batch(page{1, 3, "one, changed again", "r"}))
}

// TestRepairWithDamagedLog: the segment that cannot be read may name the revision
// that is there, which is nowhere else.
func TestRepairWithDamagedLog(t *testing.T) {
	for name, spoil := range map[string]func(*memstore.Store) error{
		"missing": func(s *memstore.Store) error { return s.Delete(t.Context(), storage.SegmentKey("gazette", 2)) },
		"altered": func(s *memstore.Store) error {
			return s.Put(t.Context(), storage.SegmentKey("gazette", 2), []byte("noise"), "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, opt := sound(t), checks()
			if err := spoil(s); err != nil {
				t.Fatal(err)
			}
			opt.Repair = true
			report, err := storage.Verify(t.Context(), s, opt)
			if err != nil || !strings.Contains(fmt.Sprint(report.Problems), "not put back: the log is damaged") {
				t.Errorf("%v, %v", report.Problems, err)
			}
			wantArticle(t, s, batch(page{1, 2, "one, changed", "r"}))
		})
	}
}

// meanwhile is a store in which something happens when the captures are listed.
type meanwhile struct {
	storage.Store
	happens func()
}

func (m meanwhile) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Info, error] {
	if strings.HasPrefix(prefix, "warc/") {
		m.happens()
	}
	return m.Store.List(ctx, prefix, after)
}

// TestVerifyBesideCrawl: an article that a crawl commits after the log was read is
// no fault, and is not put back.
func TestVerifyBesideCrawl(t *testing.T) {
	s, opt := sound(t), checks()
	opt.Repair = true
	now := batch(page{1, 3, "one, changed again", "r"})
	report, err := storage.Verify(t.Context(), meanwhile{s, func() { commit(t, openLog(t, s), now) }}, opt)
	if err != nil || strings.Contains(fmt.Sprint(report.Problems), string(storage.Altered)) {
		t.Errorf("%v, %v", report.Problems, err)
	}
	wantArticle(t, s, now)
}

func TestVerifySites(t *testing.T) {
	s := sound(t)
	p := page{1, 1, "x", "r"}
	if err := s.Put(t.Context(), "articles/elsewhere/"+p.id()+".json", p.articleJSON(), ""); err != nil {
		t.Fatal(err)
	}
	report, err := storage.Verify(t.Context(), s, storage.VerifyOptions{Sites: []string{"gazette"}})
	if err != nil || len(report.Problems) != 0 || report.Sites != 1 {
		t.Errorf("one site: %+v, %v", report, err)
	}
	found := 0
	report, err = storage.Verify(t.Context(), s, storage.VerifyOptions{Found: func(storage.Problem) { found++ }})
	if err != nil || len(report.Problems) != 1 || report.Sites != 2 || found != 1 {
		t.Errorf("all sites: %+v, %v", report, err)
	}
}

// TestProblemIsOneLine: what a schema says of an article has several lines.
func TestProblemIsOneLine(t *testing.T) {
	p := storage.Problem{Fault: storage.Altered, Key: "articles/gazette/1.json", Detail: "not of the schema:\n- no title\n- no text"}
	for url, want := range map[string]string{
		"":                         "altered: articles/gazette/1.json: not of the schema: - no title - no text",
		"https://gazette.example/": "altered: articles/gazette/1.json: not of the schema: - no title - no text (https://gazette.example/)",
	} {
		if p.URL = url; p.String() != want {
			t.Errorf("got  %s\nwant %s", p, want)
		}
	}
}
