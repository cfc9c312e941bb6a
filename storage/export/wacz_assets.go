package export

import (
	"context"
	"fmt"

	"pressmark/storage"
	"pressmark/storage/assets"
	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// What the pages of a WACZ need to look like themselves, if it was captured (archive
// --warc replay): the log says where.

// assetPlace is where the capture of an asset is.
type assetPlace struct {
	file           string
	offset, length int64
}

// waczAssets finds the captures of assets. It keeps those of one site, the last one
// requested.
type waczAssets struct {
	site   string
	places map[string]assetPlace
}

// load reads where the captures of a site's assets are.
func (w *waczAssets) load(ctx context.Context, store storage.Store, site string) error {
	if w.places != nil && w.site == site {
		return nil
	}
	log, err := storage.NewArchive(store, storage.Options{}).OpenSite(ctx, site)
	if err != nil {
		return err
	}
	w.site, w.places = site, map[string]assetPlace{}
	for rec := range log.Records {
		if rec.Kind != ledger.KindAsset || rec.Article == "" {
			continue
		}
		var at assetPlace
		if _, err := fmt.Sscan(rec.Detail, &at.file, &at.offset, &at.length); err == nil {
			w.places[rec.URL] = at
		}
	}
	return nil
}

// copyAssets copies the captures of what a page needs, those that its stylesheets
// name included, each once.
func (w *waczWriter) copyAssets(ctx context.Context, site string, page []byte) error {
	if err := w.assets.load(ctx, w.t.store, site); err != nil || len(w.assets.places) == 0 {
		return err
	}
	resp, err := responseOf(page)
	if err != nil {
		return nil //nolint:nilerr // verify names it; the page is packed as it is
	}
	todo, seen := assets.OfPage(resp.Body, resp.URL), map[string]bool{}
	for len(todo) > 0 {
		url := todo[0]
		todo = todo[1:]
		at, ok := w.assets.places[url]
		if !ok || seen[url] {
			continue
		}
		seen[url] = true
		record, err := w.copyRecord(ctx, at.file, at.offset, at.length)
		if err != nil {
			return err
		}
		if resp, err := responseOf(record); err == nil && assets.IsStyle(resp.Header.Get("Content-Type"), resp.URL) {
			todo = append(todo, assets.OfStyle(resp.Body, resp.URL)...)
		}
	}
	return nil
}

func responseOf(record []byte) (warc.Response, error) {
	rec, err := warc.ReadBytes(record)
	if err != nil {
		return warc.Response{}, err
	}
	return rec.Response()
}
