package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// Manifest describes an export. It has no time of the export: the same articles give
// the same manifest.
type Manifest struct {
	Format    string                `json:"format"`
	Version   string                `json:"version"` // program and version
	Schema    string                `json:"schema"`  // of the articles
	Articles  int                   `json:"articles"`
	Revisions int                   `json:"revisions"` // of these, earlier revisions
	Sites     map[string]*SiteCount `json:"sites"`
	Files     []File                `json:"files"`
}

// SiteCount is the share of one site.
type SiteCount struct {
	Articles       int    `json:"articles"`
	LastSeq        int64  `json:"last_seq"` // highest number of a log record that names one of them
	FirstPublished string `json:"first_published,omitempty"`
	LastPublished  string `json:"last_published,omitempty"`
}

// File is one file of an export.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows,omitempty"` // of a table
}

func (m *Manifest) count(item *Item) {
	s := m.Sites[item.Site]
	if s == nil {
		s = &SiteCount{}
		m.Sites[item.Site] = s
	}
	m.Articles++
	s.Articles++
	if item.Article.Revision < item.Record.Revision {
		m.Revisions++
	}
	s.LastSeq = max(s.LastSeq, item.Record.Seq)
	if day := publishedDay(item.Article); day != "" {
		if s.FirstPublished == "" || day < s.FirstPublished {
			s.FirstPublished = day
		}
		s.LastPublished = max(s.LastPublished, day)
	}
}

// files makes the files of an export and keeps their digests.
type files struct {
	sink Sink
	open []*file
	done []File
}

// file is one file under way.
type file struct {
	Sinkfile
	all  *files
	name string
	sum  hash.Hash
	size int64
	rows int
}

func (f *files) create(name string) (*file, error) {
	out, err := f.sink.Create(name)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	one := &file{Sinkfile: out, all: f, name: name, sum: sha256.New()}
	f.open = append(f.open, one)
	return one, nil
}

func (f *file) Write(p []byte) (int, error) {
	n, err := f.Sinkfile.Write(p)
	f.sum.Write(p[:n]) //nolint:errcheck // a hash takes all
	f.size += int64(n)
	return n, err
}

// WriteString writes without a copy where it can.
func (f *file) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

// Close makes the file appear and enters it into the manifest.
func (f *file) Close() error {
	f.all.forget(f)
	if err := f.Sinkfile.Close(); err != nil {
		return err
	}
	f.all.done = append(f.all.done, File{Path: f.name, Bytes: f.size, SHA256: hex.EncodeToString(f.sum.Sum(nil)), Rows: f.rows})
	return nil
}

func (f *files) forget(one *file) {
	for i, o := range f.open {
		if o == one {
			f.open = append(f.open[:i], f.open[i+1:]...)
			return
		}
	}
}

// discard drops the files under way.
func (f *files) discard() error {
	var errs []error
	for _, one := range f.open {
		errs = append(errs, one.Discard())
	}
	f.open = nil
	return errors.Join(errs...)
}

// one writes a small file at once.
func (f *files) one(name string, body []byte) error {
	out, err := f.create(name)
	if err != nil {
		return err
	}
	if _, err := out.Write(body); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), f.discard())
	}
	return out.Close()
}

func (f *files) manifest(m Manifest) error {
	if !f.sink.Many() {
		return nil
	}
	body, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	out, err := f.sink.Create("export.json")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, string(body)+"\n"); err != nil {
		return errors.Join(err, out.Discard())
	}
	return out.Close()
}
