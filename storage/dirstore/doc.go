// Package dirstore keeps objects as files in a folder: the key is the path
// below the folder.
//
// A file appears under its name only when it is whole: it is written under
// .pressmark-tmp/ in the folder (a name that no key can have) and then renamed
// (Put, PutIf) or linked (Create; of many links to one name exactly one succeeds).
// The file system has to know hard links, as all usual ones but FAT do.
//
// Symbolic links are followed within the folder only. What a link names that leads out
// of it is neither read nor written: it is damage (storage.CorruptError). A part of an
// archive on another disk is mounted there.
//
// An object's tag is made from its file's inode, size and modification time, which
// is set to the nanosecond where the file takes another one's place; a file system
// that keeps seconds can take two objects of one size for the same. PutIf over an object
// locks .pressmark-tmp/lock while it looks and renames; it is one step among PutIfs, of all processes, but a Put or
// a Delete can come between. Where files cannot be locked it is not supported
// (errors.ErrUnsupported).
//
// A killed process leaves its unfinished files in .pressmark-tmp/. They are
// never listed or read. The first write of a later Store removes those that
// have not been written to for an hour; no write takes that long, so the files
// of running processes are safe. The whole folder .pressmark-tmp/ may be
// removed when no process writes to the archive.
//
// Put and PutIf leave it to the system when bytes reach the disk; Create brings all
// earlier writes of the same Store and then its own object there, in this order.
// So one Create at the end of a batch makes the batch safe against power
// failure, at the price of one wait, not of one for each file. On Linux (5.8 or
// later) and a local file system (ext4, XFS, Btrfs, tmpfs), all that waits for that
// file system is brought there by one call, unless other programs have written much.
package dirstore
