package visit

import (
	"context"
	"fmt"
	"hash/maphash"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/article"
	"pressmark/storage/ledger"
)

// stories finds the article that a page without a canonical address repeats:
// on a mirror or the host for mobile devices, as a print version, with
// parameters that change nothing.
type stories struct {
	printed map[uint64]known // by title and publication time
	placed  map[uint64]known // by title and path: the same page of another host or scheme, or with a slash at its end
}

// known is an article that the archive has, or that this run is about to store.
type known struct {
	url  string
	text uint64 // hash of its text; 0: to be read from the archive
}

// fewWords is the length of a text, in bytes, below which two equal ones may
// well be of two stories.
const fewWords = 200

// sameStory returns the address of the article that a new one repeats, "" if it
// repeats none, and remembers the new one.
func (d *identity) sameStory(ctx context.Context, a *article.Article) (string, error) {
	if a.Title == "" {
		return "", nil
	}
	text, length := d.text(a)
	printed, placed := d.storyKeys(a.URL, a.Title, a.Published)
	mine := known{a.URL, text}
	d.mu.Lock()
	s := d.knownStories()
	twin, isTwin := s.placed[placed]
	other, isOther := s.printed[printed]
	if !isTwin {
		s.placed[placed] = mine
	}
	if !isOther {
		s.printed[printed] = mine
	}
	d.mu.Unlock()
	if isTwin && twin.url != a.URL {
		d.storyIs(twin, printed, placed, a.URL)
		return twin.url, nil
	}
	if another := isOther && other.url != a.URL; !another || length < fewWords {
		return "", nil
	}
	if other.text == 0 {
		old, err := d.archive.Article(ctx, article.ID(other.url))
		if err != nil {
			return "", fmt.Errorf("read the article of %s: %w", other.url, err)
		}
		other.text, _ = d.text(old)
	}
	if other.text == mine.text {
		d.storyIs(other, printed, placed, a.URL)
		return other.url, nil
	}
	return "", nil
}

// storyIs makes the article that a page duplicates the holder of its text, so that
// no later page counts as a duplicate of the page.
func (d *identity) storyIs(of known, printed, placed uint64, page string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range []struct {
		of  map[uint64]known
		key uint64
	}{{d.stories.printed, printed}, {d.stories.placed, placed}} {
		if m.of[m.key].url == page {
			m.of[m.key] = of
		}
	}
}

// knownStories are those of the archive; d.mu is held.
func (d *identity) knownStories() *stories {
	if d.stories != nil {
		return d.stories
	}
	d.stories = &stories{map[uint64]known{}, map[uint64]known{}}
	d.archive.Records(func(rec ledger.Record) bool {
		isArticle := rec.Kind == ledger.KindPage && stored(rec) && rec.Alias == ""
		if isArticle && rec.Title != "" {
			printed, placed := d.storyKeys(rec.URL, rec.Title, &rec.Published)
			d.stories.printed[printed], d.stories.placed[placed] = known{url: rec.URL}, known{url: rec.URL}
		}
		return true
	})
	return d.stories
}

func (d *identity) storyKeys(address, title string, published *string) (printed, placed uint64) {
	title = strings.Join(strings.Fields(title), " ")
	at := ""
	if published != nil {
		at = *published
	}
	place := address
	if u, err := url.Parse(address); err == nil {
		place = strings.TrimSuffix(u.RequestURI(), "/")
	}
	return maphash.String(d.seed, title+"\x00"+at), maphash.String(d.seed, title+"\x00"+place)
}

// storyText is the text of an article without its pictures, which a print
// version lacks and a mirror has under other addresses.
type storyText struct {
	hash   maphash.Hash
	length int  // bytes
	gap    bool // white space has come since the last word
}

// text returns the hash and the length of an article's text, with each run of white
// space as one space. It does not join the text first: that took a thirtieth of all
// work on a page.
func (d *identity) text(a *article.Article) (hash uint64, length int) {
	var t storyText
	t.hash.SetSeed(d.seed)
	for i := range a.Body {
		x := &a.Body[i]
		t.add(x.Text)
		t.addList(x.Items)
		for _, row := range x.Rows {
			t.addList(row)
		}
	}
	return t.hash.Sum64(), t.length
}

func (t *storyText) addList(list []string) {
	for i, s := range list {
		t.gap = t.gap || i > 0
		t.add(s)
	}
}

// add continues the text with s. If neither side has white space, the last word
// continues.
func (t *storyText) add(s string) {
	for s != "" {
		rest := strings.TrimLeftFunc(s, unicode.IsSpace)
		t.gap = t.gap || len(rest) < len(s)
		end := tidyPrefix(rest)
		if end > 0 {
			if t.gap && t.length > 0 {
				t.hash.WriteByte(' ')
				t.length++
			}
			t.hash.WriteString(rest[:end])
			t.length += end
			t.gap = false
		}
		s = rest[end:]
	}
}

// tidyPrefix is the length of the words at the beginning of s that are parted by
// one space each: mostly all of a paragraph.
func tidyPrefix(s string) (end int) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ':
			if end < i {
				return end // the second space
			}
			i++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) {
				return end
			}
			i += size
			end = i
		case c >= '\t' && c <= '\r':
			return end
		default:
			i++
			end = i
		}
	}
	return end
}
