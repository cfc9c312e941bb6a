package manifest

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"slices"

	"pressmark/extract"
	"pressmark/extract/article"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// leastPages is the least number of pages from which the repeated blocks of a site are
// learnt.
const leastPages = 3

// Learn learns which blocks repeat on the sites of a manifest, for
// [extract.Options.Sites]. A site is a registrable domain; sites with fewer than
// three pages are left out. Of each site it reads the sample that an
// [extract.Memory] keeps, so that a long manifest costs little. The sample does not
// depend on the order of the lines. Pages that cannot be read are skipped: [Run]
// reports them.
func Learn(ctx context.Context, x *extract.Extractor, manifest io.Reader, open Open) (map[string]*extract.Memory, error) {
	samples, err := sampled(manifest)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*extract.Memory, len(samples))
	for site, s := range samples {
		if len(s) >= leastPages {
			out[site] = new(extract.Memory)
		}
	}
	learn := func(ctx context.Context, p *Page) (struct{}, error) {
		if o := p.extract(ctx, One(x)); o.err == nil && o.Article != nil {
			out[siteOf(p.URL)].Add(o.Canonical, o.Marks)
		}
		return struct{}{}, nil
	}
	return out, inOrder(ctx, samples.pages(out, open), learn, func(struct{}) error { return nil })
}

// siteOf returns the registrable domain of an address, "" if it has no host.
func siteOf(url string) string { return weburl.RegistrableDomain(weburl.HostOf(url)) }

// samples are the pages of each site with the smallest hashes of their URLs, sorted
// by hash.
type samples map[string][]sample

type sample struct {
	hash  uint64
	entry entry
}

func (s samples) add(e entry) {
	site := siteOf(e.URL)
	if site == "" {
		return
	}
	one := sample{text.HashOf(e.URL), e}
	pages := s[site]
	i, found := slices.BinarySearchFunc(pages, one, func(a, b sample) int { return cmp.Compare(a.hash, b.hash) })
	if found || i >= extract.MemoryPages {
		return
	}
	pages = slices.Insert(pages, i, one)
	s[site] = pages[:min(len(pages), extract.MemoryPages)]
}

// pages yields the sampled pages of the sites in a map.
func (s samples) pages(sites map[string]*extract.Memory, open Open) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		for site := range sites {
			for _, one := range s[site] {
				p := &Page{URL: one.entry.URL, Load: func(context.Context) (Content, error) {
					body, err := open(one.entry.Path)
					return Content{Page: article.Page{URL: one.entry.URL, Body: body, ContentType: one.entry.Headers.contentType()}}, err
				}}
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

func sampled(manifest io.Reader) (samples, error) {
	out := samples{}
	for e, err := range entries(manifest) {
		switch {
		case errors.Is(err, errBadLine):
		case err != nil:
			return nil, err
		default:
			out.add(e)
		}
	}
	return out, nil
}
