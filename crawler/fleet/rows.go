package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// visitRow is the state that the queue keeps for a key beside its job.
type visitRow struct {
	key              string
	ended, succeeded time.Time // zero: never
	failures         int       // visits in a row without an answer
	due              time.Time
	why              string
	worker           string
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// visit returns the state of a key, or the zero row if there is none.
func (q *Queue) visit(ctx context.Context, key string) (visitRow, error) {
	row := visitRow{key: key}
	var ended, succeeded, due int64
	err := q.db.QueryRowContext(ctx, q.dialect.sql(`SELECT ended, succeeded, failures, due, why, worker FROM pressmark_visit WHERE key = $1`), key).
		Scan(&ended, &succeeded, &row.failures, &due, &row.why, &row.worker)
	if errors.Is(err, sql.ErrNoRows) {
		return row, nil
	}
	row.ended, row.succeeded, row.due = fromMillis(ended), fromMillis(succeeded), fromMillis(due)
	return row, err
}

func (q *Queue) note(ctx context.Context, r visitRow) error {
	_, err := q.db.ExecContext(ctx, q.dialect.sql(`INSERT INTO pressmark_visit (key, ended, succeeded, failures, due, why, worker) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (key) DO UPDATE SET ended = excluded.ended, succeeded = excluded.succeeded, failures = excluded.failures, due = excluded.due,
		why = excluded.why, worker = excluded.worker`), r.key, millis(r.ended), millis(r.succeeded), r.failures, millis(r.due), r.why, r.worker)
	return err
}

// beat says that this worker is alive.
func (w *Worker) beat(ctx context.Context) error {
	_, err := w.queue.db.ExecContext(ctx, w.queue.dialect.now(`INSERT INTO pressmark_worker (id, seen) VALUES ($1, NOW_MS)
		ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`), w.opts.ID)
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if err != nil || now.Sub(w.beaten) > deadBeats*w.opts.Beat {
		w.healthy = now // from here on others may be heard of again
	}
	if err == nil {
		w.beaten = now
	}
	return err
}

// forget removes this worker from the list, so that others take over its jobs at
// once.
func (w *Worker) forget(ctx context.Context) {
	_, err := w.queue.db.ExecContext(ctx, w.queue.dialect.sql(`DELETE FROM pressmark_worker WHERE id = $1`), w.opts.ID)
	w.warn(ctx, "worker not signed off", err)
}

const rescueJobs = `UPDATE river_job SET state = 'available' WHERE kind = 'visit' AND state = 'running'
	AND NOT EXISTS (SELECT 1 FROM pressmark_worker AS w WHERE w.id = WORKER_OF_JOB AND w.seen > NOW_MS - $1)`

// rescue gives the jobs of dead workers to others. After an outage of the queue no
// heartbeat is recent, so rescue first waits until live workers have had time to
// send one.
func (w *Worker) rescue(ctx context.Context) error {
	w.mu.Lock()
	soon := time.Since(w.healthy) < deadBeats*w.opts.Beat
	w.mu.Unlock()
	if soon && w.queue.dialect.postgres {
		return nil
	}
	res, err := w.queue.db.ExecContext(ctx, w.queue.dialect.now(rescueJobs), (deadBeats * w.opts.Beat).Milliseconds())
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err == nil && n > 0 {
		w.opts.Logger.Warn("jobs of dead workers are given to others", "jobs", n)
	}
	return nil
}

// fence ends the visits whose jobs no longer belong to this worker.
func (w *Worker) fence(ctx context.Context) error {
	rows, err := w.queue.db.QueryContext(ctx, w.queue.dialect.sql(`SELECT id FROM river_job WHERE kind = 'visit' AND state = 'running' AND WORKER_OF_JOB = $1`), w.opts.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	mine := map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		mine[id] = true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, r := range w.running {
		if !mine[id] && time.Since(r.began) > w.opts.Beat {
			r.cancel(errFenced)
		}
	}
	return rows.Err()
}

// sync gives each key of the configuration a job, and its priority.
func (w *Worker) sync(ctx context.Context) error {
	w.mu.Lock()
	sites := w.sites
	w.mu.Unlock()
	var params []river.InsertManyParams
	now := w.opts.Now()
	for key, group := range sites {
		at := now
		if len(sites) > 1 {
			at = now.Add(spread(len(sites)))
		}
		params = append(params, river.InsertManyParams{Args: visitArgs{key}, InsertOpts: &river.InsertOpts{MaxAttempts: 1000, Priority: priority(group),
			ScheduledAt: at, UniqueOpts: river.UniqueOpts{ByArgs: true}}})
	}
	for len(params) > 0 {
		n := min(len(params), 500)
		if _, err := w.client.InsertMany(ctx, params[:n]); err != nil {
			return fmt.Errorf("%w: %w", ErrQueue, err)
		}
		params = params[n:]
	}
	for key, group := range sites {
		_, err := w.queue.db.ExecContext(ctx, w.queue.dialect.sql(`UPDATE river_job SET priority = $1 WHERE kind = 'visit' AND priority <> $1 AND state IN ('available', 'scheduled', 'retryable') AND `+
			w.queue.dialect.keyOfJob()+` = $2`), priority(group), key)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrQueue, err)
		}
	}
	return nil
}

// keyOfJob is a SQL expression for the key of a job.
func (d dialect) keyOfJob() string {
	if d.postgres {
		return `args->>'key'`
	}
	return `json_extract(args, '$.key')`
}

// Plan is the state of a key in the queue.
type Plan struct {
	State            string    // of River: available, scheduled, running …; "": there is no job
	At               time.Time // of the next visit, or when the one under way was due
	Ended, Succeeded time.Time // of the last visit; zero: none
	Failures         int
	Why              string
	Worker           string // that made the last visit, or makes it
}

// Plan returns the queue's state for a key.
func (q *Queue) Plan(ctx context.Context, key string) (Plan, error) {
	row, err := q.visit(ctx, key)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Ended: row.ended, Succeeded: row.succeeded, Failures: row.failures, Why: row.why, Worker: row.worker, At: row.due}
	at := `unixepoch(scheduled_at)`
	if q.dialect.postgres {
		at = `extract(epoch FROM scheduled_at)`
	}
	var due float64
	err = q.db.QueryRowContext(ctx, q.dialect.sql(`SELECT CAST(state AS text), `+at+`, COALESCE(WORKER_OF_JOB, '') FROM river_job WHERE kind = 'visit' AND `+q.dialect.keyOfJob()+
		` = $1 AND state NOT IN ('cancelled', 'completed', 'discarded') ORDER BY id DESC LIMIT 1`), key).Scan(&p.State, &due, &row.worker)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	p.At = time.Unix(int64(due), 0).UTC()
	if p.State == "running" {
		p.Worker = row.worker
	}
	return p, err
}
