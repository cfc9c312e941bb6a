// Package storage keeps an archive of news articles in any place that can hold
// objects under keys: a folder, a bucket, memory. There is no server and no
// state outside the archive; everything that a crawl has to remember stands in
// the archive itself.
//
// # Parts
//
// [Store] is the contract that a place has to keep; dirstore, s3store and
// memstore implement it, storagetest checks it, [WithRetry] and [SingleWriter]
// wrap it. [Archive] lays out sites over a Store. [Log] is one site's log: it
// is loaded, added to in batches by [Log.Commit], and followed by readers with
// [Feed]. [Verify] compares all that an archive says with what is there.
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
// written once, with create-if-absent, and never changed or removed (but see
// Takedowns). Record
// numbers (seq) count 1, 2, 3 … over the site's whole log. Everything else
// about a site (what has been seen, validators, what is due) folds out of the
// log, see [ledger.State]. A snapshot is such a fold, written so that readers
// need not start at segment 1; it may be removed at any time. Segments stay,
// also those before a snapshot: they are the change feed.
//
// # Batches
//
// [Log.Commit] writes a batch in the order images, captures and robots.txt,
// articles, segment. The batch becomes visible in one step, when its segment
// is created: a reader that finds an article in the log finds everything
// that the article refers to. A writer killed before that step leaves objects
// that no record names; the next run writes the same keys again.
//
// Two writers on one site both try to create segment N, and one fails with
// [ErrConflict]; it stops. That is the only lock. The loser has written no
// record, but it may have written articles, whose keys are shared. This is
// kept harmless as follows:
//
//   - Images are named by their content and captures by the run, so they
//     cannot clash.
//   - Before the articles are written, and before each call that is repeated
//     meanwhile, the writer looks whether segment N is there already, and stops
//     if so.
//   - An article is read before it is written over, and written over only as
//     long as it is still the one that was read ([Store.PutIf]). What was read
//     is what the log says, or else segment N is looked for after the reading:
//     so nothing that a winner writes from then on is written over, however
//     long a write hangs.
//   - Both writers made their article from the same URL at nearly the same
//     time. Where the page was the same, the two files differ only in the
//     capture that they name, and both captures are stored.
//   - What can be written over is an article that another writer had written
//     and not committed yet when it was read. Where its text is another one, it
//     is kept under revisions/ first, if nothing is there. A loser puts back
//     what it wrote over where the log, as it is then, names it: in its place or
//     under revisions/, and again only over what it has seen (see [Log.Commit]).
//   - A writer killed after it wrote an article can leave it one revision ahead
//     of the log, or, as a loser, with another text than the log says. The right
//     one is under revisions/, unless there were several such writers. [Verify]
//     reports such an article and can put the right one back; the next change
//     of the page writes over it.
//
// All this holds in a folder, in memory, and in stores that keep If-Match on
// PutObject. Of those tried out, versitygw 1.8, MinIO of 2026 and Ceph RGW 16 do
// (the last one wants the ETag without its quotes, and so it is sent), rclone
// serve s3 1.76 does not. Where a store says that it cannot
// ([errors.ErrUnsupported]), sets no tag, or refuses its own tag three times,
// articles are written without a condition: a loser whose article write hangs
// while the winner commits can then leave an older revision over the winner's.
// [Verify] names it, the winner's capture is stored, and the page's next revision
// mends it. A store that takes the header and does not keep it is like that, too.
//
// # Takedowns
//
// [Archive.Remove] takes an article out for good, and is the one exception to what
// is said above. It deletes the article, its revisions and the images that no other
// article names; it blanks its capture records ([warc.Blank]: the others stay where
// they are) and the texts of its records in the log. A segment is written whole,
// under its old key, and keeps its lines with their numbers, times, addresses,
// outcomes and hashes: readers in between see either form, and neither misleads them.
// Tombstones are records with the outcome removed. They come into the log before
// anything is deleted: a crawl that runs meanwhile loses its log to them, and those
// that begin afterwards respect them.
//
// # Durability
//
// Every object is whole or not there, whenever a process is killed. After a
// power failure, what a created object depends on is there too, because
// [Store.Create] is a write barrier.
package storage
