package storage

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pressmark/storage/ledger"
)

// ErrName: the name of a site, the id of an article or the digest of an image
// is not of the form that keys are made of.
var ErrName = errors.New("bad name")

// Keys of the JSON Schemas of the articles and of the records of logs.
const (
	SchemaKey       = "schema/article-v1.json"
	RecordSchemaKey = "schema/record-v1.json"
)

// Media types of what an archive holds.
const (
	TypeJSON = "application/json"
	TypeLog  = "application/gzip" // segments and snapshots
	TypeWARC = "application/warc"
	TypeCDXJ = "application/x-cdxj"
	TypeText = "text/plain; charset=utf-8"
)

// The functions below make keys from parts that CheckSite and CheckID accept, and
// from SHA-256 digests in lower-case hex; Log.Commit checks its input.

// ArticleKey is the key of an article's newest revision.
func ArticleKey(site, id string) string {
	return "articles/" + site + "/" + id + ".json"
}

// RevisionKey is the key of an earlier revision of an article; revisions count from 1.
func RevisionKey(site, id string, revision int) string {
	return "revisions/" + site + "/" + id + "/" + strconv.Itoa(revision) + ".json"
}

// ImageKey is the key of an image by the SHA-256 of its bytes in lower-case
// hex and its file name extension without the dot ("jpg").
func ImageKey(sha256, ext string) string {
	return "images/" + sha256[:min(2, len(sha256))] + "/" + sha256 + "." + ext
}

// WARCKey is the key of the n-th capture file of a run. The run's name is
// unique to the run and sorts by time. The file's name holds the site, so that
// files of several sites can be copied into one folder; archives that were
// written before have <run>-<n>.
func WARCKey(site, run string, n int) string {
	return fmt.Sprintf("warc/%s/%s-%s-%04d%s", site, site, run, n, warcEnd)
}

// How the keys of capture files and of their indexes end.
const (
	warcEnd = ".warc.gz"
	cdxjEnd = ".cdxj"
)

// CDXJKey is the key of the index beside a capture file.
func CDXJKey(warcKey string) string {
	return strings.TrimSuffix(warcKey, warcEnd) + cdxjEnd
}

// SegmentKey is the key of the n-th segment of a site's log, n ≥ 1.
func SegmentKey(site string, n int) string {
	return fmt.Sprintf("%s%08d%s", logPrefix(site), n, segmentSuffix)
}

// SnapshotKey is the key of the state after the n-th segment.
func SnapshotKey(site string, n int) string {
	return fmt.Sprintf("%s%s%08d%s", logPrefix(site), snapshotPrefix, n, segmentSuffix)
}

// RobotsKey is the key of a robots.txt by the SHA-256 of its bytes in lower-case hex.
func RobotsKey(site, sha256 string) string {
	return "robots/" + site + "/" + sha256 + ".txt"
}

const (
	segmentSuffix  = ".jsonl.gz"
	snapshotPrefix = "snapshot-"
	maxSegment     = 99999999
)

func logPrefix(site string) string { return "log/" + site + "/" }

// parseSegmentKey is the inverse of SegmentKey and SnapshotKey.
func parseSegmentKey(site, key string) (n int, snapshot, ok bool) {
	rest, ok := strings.CutPrefix(key, logPrefix(site))
	if !ok {
		return 0, false, false
	}
	rest, snapshot = strings.CutPrefix(rest, snapshotPrefix)
	digits, ok := strings.CutSuffix(rest, segmentSuffix)
	if !ok || len(digits) != 8 {
		return 0, false, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false, false
		}
		n = n*10 + int(c-'0')
	}
	return n, snapshot, n > 0
}

// CheckSite checks that name can be a site's name in keys: 1 to 100 lower-case
// letters, digits, "-", "_" and ".", of which the first is a letter or digit,
// and no two dots in a row. A host name in lower case is such a name. The
// error is ErrName.
func CheckSite(name string) error {
	if goodLength := 0 < len(name) && len(name) <= 100; !goodLength || !alphanumeric(name[0]) || strings.Contains(name, "..") {
		return fmt.Errorf("site %.120q: %w: want lower-case letters, digits, \"-\", \"_\", \".\", beginning with a letter or digit", name, ErrName)
	}
	for _, c := range []byte(name) {
		if !alphanumeric(c) && !strings.ContainsRune("-_.", rune(c)) {
			return fmt.Errorf("site %.120q: %w: %q is not a lower-case letter, digit, \"-\", \"_\" or \".\"", name, ErrName, c)
		}
	}
	return nil
}

func alphanumeric(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// CheckID checks that id can be an article's id: 16 to 64 lower-case hex
// digits. The error is ErrName.
func CheckID(id string) error {
	if goodLength := 16 <= len(id) && len(id) <= 64; !goodLength || !ledger.IsHex(id) {
		return fmt.Errorf("article id %.80q: %w: want 16 to 64 lower-case hex digits", id, ErrName)
	}
	return nil
}
