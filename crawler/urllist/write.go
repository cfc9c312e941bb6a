package urllist

import (
	"encoding/csv"
	"io"
	"slices"
)

// Reason codes of rows without an address.
const (
	reasonBadAddress = "bad_url"
	reasonNoAddress  = "no_url"
)

// Fate is the outcome of one URL.
type Fate struct {
	Outcome string // of the log; of an alias that of its article
	Reason  string
	ID      string // of the article, "" if the archive has none
}

// Write writes the rows as a table, unchanged and in their order, followed by the
// columns outcome, reason and id. If the list already has one of these columns, ours
// is called pressmark_outcome and so on. fate returns the outcome of a URL in normal
// form. A list of lines becomes a table with the column url.
func (l *List) Write(out io.Writer, fate func(address string) Fate) error {
	w := csv.NewWriter(out)
	w.Comma = l.comma
	header := slices.Clone(l.header)
	for _, name := range []string{"outcome", "reason", "id"} {
		if columnOf(l.header, name) >= 0 {
			name = "pressmark_" + name
		}
		header = append(header, name)
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for _, r := range l.rows {
		f := Fate{Outcome: "skipped", Reason: r.wrong}
		if r.address != "" {
			f = fate(r.address)
		}
		cells := slices.Clone(r.cells)
		for len(cells) < len(l.header) {
			cells = append(cells, "")
		}
		if err := w.Write(append(cells, f.Outcome, f.Reason, f.ID)); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
