package search_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pressmark/storage/search"
)

func TestFollower(t *testing.T) {
	now, calls := time.Unix(1000, 0), 0
	var fails error
	f := search.NewFollower(2*time.Second, func() time.Time { return now }, func(context.Context) error {
		calls++
		return fails
	})
	for _, c := range []struct {
		after time.Duration
		fails error
		want  int // calls so far
	}{{0, nil, 1}, {time.Second, nil, 1}, {time.Second, errors.New("no"), 2}, {0, nil, 3}, {0, nil, 3}} {
		now, fails = now.Add(c.after), c.fails
		if err := f.CatchUp(t.Context()); !errors.Is(err, c.fails) && calls == c.want {
			t.Errorf("error %v, want %v", err, c.fails)
		}
		if calls != c.want {
			t.Errorf("%d calls, want %d", calls, c.want)
		}
	}
}
