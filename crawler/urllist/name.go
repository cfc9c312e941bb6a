package urllist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// ErrFile: the name of a file stands where an address is expected.
var ErrFile = errors.New("this is the name of a file, not an address")

// endings are the file name extensions of lists and saved pages that are not
// top-level domains.
var endings = []string{"txt", "csv", "tsv", "tab", "json", "jsonl", "ndjson", "xls", "xlsx", "ods", "yaml", "yml", "html", "htm", "xhtml", "xml", "rss",
	"warc", "gz", "bz2", "xz", "zst", "wacz", "pdf", "doc", "docx", "md", "log", "lst", "list", "urls", "dat", "tmp", "bak", "db", "sqlite", "parquet"}

// NameOfFile returns an ErrFile if an address that a person gave is the name of a
// file: one that is there, one that begins like a path, or one whose host ends like
// a file's name and in no top-level domain. exists reports whether there is a file of
// a name; nil: not asked.
func NameOfFile(address string, exists func(name string) bool) error {
	switch {
	case address == "":
		return nil
	case !strings.Contains(address, "://") && exists != nil && exists(address):
		return fmt.Errorf("%s: %w", address, ErrFile)
	case slices.ContainsFunc([]string{"/", "./", "../", "~/", `\`, `.\`, `..\`, "file:"}, func(p string) bool { return strings.HasPrefix(address, p) }), drive(address):
		return fmt.Errorf("%s: %w", address, ErrFile)
	}
	host := hostOf(address)
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 || !slices.Contains(endings, host[dot+1:]) {
		return nil
	}
	if _, icann := publicsuffix.PublicSuffix(host); icann {
		return nil
	}
	return fmt.Errorf("%s: %w: .%s is not a top-level domain", address, ErrFile, host[dot+1:])
}

// drive reports whether an address begins with a drive of Windows: "C:\".
func drive(address string) bool {
	if len(address) < 3 || address[1] != ':' {
		return false
	}
	return address[2] == '\\' || address[2] == '/' && !strings.HasPrefix(address[2:], "//")
}

// hostOf is the host of an address as a person writes it, with a scheme or without.
func hostOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	if i := strings.IndexAny(address, "/?#"); i >= 0 {
		address = address[:i]
	}
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		address = address[i+1:]
	}
	if i := strings.LastIndexByte(address, ':'); i >= 0 {
		address = address[:i]
	}
	return strings.ToLower(address)
}
