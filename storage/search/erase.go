package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// SQLite leaves deleted texts in free pages of its file, and the full-text index keeps
// the words of a deleted article until its segments are merged. After a takedown both
// are cleared.

// metaErase is set in the table meta while a takedown has left words in the file.
const metaErase = "erase"

// Erase clears the index's file of what takedowns have left in it. Without a takedown
// since the last call it does nothing. It may be killed; the next call goes on.
//
// It rewrites the whole file, which takes about as long as copying it some times, and
// needs that room on the disk meanwhile. Searches go on.
func (x *Index) Erase(ctx context.Context) error {
	due, err := x.eraseDue(ctx)
	if err != nil || !due {
		return err
	}
	if err := x.erase(ctx); err != nil {
		return fmt.Errorf("index %s: clear it of what was taken down: %w", x.path, err)
	}
	return nil
}

func (x *Index) eraseDue(ctx context.Context) (bool, error) {
	var due int
	if err := x.db.QueryRowContext(ctx, `select count(*) from meta where name = ?`, metaErase).Scan(&due); err != nil {
		return false, fmt.Errorf("index %s: %w", x.path, err)
	}
	return due > 0, nil
}

func (x *Index) erase(ctx context.Context) (err error) {
	c, err := x.db.Conn(ctx) // the settings below are those of one connection
	if err != nil {
		return err
	}
	defer c.Close() //nolint:errcheck // it goes back to the pool
	for _, statement := range []string{
		`delete from total where n = 0`, // names that no article has any more
		`delete from content where sha256 not in (select sha256 from image)`,
		`delete from picture_band where sha256 not in (select sha256 from content)`,
		`insert into words (words) values ('optimize')`, // one segment, without the words of deleted articles
		`pragma temp_store = file`,                      // the copy may be larger than memory
		`vacuum`,
		`pragma temp_store = memory`,
	} {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := truncateLog(ctx, c); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, `delete from meta where name = ?`, metaErase)
	return err
}

// truncateLog empties the write-ahead log, which holds older versions of pages.
func truncateLog(ctx context.Context, c *sql.Conn) error {
	var busy, pages, done int
	if err := c.QueryRowContext(ctx, `pragma wal_checkpoint(truncate)`).Scan(&busy, &pages, &done); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("another process reads it: end that process and call again")
	}
	return nil
}
