package export

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
	"pressmark/storage"
	"pressmark/storage/corpus"
	"pressmark/storage/warc"
)

// waczVersion is the version of the Web Archive Collection Zipped format.
const waczVersion = "1.1.1"

// waczWriter packs the capture records that the articles and their images name.
// Records are copied unchanged, so a replay shows exactly what was captured.
type waczWriter struct {
	t       *target
	out     *file
	zip     *zip.Writer
	records *os.File // the WARC file under way
	size    int64
	pages   *os.File    // pages.jsonl under way
	index   sortedLines // CDXJ lines of the new file
	have    map[recordHash]bool
	source  captureFile // the last one read
	assets  waczAssets
	parts   []waczPart
	dropped int // articles without a capture
}

// recordHash is a hash of the place of a record in the archive: an export may have
// millions of them.
type recordHash [16]byte

func hashOf(key string, offset int64) recordHash {
	sum := sha256.Sum256([]byte(key + " " + strconv.FormatInt(offset, 10)))
	return recordHash(sum[:16])
}

// captureFile is the index of a WARC file of the archive.
type captureFile struct {
	key   string
	lines map[int64]string // CDXJ line by offset
}

// waczPart is an entry of datapackage.json.
type waczPart struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

const waczRecords = "pressmark.warc.gz"

func openWACZ(t *target) (writer, error) {
	out, err := t.files.create("archive.wacz")
	if err != nil {
		return nil, err
	}
	w := &waczWriter{t: t, out: out, zip: zip.NewWriter(out), have: map[recordHash]bool{}}
	if w.records, err = scratch(); err == nil {
		w.pages, err = scratch()
	}
	if err == nil {
		_, err = io.WriteString(w.pages, `{"format":"json-pages-1.0","id":"pages","title":"Articles","hasText":true}`+"\n")
	}
	return w, err
}

// scratch is a file that has no name any more: it goes when it is closed.
func scratch() (*os.File, error) {
	f, err := os.CreateTemp("", "pressmark-wacz-*")
	if err != nil {
		return nil, err
	}
	return f, os.Remove(f.Name())
}

type waczPage struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	TS    string `json:"ts"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Size  int64  `json:"size"`
}

func (w *waczWriter) add(ctx context.Context, item *Item) error {
	a := item.Article
	c := a.Capture
	if c.WARC == "" {
		w.dropped++
		return nil
	}
	page, err := w.copyRecord(ctx, c.WARC, c.Offset, c.Length)
	if err != nil {
		return err
	}
	if err := w.copyAssets(ctx, item.Site, page); err != nil {
		return err
	}
	if err := w.copyDOM(ctx, c.Rendered); err != nil {
		return err
	}
	for i := range a.Images {
		if img := &a.Images[i]; img.WARC != "" {
			if _, err := w.copyRecord(ctx, img.WARC, img.Offset, img.Length); err != nil {
				return err
			}
		}
	}
	if err := w.page(a); err != nil {
		return err
	}
	return w.copyParts(ctx, item)
}

// copyDOM copies the record of the DOM that an article was made of. Like in the archive
// it has no line in the index.
func (w *waczWriter) copyDOM(ctx context.Context, dom *article.Rendering) error {
	if dom == nil || dom.WARC == "" {
		return nil
	}
	name := hashOf(dom.WARC, dom.Offset)
	if w.have[name] {
		return nil
	}
	record, err := w.read(ctx, dom.WARC, dom.Offset, dom.Length)
	if err != nil {
		return err
	}
	if _, err := w.records.Write(record); err != nil {
		return err
	}
	w.have[name] = true
	w.size += int64(len(record))
	return nil
}

// copyParts copies the captures of an article's further parts and lists each as a page
// of its own.
func (w *waczWriter) copyParts(ctx context.Context, item *Item) error {
	parts, err := corpus.Open(w.t.store).Parts(ctx, item.Site, item.Article)
	if err != nil {
		return err
	}
	for _, p := range parts {
		record, err := w.copyRecord(ctx, p.WARC, p.Offset, p.Length)
		if err != nil {
			return err
		}
		if err := w.copyAssets(ctx, item.Site, record); err != nil {
			return err
		}
		a := item.Article
		page := waczPage{ID: fmt.Sprintf("%s-%d-%d", a.ID, a.Revision, p.Number), URL: p.URL, TS: stamp(p.Time), Title: fmt.Sprintf("%s (part %d of %d)", a.Title, p.Number, len(a.Pages)), Size: p.Length}
		if err := writeLine(w.pages, page); err != nil {
			return err
		}
	}
	return nil
}

func (w *waczWriter) page(a *article.Article) error {
	p := waczPage{ID: fmt.Sprintf("%s-%d", a.ID, a.Revision), URL: a.Capture.FinalURL, TS: a.Capture.Fetched, Title: a.Title, Text: a.Text, Size: a.Capture.Length}
	if p.URL == "" {
		p.URL = a.URL
	}
	if t, err := time.Parse(time.RFC3339Nano, p.TS); err == nil {
		p.TS = stamp(t) // to the second, as in the index
	}
	return writeLine(w.pages, p)
}

func writeLine(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// copyRecord reads one record and appends it, once, with its line of the index.
func (w *waczWriter) copyRecord(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	record, err := w.read(ctx, key, offset, length)
	if err != nil {
		return nil, err
	}
	return record, w.append(ctx, key, offset, record)
}

func (w *waczWriter) read(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	record, err := storage.ReadRange(ctx, w.t.store, key, offset, length)
	if errors.Is(err, storage.ErrRange) {
		return nil, fmt.Errorf("%s has no record of %d bytes at %d (pressmark verify says more)", key, length, offset)
	}
	return record, err
}

// append appends a record that was read, unless it is in the file.
func (w *waczWriter) append(ctx context.Context, key string, offset int64, record []byte) error {
	name := hashOf(key, offset)
	if w.have[name] {
		return nil
	}
	if err := w.load(ctx, key); err != nil {
		return err
	}
	line, ok := w.source.lines[offset]
	if !ok {
		return fmt.Errorf("the index of %s has no record at %d (pressmark verify says more)", key, offset)
	}
	moved, err := relocate(line, w.size)
	if err != nil {
		return fmt.Errorf("index of %s: %w", key, err)
	}
	if _, err := w.records.Write(record); err != nil {
		return err
	}
	w.have[name] = true
	w.size += int64(len(record))
	return w.index.add(moved)
}

// load reads the index of a capture file; the last one is kept, because
// neighbours come from the same file.
func (w *waczWriter) load(ctx context.Context, key string) error {
	if w.source.key == key {
		return nil
	}
	index, _, err := storage.ReadObject(ctx, w.t.store, storage.CDXJKey(key))
	if err != nil {
		return err
	}
	w.source = captureFile{key, map[int64]string{}}
	for line := range strings.Lines(string(index)) {
		for e, err := range warc.ReadIndex(strings.NewReader(line)) {
			if err == nil {
				w.source.lines[e.Offset] = strings.TrimSpace(line)
			}
		}
	}
	return nil
}

// relocate gives a CDXJ line the new place of its record, and a label to its digest.
func relocate(line string, offset int64) (string, error) {
	start := strings.IndexByte(line, '{')
	if start < 0 {
		return "", errors.New("a line without an object")
	}
	var fields map[string]any
	d := json.NewDecoder(strings.NewReader(line[start:]))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		return "", err
	}
	fields["filename"], fields["offset"] = waczRecords, strconv.FormatInt(offset, 10)
	if digest, ok := fields["digest"].(string); ok && !strings.Contains(digest, ":") {
		fields["digest"] = "sha256:" + digest
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err != nil {
		return "", err
	}
	return line[:start] + strings.TrimSpace(out.String()), nil
}

func (w *waczWriter) close(context.Context) error {
	defer w.records.Close()
	defer w.pages.Close()
	defer w.index.close() //nolint:errcheck // it was read
	if len(w.have) == 0 {
		return fmt.Errorf("none of the articles has a capture (%d without): crawl with --warc pages or --warc all", w.dropped)
	}
	blocks, err := scratch()
	if err != nil {
		return err
	}
	defer blocks.Close()
	idx, err := zipNum(blocks, w.index.all())
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	for _, part := range []struct {
		name string
		from func() io.Reader
	}{
		{"archive/" + waczRecords, func() io.Reader { return rewound(w.records) }},
		{"indexes/index.cdx.gz", func() io.Reader { return rewound(blocks) }},
		{"indexes/index.idx", func() io.Reader { return bytes.NewReader(idx) }},
		{"pages/pages.jsonl", func() io.Reader { return rewound(w.pages) }},
	} {
		if err := w.part(part.name, part.from()); err != nil {
			return err
		}
	}
	return w.finish()
}

func rewound(f *os.File) io.Reader { return io.NewSectionReader(f, 0, 1<<62) }

// part stores one file of the collection: WACZ wants captures uncompressed by zip.
func (w *waczWriter) part(name string, from io.Reader) error {
	out, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, sum), from)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.parts = append(w.parts, waczPart{path.Base(name), name, digestOf(sum), n})
	return nil
}

func digestOf(h hash.Hash) string { return "sha256:" + hex.EncodeToString(h.Sum(nil)) }

type dataPackage struct {
	Profile     string     `json:"profile"`
	WACZVersion string     `json:"wacz_version"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Software    string     `json:"software"`
	Resources   []waczPart `json:"resources"`
}

func (w *waczWriter) finish() error {
	title := w.t.Title
	if title == "" {
		title = "Articles archived by Pressmark"
	}
	text := "Pages of news articles as they were captured. What was not captured (scripts, and style sheets unless they were asked for) is not replayed."
	if w.dropped > 0 {
		text += fmt.Sprintf(" %d articles have no capture and are left out.", w.dropped)
	}
	body, err := json.MarshalIndent(dataPackage{"data-package", waczVersion, title, text, w.t.Version, w.parts}, "", "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	digest, err := json.Marshal(map[string]string{"path": "datapackage.json", "hash": "sha256:" + hex.EncodeToString(sum[:])})
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		body []byte
	}{{"datapackage.json", body}, {"datapackage-digest.json", digest}} {
		out, err := w.zip.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := out.Write(f.body); err != nil {
			return err
		}
	}
	return errors.Join(w.zip.Close(), w.out.Close())
}
