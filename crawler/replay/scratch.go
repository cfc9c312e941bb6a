package replay

import (
	"bytes"
	"fmt"
	"os"
)

// scratch keeps blocks of records in a temporary file without a name, which is gone
// when nothing uses it any more. Where there is none, it keeps them in memory.
type scratch struct {
	file  *os.File
	size  int64
	whole bool // there is no file
}

// stretch is a part of the file, or bytes in memory.
type stretch struct {
	at, length int64
	bytes      []byte
}

func (s *scratch) keep(block []byte) stretch {
	if s.file == nil && !s.whole {
		s.file, s.whole = noName()
	}
	if !s.whole {
		if _, err := s.file.WriteAt(block, s.size); err == nil {
			s.size += int64(len(block))
			return stretch{at: s.size - int64(len(block)), length: int64(len(block))}
		}
		s.whole = true
	}
	return stretch{bytes: bytes.Clone(block)}
}

// noName makes a temporary file. Systems that cannot remove the name of an open file
// have none.
func noName() (file *os.File, failed bool) {
	f, err := os.CreateTemp("", "pressmark-replay-*")
	if err != nil {
		return nil, true
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, true
	}
	return f, false
}

func (s *scratch) read(b stretch) ([]byte, error) {
	if b.bytes != nil || b.length == 0 {
		return b.bytes, nil
	}
	out := make([]byte, b.length)
	if _, err := s.file.ReadAt(out, b.at); err != nil {
		return nil, fmt.Errorf("temporary file: %w", err)
	}
	return out, nil
}
