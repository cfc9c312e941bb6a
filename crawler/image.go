package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // decoders of headers only
	_ "image/jpeg" //
	_ "image/png"  //
	"net/http"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/bmp"  //
	_ "golang.org/x/image/webp" //

	"pressmark/crawler/fetch"
	"pressmark/extract/article"
	"pressmark/storage/warc"
)

// maxPixels bounds an image's declared size: what says that it is larger is a
// bomb or a mistake.
const maxPixels = 200_000_000

// visitImage fetches one image of an article under way and stores it. It tries
// the image's other addresses where the best one gives none.
func (r *siteRun) visitImage(ctx context.Context, t task, url string) error {
	p := r.pageOf(t.page)
	if p == nil {
		return nil
	}
	img := &p.art.Images[t.image]
	status, err := r.fetchImage(ctx, t, img, url)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return nil // the page stays queued
	}
	if status != article.ImageArchived {
		if int(t.alternate) < len(img.Alternates) {
			next := img.Alternates[t.alternate]
			t.alternate++
			r.push(t, next, time.Time{})
			return nil
		}
	}
	img.Status = status
	return r.imageDone(t.page, p)
}

// fetchImage gets, checks and stores the image. The error is one of the store;
// what is wrong with the image is its status.
func (r *siteRun) fetchImage(ctx context.Context, t task, img *article.Image, url string) (article.ImageStatus, error) {
	resp, err := r.fetch(ctx, t, fetch.Request{URL: url, Kind: fetch.Image})
	var at warc.Location
	if resp != nil && ctx.Err() == nil { // what was cut is captured too
		var lost error
		shareDigest(resp)
		if at, lost = r.capture(resp.Hops); lost != nil {
			return "", lost
		}
	}
	switch {
	case err != nil:
		return imageFailure(err), nil
	case resp.Status == http.StatusNotFound || resp.Status == http.StatusGone:
		return article.ImageMissing, nil
	case resp.Status != http.StatusOK:
		return article.ImageFailed, nil
	}
	kind := mimetype.Detect(resp.Body)
	mediaType, _, _ := strings.Cut(kind.String(), ";")
	if !strings.HasPrefix(mediaType, "image/") {
		return article.ImageNotImage, nil
	}
	width, height := dimensions(resp.Body)
	if int64(width)*int64(height) > maxPixels {
		return article.ImageTooLarge, nil
	}
	digest := resp.SHA256()
	key, err := r.job.Archive.PutImage(ctx, digest, strings.TrimPrefix(kind.Extension(), "."), mediaType, resp.Body)
	if err != nil {
		if ctx.Err() != nil {
			return article.ImageFailed, nil
		}
		return "", fmt.Errorf("store image %s: %w", url, err)
	}
	img.Key, img.SHA256, img.MediaType = key, digest, mediaType
	img.Width, img.Height, img.Bytes = width, height, int64(len(resp.Body))
	img.WARC, img.Offset, img.Length = at.File, at.Offset, at.Length
	return article.ImageArchived, nil
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

// dimensions reads an image's header; 0, 0 for formats without a decoder (AVIF, SVG).
func dimensions(body []byte) (width, height int) {
	c, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}
