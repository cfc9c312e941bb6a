package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// cleanTable is a table whose cells are safe to print.
type cleanTable struct{ table.Writer }

// AppendRow implements table.Writer.
func (t cleanTable) AppendRow(row table.Row, config ...table.RowConfig) {
	for i, cell := range row {
		switch cell.(type) {
		case int, int64, time.Duration:
		default:
			row[i] = clean(fmt.Sprint(cell))
		}
	}
	t.Writer.AppendRow(row, config...)
}

func newTable(w io.Writer) table.Writer {
	t := cleanTable{table.NewWriter()}
	t.SetOutputMirror(w)
	style := table.StyleLight
	style.Options.DrawBorder = false
	style.Options.SeparateColumns = false
	style.Format.Header = text.FormatDefault
	style.Format.Footer = text.FormatDefault
	t.SetStyle(style)
	return t
}

func rightAligned(from, to int) []table.ColumnConfig {
	var out []table.ColumnConfig
	for n := from; n <= to; n++ {
		out = append(out, table.ColumnConfig{Number: n, Align: text.AlignRight, AlignHeader: text.AlignRight, AlignFooter: text.AlignRight})
	}
	return out
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// indent makes canonical JSON readable.
func indent(data []byte) []byte {
	var out strings.Builder
	var v json.RawMessage = data
	if err := writeJSON(&out, v); err != nil {
		return data
	}
	return []byte(out.String())
}
