// Package urllist reads lists of addresses as people keep them: a text file with one
// address a line, or a table (CSV, TSV) with a column of them, as spreadsheets and
// minet write it. [List.Write] writes the table again, with the outcome of each address
// in further columns. All input and output goes through the caller's readers and writers.
package urllist
