package storage

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"pressmark/storage/ledger"
	"pressmark/storage/warc"
)

// checkNamed checks that the images, the capture and the robots.txt that an
// article names are there.
func (s *siteVerifier) checkNamed(key, url string, a *storedArticle) {
	for _, image := range a.Images {
		if image.Status != "archived" {
			continue
		}
		stored, ok := s.images[image.Key]
		switch {
		case !ok:
			s.found(Missing, image.Key, url, "image %s of %s", image.ID, key)
			continue
		case !strings.Contains(image.Key, "/"+image.SHA256+"."):
			s.found(Altered, key, url, "image %s: key %s is not that of SHA-256 %s", image.ID, image.Key, image.SHA256)
		case image.Bytes != 0 && image.Bytes != stored.size:
			s.found(Altered, image.Key, url, "%d bytes where %s says %d", stored.size, key, image.Bytes)
		}
		stored.named = true
		s.place(image.WARC, key, url, response{a.URL, image.Offset, image.Length, image.SHA256})
	}
	c := &a.Capture
	if c.Robots != "" {
		if s.obeyed[c.Robots] = true; !s.has(s.robots, c.Robots) {
			s.found(Missing, c.Robots, url, "robots.txt that %s names", key)
		}
	}
	s.place(c.WARC, key, url, response{a.URL, c.Offset, c.Length, c.SHA256})
	dom := &c.Rendered
	s.place(dom.WARC, key, url, response{a.URL, dom.Offset, dom.Length, dom.SHA256})
}

func (s *siteVerifier) has(list map[string]int64, key string) bool {
	_, ok := list[key]
	return ok
}

// place notes that the article under key names a response in a capture file.
func (s *siteVerifier) place(file, key, url string, r response) {
	if file == "" {
		return
	}
	size, ok := s.captures[file]
	switch {
	case !ok:
		s.found(Missing, file, url, "capture file that %s names", key)
	case min(r.offset, r.length) < 0 || r.offset > size-r.length:
		s.found(Altered, file, url, "%s names bytes %d to %d, but there are %d", key, r.offset, r.offset+r.length, size)
	default:
		s.responses[file] = append(s.responses[file], r)
	}
}

// cutRobots is the size from which a copy of a robots.txt may be the beginning of what
// came: the end of a large file is not obeyed, nor kept.
const cutRobots = 256 << 10

// placeRobots notes the captures that the log names for copies of robots.txt.
func (s *siteVerifier) placeRobots() {
	for _, capture := range slices.Sorted(maps.Keys(s.robotsAt)) {
		at, err := ledger.ParsePlace(capture)
		if err != nil {
			continue // reported with its record
		}
		r := s.robotsAt[capture]
		digest := r.Digest
		if s.robots[r.Article] >= cutRobots {
			digest = ""
		}
		s.place(at.Key, SegmentKey(s.site, s.last), r.URL, response{r.URL, at.Offset, at.Length, digest})
	}
}

// checkRobots looks at the copies of robots.txt, which are named by their content.
func (s *siteVerifier) checkRobots(ctx context.Context) error {
	for _, key := range slices.Sorted(maps.Keys(s.robots)) {
		if !s.obeyed[key] {
			s.found(Extra, key, "", "neither the log nor an article names this robots.txt")
		}
	}
	if !s.opt.Deep {
		return nil
	}
	for body, err := range s.read(ctx, slices.Sorted(maps.Keys(s.robots))) {
		if err != nil {
			return err
		}
		if body.damage != nil {
			s.found(body.fault, body.key, "", "%v", body.damage)
		} else if sum := digest(body.data); !body.missing && !strings.Contains(body.key, "/"+sum+".") {
			s.found(Altered, body.key, "", "the copy's SHA-256 is %s", sum)
		}
	}
	return nil
}

// checkCaptures looks into the capture files, each once.
func (s *siteVerifier) checkCaptures(ctx context.Context) error {
	s.report.Captures += len(s.responses)
	if s.opt.Capture == nil && s.opt.CaptureFile == nil {
		return nil
	}
	for body, err := range s.read(ctx, s.captureFiles()) {
		if err != nil {
			return err
		}
		if body.damage != nil {
			s.found(body.fault, body.key, "", "%v", body.damage)
			continue
		}
		if body.missing {
			continue // taken away meanwhile
		}
		if !s.checkResponses(body) || s.opt.CaptureFile == nil {
			continue
		}
		if err := s.checkCaptureFile(ctx, body); err != nil {
			return err
		}
	}
	return nil
}

// checkResponses looks at the responses that articles name in a capture file, and
// reports whether they are sound.
func (s *siteVerifier) checkResponses(file object) bool {
	sound := true
	if s.opt.Capture == nil {
		return sound
	}
	for _, r := range s.responses[file.key] {
		if err := s.opt.Capture(file.data, r.offset, r.length, r.sha256); err != nil {
			sound = false
			s.found(Altered, file.key, r.url, "response at %d: %v", r.offset, err)
		}
	}
	return sound
}

// captureFiles are the capture files that articles name; if all captures are
// checked, also those of lists and refused pages. Any other file is extra.
func (s *siteVerifier) captureFiles() []string {
	if s.opt.CaptureFile == nil {
		return slices.Sorted(maps.Keys(s.responses))
	}
	var files []string
	for _, key := range slices.Sorted(maps.Keys(s.captures)) {
		switch {
		case strings.HasSuffix(key, warcEnd):
			files = append(files, key)
		case !strings.HasSuffix(key, cdxjEnd) || !s.has(s.captures, strings.TrimSuffix(key, cdxjEnd)+warcEnd):
			s.found(Extra, key, "", "neither a capture file nor the index of one")
		}
	}
	return files
}

// checkCaptureFile looks at what no article names: the other records of a
// capture file, and its index.
func (s *siteVerifier) checkCaptureFile(ctx context.Context, file object) error {
	key := CDXJKey(file.key)
	index, err := s.object(ctx, key)
	switch {
	case errors.Is(err, ErrNotFound) && len(s.responses[file.key]) == 0:
		s.found(Extra, file.key, "", "a capture file without its index, that no article names")
		return nil
	case errors.Is(err, ErrNotFound):
		s.found(Missing, key, "", "index of %s", file.key)
		return nil
	case s.faultOf(err) != "":
		s.found(s.faultOf(err), key, "", "%v", err)
		return nil
	case err != nil:
		return err
	}
	if err := s.opt.CaptureFile(file.key, file.data, index); err != nil {
		s.found(Altered, file.key, "", "%v", err)
	}
	s.checkNoneRemoved(file.key, index)
	return nil
}

// checkNoneRemoved reports the captures of removed articles that an index names.
func (s *siteVerifier) checkNoneRemoved(file string, index []byte) {
	if len(s.removed) == 0 {
		return
	}
	for e, err := range warc.ReadIndex(bytes.NewReader(index)) {
		if err != nil {
			continue // reported with the file
		}
		if r, _ := s.state.Get(e.URL); r.Outcome == ledger.Removed {
			s.found(Extra, file, e.URL, "the capture at %d is %s", e.Offset, removalOpen)
		}
	}
}
