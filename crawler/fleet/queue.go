package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	_ "modernc.org/sqlite" // the driver
)

// ErrQueue is wrapped by the errors of a queue that cannot be used.
var ErrQueue = errors.New("the queue cannot be used")

// client holds the methods of River's client that a worker needs, for either
// database.
type client interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	InsertMany(ctx context.Context, params []river.InsertManyParams) ([]*rivertype.JobInsertResult, error)
}

// Queue holds the jobs. Make one with Open.
type Queue struct {
	db      *sql.DB
	dialect dialect
	client  func(c *river.Config) (client, error)
	close   func()
}

// dialect holds the differences between the databases in this package's own
// statements.
type dialect struct {
	postgres bool
	worker   string // expression: the worker that a job runs at
}

// sql writes a statement of this package, which has $1, $2 … for its arguments.
func (d dialect) sql(text string) string {
	text = strings.ReplaceAll(text, "WORKER_OF_JOB", d.worker)
	if d.postgres {
		return text
	}
	return placeholder.ReplaceAllString(text, "?$1")
}

var placeholder = regexp.MustCompile(`\$(\d)`)

// isPostgres reports whether an address of a queue is that of a Postgres.
func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Open opens the queue at an address, postgres://… or a file's path, and makes its
// tables. Many processes may share one.
func Open(ctx context.Context, address string, log *slog.Logger) (*Queue, error) {
	open := openFile
	if isPostgres(address) {
		open = openPostgres
	}
	q, err := open(ctx, address, log)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	if err := q.makeTables(ctx); err != nil {
		q.Close()
		return nil, fmt.Errorf("%w: make tables: %w", ErrQueue, err)
	}
	return q, nil
}

// tablesLock is the number of the lock under which workers make this package's tables.
const tablesLock = 7_287_326_275

// makeTables makes the tables that are missing, in one transaction. On Postgres, workers
// that start together take turns: CREATE TABLE IF NOT EXISTS fails where another one
// makes the same table at that moment.
func (q *Queue) makeTables(ctx context.Context) error {
	tx, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if q.dialect.postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(tablesLock)); err != nil {
			return err
		}
	}
	for _, table := range tables {
		if _, err := tx.ExecContext(ctx, table); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Close ends the connections.
func (q *Queue) Close() { q.close() }

// Times are milliseconds since 1970.
var tables = [...]string{
	`CREATE TABLE IF NOT EXISTS pressmark_worker (id text PRIMARY KEY, seen bigint NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS pressmark_visit (key text PRIMARY KEY, ended bigint NOT NULL, succeeded bigint NOT NULL,
		failures int NOT NULL, due bigint NOT NULL, why text NOT NULL, worker text NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS pressmark_host (host text PRIMARY KEY, holder text NOT NULL, until bigint NOT NULL, free bigint NOT NULL)`,
}

func openFile(ctx context.Context, path string, log *slog.Logger) (*Queue, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer
	driver := riversqlite.New(db)
	if err := migrate(ctx, driver, log); err != nil {
		_ = db.Close()
		return nil, err
	}
	return &Queue{db: db, dialect: dialect{worker: `json_extract(attempted_by, '$[#-1]')`},
		client: func(c *river.Config) (client, error) { return river.NewClient(driver, c) },
		close:  func() { _ = db.Close() }}, nil
}

func openPostgres(ctx context.Context, url string, log *slog.Logger) (*Queue, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return nil, errors.New(hidePassword(err.Error()))
	}
	driver := riverpgxv5.New(pool)
	if err := migrate(ctx, driver, log); err != nil {
		pool.Close()
		return nil, err
	}
	db := stdlib.OpenDBFromPool(pool)
	return &Queue{db: db, dialect: dialect{postgres: true, worker: `attempted_by[array_length(attempted_by, 1)]`},
		client: func(c *river.Config) (client, error) { return river.NewClient(driver, c) },
		close:  func() { _ = db.Close(); pool.Close() }}, nil
}

// hidePassword removes the password from a message that quotes a database URL.
func hidePassword(text string) string {
	before, rest, ok := strings.Cut(text, "://")
	if !ok {
		return text
	}
	if user, after, ok := strings.Cut(rest, "@"); ok {
		name, _, _ := strings.Cut(user, ":")
		rest = name + ":***@" + after
	}
	return before + "://" + rest
}

// migrations is how often a worker tries to make River's tables: of workers that start
// together on an empty database one succeeds.
const migrations = 5

func migrate[TTx any](ctx context.Context, driver riverdriver.Driver[TTx], log *slog.Logger) error {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: log})
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		if last := n == migrations || ctx.Err() != nil; err == nil || last {
			return err
		}
		if err := pause(ctx, time.Duration(n)*500*time.Millisecond); err != nil {
			return err
		}
	}
}

// now writes a statement with the database's own clock for NOW_MS.
func (d dialect) now(text string) string {
	clock := `CAST(unixepoch('subsec') * 1000 AS integer)`
	if d.postgres {
		clock = `CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)`
	}
	return d.sql(strings.ReplaceAll(text, "NOW_MS", clock))
}
