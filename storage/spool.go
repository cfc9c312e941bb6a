package storage

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"sync"

	"pressmark/storage/ledger"
)

// spool keeps items in the order in which they were added, what does not fit into
// memory in a temporary file. Without one all stays in memory.
type spool struct {
	room  int // bytes that stay in memory
	file  ledger.Spill
	filed int64
	items []byte // those that are not in file, each behind its length
	n     int
	whole bool // there is no file
}

func (s *spool) add(item []byte) {
	s.items = append(binary.AppendUvarint(s.items, uint64(len(item))), item...)
	s.n++
	if len(s.items) < s.room || s.whole {
		return
	}
	if s.file == nil {
		file, err := scratchFile()
		if err != nil {
			s.whole = true
			return
		}
		s.file = file
	}
	if _, err := s.file.WriteAt(s.items, s.filed); err != nil { // a full disk
		s.whole = true
		return
	}
	s.filed += int64(len(s.items))
	s.items = s.items[:0]
}

// all yields the items, each valid until the next one. An error is yielded last.
func (s *spool) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if s.file != nil {
			in := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.filed), 64<<10)
			if goOn, err := eachItem(in, yield); err != nil {
				yield(nil, fmt.Errorf("temporary file: %w", err))
				return
			} else if !goOn {
				return
			}
		}
		for rest := s.items; len(rest) > 0; {
			size, n := binary.Uvarint(rest)
			end := n + int(size)
			if !yield(rest[n:end], nil) {
				return
			}
			rest = rest[end:]
		}
	}
}

// eachItem yields the items of a spool's file. It reports whether yield wants more.
func eachItem(in *bufio.Reader, yield func([]byte, error) bool) (goOn bool, err error) {
	var item []byte
	for {
		size, err := binary.ReadUvarint(in)
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if uint64(cap(item)) < size {
			item = make([]byte, size)
		}
		item = item[:size]
		if _, err := io.ReadFull(in, item); err != nil {
			return false, err
		}
		if !yield(item, nil) {
			return false, nil
		}
	}
}

// inOrder yields read of each key, in the order of keys, running up to parallel of them
// at one time. keys is called by the caller's goroutine alone. It stops after the first
// error.
func inOrder[K, V any](ctx context.Context, parallel int, keys iter.Seq[K], read func(context.Context, K) (V, error)) iter.Seq2[V, error] {
	type result struct {
		value V
		err   error
	}
	return func(yield func(V, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait() // nothing goes on behind the caller's back
		defer cancel()
		var queue []chan result
		next := func() bool {
			r := <-queue[0]
			queue = append(queue[:0], queue[1:]...)
			return yield(r.value, r.err) && r.err == nil
		}
		for key := range keys {
			if len(queue) == parallel && !next() {
				return
			}
			ch := make(chan result, 1)
			queue = append(queue, ch)
			running.Go(func() {
				v, err := read(ctx, key)
				ch <- result{v, err}
			})
		}
		for len(queue) > 0 && next() { //nolint:revive // next does the work
		}
	}
}
