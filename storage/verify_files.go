package storage

import (
	"context"
	"maps"
	"slices"
	"strings"

	"pressmark/storage/ledger"
)

// checkNamed checks that the images, the capture and the robots.txt that an
// article names are there.
func (s *siteVerifier) checkNamed(key, url string, a *storedArticle) {
	for _, image := range a.Images {
		if image.Status != "archived" {
			continue
		}
		stored := s.images.find(image.Key)
		switch {
		case stored == nil:
			s.found(Missing, image.Key, url, "image %s of %s", image.ID, key)
			continue
		case !strings.Contains(image.Key, "/"+image.SHA256+"."):
			s.found(Altered, key, url, "image %s: key %s is not that of SHA-256 %s", image.ID, image.Key, image.SHA256)
		case image.Bytes != 0 && image.Bytes != stored.bytes():
			s.found(Altered, image.Key, url, "%d bytes where %s says %d", stored.bytes(), key, image.Bytes)
		}
		stored.name()
		s.place(key, url, response{image.WARC, a.URL, image.Offset, image.Length, image.SHA256})
	}
	c := &a.Capture
	if c.Robots != "" {
		if s.obeyed[c.Robots] = true; !s.has(s.robots, c.Robots) {
			s.found(Missing, c.Robots, url, "robots.txt that %s names", key)
		}
	}
	s.place(key, url, response{c.WARC, a.URL, c.Offset, c.Length, c.SHA256})
	dom := &c.Rendered
	s.place(key, url, response{dom.WARC, a.URL, dom.Offset, dom.Length, dom.SHA256})
}

func (s *siteVerifier) has(list map[string]int64, key string) bool {
	_, ok := list[key]
	return ok
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
		s.place(SegmentKey(s.site, s.last), r.URL, response{at.Key, r.URL, at.Offset, at.Length, digest})
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
	for body, err := range s.read(ctx, slices.Values(slices.Sorted(maps.Keys(s.robots)))) {
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
