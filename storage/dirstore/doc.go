// Package dirstore keeps objects as files in a folder: the key is the path
// below the folder.
//
// A file appears under its name only when it is whole: it is written under
// .pressmark-tmp/ in the folder (a name that no key can have) and then renamed
// (Put) or linked (Create; of many links to one name exactly one succeeds).
// The file system has to know hard links, as all usual ones but FAT do.
//
// A killed process leaves its unfinished files in .pressmark-tmp/. They are
// never listed or read. The first write of a later Store removes those that
// have not been written to for an hour; no write takes that long, so the files
// of running processes are safe. The whole folder .pressmark-tmp/ may be
// removed when no process writes to the archive.
//
// Put leaves it to the system when bytes reach the disk; Create brings all
// earlier Puts of the same Store and then its own object there, in this order.
// So one Create at the end of a batch makes the batch safe against power
// failure, at the price of one wait, not of one for each file.
package dirstore
