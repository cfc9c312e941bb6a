package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
)

// Fault is a kind of damage to an archive.
type Fault string

// The faults.
const (
	Missing Fault = "missing" // named, but not there
	Altered Fault = "altered" // there, but not what is named
	Extra   Fault = "extra"   // there, but not named: what a killed run leaves
	Unread  Fault = "unread"  // the store did not give it, so that nothing is known of it
)

// Problem is one thing that Verify found.
type Problem struct {
	Fault  Fault  `json:"fault"`
	Site   string `json:"site"`
	Key    string `json:"key"`           // of the object that is missing, altered or extra
	URL    string `json:"url,omitempty"` // of the article that it belongs to
	Detail string `json:"detail"`        // for a person
}

// String is one line, though a detail may have several.
func (p Problem) String() string {
	detail := strings.ReplaceAll(p.Detail, "\n", " ")
	if p.URL == "" {
		return fmt.Sprintf("%s: %s: %s", p.Fault, p.Key, detail)
	}
	return fmt.Sprintf("%s: %s: %s (%s)", p.Fault, p.Key, detail, p.URL)
}

// Report holds the counts and findings of Verify.
type Report struct {
	Sites     int       `json:"sites"`
	Records   int64     `json:"records"`
	Articles  int       `json:"articles"`
	Revisions int       `json:"revisions"`
	Images    int       `json:"images"`   // stored images that articles name
	Captures  int       `json:"captures"` // capture files that articles name
	Removed   int       `json:"removed"`  // articles that were taken down
	Problems  []Problem `json:"problems"`
}

// VerifyOptions select the checks of Verify. The zero value compares log, keys and
// articles of all sites without reading images and captures.
type VerifyOptions struct {
	Sites []string // nil: all, and objects that belong to no site
	Deep  bool     // read images and copies of robots.txt, and compare their SHA-256

	// Schema checks that an article's JSON is of the schema. nil: not checked.
	Schema func(article []byte) error
	// ContentHash computes the content hash of an article's JSON. nil: the hash
	// that it states is only compared with the log.
	ContentHash func(article []byte) (string, error)
	// Capture checks that the part of a capture file that an article names is a response
	// with this payload SHA-256, "" if it is not known. nil: only that the file is there
	// and long enough. Capture and CaptureFile are called concurrently.
	Capture func(record []byte, sha256 string) error
	// CaptureFile checks that all records of a capture file are whole, and that its
	// index has the right places; key is the file's key. It need not read to the end.
	// nil: files that no article names are not checked.
	CaptureFile func(key string, file io.Reader, index []byte) error
	// SchemaFile checks that the stored schema is one of the articles' schemas. nil: not
	// checked.
	SchemaFile func(body []byte) error
	// Found is called with each problem when it is found. nil: no call.
	Found func(Problem)
	// Repair restores the revision that the log names if the stored article is ahead of
	// the log or has another text, as a killed run can leave it. The problem is still
	// reported, with the repair. Nothing is restored if the log is damaged. Do not use
	// Repair beside a running crawl, because a crawl is ahead of its log too.
	Repair bool
	// Parallel is the number of objects that are read concurrently. 0 means 8.
	Parallel int
}

// Verify compares the log with the objects of the archive: each segment and snapshot with
// its place in the log; the log with the articles, both ways; articles with their schema,
// content hash, revisions, images and captures. An object that the store fails to return
// is a problem of its own. After several of them in a row the store counts as
// unavailable, and Verify ends. The error is the reason why Verify could not continue;
// the report has its findings until then.
//
// An archive may be verified while it is written to. Objects written meanwhile may then
// be reported as extra.
func Verify(ctx context.Context, store Store, opt VerifyOptions) (Report, error) {
	v := &verifier{
		archive: NewArchive(store, Options{Parallel: opt.Parallel}),
		opt:     opt,
	}
	v.images.keys.room = listRoom
	v.report.Problems = []Problem{}
	err := v.run(ctx)
	return v.report, err
}

type verifier struct {
	archive *Archive
	opt     VerifyOptions
	report  Report
	images  images
	away    atomic.Int32 // objects in a row that the store did not give
}

func (v *verifier) found(p Problem) {
	v.report.Problems = append(v.report.Problems, p)
	if v.opt.Found != nil {
		v.opt.Found(p)
	}
}

func (v *verifier) run(ctx context.Context) error {
	err := v.each(ctx, "images/", v.images.add)
	if err != nil {
		return err
	}
	v.images.sort()
	sites := v.opt.Sites
	if len(sites) == 0 {
		if sites, err = v.allSites(ctx); err != nil {
			return err
		}
	}
	for _, site := range sites {
		if err := CheckSite(site); err != nil {
			return err
		}
		s := siteVerifier{verifier: v, site: site}
		if err := s.run(ctx); err != nil {
			return fmt.Errorf("verify %s: %w", site, err)
		}
		v.report.Sites++
	}
	if err := v.checkImages(ctx); err != nil {
		return err
	}
	return v.checkSchema(ctx)
}

// each calls take for each object whose key begins with prefix. A folder of objects that
// cannot be listed is one problem; the objects after it are listed all the same.
func (v *verifier) each(ctx context.Context, prefix string, take func(Info)) error {
	for after := ""; ; {
		var damaged *CorruptError
		for info, err := range v.archive.store.List(ctx, prefix, after) {
			if errors.As(err, &damaged) {
				break
			}
			if err != nil {
				return err
			}
			take(info)
		}
		if damaged == nil {
			return nil
		}
		v.unlisted(damaged)
		after = damaged.Key + "/"
	}
}

// unlisted reports, once, a folder of objects that cannot be listed.
func (v *verifier) unlisted(e *CorruptError) {
	p := Problem{Fault: Altered, Key: e.Key, Detail: e.Error()}
	if !slices.Contains(v.report.Problems, p) {
		v.found(p)
	}
}

// checkSchema looks at the schema that the archive's readers are given.
func (v *verifier) checkSchema(ctx context.Context) error {
	if v.opt.SchemaFile == nil || v.report.Articles == 0 {
		return nil
	}
	body, err := v.object(ctx, SchemaKey)
	switch {
	case errors.Is(err, ErrNotFound):
		v.found(Problem{Fault: Missing, Key: SchemaKey, Detail: "the schema of the articles"})
		return nil
	case v.faultOf(err) != "":
		v.found(Problem{Fault: v.faultOf(err), Key: SchemaKey, Detail: err.Error()})
		return nil
	case err != nil:
		return err
	}
	if err := v.opt.SchemaFile(body); err != nil {
		v.found(Problem{Fault: Altered, Key: SchemaKey, Detail: err.Error()})
	}
	return nil
}

// allSites returns the names of all sites that have a log or articles.
func (v *verifier) allSites(ctx context.Context) ([]string, error) {
	var sites []string
	for _, prefix := range []string{"articles/", "log/"} {
		for after := ""; ; {
			site, err := nextSite(ctx, v.archive.store, prefix, after)
			if damaged := (*CorruptError)(nil); errors.As(err, &damaged) {
				v.unlisted(damaged)
				after = damaged.Key + "/"
				continue
			}
			if err != nil {
				return nil, err
			}
			if site == "" {
				break
			}
			sites = append(sites, site)
			after = afterSite(prefix, site)
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites), nil
}

// object is the result of reading one key.
type object struct {
	key     string
	data    []byte
	missing bool
	damage  error // why it is there and cannot be read
	fault   Fault // of damage
}

// damageOf returns err if it is a fault of one object and the others can still be
// read: a key that cannot exist, a special file, a file without permission to read.
// It returns nil for other errors, and for nil.
func damageOf(err error) error {
	var file *fs.PathError
	if errors.Is(err, ErrKey) || errors.Is(err, ErrCorrupt) || errors.As(err, &file) {
		return err
	}
	return nil
}

// storeAway is the number of consecutive objects that the store fails to return
// after which Verify ends. Each was retried until the retries were used up.
const storeAway = 4

// faultOf returns what the error of reading an object makes of it, "" if Verify cannot
// go on.
func (v *verifier) faultOf(err error) Fault {
	switch {
	case err == nil:
		return ""
	case damageOf(err) != nil:
		return Altered
	case errors.Is(err, ErrUnavailable) && v.away.Load() < storeAway:
		return Unread
	}
	return ""
}

// object reads one object.
func (v *verifier) object(ctx context.Context, key string) ([]byte, error) {
	body, _, err := ReadObject(ctx, v.archive.store, key)
	v.answered(ctx, err)
	return body, err
}

// answered counts consecutive failures of the store.
func (v *verifier) answered(ctx context.Context, err error) {
	if errors.Is(err, ErrUnavailable) && ctx.Err() == nil {
		v.away.Add(1)
	} else {
		v.away.Store(0)
	}
}

// read yields the objects in the order of keys.
func (v *verifier) read(ctx context.Context, keys iter.Seq[string]) iter.Seq2[object, error] {
	return inOrder(ctx, v.archive.opt.Parallel, keys, v.readOne)
}

func (v *verifier) readOne(ctx context.Context, key string) (object, error) {
	body, err := v.object(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return object{key: key, missing: true}, nil
	}
	if fault := v.faultOf(err); fault != "" {
		return object{key: key, damage: err, fault: fault}, nil
	}
	return object{key: key, data: body}, err
}
