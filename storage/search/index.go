package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// format is the version of the index's tables. An index of another version is
// made anew: all that it holds is derived.
const format = "5"

// Index is the index of one archive. Make one with [Open], and Close it. It may
// be used concurrently; one process at a time writes, any number read.
type Index struct {
	db   *sql.DB
	path string
}

// tables create an empty index.
const tables = `
create table meta (name text primary key, value text) without rowid;
create table cursor (site text primary key, seq integer not null) without rowid;

create table article (
	doc integer primary key,
	site text not null, id text not null, url text not null, title text not null,
	published text not null, precision text not null, language text not null,
	source text not null, authors text not null, section text not null, access text not null,
	revision integer not null, gone integer not null, seq integer not null,
	first text not null, captured text not null, chars integer not null,
	images integer not null, missing integer not null, lead text not null,
	simhash integer not null, story integer not null,
	facets text not null -- the values that narrow, see packValues
);
create unique index article_id on article (id, site);
create index article_story on article (story);
create index article_shared on article (story) where story <> doc;

create virtual table words using fts5 (title, body, caption, author, source, section, tag,
	tokenize = 'ascii', content = '', contentless_delete = 1);
insert into words (words, rank) values ('hashsize', 4194304);
insert into words (words, rank) values ('automerge', 64);
insert into words (words, rank) values ('crisismerge', 128);

create table total (site text not null, name text not null, value text not null, n integer not null, primary key (name, value, site)) without rowid;
create index total_day on total (site, value) where name = 'day';

create table image (
	doc integer not null, n text not null, key text not null, sha256 text not null, motif text not null,
	url text not null, fetched text not null, caption text not null, credit text not null, width integer not null, height integer not null,
	status text not null, reason text not null, host text not null, primary key (doc, n)
) without rowid;
create index image_motif on image (motif, doc) where motif <> '';
create index image_missing on image (status, reason, doc) where sha256 = '';
-- A motif is what pictures of any size and site show alike, named by the content that came first.
create table content (sha256 text primary key, phash integer not null, motif text not null) without rowid;
create table picture_band (band integer not null, value integer not null, sha256 text not null, primary key (band, value, sha256)) without rowid;
create table motif (motif text primary key, first integer not null, newest integer not null, uses integer not null) without rowid;
create index motif_newest on motif (newest);

create table band (band integer not null, value integer not null, doc integer not null, simhash integer not null, primary key (band, value, doc)) without rowid;

create table url (
	site text not null, url text not null, kind text not null, outcome text not null, reason text not null,
	detail text not null, status integer not null, source text not null, alias text not null, id text not null,
	first text not null, time text not null, due text not null, tries integer not null,
	primary key (site, url)
) without rowid;
create index url_outcome on url (site, outcome, reason) where kind = '' and outcome <> 'archived' and outcome <> 'unchanged';
create index url_alias on url (site, alias) where alias <> '';
create index url_source on url (site, source, first) where kind = '';
-- Numbers of what the tables url and image hold; kind is that of the log, or "picture".
create table outcome (site text not null, kind text not null, outcome text not null, reason text not null, host text not null, n integer not null,
	primary key (site, kind, outcome, reason, host)) without rowid;
create table listed (site text not null, source text not null, day text not null, state text not null, n integer not null,
	primary key (site, day, source, state)) without rowid;

create table look (
	site text not null, id text not null, seq integer not null, time text not null, url text not null, outcome text not null,
	reason text not null, revision integer not null, changed text not null, title text not null,
	primary key (site, id, seq)
) without rowid;
create index look_revised on look (time) where outcome = 'revised';
`

// Open opens the index in the file at path, or creates an empty one. A file that is
// not an index, or has another format version, is replaced.
func Open(ctx context.Context, path string) (*Index, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	x, err := open(ctx, path)
	if err == nil || ctx.Err() != nil {
		return x, err
	}
	if !errors.Is(err, errOther) {
		return nil, err
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("index %s: replace it: %w", path, err)
		}
	}
	return open(ctx, path)
}

// errOther reports a file that is not an index, or has another format version.
var errOther = errors.New("not an index of this version")

func open(ctx context.Context, path string) (*Index, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+
		"?_pragma=busy_timeout(60000)&_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=cache_size(-32768)&_pragma=temp_store(memory)")
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	x := &Index{db: db, path: path}
	if err := x.prepare(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	return x, nil
}

// prepare makes the tables in an empty file, or checks the format.
func (x *Index) prepare(ctx context.Context) error {
	var n int
	if err := x.db.QueryRowContext(ctx, `select count(*) from sqlite_schema`).Scan(&n); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return fmt.Errorf("%w: %w", errOther, err)
	}
	if n == 0 {
		return x.write(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, tables); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `insert into meta values ('format', ?)`, format)
			return err
		})
	}
	var have string
	if err := x.db.QueryRowContext(ctx, `select value from meta where name = 'format'`).Scan(&have); err != nil || have != format {
		return errOther
	}
	return nil
}

// write runs f in one transaction.
func (x *Index) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := x.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Close closes the file.
func (x *Index) Close() error { return x.db.Close() }
