package storage

import (
	"context"
	"maps"
	"slices"
	"strings"
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
	}
	c := &a.Capture
	if c.Robots != "" {
		if _, ok := s.robots[c.Robots]; !ok {
			s.found(Missing, c.Robots, url, "robots.txt that %s names", key)
		}
	}
	if c.WARC == "" {
		return
	}
	size, ok := s.captures[c.WARC]
	switch {
	case !ok:
		s.found(Missing, c.WARC, url, "capture file that %s names", key)
	case c.Offset < 0 || c.Length < 0 || c.Offset+c.Length > size || c.Offset+c.Length < 0:
		s.found(Altered, c.WARC, url, "%s names bytes %d to %d, but there are %d", key, c.Offset, c.Offset+c.Length, size)
	default:
		s.responses[c.WARC] = append(s.responses[c.WARC], response{a.URL, c.Offset, c.Length, c.SHA256})
	}
}

// checkCaptures looks into the capture files that articles name, each once.
func (s *siteVerifier) checkCaptures(ctx context.Context) error {
	s.report.Captures += len(s.responses)
	if s.opt.Capture == nil {
		return nil
	}
	for body, err := range s.read(ctx, slices.Sorted(maps.Keys(s.responses))) {
		if err != nil {
			return err
		}
		for _, r := range s.responses[body.key] {
			if err := s.opt.Capture(body.data, r.offset, r.length, r.sha256); err != nil {
				s.found(Altered, body.key, r.url, "response at %d: %v", r.offset, err)
			}
		}
	}
	return nil
}
