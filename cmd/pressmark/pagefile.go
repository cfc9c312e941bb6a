package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"pressmark/extract/article"
	"pressmark/extract/weburl"
)

// maxPageFile bounds a page that is read from a file, in bytes.
const maxPageFile = 64 << 20

func (a *app) loadPage(ctx context.Context, from string, f extractFlags) (article.Page, error) {
	if isURL(from) {
		flags := getFlags{allowPrivate: f.allowPrivate, contact: f.contact, proxy: f.proxy}
		get, err := flags.getter(a)
		if err != nil {
			return article.Page{}, err
		}
		defer get.Close()
		site, err := siteFor(f)
		if err != nil {
			return article.Page{}, err
		}
		return getPage(ctx, get, from, site)
	}
	var body []byte
	var err error
	if from == "-" {
		body, err = unpack(a.stdin)
	} else {
		body, err = readPage(from)
	}
	if err != nil {
		return article.Page{}, misuse("%w", err)
	}
	page := article.Page{Body: body}
	if f.url != "" {
		if page.URL, err = weburl.Normalize(f.url); err != nil {
			return article.Page{}, misuse("--url: %w", err)
		}
	}
	return page, nil
}

func readPage(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := unpack(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return body, nil
}

// unpack reads a page, gzipped or not, up to maxPageFile.
func unpack(r io.Reader) ([]byte, error) {
	data, err := readUpTo(r, maxPageFile)
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return readUpTo(z, maxPageFile)
}

var errPageTooLarge = errors.New("larger than 64 MiB")

func readUpTo(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, errPageTooLarge
	}
	return data, err
}
