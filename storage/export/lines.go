package export

import (
	"bufio"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// sortedLines sorts lines that need not fit into memory: sorted runs go into a
// temporary file and are merged at the end. Close it.
type sortedLines struct {
	lines []string
	bytes int // of lines
	room  int // bytes of lines that stay in memory; 0 means linesRoom
	file  *os.File
	ends  []int64 // of the runs in file
}

// linesRoom is the size in bytes of a run.
const linesRoom = 16 << 20

func (s *sortedLines) add(line string) error {
	s.lines = append(s.lines, line)
	s.bytes += len(line)
	room := s.room
	if room == 0 {
		room = linesRoom
	}
	if s.bytes < room {
		return nil
	}
	return s.flush()
}

// flush writes the lines in memory as a run.
func (s *sortedLines) flush() error {
	if s.file == nil {
		f, err := scratch()
		if err != nil {
			return err
		}
		s.file = f
	}
	slices.Sort(s.lines)
	out := bufio.NewWriter(s.file)
	for _, line := range s.lines {
		out.WriteString(line) //nolint:errcheck // Flush returns the error
		out.WriteByte('\n')   //nolint:errcheck // as above
	}
	if err := out.Flush(); err != nil {
		return err
	}
	end, err := s.file.Seek(0, io.SeekCurrent)
	s.ends, s.lines, s.bytes = append(s.ends, end), s.lines[:0], 0
	return err
}

// all yields the lines in order, each once. An error is yielded last.
func (s *sortedLines) all() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		slices.Sort(s.lines)
		m := &merge{}
		if len(s.lines) > 0 {
			m.runs = append(m.runs, &run{first: s.lines[0], rest: s.lines[1:]})
		}
		start := int64(0)
		for _, end := range s.ends {
			r := &run{in: bufio.NewReader(io.NewSectionReader(s.file, start, end-start))}
			if more, err := r.next(); err != nil {
				yield("", err)
				return
			} else if more {
				m.runs = append(m.runs, r)
			}
			start = end
		}
		heap.Init(m)
		last := ""
		for len(m.runs) > 0 {
			line := m.runs[0].first
			if line != last && !yield(line, nil) {
				return
			}
			last = line
			switch more, err := m.runs[0].next(); {
			case err != nil:
				yield("", err)
				return
			case more:
				heap.Fix(m, 0)
			default:
				heap.Pop(m)
			}
		}
	}
}

func (s *sortedLines) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// run is a sorted run that is being read: in memory, or from the file.
type run struct {
	first string
	rest  []string
	in    *bufio.Reader // nil for the run in memory
}

// next moves to the next line, and reports whether there is one.
func (r *run) next() (bool, error) {
	if r.in == nil {
		if len(r.rest) == 0 {
			return false, nil
		}
		r.first, r.rest = r.rest[0], r.rest[1:]
		return true, nil
	}
	line, err := r.in.ReadString('\n')
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("temporary file: %w", err)
	}
	r.first = line[:len(line)-1]
	return true, nil
}

// merge is a heap of runs.
type merge struct{ runs []*run }

func (m *merge) Len() int           { return len(m.runs) }
func (m *merge) Less(i, j int) bool { return m.runs[i].first < m.runs[j].first }
func (m *merge) Swap(i, j int)      { m.runs[i], m.runs[j] = m.runs[j], m.runs[i] }

// Push implements heap.Interface; runs are added before the heap is made.
func (m *merge) Push(any) {}

// Pop implements heap.Interface.
func (m *merge) Pop() any {
	last := m.runs[len(m.runs)-1]
	m.runs = m.runs[:len(m.runs)-1]
	return last
}
