package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// images are the images of an archive. Of each it holds 24 bytes in memory.
type images struct {
	keys   spool
	sorted []image
}

type image struct {
	hash [16]byte // of the key
	size int64    // bytes, times 2; plus 1 if an article names it
}

func (i *image) bytes() int64 { return i.size >> 1 }
func (i *image) named() bool  { return i.size&1 != 0 }
func (i *image) name()        { i.size |= 1 }

func hashOfKey(key string) [16]byte {
	sum := sha256.Sum256([]byte(key))
	return [16]byte(sum[:16])
}

// add takes an image of the list; sort has to follow the last one.
func (l *images) add(info Info) {
	l.keys.add([]byte(info.Key))
	l.sorted = append(l.sorted, image{hashOfKey(info.Key), info.Size << 1})
}

func (l *images) sort() {
	slices.SortFunc(l.sorted, func(a, b image) int { return bytes.Compare(a.hash[:], b.hash[:]) })
}

// find returns an image, nil if there is none.
func (l *images) find(key string) *image {
	at, found := slices.BinarySearchFunc(l.sorted, hashOfKey(key), func(a image, hash [16]byte) int { return bytes.Compare(a.hash[:], hash[:]) })
	if !found {
		return nil
	}
	return &l.sorted[at]
}

// checkImages reads the images that articles name, and reports images that no
// article names.
func (v *verifier) checkImages(ctx context.Context) error {
	var failed error
	named := func(yield func(string) bool) {
		for key, err := range v.images.keys.all() {
			if failed = err; err != nil {
				return
			}
			switch name := string(key); {
			case v.images.find(name).named():
				if v.report.Images++; v.opt.Deep && !yield(name) {
					return
				}
			case len(v.opt.Sites) == 0:
				v.found(Problem{Fault: Extra, Key: name, Detail: "no article names this image"})
			}
		}
	}
	for body, err := range v.read(ctx, named) {
		if err != nil {
			return err
		}
		if body.damage != nil {
			v.found(Problem{Fault: body.fault, Key: body.key, Detail: body.damage.Error()})
		} else if sum := digest(body.data); !body.missing && !strings.Contains(body.key, "/"+sum+".") {
			v.found(Problem{Fault: Altered, Key: body.key, Detail: "the image's SHA-256 is " + sum})
		}
	}
	if failed != nil {
		return fmt.Errorf("list of images: %w", failed)
	}
	return nil
}
