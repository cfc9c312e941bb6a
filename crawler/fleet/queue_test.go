package fleet_test

import (
	"database/sql"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"

	"pressmark/crawler/fleet"
	"pressmark/crawler/fleet/fleettest"
)

// TestOpenAtOnce opens a database without this package's tables from several workers at
// the same time: all of them find the tables made.
func TestOpenAtOnce(t *testing.T) {
	t.Run("Postgres", func(t *testing.T) { openAtOnce(t, "pgx", fleettest.Start(t).URL) })
	t.Run("file", func(t *testing.T) { openAtOnce(t, "sqlite", filepath.Join(t.TempDir(), "queue.db")) })
}

func openAtOnce(t *testing.T, driver, address string) {
	t.Helper()
	open := func() {
		q, err := fleet.Open(t.Context(), address, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Error(err)
			return
		}
		q.Close()
	}
	open()
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for range 10 {
		for _, table := range []string{"pressmark_worker", "pressmark_visit", "pressmark_host"} {
			if _, err := db.ExecContext(t.Context(), "DROP TABLE "+table); err != nil {
				t.Fatal(err)
			}
		}
		var workers sync.WaitGroup
		for range 8 {
			workers.Go(open)
		}
		workers.Wait()
	}
}
