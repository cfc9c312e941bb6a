package crawler

import (
	"context"
	"io"
	"iter"

	"pressmark/crawler/replay"
	"pressmark/extract/manifest"
	"pressmark/storage"
)

// CapturesIn lists the capture files of an archive, of one site or ("") of all.
func CapturesIn(ctx context.Context, store storage.Store, site string) ([]replay.File, error) {
	var files []replay.File
	for c, err := range storage.Captures(ctx, store) {
		if err != nil {
			return nil, err
		}
		if site != "" && c.Site != site {
			continue
		}
		files = append(files, FileOf(store, c))
	}
	return files, nil
}

// FileOf makes a capture file of an archive one to replay.
func FileOf(store storage.Store, c storage.CaptureFile) replay.File {
	return replay.File{Name: c.Key, Site: c.Site,
		Open: func(ctx context.Context) (io.ReadSeekCloser, error) { return storage.OpenObject(ctx, store, c.Key) },
		Range: func(ctx context.Context, offset, length int64) ([]byte, error) {
			return storage.ReadRange(ctx, store, c.Key, offset, length)
		}}
}

// capturedLabel names a captured page in the output.
type capturedLabel struct {
	URL    string `json:"url"`
	WARC   string `json:"warc"`
	Offset int64  `json:"offset"`
}

// Captured makes captures a source of pages to extract.
func Captured(ctx context.Context, captures *replay.Captures) iter.Seq2[*manifest.Page, error] {
	return func(yield func(*manifest.Page, error) bool) {
		for p, err := range captures.Pages(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(capturedPage(captures, p), nil) {
				return
			}
		}
	}
}

func capturedPage(captures *replay.Captures, p *replay.Page) *manifest.Page {
	return &manifest.Page{
		Label: capturedLabel{URL: p.URL, WARC: p.File, Offset: p.Offset},
		Place: manifest.Place{File: p.File, Number: p.Number}, URL: p.URL, Site: p.Site,
		Load: func(ctx context.Context) (manifest.Content, error) {
			page, cut, err := p.Read(ctx)
			return manifest.Content{Page: page, Cut: cut, WARC: p.File, Offset: p.Offset, Length: p.Length, Rendered: p.Rendered()}, err
		},
		Part: func(ctx context.Context, url string) (*manifest.Page, error) {
			part, err := captures.Part(ctx, p, url)
			if part == nil {
				return nil, err
			}
			return capturedPage(captures, part), nil
		},
	}
}
