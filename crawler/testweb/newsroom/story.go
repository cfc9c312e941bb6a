package newsroom

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
)

// Story is what a newsroom knows of one article before any page is made of it.
// Pages and truth are both rendered from it.
type Story struct {
	ID        string // unique on its site; part of the page's address
	Section   string // the section's slug
	Title     string
	Published time.Time         // in the site's zone
	Precision article.Precision // how much of Published the page shows
	Modified  time.Time         // zero where the page names no modification
	Source    string
	Authors   []string
	Editors   []string
	Photos    []string // photographers named in the credit lines
	Tags      []string
	Quirks    []string // deviations of this story's page, such as "meta-utf8"; each layout documents its own
	Body      []article.Block
	Pictures  []Picture
	Breaks    []int // indexes into Body at which the next page of a multi-page article begins

	slug    string    // of the first headline; it stays when the headline is edited
	changed time.Time // when the newsroom last touched it; zero: never since it was published
}

// Picture is one picture of a story. The block that places it carries its
// number, counted from 1, as [article.Block.Image].
type Picture struct {
	Name    string // seed of the drawing and base of the file name
	Format  string // "jpg", "png" or "webp"
	Width   int    // pixels
	Height  int    // pixels
	Caption string
	Credit  string // photographer or agency; "" where none
}

// Clone returns a copy that shares nothing with s.
func (s *Story) Clone() *Story {
	c := *s
	c.Authors, c.Editors, c.Photos = slices.Clone(s.Authors), slices.Clone(s.Editors), slices.Clone(s.Photos)
	c.Tags, c.Quirks, c.Breaks = slices.Clone(s.Tags), slices.Clone(s.Quirks), slices.Clone(s.Breaks)
	c.Pictures = slices.Clone(s.Pictures)
	c.Body = slices.Clone(s.Body)
	for i := range c.Body {
		c.Body[i].Items = slices.Clone(c.Body[i].Items)
		c.Body[i].Rows = slices.Clone(c.Body[i].Rows)
		for j := range c.Body[i].Rows {
			c.Body[i].Rows[j] = slices.Clone(c.Body[i].Rows[j])
		}
	}
	return &c
}

func (s *Story) has(quirk string) bool { return slices.Contains(s.Quirks, quirk) }

// parts returns the body cut at the page breaks; one part where there are none.
func (s *Story) parts() [][]article.Block {
	var parts [][]article.Block
	from := 0
	for _, at := range s.Breaks {
		parts = append(parts, s.Body[from:at])
		from = at
	}
	return append(parts, s.Body[from:])
}

// lastModified is the time for the Last-Modified header.
func (s *Story) lastModified() time.Time {
	last := s.Published
	for _, t := range []time.Time{s.Modified, s.changed} {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// summary is the first paragraph, cut to n characters.
func (s *Story) summary(n int) string {
	for _, b := range s.Body {
		if b.Type != article.Paragraph {
			continue
		}
		r := []rune(b.Text)
		if len(r) > n {
			return string(r[:n]) + "…"
		}
		return b.Text
	}
	return ""
}

// parseStories reads the stories of one file. A story begins with "=== id",
// then "field: value" lines up to an empty line, then the body in blocks that
// are separated by empty lines:
//
//	## heading (### and so on for lower levels)
//	> quote
//	- item (one a line; "1. item" for an ordered list)
//	| cell | cell | (one row a line)
//	[picture name.jpg 480x320] caption || credit
//	[page] (the next page of a multi-page article begins)
func parseStories(name, text string) ([]Story, error) {
	var stories []Story
	for i, chunk := range strings.Split("\n"+text, "\n=== ")[1:] {
		s, err := parseStory(chunk)
		if err != nil {
			return nil, fmt.Errorf("read story %d of %s: %w", i+1, name, err)
		}
		stories = append(stories, s)
	}
	if len(stories) == 0 {
		return nil, fmt.Errorf("read stories of %s: none found", name)
	}
	return stories, nil
}

func parseStory(chunk string) (Story, error) {
	head, body, ok := strings.Cut(chunk, "\n\n")
	if !ok {
		return Story{}, fmt.Errorf("no body")
	}
	id, head, _ := strings.Cut(head, "\n")
	s := Story{ID: strings.TrimSpace(id), Precision: article.Second}
	sc := bufio.NewScanner(strings.NewReader(head))
	for sc.Scan() {
		key, value, ok := strings.Cut(sc.Text(), ":")
		if !ok {
			return s, fmt.Errorf("%s: header line %q has no colon", s.ID, sc.Text())
		}
		if err := s.setField(key, strings.TrimSpace(value)); err != nil {
			return s, fmt.Errorf("%s: %w", s.ID, err)
		}
	}
	for block := range strings.SplitSeq(body, "\n\n") {
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		if err := s.addBlock(block); err != nil {
			return s, fmt.Errorf("%s: %w", s.ID, err)
		}
	}
	return s, nil
}

func (s *Story) setField(key, value string) (err error) {
	list := func() []string {
		var out []string
		for v := range strings.SplitSeq(value, ";") {
			out = append(out, strings.TrimSpace(v))
		}
		return out
	}
	switch key {
	case "section":
		s.Section = value
	case "title":
		s.Title = value
	case "time":
		s.Published, err = time.Parse(time.RFC3339, value)
	case "modified":
		s.Modified, err = time.Parse(time.RFC3339, value)
	case "precision":
		s.Precision = article.Precision(value)
	case "source":
		s.Source = value
	case "authors":
		s.Authors = list()
	case "editors":
		s.Editors = list()
	case "photos":
		s.Photos = list()
	case "tags":
		s.Tags = list()
	case "quirks":
		s.Quirks = list()
	default:
		err = fmt.Errorf("unknown field %q", key)
	}
	return err
}

func (s *Story) addBlock(text string) error {
	lines := strings.Split(text, "\n")
	switch {
	case text == "[page]":
		s.Breaks = append(s.Breaks, len(s.Body))
	case strings.HasPrefix(text, "[picture "):
		return s.addPicture(text)
	case strings.HasPrefix(text, "#"):
		mark, title, _ := strings.Cut(text, " ")
		s.Body = append(s.Body, article.Block{Type: article.Heading, Level: len(mark), Text: title})
	case strings.HasPrefix(text, "> "):
		s.Body = append(s.Body, article.Block{Type: article.Quote, Text: text[2:]})
	case strings.HasPrefix(text, "- "), strings.HasPrefix(text, "1. "):
		b := article.Block{Type: article.List, Ordered: text[0] == '1'}
		for _, l := range lines {
			_, item, _ := strings.Cut(l, " ")
			b.Items = append(b.Items, item)
		}
		s.Body = append(s.Body, b)
	case strings.HasPrefix(text, "| "):
		b := article.Block{Type: article.Table}
		for _, l := range lines {
			var row []string
			for c := range strings.SplitSeq(strings.Trim(l, "| "), "|") {
				row = append(row, strings.TrimSpace(c))
			}
			b.Rows = append(b.Rows, row)
		}
		s.Body = append(s.Body, b)
	default:
		s.Body = append(s.Body, article.Block{Type: article.Paragraph, Text: text})
	}
	return nil
}

func (s *Story) addPicture(text string) error {
	spec, rest, ok := strings.Cut(strings.TrimPrefix(text, "[picture "), "]")
	if !ok {
		return fmt.Errorf("picture %q has no closing bracket", text)
	}
	var p Picture
	file, size, _ := strings.Cut(spec, " ")
	p.Name, p.Format, _ = strings.Cut(file, ".")
	w, h, _ := strings.Cut(size, "x")
	var errW, errH error
	p.Width, errW = strconv.Atoi(w)
	p.Height, errH = strconv.Atoi(h)
	if isSize := errW == nil && errH == nil; !isSize || p.Format == "" {
		return fmt.Errorf("picture %q: want name.format WIDTHxHEIGHT", spec)
	}
	caption, credit, _ := strings.Cut(rest, "||")
	p.Caption, p.Credit = strings.TrimSpace(caption), strings.TrimSpace(credit)
	s.Pictures = append(s.Pictures, p)
	s.Body = append(s.Body, article.Block{Type: article.ImagePlace, Image: strconv.Itoa(len(s.Pictures))})
	return nil
}
