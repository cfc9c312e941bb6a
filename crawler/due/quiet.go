package due

import (
	"time"

	"pressmark/crawler/discover"
)

// The sitemaps of an index. A site has hundreds, of which one or two change; the
// index says when each did. One that has not changed for a while is fetched once
// a day, in case the index is wrong, and not by every crawl; its record says when
// it is due. An index whose times stand still is not believed.

const (
	// quietAfter is the age of lastmod from which a sitemap counts as unchanged:
	// 36 h, because lastmod may be a date without a zone.
	quietAfter = 36 * time.Hour
	// QuietFor is how long a quiet sitemap is left alone.
	QuietFor = 24 * time.Hour
	// Believed is how old the newest time of an index may be for it to be believed.
	Believed = 3 * 24 * time.Hour
)

// QuietMaps reports of each sitemap of an index, by its URL, whether it is quiet.
func QuietMaps(index []discover.Entry, now time.Time) map[string]bool {
	quiet := make(map[string]bool, len(index))
	alive := false
	for _, e := range index {
		alive = alive || e.LastMod.After(now.Add(-Believed)) && e.LastMod.Before(now.Add(quietAfter))
	}
	for _, e := range index {
		quiet[e.URL] = alive && !e.LastMod.IsZero() && e.LastMod.Add(quietAfter).Before(now)
	}
	return quiet
}
