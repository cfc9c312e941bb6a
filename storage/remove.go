package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"path"
	"slices"
	"strings"
	"time"

	"pressmark/storage/ledger"
)

// RemoveOptions say how an article is taken down.
type RemoveOptions struct {
	// Reason is kept in the tombstone, for people. It must be set.
	Reason string
	// Now returns the time of the tombstone. nil means time.Now.
	Now func() time.Time
	// DryRun returns what would be removed and changes nothing.
	DryRun bool
}

// Takedown lists what was removed of an article, or would be.
type Takedown struct {
	Site      string   `json:"site"`
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title,omitempty"` // as it was
	Addresses []string `json:"addresses"`       // its other addresses, which are not archived again either
	Revisions int      `json:"revisions"`       // the newest included
	Images    []string `json:"images"`          // keys of the pictures that no other article uses
	Shared    []string `json:"shared_images"`   // keys of those that others use, which stay
	Captures  int      `json:"captures"`        // WARC records
	Files     []string `json:"capture_files"`   // that these are in
	Records   int      `json:"records"`         // of the log, whose texts are blanked

	json [][]byte // the article and its revisions, as stored
}

// Remove deletes articles of a site from the archive for good: their JSON, all revisions,
// pictures that no other article uses, capture records, and their texts in the log's
// records. A tombstone stays for each URL of an article: a record with the outcome
// removed. Readers of the feed see it, and crawls respect it.
//
// Remove may run beside a crawl of the site. The crawl's next commit then fails with
// [ErrConflict], and the crawl starts over. Remove may be killed at any moment: called
// again with the same ids, it finishes the removal; a further call changes nothing. If
// the archive has no article with one of the ids, the error is ErrNotFound and nothing is
// removed.
//
// The order is: tombstones with the reason [ledger.ReasonRemoving]; captures, texts,
// pictures, revisions, articles; tombstones with [ledger.ReasonTakedown]. The first
// tombstones keep crawls from writing the articles again. The second protect pictures: a
// crawl that has found a picture stored, and is about to name it, can no longer commit.
// If another writer commits in between, the removal starts over.
//
// Two things stay: captures of lists, feeds and other pages, which may show the headline;
// and versions of objects that a bucket keeps by its own rules. A crawl of another site
// that names one of the pictures at the same moment is not stopped: [Verify] then reports
// the picture as missing.
func (a *Archive) Remove(ctx context.Context, site string, ids []string, opt RemoveOptions) ([]Takedown, error) {
	if opt.Reason == "" && !opt.DryRun {
		return nil, errors.New("a removal needs a reason")
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	r := &remover{archive: a, site: site, ids: ids, opt: opt, used: map[string]bool{}, taken: map[string]Object{}}
	list, err := r.run(ctx)
	if err != nil {
		return nil, fmt.Errorf("remove from %s: %w", site, err)
	}
	return list, nil
}

// remover removes the articles of one site.
type remover struct {
	archive *Archive
	site    string
	ids     []string
	opt     RemoveOptions

	log     *Log
	targets []*Takedown
	byID    map[string]*Takedown
	byURL   map[string]*Takedown // by address, other addresses included
	traces  *traces
	used    map[string]bool   // pictures that another article names
	readTo  int64             // seq up to which articles were looked through for that; 0 for none
	taken   map[string]Object // pictures that were deleted, until no crawl can name them any more
}

// mostRounds bounds how often a removal starts over because of another commit.
const mostRounds = 20

func (r *remover) run(ctx context.Context) ([]Takedown, error) {
	for round := 1; ; round++ {
		err := r.round(ctx)
		switch {
		case err == nil:
			list := make([]Takedown, len(r.targets))
			for i, t := range r.targets {
				list[i] = *t
			}
			return list, nil
		case !errors.Is(err, ErrConflict) || round == mostRounds:
			return nil, err
		}
	}
}

// round does all of a removal, once. Where another writer commits meanwhile, it
// ends with ErrConflict and is to be done again.
func (r *remover) round(ctx context.Context) error {
	var err error
	if r.log, err = r.archive.OpenSite(ctx, r.site); err != nil {
		return err
	}
	if err := r.find(ctx); err != nil {
		return err
	}
	if r.opt.DryRun {
		return r.count(ctx)
	}
	if err := r.entomb(ctx, ledger.ReasonRemoving); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		r.blankCaptures, r.blankLog, r.deleteImages, r.deleteArticles,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return r.entomb(ctx, ledger.ReasonTakedown)
}

// entomb commits a tombstone for every address of the articles that has none with
// this reason or a later one. The last ones are committed again where pictures were
// deleted: they are the fence for these.
func (r *remover) entomb(ctx context.Context, reason string) error {
	var b Batch
	for _, t := range r.targets {
		for _, url := range append([]string{t.URL}, t.Addresses...) {
			old, _ := r.log.State().Get(url)
			done := reason == ledger.ReasonRemoving || old.Reason == reason && len(r.taken) == 0
			if old.Outcome == ledger.Removed && done {
				continue
			}
			rec := ledger.Record{URL: url, ID: old.ID, Time: r.opt.Now(), Outcome: ledger.Removed, Reason: reason, Detail: r.opt.Reason}
			if old.Outcome == ledger.Removed && old.Detail != "" {
				rec.Detail = old.Detail // the reason of the first call stands
			}
			if url == t.URL {
				rec.ID = t.ID
			} else {
				rec.Alias = t.URL
			}
			b.Records = append(b.Records, rec)
		}
	}
	return r.log.Commit(ctx, b)
}

// deleteArticles deletes the articles, the newest revision last: it names all that
// has to be gone before it.
func (r *remover) deleteArticles(ctx context.Context) error {
	for _, t := range r.targets {
		revisions, err := r.archive.revisionKeys(ctx, r.site, t.ID)
		if err != nil {
			return err
		}
		for _, key := range append(revisions, ArticleKey(r.site, t.ID)) {
			if err := r.archive.store.Delete(ctx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// revisionKeys lists the earlier revisions of an article that are stored.
func (a *Archive) revisionKeys(ctx context.Context, site, id string) ([]string, error) {
	var list []string
	for info, err := range a.store.List(ctx, "revisions/"+site+"/"+id+"/", "") {
		if err != nil {
			return nil, err
		}
		list = append(list, info.Key)
	}
	return list, nil
}

// deleteImages deletes the pictures that no other article names. One that was
// deleted in an earlier round, and that an article names which was committed since,
// is put back.
func (r *remover) deleteImages(ctx context.Context) error {
	used, err := r.usedElsewhere(ctx)
	if err != nil {
		return err
	}
	for key, o := range r.taken {
		if used[key] {
			if err := r.archive.store.Put(ctx, key, o.Body, o.MediaType); err != nil {
				return err
			}
			delete(r.taken, key)
		}
	}
	for _, t := range r.targets {
		t.share(used)
		for _, key := range t.Images {
			if err := r.deleteImage(ctx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *remover) deleteImage(ctx context.Context, key string) error {
	body, _, err := ReadObject(ctx, r.archive.store, key)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil && damageOf(err) == nil:
		return err
	case err == nil:
		r.taken[key] = Object{Key: key, Body: body, MediaType: imageType(key)}
	}
	return r.archive.store.Delete(ctx, key)
}

// share sorts the article's pictures by whether others use them.
func (t *Takedown) share(used map[string]bool) {
	all := slices.Concat(t.Images, t.Shared)
	slices.Sort(all)
	t.Images, t.Shared = []string{}, []string{}
	for _, key := range slices.Compact(all) {
		if used[key] {
			t.Shared = append(t.Shared, key)
		} else {
			t.Images = append(t.Images, key)
		}
	}
}

// usedElsewhere reports which pictures of the removed articles are named by another
// article, or an earlier revision of one, of any site. It reads all of them: the
// archive has no other list of who uses a picture.
func (r *remover) usedElsewhere(ctx context.Context) (map[string]bool, error) {
	wanted := map[string][]byte{}
	mine := map[string]bool{}
	for _, t := range r.targets {
		mine["/"+r.site+"/"+t.ID] = true
		for _, key := range append(t.Images, t.Shared...) {
			wanted[key] = []byte(key)
		}
	}
	for key := range r.taken {
		wanted[key] = []byte(key)
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	keys, err := r.unread(ctx)
	if err != nil {
		return nil, err
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return mine[articleOfKey(key)] })
	for body, err := range readAhead(ctx, 0, len(keys)-1, r.archive.opt.Parallel, func(ctx context.Context, i int) ([]byte, error) {
		body, _, err := ReadObject(ctx, r.archive.store, keys[i])
		if errors.Is(err, ErrNotFound) || damageOf(err) != nil {
			return nil, nil // one that cannot be read names nothing
		}
		return body, err
	}) {
		if err != nil {
			return nil, err
		}
		for key, name := range wanted {
			if !r.used[key] && bytes.Contains(body, name) {
				r.used[key] = true
			}
		}
	}
	r.readTo = r.log.State().Seq()
	return r.used, nil
}

// unread lists the articles and revisions that may name a picture: all in the first
// round, later what the site's log has got since. What other sites have got
// meanwhile is not looked at, see Remove.
func (r *remover) unread(ctx context.Context) (keys []string, err error) {
	if r.readTo > 0 {
		for rec := range r.log.State().All() {
			if rec.Seq > r.readTo && rec.Article != "" {
				keys = append(keys, rec.Article)
			}
		}
		return keys, nil
	}
	for _, prefix := range []string{"articles/", "revisions/"} {
		for info, err := range r.archive.store.List(ctx, prefix, "") {
			if err != nil {
				return nil, err
			}
			keys = append(keys, info.Key)
		}
	}
	return keys, nil
}

// articleOfKey is the site and id in the key of an article or a revision: "/site/id".
func articleOfKey(key string) string {
	_, rest, _ := strings.Cut(key, "/")
	site, file, _ := strings.Cut(rest, "/")
	id, _, _ := strings.Cut(file, "/")
	return "/" + site + "/" + strings.TrimSuffix(id, ".json")
}

// imageType is the media type under which a picture was stored.
func imageType(key string) string {
	if t := mime.TypeByExtension(path.Ext(key)); t != "" && !strings.HasSuffix(key, ".txt") {
		return t
	}
	return TypeText
}
