// Command warccheck reads captures with two readers that know nothing of each
// other, storage/warc and richardlehane/webarchive, and compares what they see.
//
//	warccheck FILE...    every record of every file, with its digests
//	warccheck wget       a capture that wget makes of a server in this process
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/richardlehane/webarchive"

	"pressmark/storage/warc"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "warccheck:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 0:
		return errors.New("usage: warccheck FILE... | warccheck wget")
	case args[0] == "wget":
		return checkWget()
	}
	for _, file := range args {
		records, err := check(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Printf("%s: %d records, read alike by both readers, digests right\n", filepath.Base(file), len(records))
	}
	return nil
}

// check reads a file with both readers and returns its records.
func check(file string) ([]*warc.Record, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	records, err := ours(b)
	if err != nil {
		return nil, err
	}
	theirs, err := webarchive.NewWARCReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	for i := 0; ; i++ {
		rec, err := theirs.Next()
		if errors.Is(err, io.EOF) {
			if i != len(records) {
				return nil, fmt.Errorf("webarchive sees %d records, we %d", i, len(records))
			}
			return records, nil
		}
		if err != nil {
			return nil, fmt.Errorf("webarchive, record %d: %w", i, err)
		}
		if i >= len(records) {
			return nil, fmt.Errorf("webarchive sees more than our %d records", len(records))
		}
		block, err := io.ReadAll(rec)
		if err != nil {
			return nil, fmt.Errorf("webarchive, record %d: %w", i, err)
		}
		if !bytes.Equal(block, records[i].Block) {
			return nil, fmt.Errorf("record %d (%s): blocks of %d and %d bytes differ", i, records[i].URL(), len(block), len(records[i].Block))
		}
	}
}

// ours reads all records, verifies their digests and finds each again by its place.
func ours(b []byte) ([]*warc.Record, error) {
	var records []*warc.Record
	for r := warc.NewReader(bytes.NewReader(b)); ; {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		if err := rec.Verify(); err != nil {
			return nil, fmt.Errorf("record at %d (%s): %w", rec.Location.Offset, rec.URL(), err)
		}
		again, err := warc.ReadAt(bytes.NewReader(b), rec.Location.Offset, rec.Location.Length)
		if err != nil {
			return nil, err
		}
		if again.ID() != rec.ID() || !bytes.Equal(again.Block, rec.Block) {
			return nil, fmt.Errorf("record at %d is another when read by its place", rec.Location.Offset)
		}
		records = append(records, rec)
	}
}
