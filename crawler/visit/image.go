package visit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"pressmark/crawler/fetch"
	"pressmark/crawler/phash"
	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// wantImages queues the article's images but those that the archive has from
// an earlier revision.
func (v *Visit) wantImages(p *pageJob) (o Outcome) {
	d, limit := p.draft, images(v.job.Site)
	var want []int
	for i := range d.art.Images {
		img := &d.art.Images[i]
		switch {
		case reuse(img, d.old):
		case img.URL == "":
			img.Status, img.Reason = article.ImageMissing, fetch.CodeBadURL
		case i >= limit:
			img.Status, img.Reason = article.ImageTooLarge, ledger.ReasonImageLimit
		default:
			want = append(want, i)
		}
	}
	if len(want) == 0 {
		return v.store(p)
	}
	n := v.underway.keep(p, len(want))
	for _, i := range want {
		o.next(d.art.Images[i].URL, Task{kind: image, page: n, image: uint16(i)})
	}
	return o
}

// reuse copies the result for an image from an earlier revision.
func reuse(img *article.Image, old *article.Article) bool {
	if old == nil {
		return false
	}
	for i := range old.Images {
		if o := &old.Images[i]; o.URL == img.URL && o.Status == article.ImageArchived {
			img.Key, img.SHA256, img.MediaType, img.Width, img.Height, img.Bytes, img.Status =
				o.Key, o.SHA256, o.MediaType, o.Width, o.Height, o.Bytes, o.Status
			img.FetchedURL, img.PHash = o.FetchedURL, o.PHash
			img.WARC, img.Offset, img.Length = o.WARC, o.Offset, o.Length
			return true
		}
	}
	return false
}

// imageDone notes that one image of article n has its status; the last one
// completes the article.
func (v *Visit) imageDone(n uint32, p *pageJob) Outcome {
	if v.underway.imageDone(n, p) {
		return v.store(p)
	}
	return Outcome{}
}

// visitImage fetches one image of an article under way and stores it. It tries
// the image's other addresses if the best one gives none.
func (v *Visit) visitImage(ctx context.Context, q request) (o Outcome) {
	p := v.underway.page(q.page)
	if p == nil {
		return o
	}
	img := &p.draft.art.Images[q.image]
	lost, err := v.fetchImage(ctx, q, img)
	switch {
	case err != nil:
		return stop(err)
	case ctx.Err() != nil:
		return o // the page stays queued
	}
	if lost.status != "" && int(q.alternate) < len(img.Alternates) {
		next := q.Task
		next.alternate++
		o.next(img.Alternates[q.alternate], next)
		return o
	}
	if lost.status != "" {
		img.Status, img.Reason, img.HTTPStatus = lost.status, lost.reason, lost.answer
	}
	return v.imageDone(q.page, p)
}

// lostImage says why an image is not archived; the zero value: it is.
type lostImage struct {
	status article.ImageStatus
	reason string
	answer int // HTTP status; 0 if there was no answer
}

// fetchImage gets, checks and stores the image. The error is one of the store.
func (v *Visit) fetchImage(ctx context.Context, q request, img *article.Image) (lostImage, error) {
	resp, err := v.fetch(ctx, q, fetch.Request{Kind: fetch.Image})
	var at where
	if resp != nil && ctx.Err() == nil { // what was cut is captured too
		var lost error
		if at, lost = v.capture(resp); lost != nil {
			return lostImage{}, lost
		}
	}
	if err != nil || resp.Status != http.StatusOK {
		return lostTo(resp, err), nil
	}
	kind := mimetype.Detect(resp.Body)
	mediaType, _, _ := strings.Cut(kind.String(), ";")
	if !strings.HasPrefix(mediaType, "image/") {
		return lostImage{article.ImageNotImage, ledger.ReasonNotImage, resp.Status}, nil
	}
	width, height, ok := pixels(resp.Body)
	if !ok {
		return lostImage{article.ImageTooLarge, fetch.CodeTooLarge, resp.Status}, nil
	}
	digest := resp.SHA256()
	ext, servedAs := storedAs(strings.TrimPrefix(kind.Extension(), "."), mediaType)
	key, err := v.job.Archive.PutImage(ctx, digest, ext, servedAs, resp.Body)
	if err != nil {
		return lostImage{}, fmt.Errorf("store image %s: %w", q.url, err)
	}
	img.Key, img.SHA256, img.MediaType, img.Status = key, digest, mediaType, article.ImageArchived
	img.Width, img.Height, img.Bytes = width, height, int64(len(resp.Body))
	img.PHash = phash.Of(resp.Body)
	img.WARC, img.Offset, img.Length = at.file, at.offset, at.length
	if resp.FinalURL != img.URL {
		img.FetchedURL = resp.FinalURL
	}
	return lostImage{}, nil
}

// lostTo says what became of an image that could not be fetched.
func lostTo(resp *fetch.Response, err error) lostImage {
	reason, _ := failure(resp, err)
	lost := lostImage{article.ImageFailed, reason, 0}
	if resp != nil {
		lost.answer = resp.Status
	}
	switch {
	case err != nil:
		lost.status = imageFailure(err)
	case resp.Status == http.StatusNotFound || resp.Status == http.StatusGone:
		lost.status = article.ImageMissing
	}
	return lost
}

// imageFailure maps a failed request to what became of the image.
func imageFailure(err error) article.ImageStatus {
	var fe *fetch.Error
	if errors.As(err, &fe) {
		switch fe.Code {
		case fetch.CodeRobotsDisallowed, fetch.CodePrivateAddress:
			return article.ImageBlocked
		case fetch.CodeTooLarge, fetch.CodeBomb:
			return article.ImageTooLarge
		case fetch.CodeBadURL:
			return article.ImageMissing
		}
	}
	return article.ImageFailed
}
