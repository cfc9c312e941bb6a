package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"

	"pressmark/storage/ledger"
)

// siteVerifier verifies one site.
type siteVerifier struct {
	*verifier
	site    string
	state   *ledger.State
	removed map[string]string // addresses of removed articles by id
	last    int               // the last segment that state holds
	whole   bool              // the log: no segment is missing or damaged
	gap     bool              // a record before the next one is missing or cannot be read

	articles  spool // keys under articles/<site>/
	names     names // of articles, in the log
	revisions revisions
	captures  captures
	robots    map[string]int64         // sizes of the files under robots/<site>/
	obeyed    map[string]bool          // copies of robots.txt that the log or an article names
	robotsAt  map[string]ledger.Record // by the place of their capture
}

// listRoom is the size in bytes up to which a list of keys stays in memory.
const listRoom = 4 << 20

// storedArticle holds the fields of an article that Verify checks.
type storedArticle struct {
	articleHead
	Site   string `json:"site"`
	Images []struct {
		ID     string `json:"id"`
		Key    string `json:"key"`
		SHA256 string `json:"sha256"`
		Bytes  int64  `json:"bytes"`
		Status string `json:"status"`
		WARC   string `json:"warc"`
		Offset int64  `json:"offset"`
		Length int64  `json:"length"`
	} `json:"images"`
	Capture struct {
		WARC   string `json:"warc"`
		Offset int64  `json:"offset"`
		Length int64  `json:"length"`
		SHA256 string `json:"sha256"`
		Robots string `json:"robots"`

		Rendered struct {
			WARC   string `json:"warc"`
			Offset int64  `json:"offset"`
			Length int64  `json:"length"`
			SHA256 string `json:"sha256"`
		} `json:"rendered"`
	} `json:"capture"`
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (s *siteVerifier) found(fault Fault, key, url, format string, args ...any) {
	s.verifier.found(Problem{Fault: fault, Site: s.site, Key: key, URL: url, Detail: fmt.Sprintf(format, args...)})
}

// run lists the objects before it reads the log: what a writer adds meanwhile
// is then named by the log when it is looked for.
func (s *siteVerifier) run(ctx context.Context) error {
	s.articles.room, s.revisions.site, s.revisions.keys.room = listRoom, s.site, listRoom
	if err := s.each(ctx, "articles/"+s.site+"/", func(info Info) { s.articles.add([]byte(info.Key)) }); err != nil {
		return err
	}
	if err := s.each(ctx, "revisions/"+s.site+"/", func(info Info) { s.revisions.add(info.Key) }); err != nil {
		return err
	}
	s.revisions.sort()
	if err := s.checkLog(ctx); err != nil {
		return err
	}
	s.checkRemoved()
	// These are written before the articles that name them, so they are listed after the log is read.
	files, err := s.list(ctx, "warc/")
	if err != nil {
		return err
	}
	s.captures = newCaptures(files)
	if s.robots, err = s.list(ctx, "robots/"); err != nil {
		return err
	}
	s.placeRobots()
	s.names = namesOf(s.site, s.state)
	if err := s.checkArticles(ctx); err != nil {
		return err
	}
	if err := s.checkRevisions(ctx); err != nil {
		return err
	}
	if err := s.checkRobots(ctx); err != nil {
		return err
	}
	return s.checkCaptures(ctx)
}

func (s *siteVerifier) list(ctx context.Context, prefix string) (map[string]int64, error) {
	sizes := map[string]int64{}
	err := s.each(ctx, prefix+s.site+"/", func(info Info) { sizes[info.Key] = info.Size })
	return sizes, err
}

// removalOpen is the detail of the remains of a removed article.
const removalOpen = "left of an article that was removed: run pressmark remove again, for the same article"

// checkRemoved counts removed articles, and reports removals that were not finished.
func (s *siteVerifier) checkRemoved() {
	s.removed = map[string]string{}
	for r := range s.state.All() {
		if r.Outcome != ledger.Removed || r.Alias != "" {
			continue
		}
		s.removed[r.ID] = r.URL
		s.report.Removed++
		if r.Reason == ledger.ReasonRemoving {
			s.found(Altered, SegmentKey(s.site, s.last), r.URL, "the removal of this article was begun and not finished: run pressmark remove again, for the same article")
		}
	}
}

// checkArticles compares the log with the articles both ways.
func (s *siteVerifier) checkArticles(ctx context.Context) error {
	for one, err := range inOrder(ctx, s.archive.opt.Parallel, s.names.all(), s.readNamed) {
		if err != nil {
			return err
		}
		r, body := one.record, one.object
		if body.damage != nil {
			s.found(body.fault, body.key, r.URL, "the log names this article (record %d): %v", r.Seq, body.damage)
			continue
		}
		if body.missing {
			s.found(Missing, body.key, r.URL, "the log names this article (record %d)", r.Seq)
			continue
		}
		s.report.Articles++
		if err := s.checkArticle(ctx, body, r); err != nil {
			return err
		}
	}
	return s.checkUnnamed()
}

// namedObject is an article with the record that names it.
type namedObject struct {
	object
	record ledger.Record
}

func (s *siteVerifier) readNamed(ctx context.Context, r ledger.Record) (namedObject, error) {
	body, err := s.readOne(ctx, r.Article)
	return namedObject{body, r}, err
}

// checkUnnamed reports articles that the log does not name.
func (s *siteVerifier) checkUnnamed() error {
	for item, err := range s.articles.all() {
		if err != nil {
			return fmt.Errorf("list of articles: %w", err)
		}
		key := string(item)
		if s.names.has(key) {
			continue
		}
		if url, ok := s.removed[articleID(key)]; ok {
			s.found(Extra, key, url, "%s", removalOpen)
			continue
		}
		s.found(Extra, key, "", "the log does not name this article")
	}
	return nil
}

// checkArticle compares an article with its record and with the objects that it
// names.
func (s *siteVerifier) checkArticle(ctx context.Context, body object, r ledger.Record) error {
	a, ok := s.parse(body, r.URL)
	if !ok {
		return nil
	}
	for n := 1; n < r.Revision && int64(r.Revision) <= r.Seq; n++ {
		if key := RevisionKey(s.site, articleID(body.key), n); !s.revisions.has(key) {
			s.found(Missing, key, r.URL, "revision %d of %d", n, r.Revision)
		}
	}
	if r.Alias == "" && !a.agrees(r) {
		return s.disagrees(ctx, a.articleHead, r)
	}
	return nil
}

// disagrees reports an article that differs from its record, and restores the right
// one if Repair is set. A crawl may have committed the article since the log was
// read, so the log is read again first.
func (s *siteVerifier) disagrees(ctx context.Context, a articleHead, r ledger.Record) error {
	grown, err := s.catchUp(ctx)
	if err != nil {
		return err
	}
	if grown {
		body, _, err := ReadObject(ctx, s.archive.store, r.Article)
		if err != nil && damageOf(err) == nil {
			return err
		}
		a = readHead(body)
		if r, _ = s.state.Get(r.URL); a.agrees(r) {
			return nil
		}
	}
	done := ""
	if s.opt.Repair {
		if done, err = s.repair(ctx, a, r); err != nil {
			return err
		}
	}
	s.found(Altered, r.Article, r.URL, "revision %d with content hash %s; the log says %d with %s%s",
		a.Revision, a.ContentHash, r.Revision, r.ContentHash, done)
	return nil
}

// parse reads an article and does the checks that need no other object.
func (s *siteVerifier) parse(body object, url string) (storedArticle, bool) {
	var a storedArticle
	if err := json.Unmarshal(body.data, &a); err != nil {
		s.found(Altered, body.key, url, "no article: %v", err)
		return a, false
	}
	if s.opt.Schema != nil {
		if err := s.opt.Schema(body.data); err != nil {
			s.found(Altered, body.key, url, "not of the schema: %v", err)
		}
	}
	if s.opt.ContentHash != nil {
		if hash, err := s.opt.ContentHash(body.data); err != nil || hash != a.ContentHash {
			s.found(Altered, body.key, url, "content hash is %s, stated is %s (%v)", hash, a.ContentHash, err)
		}
	}
	if a.Site != s.site || !strings.Contains(body.key, "/"+a.ID) {
		s.found(Altered, body.key, url, "says that it is article %s of site %s", a.ID, a.Site)
	}
	s.checkNamed(body.key, url, &a)
	return a, true
}

// repair restores the revision that the log names, and reports whether it did. The
// stored revision may be one that a damaged log does not name.
func (s *siteVerifier) repair(ctx context.Context, a articleHead, r ledger.Record) (done string, err error) {
	switch {
	case !s.whole:
		return "; not put back: the log is damaged", nil
	case a.Revision < r.Revision:
		return "; not put back: the revision that is there is an earlier one", nil
	}
	body, err := s.archive.kept(ctx, s.site, r)
	if err != nil {
		return "", err
	}
	if body == nil {
		return "; not put back: no copy of it is kept", nil
	}
	if err := s.archive.store.Put(ctx, r.Article, body, TypeJSON); err != nil {
		return "", err
	}
	return fmt.Sprintf("; revision %d is put back", r.Revision), nil
}

// checkRevisions reads the earlier revisions.
func (s *siteVerifier) checkRevisions(ctx context.Context) error {
	var failed error
	keys := func(yield func(string) bool) {
		for key, err := range s.revisions.keys.all() {
			if failed = err; err != nil || !yield(string(key)) {
				return
			}
		}
	}
	for body, err := range s.read(ctx, keys) {
		if err != nil {
			return err
		}
		if body.damage != nil {
			s.found(body.fault, body.key, "", "%v", body.damage)
			continue
		}
		if body.missing {
			continue // reported with its article
		}
		s.report.Revisions++
		a, ok := s.parse(body, "")
		if ok && !strings.HasSuffix(body.key, "/"+strconv.Itoa(a.Revision)+".json") {
			s.found(Altered, body.key, a.URL, "says that it is revision %d", a.Revision)
		}
		if _, removed := s.removed[path.Base(path.Dir(body.key))]; removed {
			s.found(Extra, body.key, a.URL, "%s", removalOpen)
			continue
		}
		if !s.revisions.isNamed(body.key, &s.names) {
			s.found(Extra, body.key, a.URL, "the log knows no later revision than this")
		}
	}
	if failed != nil {
		return fmt.Errorf("list of revisions: %w", failed)
	}
	return nil
}
