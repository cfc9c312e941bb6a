package configs

import (
	"errors"
)

// File is a site's file as it was read.
type File struct {
	Name string // for messages
	Src  []byte
	Err  error // why it could not be read; nil: it was
}

// Keeper holds the sites of a folder whose files change while the program runs. A file
// that has become wrong keeps its earlier site in force. It is for one goroutine; the
// zero value has no sites.
type Keeper struct {
	byFile map[string]Site // what each file last said rightly
	sites  []Site
}

// Take takes in the files as they are now, and returns the sites in force by name. The
// error has an [*Error] for every mistake; the sites are good all the same.
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
