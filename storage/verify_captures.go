package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// captures are a site's capture files, and the responses in them that articles and the
// log name. The responses are kept in groups by file, because a site may have millions:
// one group at a time is in memory.
type captures struct {
	files  map[string]captureFile // files under warc/<site>/, by key
	groups []spool
	named  int // files with responses
}

type captureFile struct {
	size  int64
	group int
	named bool
}

// response holds an article's statements about its capture.
type response struct {
	File   string `json:"f"`
	URL    string `json:"u"`
	Offset int64  `json:"o"`
	Length int64  `json:"l"`
	SHA256 string `json:"s"`
}

const (
	captureGroups = 64
	groupRoom     = 64 << 10 // bytes of a group that stay in memory
)

// newCaptures takes the list of files with their sizes.
func newCaptures(sizes map[string]int64) captures {
	c := captures{files: make(map[string]captureFile, len(sizes)), groups: make([]spool, captureGroups)}
	for i := range c.groups {
		c.groups[i].room = groupRoom
	}
	for i, key := range slices.Sorted(maps.Keys(sizes)) {
		c.files[key] = captureFile{size: sizes[key], group: i * captureGroups / len(sizes)}
	}
	return c
}

func (c *captures) has(key string) bool {
	_, ok := c.files[key]
	return ok
}

// add notes a response in one of the files.
func (c *captures) add(r response) {
	f := c.files[r.File]
	if !f.named {
		c.named++
		f.named = true
		c.files[r.File] = f
	}
	line, _ := json.Marshal(r) // strings and numbers
	c.groups[f.group].add(line)
}

// load returns the responses of a group by file, each file's by offset.
func (c *captures) load(group int) (map[string][]response, error) {
	out := map[string][]response{}
	for line, err := range c.groups[group].all() {
		var r response
		if err == nil {
			err = json.Unmarshal(line, &r)
		}
		if err != nil {
			return nil, fmt.Errorf("list of captures: %w", err)
		}
		out[r.File] = append(out[r.File], r)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b response) int { return cmp.Compare(a.Offset, b.Offset) })
	}
	return out, nil
}

// place notes that the article under key names a response in a capture file.
func (s *siteVerifier) place(key, url string, r response) {
	if r.File == "" {
		return
	}
	file, ok := s.captures.files[r.File]
	switch {
	case !ok:
		s.found(Missing, r.File, url, "capture file that %s names", key)
	case min(r.Offset, r.Length) < 0 || r.Offset > file.size-r.Length:
		s.found(Altered, r.File, url, "%s names bytes %d to %d, but there are %d", key, r.Offset, r.Offset+r.Length, file.size)
	default:
		s.captures.add(r)
	}
}

// checkCaptures reads the capture files, each once and record by record.
func (s *siteVerifier) checkCaptures(ctx context.Context) error {
	s.report.Captures += s.captures.named
	if s.opt.Capture == nil && s.opt.CaptureFile == nil {
		return nil
	}
	s.checkNames()
	for group := range captureGroups {
		wanted, err := s.captures.load(group)
		if err != nil {
			return err
		}
		check := func(ctx context.Context, key string) ([]Problem, error) {
			c := captureCheck{siteVerifier: s, key: key, wanted: wanted[key]}
			err := c.run(ctx)
			return c.problems, err
		}
		for problems, err := range inOrder(ctx, s.archive.opt.Parallel, s.captureFiles(group), check) {
			if err != nil {
				return err
			}
			for _, p := range problems {
				s.verifier.found(p)
			}
		}
	}
	return nil
}

// checkNames reports files beside the captures that are no captures.
func (s *siteVerifier) checkNames() {
	if s.opt.CaptureFile == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(s.captures.files)) {
		isIndex := strings.HasSuffix(key, cdxjEnd) && s.captures.has(strings.TrimSuffix(key, cdxjEnd)+warcEnd)
		if !strings.HasSuffix(key, warcEnd) && !isIndex {
			s.found(Extra, key, "", "neither a capture file nor the index of one")
		}
	}
}

// captureFiles are the capture files of a group that articles name; if all captures are
// checked, also those of lists and refused pages.
func (s *siteVerifier) captureFiles(group int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, key := range slices.Sorted(maps.Keys(s.captures.files)) {
			f := s.captures.files[key]
			wanted := f.named || s.opt.CaptureFile != nil && strings.HasSuffix(key, warcEnd)
			if f.group == group && wanted && !yield(key) {
				return
			}
		}
	}
}

// captureCheck checks one capture file.
type captureCheck struct {
	*siteVerifier
	key      string
	wanted   []response
	problems []Problem
}

func (c *captureCheck) found(fault Fault, key, url, format string, args ...any) {
	c.problems = append(c.problems, Problem{Fault: fault, Site: c.site, Key: key, URL: url, Detail: fmt.Sprintf(format, args...)})
}

func (c *captureCheck) run(ctx context.Context) error {
	body, _, err := Stream(ctx, c.archive.store, c.key)
	c.answered(ctx, err)
	if errors.Is(err, ErrNotFound) {
		return nil // taken away meanwhile
	}
	var whole error // of the file as a whole
	index, described := []byte(nil), false
	if err == nil {
		defer body.Close()
		if c.opt.CaptureFile != nil {
			if index, described, err = c.index(ctx); err != nil {
				return err
			}
		}
		source := &failing{r: body}
		cut := &cutter{wanted: c.wanted, check: c.checkResponse}
		in := io.TeeReader(source, cut)
		if described {
			whole = c.opt.CaptureFile(c.key, in, index)
		}
		_, _ = io.Copy(io.Discard, in) // its error is that of the source
		if err = source.err; err == nil {
			cut.end()
		}
	}
	if fault := c.faultOf(err); fault != "" {
		c.problems = nil
		c.found(fault, c.key, "", "%v", err)
		return nil
	}
	if err != nil {
		return err
	}
	if whole != nil && len(c.problems) == 0 {
		c.found(Altered, c.key, "", "%v", whole)
	}
	if described {
		c.checkNoneRemoved(index)
	}
	return nil
}

// index reads the index of the file. It reports whether there is one.
func (c *captureCheck) index(ctx context.Context) (index []byte, ok bool, err error) {
	key := CDXJKey(c.key)
	index, err = c.object(ctx, key)
	switch {
	case errors.Is(err, ErrNotFound) && len(c.wanted) == 0:
		c.found(Extra, c.key, "", "a capture file without its index, that no article names")
	case errors.Is(err, ErrNotFound):
		c.found(Missing, key, "", "index of %s", c.key)
	case c.faultOf(err) != "":
		c.found(c.faultOf(err), key, "", "%v", err)
	default:
		return index, err == nil, err
	}
	return nil, false, nil
}

// checkResponse looks at a response that an article names.
func (c *captureCheck) checkResponse(r response, record []byte, err error) {
	if err == nil && c.opt.Capture != nil {
		err = c.opt.Capture(record, r.SHA256)
	}
	if err != nil {
		c.found(Altered, c.key, r.URL, "response at %d: %v", r.Offset, err)
	}
}

// checkNoneRemoved reports the captures of removed articles that an index names.
func (c *captureCheck) checkNoneRemoved(index []byte) {
	if len(c.removed) == 0 {
		return
	}
	for e, err := range warc.ReadIndex(bytes.NewReader(index)) {
		if err != nil {
			continue // reported with the file
		}
		if r, _ := c.state.Get(e.URL); r.Outcome == ledger.Removed {
			c.found(Extra, c.key, e.URL, "the capture at %d is %s", e.Offset, removalOpen)
		}
	}
}

// longestRecord bounds the memory that a wrong length can take. Readers of captures refuse
// blocks of more than 256 MiB.
const longestRecord = 257 << 20

var errLongRecord = fmt.Errorf("a record of more than %d bytes", longestRecord)

// cutter cuts records out of a file that is written to it.
type cutter struct {
	wanted []response // by offset
	open   []piece
	at     int64 // bytes written so far
	check  func(r response, record []byte, err error)
}

// piece is a record of which a part has been written.
type piece struct {
	response
	bytes []byte
}

// Write implements io.Writer.
func (c *cutter) Write(p []byte) (int, error) {
	end := c.at + int64(len(p))
	for len(c.wanted) > 0 && c.wanted[0].Offset < end {
		r := c.wanted[0]
		c.wanted = c.wanted[1:]
		if r.Length > longestRecord {
			c.check(r, nil, errLongRecord)
			continue
		}
		c.open = append(c.open, piece{response: r})
	}
	left := c.open[:0]
	for _, one := range c.open {
		from, to := max(one.Offset, c.at)-c.at, min(one.Offset+one.Length, end)-c.at
		one.bytes = append(one.bytes, p[from:max(from, to)]...)
		if int64(len(one.bytes)) >= one.Length {
			c.check(one.response, one.bytes, nil)
			continue
		}
		left = append(left, one)
	}
	c.open, c.at = left, end
	return len(p), nil
}

// end reports what goes beyond the end of the file.
func (c *cutter) end() {
	for _, one := range c.open {
		c.check(one.response, nil, io.ErrUnexpectedEOF)
	}
	for _, r := range c.wanted {
		c.check(r, nil, io.ErrUnexpectedEOF)
	}
}
