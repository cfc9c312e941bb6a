// Package storage keeps an archive of news articles as objects under keys: in a
// folder, a bucket or memory. It needs no server, and the archive holds all state
// of a crawl.
//
// # Parts
//
// [Store] is the interface to a place. dirstore, s3store and memstore implement it,
// storagetest tests the implementations, [WithRetry] and [SingleWriter] wrap one.
// [Archive] lays out sites over a Store. [Log] is one site's log: [Log.Commit]
// appends a batch, and readers follow it with [Feed]. [Verify] checks every object of
// an archive against the log, and the log against the objects.
//
// # Keys
//
// Below the archive's root, in a bucket or a folder:
//
//	articles/<site>/<id>.json               one article, its newest revision
//	revisions/<site>/<id>/<revision>.json   earlier revisions, kept
//	images/<aa>/<sha256>.<ext>              content-addressed; stored once, whatever site or article uses it; SVG as .svg.txt
//	warc/<site>/<site>-<run>-<n>.warc.gz    raw request and response records (WARC 1.1); a .cdxj beside it
//	log/<site>/<number>.jsonl.gz            the log; number has eight digits and starts at 1, without a gap
//	log/<site>/snapshot-<number>.jsonl.gz   the state after segment <number>
//	robots/<site>/<sha256>.txt              robots.txt as it was obeyed
//	schema/article-v1.json                  the JSON Schema of the articles
//	schema/record-v1.json                   the JSON Schema of the log's records
//	schema/create-if-absent.txt             see [Probe]
//
// <id> is made from the article's canonical URL alone (article.ID), so whether
// an article is archived is known without a request. <site> is the name of
// the site's configuration, or is made from the host (see [CheckSite]). A
// change of the meaning of a key is a new version of the layout.
//
// # The log
//
// A segment is a gzip file of JSON lines, one [ledger.Record] a line. It is
// written once, with create-if-absent, and never changed or removed (for the one
// exception see Takedowns). Record numbers (seq) count 1, 2, 3 … over the site's whole
// log. All other facts about a site (seen URLs, validators, due times) are computed
// from the log, see [ledger.State]. A snapshot is that state after a segment, so that
// readers need not start at segment 1; it may be removed at any time. Segments before a
// snapshot stay, because they are the change feed.
//
// # Batches
//
// [Log.Commit] writes a batch in the order images, captures and robots.txt,
// articles, segment. The batch becomes visible in one step, when its segment
// is created: a reader that finds an article in the log finds everything
// that the article refers to. If a writer is killed before that step, it leaves
// objects that no record names; the next run writes the same keys again.
//
// If two writers work on one site, both try to create segment N, and one fails with
// [ErrConflict] and stops. Creating the segment is the only lock. The loser has written
// no record, but it may have overwritten articles, because their keys are shared. This
// does no harm, for these reasons:
//
//   - Images are named by their content and captures by the run, so two writers never
//     write different bytes under one key.
//   - Before it writes articles, and before it repeats such a call, a writer checks
//     whether segment N exists, and stops if it does.
//   - An article is overwritten only if it is unchanged since it was read
//     ([Store.PutIf]), and if it was then as the log has it, or segment N did not exist
//     after the reading. So a write that hangs never replaces what the winner writes later.
//   - Both writers fetched the same URL at nearly the same time. If the page was the
//     same, their files differ only in the capture that they name, and both captures
//     are stored.
//   - An article may have been written by another writer that had not committed yet. If
//     its text differs, it is first copied under revisions/, unless that key exists. A
//     loser restores what it overwrote if the log names it by then: in its place or
//     under revisions/, and only if nothing else has changed the object (see
//     [Log.Commit]).
//   - If a writer is killed after it wrote an article, that article may be one revision
//     ahead of the log, or differ from the winner's. The version of the log is under
//     revisions/, unless there were several such writers. [Verify] reports the article
//     and can restore it; the next change of the page overwrites it.
//
// All this holds in a folder, in memory, and in stores that implement If-Match on
// PutObject. Of the stores tested, versitygw 1.8, MinIO of 2026 and Ceph RGW 16 do
// (Ceph compares the ETag without quotes, so it is sent without them), rclone serve s3
// 1.76 does not. If a store reports that it cannot ([errors.ErrUnsupported]), sets no
// tag, or refuses its own tag three times, articles are written without a condition.
// Then a loser whose write hangs while the winner commits can leave an older revision in
// the winner's place. [Verify] reports it, the winner's capture is stored, and the next
// revision of the page overwrites it. The same holds for a store that accepts the header
// and ignores it.
//
// # Takedowns
//
// [Archive.Remove] removes an article for good; it is the one call that changes written
// segments. It deletes the article, its revisions and the images that no other article
// names. It blanks the article's capture records ([warc.Blank]: offsets of other records
// do not change) and the texts of its log records. A segment is replaced as a whole under
// its old key and keeps its lines with numbers, times, URLs, outcomes and hashes, so
// readers may see the old or the new form. Tombstones are records with the outcome
// removed. They are committed before anything is deleted: a crawl that runs at the time
// gets [ErrConflict], and later crawls do not archive the article again.
//
// # Durability
//
// If a process is killed, every object is either complete or absent. After a power
// failure, everything written before a created object is there too, because
// [Store.Create] is a write barrier.
package storage
