package extract

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// LearnManifest learns which blocks repeat on the sites of a manifest that
// [RunManifest] takes, for [Options.Sites]: a site is a registrable domain, and
// one with fewer than three pages has nothing to learn from. Of a site it reads
// the sample that a [Memory] keeps and no more, so that a long manifest costs
// little; which pages those are does not depend on the order of the lines. What
// cannot be read is passed over: RunManifest tells of it.
func LearnManifest(ctx context.Context, x *Extractor, r io.Reader, open func(path string) ([]byte, error)) (map[string]*Memory, error) {
	sites, err := sampleManifest(r)
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	out := make(map[string]*Memory, len(sites))
	var lines strings.Builder
	for site, s := range sites {
		if len(s.pages) >= chromePages {
			out[site] = new(Memory)
			for _, p := range s.pages {
				lines.Write(p.raw)
				lines.WriteByte('\n')
			}
		}
	}
	return out, runManifest(ctx, strings.NewReader(lines.String()), io.Discard, func(ctx context.Context, _ int, raw []byte) []byte {
		var m manifestLine
		if json.Unmarshal(raw, &m) != nil {
			return nil
		}
		if body, err := open(m.Path); err == nil {
			res, err := x.Extract(ctx, article.Page{URL: m.URL, Body: body})
			if err == nil && res.Article != nil {
				out[siteOf(m.URL)].Add(res.Canonical, res.Marks)
			}
		}
		return nil
	})
}

// siteOf is the registrable domain of an address, "" where it has no host.
func siteOf(url string) string { return weburl.RegistrableDomain(weburl.HostOf(url)) }

// siteSample keeps the lines of a site's pages with the smallest hashes of their
// addresses, sorted by hash.
type siteSample struct{ pages []sampledPage }

type sampledPage struct {
	hash uint64
	raw  []byte
}

func (s *siteSample) add(url string, raw []byte) {
	h := hashText(url)
	i, found := slices.BinarySearchFunc(s.pages, h, func(p sampledPage, h uint64) int {
		switch {
		case p.hash < h:
			return -1
		case p.hash > h:
			return 1
		}
		return 0
	})
	if found || i >= memoryPages {
		return
	}
	s.pages = slices.Insert(s.pages, i, sampledPage{h, slices.Clone(raw)})
	s.pages = s.pages[:min(len(s.pages), memoryPages)]
}

func sampleManifest(r io.Reader) (map[string]*siteSample, error) {
	sites := map[string]*siteSample{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), maxManifestLine)
	for lines.Scan() {
		var m manifestLine
		if json.Unmarshal(lines.Bytes(), &m) != nil {
			continue
		}
		site := siteOf(m.URL)
		if site == "" {
			continue
		}
		if sites[site] == nil {
			sites[site] = new(siteSample)
		}
		sites[site].add(m.URL, lines.Bytes())
	}
	return sites, lines.Err()
}
