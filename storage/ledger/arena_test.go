package ledger

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// site are records of n pages; round is what later rounds change.
func pageRecord(i, round int) Record {
	return Record{
		Seq: int64(i + 1), Time: at(1), URL: fmt.Sprintf("https://gazette.example/2026/%d.html", i), ID: fmt.Sprintf("%032x", i),
		Outcome: Archived, Title: strings.Repeat(fmt.Sprintf("Council meets %d ", round), 20+i%30), Due: at(1 + i%20), Visits: round,
	}
}

// TestSpill: a state that does not fit into memory says the same as one that does, also
// after all its records were replaced, and holds little of it in memory.
func TestSpill(t *testing.T) {
	const urls = 60_000
	files := 0
	spilled := NewState(func() (Spill, error) {
		files++
		f, err := os.Create(filepath.Join(t.TempDir(), "state"))
		if err == nil {
			t.Cleanup(func() { f.Close() })
		}
		return f, err
	})
	var whole State
	for round := range 3 {
		for i := range urls {
			r := pageRecord(i, round)
			r.Seq += int64(round * urls)
			spilled.Apply(r)
			whole.Apply(r)
		}
	}
	if files < 2 {
		t.Fatalf("%d files; nothing was spilled, or nothing rewritten", files)
	}
	i := 0
	for got := range spilled.All() {
		want := pageRecord(i, 2)
		want.Seq += 2 * urls
		want.First = at(1)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("record %d: got\n%+v\nwant\n%+v", i, got, want)
		}
		if one, ok := spilled.Get(want.URL); i%1000 == 0 && (!ok || !reflect.DeepEqual(one, want)) {
			t.Fatalf("record %d: got %+v", i, one)
		}
		i++
	}
	if i != urls || spilled.Has("https://gazette.example/2026/none.html") || !spilled.NextDue().Equal(whole.NextDue()) {
		t.Errorf("%d records; next due %s", i, spilled.NextDue())
	}
	if held := int64(heldBy(&spilled)); held > inMemory+100*urls {
		t.Errorf("%d MB in memory", held>>20)
	}
	runtime.KeepAlive(&whole)
}

// heldBy is how much memory the collector gets back when a state is let go.
func heldBy(s **State) uint64 {
	measure := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := measure()
	*s = nil
	return before - measure()
}

// TestSpillFails: a state without a file, or whose file is full, keeps all in memory.
func TestSpillFails(t *testing.T) {
	const urls = 60_000
	for name, spill := range map[string]func() (Spill, error){
		"no file":   func() (Spill, error) { return nil, errors.New("no folder") },
		"full disk": func() (Spill, error) { return fullFile{}, nil },
	} {
		s := NewState(spill)
		for i := range urls {
			s.Apply(pageRecord(i, 1))
		}
		for _, i := range []int{0, 77, urls - 1} {
			if r, ok := s.Get(pageRecord(i, 1).URL); !ok || r.Title != pageRecord(i, 1).Title {
				t.Errorf("%s: record %d is %+v", name, i, r)
			}
		}
	}
}

type fullFile struct{}

func (fullFile) ReadAt([]byte, int64) (int, error)  { return 0, errors.New("nothing was written") }
func (fullFile) WriteAt([]byte, int64) (int, error) { return 0, errors.New("disk full") }
