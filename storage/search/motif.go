package search

import (
	"database/sql"
	"math/bits"
	"net/url"
	"strconv"

	"pressmark/extract/article"
)

// Pictures whose perceptual hashes differ in at most nearPictures of 64 bits show
// the same motif. Candidates are found by quarters of the hash: two hashes that
// differ in at most 3 bits have a quarter in common, and so have most of those that
// differ in 6.
const nearPictures = 6

// image adds picture i of a document.
func (w *writer) image(d *document, i int) error {
	img := &d.article.Images[i]
	motif, err := w.motif(img)
	if err != nil {
		return err
	}
	host := ""
	if !isArchived(img) {
		if u, err := url.Parse(img.URL); err == nil {
			host = u.Hostname()
		}
	}
	w.outcomes[outcomeKey{kindPicture, string(img.Status), img.Reason, host}]++
	return w.exec(`insert or replace into image (doc, n, key, sha256, motif, url, fetched, caption, credit, width, height, status, reason, host)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.doc, img.ID, img.Key, img.SHA256, motif, img.URL, img.FetchedURL, deref(img.Caption), deref(img.Credit), img.Width, img.Height, string(img.Status), img.Reason, host)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// motif returns the motif of a picture, "" if it is not archived.
func (w *writer) motif(img *article.Image) (string, error) {
	if img.SHA256 == "" {
		return "", nil
	}
	var motif string
	known, err := w.row(`select motif from content where sha256 = ?`, []any{img.SHA256}, &motif)
	if err != nil {
		return "", err
	}
	if !known {
		if motif, err = w.newContent(img); err != nil {
			return "", err
		}
	}
	w.motifs[motif] = true
	return motif, nil
}

func (w *writer) newContent(img *article.Image) (string, error) {
	motif := img.SHA256
	hash, err := strconv.ParseUint(img.PHash, 16, 64)
	if err != nil || hash == 0 { // no hash, or a picture of one colour
		return motif, w.exec(`insert into content (sha256, phash, motif) values (?, 0, ?)`, img.SHA256, motif)
	}
	best := nearPictures + 1
	for n := range bands {
		found, distance, err := w.likePicture(hash, n)
		if err != nil {
			return "", err
		}
		if distance < best {
			motif, best = found, distance
		}
	}
	for n := range bands {
		if err := w.exec(`insert or ignore into picture_band (band, value, sha256) values (?, ?, ?)`, n, band(hash, n), img.SHA256); err != nil {
			return "", err
		}
	}
	return motif, w.exec(`insert into content (sha256, phash, motif) values (?, ?, ?)`, img.SHA256, int64(hash), motif)
}

// likePicture returns the motif of the most similar known picture with the same
// quarter n, and the number of bits that differ.
func (w *writer) likePicture(hash uint64, n int) (motif string, distance int, err error) {
	s, err := w.statement(`select c.motif, c.phash from picture_band b join content c on c.sha256 = b.sha256 where b.band = ? and b.value = ? limit ?`)
	if err != nil {
		return "", 0, err
	}
	rows, err := s.QueryContext(w.ctx, n, band(hash, n), fewLooks)
	if err != nil {
		return "", 0, err
	}
	return nearest(rows, hash)
}

func nearest(rows *sql.Rows, hash uint64) (motif string, distance int, err error) {
	defer rows.Close()
	distance = 64
	for rows.Next() {
		var m string
		var other int64
		if err := rows.Scan(&m, &other); err != nil {
			return "", 0, err
		}
		if d := bits.OnesCount64(hash ^ uint64(other)); d < distance {
			motif, distance = m, d
		}
	}
	return motif, distance, rows.Err()
}

// dropImages removes the pictures of an article from the index.
func (w *writer) dropImages(doc int64) error {
	s, err := w.statement(`select motif, status, reason, host from image where doc = ?`)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(w.ctx, doc)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var motif, status, reason, host string
		if err := rows.Scan(&motif, &status, &reason, &host); err != nil {
			return err
		}
		w.outcomes[outcomeKey{kindPicture, status, reason, host}]--
		if motif != "" {
			w.motifs[motif] = true
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return w.exec(`delete from image where doc = ?`, doc)
}

// finishMotifs counts the uses of the motifs whose pictures changed.
func (w *writer) finishMotifs() error {
	for motif := range w.motifs {
		if err := w.exec(`delete from motif where motif = ?`, motif); err != nil {
			return err
		}
		if err := w.exec(`insert into motif (motif, first, newest, uses) select motif, min(doc), max(doc), count(distinct doc) from image
			where motif = ? and motif <> '' group by motif`, motif); err != nil {
			return err
		}
	}
	return nil
}
