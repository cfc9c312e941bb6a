// Package urllist reads lists of addresses as people keep them: a text file with one
// address a line, or a table (CSV, TSV) with a column of them, as spreadsheets and
// minet write it. [List.Write] gives the table back with what became of each
// address. It does no I/O of its own but through readers and writers.
package urllist
