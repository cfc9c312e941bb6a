package fleet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Leases let one worker of a fleet ask a host at one time. They are rows of Postgres and
// end by its clock, leaseBeats heartbeats after they were taken or renewed. A request
// whose lease could not be renewed for giveUpBeats is cut off before that.
type Leases struct {
	queue  *Queue
	worker string
	log    *slog.Logger
	beat   time.Duration

	mu      sync.Mutex
	serial  int64
	held    map[string]context.CancelCauseFunc // by holder: ends its request
	renewed time.Time                          // when Postgres last knew this worker
}

// leaseBeats is the duration of a lease in heartbeats; after giveUpBeats without an
// answer a worker ends its requests under leases.
const (
	leaseBeats  = 5
	giveUpBeats = 3
)

// errLeaseLost ends requests under a lease that could not be renewed.
var errLeaseLost = errors.New("the lease of the host could not be renewed")

// Leases returns the leases of a worker. It returns nil if the queue is a file: then
// one process does all requests and keeps the pace without leases. beat is the
// interval between calls of Renew.
func (q *Queue) Leases(worker string, beat time.Duration, log *slog.Logger) *Leases {
	if !q.dialect.postgres {
		return nil
	}
	return &Leases{queue: q, worker: worker, log: log, beat: beat, held: map[string]context.CancelCauseFunc{}, renewed: time.Now()}
}

const takeLease = `INSERT INTO pressmark_host AS h (host, holder, until, free) VALUES ($1, $2, NOW_MS + $3, 0)
	ON CONFLICT (host) DO UPDATE SET holder = $2, until = NOW_MS + $3 WHERE h.until < NOW_MS AND h.free <= NOW_MS
	RETURNING until`

const waitForLease = `SELECT greatest(until, free) - NOW_MS FROM pressmark_host WHERE host = $1`

// Giving a lease back is refused where another holder has it: the fence of a worker that
// was thought dead.
const giveLease = `UPDATE pressmark_host SET until = 0, free = NOW_MS + $3 WHERE host = $1 AND holder = $2`

// Hold waits until this worker has the lease of the host. If Postgres does not
// answer, Hold waits too: no request is made without a lease. Make the request under
// the returned context, which ends if the lease is lost. release returns the lease;
// rest is the time for which no worker may request from the host. The error is that
// of ctx.
func (l *Leases) Hold(ctx context.Context, host string) (under context.Context, release func(rest time.Duration), err error) {
	holder := l.name()
	for {
		var until int64
		err := l.row(ctx, takeLease, host, holder, (leaseBeats * l.beat).Milliseconds()).Scan(&until)
		switch {
		case err == nil:
			under, cancel := context.WithCancelCause(ctx)
			l.mu.Lock()
			l.held[holder] = cancel
			l.mu.Unlock()
			return under, func(rest time.Duration) { l.give(ctx, host, holder, rest) }, nil
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		case !errors.Is(err, sql.ErrNoRows):
			l.log.Warn("no answer from the queue: requests wait", "host", host, "error", err)
			if err := pause(ctx, time.Second); err != nil {
				return nil, nil, err
			}
			continue
		}
		var wait int64
		if err := l.row(ctx, waitForLease, host).Scan(&wait); err != nil {
			wait = 0
		}
		if err := pause(ctx, min(max(time.Duration(wait)*time.Millisecond, 5*time.Millisecond), 250*time.Millisecond)); err != nil {
			return nil, nil, err
		}
	}
}

// name returns a holder's name: no two leases have the same.
func (l *Leases) name() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.serial++
	return fmt.Sprintf("%s/%d", l.worker, l.serial)
}

const renewLease = `UPDATE pressmark_host SET until = NOW_MS + $2 WHERE holder LIKE $1 AND until > NOW_MS`

// renew prolongs the leases that are held. It is called at each heartbeat.
func (l *Leases) renew(ctx context.Context) {
	_, err := l.queue.db.ExecContext(ctx, l.queue.dialect.now(renewLease), l.worker+"/%", (leaseBeats * l.beat).Milliseconds())
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	lost := now.Sub(l.renewed) > giveUpBeats*l.beat
	if err == nil {
		l.renewed = now
	}
	if !lost { // also where this process was stopped for a while, and comes back
		return
	}
	for _, cancel := range l.held {
		cancel(errLeaseLost)
	}
}

func (l *Leases) row(ctx context.Context, statement string, args ...any) *sql.Row {
	return l.queue.db.QueryRowContext(ctx, l.queue.dialect.now(statement), args...)
}

// give ends a lease, even if the visit's context has ended. A lease that cannot be
// returned expires.
func (l *Leases) give(ctx context.Context, host, holder string, rest time.Duration) {
	l.mu.Lock()
	if cancel := l.held[holder]; cancel != nil {
		cancel(nil)
	}
	delete(l.held, holder)
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := l.queue.db.ExecContext(ctx, l.queue.dialect.now(giveLease), host, holder, wholeMilliseconds(rest)); err != nil {
		l.log.Warn("lease not given back; it ends by itself", "host", host, "within", leaseBeats*l.beat, "error", err)
	}
}

// wholeMilliseconds rounds a rest up, and adds the millisecond by which the rounded
// clocks of two statements may differ: no host is asked before its rest is over.
func wholeMilliseconds(rest time.Duration) int64 {
	if rest <= 0 {
		return 0
	}
	return int64((rest+time.Millisecond-1)/time.Millisecond) + 1
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
