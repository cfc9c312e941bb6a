// Package dirstore keeps objects as files in a folder: the key is the path
// below the folder.
//
// A file appears under its name only when it is whole: it is written under
// .pressmark-tmp/ in the folder (a name that no key can have) and then renamed
// (Put, PutIf) or linked (Create; of many links to one name exactly one succeeds).
// The file system must support hard links; FAT does not.
//
// Symbolic links are followed within the folder only. A link to a place outside is
// neither read nor written; it is reported as damage (storage.CorruptError). To keep part
// of an archive on another disk, mount it.
//
// An object's tag consists of its file's inode, size and modification time. The time is
// set to the nanosecond if the file replaces another; on a file system that stores seconds,
// two objects of one size can have the same tag. PutIf over an object holds a lock on
// .pressmark-tmp/lock while it compares and renames. It is atomic among the PutIfs of all
// processes, but not with Put and Delete. If files cannot be locked, PutIf returns
// errors.ErrUnsupported.
//
// A killed process leaves its unfinished files in .pressmark-tmp/. They are
// never listed or read. The first write of a later Store removes those that
// have not been written to for an hour; no write takes that long, so the files
// of running processes are safe. The whole folder .pressmark-tmp/ may be
// removed when no process writes to the archive.
//
// Put and PutIf do not sync. Create syncs all earlier writes of the same Store and then
// its own object, in this order. So one Create at the end of a batch makes the batch
// safe against power failure, with one wait instead of one for each file. On Linux (5.8
// or later) and a local file system (ext4, XFS, Btrfs, tmpfs), one syncfs does all of
// it, unless other programs have written much.
package dirstore
