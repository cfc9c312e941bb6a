package events

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
)

// Cursor has the number of the last record that a reader has of each site.
type Cursor map[string]int64

func (c Cursor) clone() Cursor {
	out := Cursor{}
	maps.Copy(out, c)
	return out
}

// cursorFile is the form of a cursor's file.
type cursorFile struct {
	Version int    `json:"version"`
	Sites   Cursor `json:"sites"`
}

// ErrCursor reports a file that is not a cursor.
var ErrCursor = errors.New("not a cursor's file")

// ReadCursor reads a cursor's file. One that is not there is an empty cursor.
func ReadCursor(path string) (Cursor, error) {
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(bytes.TrimSpace(src)) == 0 {
		return Cursor{}, nil
	}
	if err != nil {
		return nil, err
	}
	var f cursorFile
	if err := json.Unmarshal(src, &f); err != nil || f.Version != 1 {
		return nil, fmt.Errorf("%s: %w: want {\"version\":1,\"sites\":{\"SITE\":SEQ}}", path, ErrCursor)
	}
	for site, seq := range f.Sites {
		if seq < 0 {
			return nil, fmt.Errorf("%s: %w: %s is at %d", path, ErrCursor, site, seq)
		}
	}
	return f.Sites.clone(), nil
}

// Write writes the cursor's file as a whole or not at all.
func (c Cursor) Write(path string) error {
	src, err := json.Marshal(cursorFile{1, c})
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(append(src, '\n'))
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}
