package coding

import "strings"

// Names returns the content codings that Content-Encoding fields name, in the order
// in which they were applied, lower case and without "x-". Other values that servers
// write there (a character set, "identity", "aws-chunked") do nothing to the body,
// and are left out as browsers leave them out.
func Names(fields []string) []string {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(strings.Join(fields, ",")), ",") {
		name = strings.TrimPrefix(strings.TrimSpace(name), "x-")
		if isCoding(name) {
			names = append(names, name)
		}
	}
	return names
}

// isCoding reports whether name is a content coding: one of IANA's registry, or one
// of three that are sent without being registered.
func isCoding(name string) bool {
	switch name {
	case "gzip", "deflate", "compress", "br", "zstd", "dcb", "dcz", "aes128gcm", "exi", "pack200-gzip",
		"bzip2", "lzma", "xz":
		return true
	}
	return false
}
