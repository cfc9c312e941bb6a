package urllist

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"pressmark/extract/weburl"
)

// defaultColumn is the name of the column that holds the addresses.
const defaultColumn = "url"

// Options say how a list is read. The zero value finds out.
type Options struct {
	Name   string // of the file, for messages
	Column string // of a table, by its name; "": a column "url", if there is one
}

// List is a list of addresses. Make one with Read.
type List struct {
	header []string
	comma  rune
	column int
	rows   []row
}

// row is one line of a list.
type row struct {
	cells   []string
	address string // normalized; "" if there is none
	wrong   string // why not: reason code
}

// Read reads a list. It is a table if a column is named or if its first line has the
// column "url", with commas, semicolons or tabs between the cells; otherwise it has one
// address a line, and lines that are empty or begin with "#" are passed over. An
// address without a scheme is one of https. A row without a readable address is kept,
// for Write. UTF-8, and UTF-16 with a byte order mark, as Excel writes it.
//
// The error names the file, and the line where there is one: a table that cannot be
// read, a column that is not there, a list without any address.
func Read(in io.Reader, opt Options) (*List, error) {
	if opt.Name == "" {
		opt.Name = "the list"
	}
	text := bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(encoding.Nop.NewDecoder())), 64<<10)
	first, _ := text.Peek(32 << 10) // an error comes again
	line, _, _ := bytes.Cut(bytes.TrimLeft(first, "\r\n"), []byte("\n"))
	var l *List
	var err error
	if comma, ok := tableOf(string(line), opt.Column); ok {
		l, err = readTable(text, comma, opt)
	} else {
		l, err = readLines(text, opt)
	}
	if err == nil && len(l.Addresses()) == 0 {
		err = fmt.Errorf("%s has no address", opt.Name)
	}
	return l, err
}

// tableOf reports whether the first line is the head of a table, and what stands
// between its cells.
func tableOf(head, column string) (comma rune, table bool) {
	most := 0
	comma = ','
	for _, c := range ",;\t" {
		if n := strings.Count(head, string(c)); n > most {
			comma, most = c, n
		}
	}
	if column != "" {
		return comma, true
	}
	in := csv.NewReader(strings.NewReader(head))
	in.Comma, in.LazyQuotes = comma, true
	cells, err := in.Read()
	return comma, err == nil && columnOf(cells, defaultColumn) >= 0
}

func columnOf(header []string, name string) int {
	return slices.IndexFunc(header, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), strings.TrimSpace(name)) })
}

func readTable(text io.Reader, comma rune, opt Options) (*List, error) {
	in := csv.NewReader(text)
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, true, -1
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", opt.Name, err)
	}
	if opt.Column == "" {
		opt.Column = defaultColumn
	}
	l := &List{header: header, comma: comma, column: columnOf(header, opt.Column)}
	if l.column < 0 {
		return nil, fmt.Errorf("%s has no column %q; its columns: %s", opt.Name, opt.Column, strings.Join(header, ", "))
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return l, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", opt.Name, err)
		}
		cell := ""
		if l.column < len(cells) {
			cell = cells[l.column]
		}
		l.add(cells, cell)
	}
}

// longestLine bounds a line of a list of addresses.
const longestLine = 1 << 20

func readLines(text io.Reader, opt Options) (*List, error) {
	l := &List{header: []string{defaultColumn}, comma: ','}
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, longestLine)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		l.add([]string{line}, line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s, line %d: %w", opt.Name, n+1, err)
	}
	return l, nil
}

func (l *List) add(cells []string, address string) {
	r := row{cells: cells}
	address = strings.TrimSpace(address)
	switch {
	case address == "":
		r.wrong = reasonNoAddress
	default:
		if r.address = normal(address); r.address == "" {
			r.wrong = reasonBadAddress
		}
	}
	l.rows = append(l.rows, r)
}

// normal returns a URL in normal form, "" if the text is not a URL.
func normal(address string) string {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	url, err := weburl.Normalize(address)
	if err != nil || NameOfFile(address, nil) != nil {
		return ""
	}
	return url
}

// Addresses returns the addresses in normal form, in order, each once.
func (l *List) Addresses() []string {
	var out []string
	seen := map[string]bool{}
	for i := range l.rows {
		if url := l.rows[i].address; url != "" && !seen[url] {
			seen[url] = true
			out = append(out, url)
		}
	}
	return out
}

// Wrong is the number of rows without a readable address.
func (l *List) Wrong() (n int) {
	for i := range l.rows {
		if l.rows[i].address == "" {
			n++
		}
	}
	return n
}
