package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"pressmark/extract/article"
	"pressmark/storage/warc"
)

// Thorough returns options under which Verify looks at everything. schema checks an
// article's JSON.
func Thorough(schema func(article []byte) error) VerifyOptions {
	return VerifyOptions{Deep: true, Schema: schema, ContentHash: contentHash, Capture: checkCapture,
		CaptureFile: checkCaptureFile, SchemaFile: checkSchemaFile}
}

// contentHash computes the hash of a stored article anew.
func contentHash(data []byte) (string, error) {
	a, err := article.Decode(data)
	if err != nil {
		return "", err
	}
	return article.ContentHash(a), nil
}

// checkCapture checks that a part of a capture file is a response, or the DOM that was
// made of one, that an article or the log names; digest is that of its payload, "" if it
// is not known.
func checkCapture(record []byte, digest string) error {
	rec, err := warc.ReadBytes(record)
	if err != nil {
		return err
	}
	if err := rec.Verify(); err != nil {
		return err
	}
	payload := rec.Block
	if rec.Type() != "conversion" {
		resp, err := rec.Response()
		if err != nil {
			return err
		}
		payload = resp.Body
	}
	sum := sha256.Sum256(payload)
	if got := hex.EncodeToString(sum[:]); digest != "" && !strings.EqualFold(got, digest) {
		return fmt.Errorf("the payload's SHA-256 is %s, stated is %s", got, digest)
	}
	return nil
}

// checkSchemaFile checks that a stored schema is that of the articles, of this
// version of the program or another.
func checkSchemaFile(body []byte) error {
	var s struct {
		Title string `json:"title"`
	}
	if err := json.Unmarshal(body, &s); err != nil {
		return fmt.Errorf("no schema: %w", err)
	}
	if s.Title != article.SchemaVersion {
		return fmt.Errorf("the schema of %q, not of %q", s.Title, article.SchemaVersion)
	}
	return nil
}

// checkCaptureFile reads all records of a capture file, compares them with the
// digests that they state, and the index with where they are.
func checkCaptureFile(key string, file io.Reader, index []byte) error {
	lines, err := indexLines(index)
	if err != nil {
		return err
	}
	in := warc.NewReader(file)
	for {
		rec, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = rec.Verify()
		}
		if err != nil {
			return err
		}
		if kind := rec.Type(); kind != "response" && kind != "revisit" {
			continue
		}
		at := warc.Location{File: path.Base(key), Offset: rec.Location.Offset, Length: rec.Location.Length}
		if lines[at] != rec.URL() {
			return fmt.Errorf("the index does not name the %s at %d: %s", rec.Type(), at.Offset, rec.URL())
		}
		delete(lines, at)
	}
	for at, url := range lines {
		return fmt.Errorf("the index names %s at %d, where no capture is", url, at.Offset)
	}
	return nil
}

// indexLines reads a CDXJ index: the address of each capture by its place.
func indexLines(index []byte) (map[warc.Location]string, error) {
	lines := map[warc.Location]string{}
	for line := range bytes.Lines(index) {
		_, rest, _ := bytes.Cut(line, []byte(" "))
		_, object, _ := bytes.Cut(rest, []byte(" "))
		var l struct {
			URL      string `json:"url"`
			Offset   int64  `json:"offset,string"`
			Length   int64  `json:"length,string"`
			Filename string `json:"filename"`
		}
		if err := json.Unmarshal(object, &l); err != nil {
			return nil, fmt.Errorf("the index has a malformed line: %w", err)
		}
		lines[warc.Location{File: l.Filename, Offset: l.Offset, Length: l.Length}] = l.URL
	}
	return lines, nil
}
