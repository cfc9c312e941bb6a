package configs

import (
	"errors"
)

// File is the content of a site's file, or the error of reading it.
type File struct {
	Name string // for messages
	Src  []byte
	Err  error // why it could not be read; nil: it was
}

// Keeper holds the sites of a folder whose files change while the program runs. If a file
// becomes invalid, its last valid site stays in force. It is not safe for concurrent use.
// The zero value has no sites.
type Keeper struct {
	byFile map[string]Site // what each file last said rightly
	sites  []Site
}

// Take replaces the files by the current ones and returns the sites in force by name. The
// error joins an [*Error] for every mistake; the returned sites are valid even then.
func (k *Keeper) Take(files []File) ([]Site, error) {
	next := map[string]Site{}
	var wrong []error
	for _, f := range files {
		var l loader
		l.file(f.Name, f.Src, f.Err)
		sites, err := l.finish()
		if err != nil {
			wrong = append(wrong, err)
			if old, ok := k.byFile[f.Name]; ok {
				next[f.Name] = old
			}
			continue
		}
		next[f.Name] = sites[0]
	}
	// Sites of files that are right each by itself may clash: then all stay as they were.
	var l loader
	for _, f := range files {
		if s, ok := next[f.Name]; ok {
			l.sites = append(l.sites, s)
		}
	}
	sites, err := l.finish()
	if err != nil {
		return k.sites, errors.Join(append(wrong, err)...)
	}
	k.byFile, k.sites = next, sites
	return sites, errors.Join(wrong...)
}
