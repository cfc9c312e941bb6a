package compose

import (
	"strconv"

	"pressmark/extract/article"
	"pressmark/extract/text"
)

// Join makes one article from the parts of a multi-page article, in order. Pages lists
// the URLs of the parts. Images get new IDs, each picture once. What later parts repeat
// from the first (headline, lead, credit lines, pictures) is dropped. All fields but
// body, images and credits are those of the first part. Parts without an article and
// repetitions of the same page are left out. The inputs are not changed.
func Join(first article.Result, rest ...article.Result) article.Result {
	if first.Article == nil {
		return first
	}
	j := newJoiner(first.Article)
	for i := range rest {
		if rest[i].Article != nil {
			j.add(rest[i].Article)
		}
		first.NextPart = rest[i].NextPart
		first.Marks = append(first.Marks[:len(first.Marks):len(first.Marks)], rest[i].Marks...)
	}
	first.Article = j.result()
	return first
}

type joiner struct {
	out   article.Article
	seen  map[string]bool // texts of blocks that later parts may repeat
	image map[string]string
	hash  map[string]bool
}

func newJoiner(a *article.Article) *joiner {
	j := &joiner{out: *a, seen: map[string]bool{text.Key(a.Title): true}, image: map[string]string{}, hash: map[string]bool{a.ContentHash: true}}
	j.out.Body = append([]article.Block(nil), a.Body...)
	j.out.Images = append([]article.Image(nil), a.Images...)
	j.out.Pages = append([]string(nil), a.Pages...)
	j.out.Credits.Lines = append([]string(nil), a.Credits.Lines...)
	for i := range a.Body {
		if k := blockKey(&a.Body[i]); k != "" {
			j.seen[k] = true
		}
	}
	for i := range a.Images {
		j.image[a.Images[i].URL] = a.Images[i].ID
	}
	return j
}

func (j *joiner) add(a *article.Article) {
	if j.hash[a.ContentHash] {
		return // the same page under another address: a pager's loop
	}
	j.hash[a.ContentHash] = true
	for _, u := range a.Pages {
		j.out.Pages = text.AppendNew(j.out.Pages, u)
	}
	ids := make(map[string]string, len(a.Images))
	for i := range a.Images {
		j.addImage(&a.Images[i], ids)
	}
	for i := range a.Body {
		j.addBlock(a.Body[i], ids)
	}
	for _, name := range a.Credits.Authors {
		j.out.Credits.Authors = text.AppendNew(j.out.Credits.Authors[:len(j.out.Credits.Authors):len(j.out.Credits.Authors)], name)
	}
	for _, name := range a.Credits.Editors {
		j.out.Credits.Editors = text.AppendNew(j.out.Credits.Editors[:len(j.out.Credits.Editors):len(j.out.Credits.Editors)], name)
	}
	for _, name := range a.Credits.Photographers {
		j.out.Credits.Photographers = text.AppendNew(j.out.Credits.Photographers[:len(j.out.Credits.Photographers):len(j.out.Credits.Photographers)], name)
	}
	for _, l := range a.Credits.Lines {
		j.out.Credits.Lines = text.AppendNew(j.out.Credits.Lines, l)
	}
	if j.out.Credits.Source == "" {
		j.out.Credits.Source = a.Credits.Source
	}
}

// addImage takes over a picture; ids learns its new ID, "" for one that the
// parts before have already.
func (j *joiner) addImage(im *article.Image, ids map[string]string) {
	if _, ok := j.image[im.URL]; ok {
		ids[im.ID] = ""
		return
	}
	n := *im
	n.ID = strconv.Itoa(len(j.out.Images) + 1)
	if n.Role == article.ImageLead && len(j.out.Images) > 0 {
		n.Role = article.ImageInline // of a later part
	}
	ids[im.ID], j.image[im.URL] = n.ID, n.ID
	j.out.Images = append(j.out.Images, n)
}

func (j *joiner) addBlock(b article.Block, ids map[string]string) {
	if b.Type == article.ImagePlace {
		if b.Image = ids[b.Image]; b.Image == "" {
			return
		}
	} else if k := blockKey(&b); k != "" {
		if j.seen[k] {
			return
		}
		j.seen[k] = true
	}
	j.out.Body = append(j.out.Body, b)
}

// blockKey returns the key by which a repeated block of a later part is found and
// dropped; "" for short blocks ("No.", a subhead), which may repeat.
func blockKey(b *article.Block) string {
	if b.Type == article.Embed && b.URL != "" {
		return string(b.Type) + " " + b.URL
	}
	if b.Type != article.Paragraph && b.Type != article.Quote && b.Type != article.Heading || text.Mass(b.Text) < 60 {
		return ""
	}
	return text.Key(b.Text)
}

func (j *joiner) result() *article.Article {
	a := &j.out
	fillEmpty(a)
	a.Links = bodyLinks(a.Body)
	a.Text = article.RenderText(a)
	a.ContentHash = article.ContentHash(a)
	return a
}
