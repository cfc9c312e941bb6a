package search

import (
	"context"
	"fmt"
	"strings"
)

// Picture is one picture with an article that shows it.
type Picture struct {
	PictureFile
	ShownBy
}

// PictureFile is a picture as the article's page has it, and its copy in the archive.
type PictureFile struct {
	Key     string `json:"key,omitempty"`    // "" if it is not archived
	SHA256  string `json:"sha256,omitempty"` // of the content
	Motif   string `json:"motif,omitempty"`  // content that first showed the same, in whatever size
	URL     string `json:"url"`
	Fetched string `json:"fetched_url,omitempty"` // where the bytes came from, if it is not URL
	Caption string `json:"caption"`
	Credit  string `json:"credit,omitempty"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Status  string `json:"status"`
	Reason  string `json:"reason,omitempty"`
	Uses    int    `json:"uses,omitempty"` // articles that show the motif
}

// ShownBy is the article that shows a picture.
type ShownBy struct {
	Site  string `json:"site"`
	ID    string `json:"id"`
	Title string `json:"title"`
	// Published is the article's, as archived.
	Published string `json:"published,omitempty"`
	Precision string `json:"precision,omitempty"`
}

const pictureColumns = `i.key, i.sha256, i.motif, i.url, i.fetched, i.caption, i.credit, i.width, i.height, i.status, i.reason, a.site, a.id, a.title, a.published, a.precision`

func (p *Picture) places() []any {
	return []any{&p.Key, &p.SHA256, &p.Motif, &p.URL, &p.Fetched, &p.Caption, &p.Credit, &p.Width, &p.Height, &p.Status, &p.Reason, &p.Site, &p.ID, &p.Title, &p.Published, &p.Precision}
}

// Pictures lists archived pictures, one of each motif, as the first article shows
// it; those that were used last come first. If travelled is true, only those that
// several articles show.
func (x *Index) Pictures(ctx context.Context, travelled bool, limit, offset int) ([]Picture, error) {
	least := 1
	if travelled {
		least = 2
	}
	return x.motifs(ctx, `select motif from motif where uses >= ? order by newest desc limit ? offset ?`, least, limit, offset)
}

// fewArticles bounds the articles whose pictures PicturesOf looks through.
const fewArticles = 20_000

// PicturesOf lists the pictures of the articles that a query finds, like Pictures: of
// the newest 20,000 of them.
func (x *Index) PicturesOf(ctx context.Context, q Query, travelled bool, limit, offset int) ([]Picture, error) {
	c, err := compile(q)
	if err != nil {
		return nil, err
	}
	where, args := c.where()
	having := ``
	if travelled {
		having = ` having (select uses from motif m where m.motif = image.motif) > 1`
	}
	return x.motifs(ctx, `select motif from image where motif <> '' and doc in (select `+c.number()+` from `+c.from()+where+` order by `+c.number()+` desc limit ?)
		group by motif`+having+` order by max(doc) desc limit ? offset ?`, append(args, fewArticles, limit, offset)...)
}

// motifs returns the motifs that a query names, in its order, as the first article of
// each shows them.
func (x *Index) motifs(ctx context.Context, query string, args ...any) ([]Picture, error) {
	rows, err := x.db.QueryContext(ctx, `select m.uses, `+pictureColumns+` from (select motif as name, row_number() over () as place from (`+query+`)) join motif m on m.motif = name
		join image i on i.doc = m.first and i.n = (select min(n) from image where motif = m.motif and doc = m.first) join article a on a.doc = m.first order by place`, args...)
	return collect(rows, err, func(p *Picture) []any { return append([]any{&p.Uses}, p.places()...) })
}

// PictureFilter selects pictures that are not archived. An empty field means any.
type PictureFilter struct{ Site, Status, Reason, Host string }

// MissingPictures lists pictures that are not archived, newest articles first.
func (x *Index) MissingPictures(ctx context.Context, f PictureFilter, limit, offset int) ([]Picture, error) {
	where, args := []string{`i.sha256 = ''`, `i.status <> ''`}, []any{}
	for _, c := range []struct{ column, value string }{{"a.site", f.Site}, {"i.status", f.Status}, {"i.reason", f.Reason}, {"i.host", f.Host}} {
		if c.value != "" {
			where, args = append(where, c.column+" = ?"), append(args, c.value)
		}
	}
	rows, err := x.db.QueryContext(ctx, `select `+pictureColumns+` from image i join article a on a.doc = i.doc where `+strings.Join(where, " and ")+
		` order by i.doc desc limit ? offset ?`, append(args, limit, offset)...)
	return collect(rows, err, (*Picture).places)
}

// fewUses bounds the uses of a motif that are listed.
const fewUses = 500

// PictureUses lists the pictures of the same motif as a content, in all articles,
// oldest first: how a photo travelled. The error is [ErrNoArticle] if there is none.
func (x *Index) PictureUses(ctx context.Context, sha256 string) ([]Picture, error) {
	rows, err := x.db.QueryContext(ctx, `select `+pictureColumns+` from image i join article a on a.doc = i.doc
		where i.motif = (select motif from content where sha256 = ?) order by i.doc, i.n limit ?`, sha256, fewUses)
	list, err := collect(rows, err, (*Picture).places)
	if err == nil && len(list) == 0 {
		return nil, fmt.Errorf("%w: no picture %s", ErrNoArticle, sha256)
	}
	return list, err
}

// PictureCount is the number of pictures of one status, reason and host.
type PictureCount struct {
	Status string `json:"status"`
	Reason string `json:"reason,omitempty"`
	Host   string `json:"host,omitempty"` // of pictures that are not archived
	N      int    `json:"n"`
}

// PictureCounts counts pictures by status, reason and host; site "" means all.
func (x *Index) PictureCounts(ctx context.Context, site string) ([]PictureCount, error) {
	rows, err := x.db.QueryContext(ctx, `select outcome, reason, host, sum(n) from outcome where kind = 'picture' and (? = '' or site = ?) group by outcome, reason, host having sum(n) > 0 order by outcome, sum(n) desc, reason, host`, site, site)
	return collect(rows, err, func(c *PictureCount) []any { return []any{&c.Status, &c.Reason, &c.Host, &c.N} })
}
