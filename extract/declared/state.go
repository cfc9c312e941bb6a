package declared

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pressmark/extract/text"
)

// Bounds of a reading of scripts: frameworks keep whole sites in them.
const (
	maxState      = 2 << 20 // bytes of scripts
	maxStateDepth = 4       // JSON in strings of JSON
	maxStateTexts = 4096
)

// State finds the paragraphs of an article in the state that a framework leaves in
// scripts for the browser to render: Next (__NEXT_DATA__ and self.__next_f), Apollo,
// Nuxt, Fusion and others. It knows no framework by name. It reads the strings of all
// scripts in order and groups those that are prose or markup of paragraphs by the key
// under which they stand. The longest group that follows the headline wins; if no string
// repeats the headline, the longest group of all. The result is nil if there is none.
func State(scripts []*html.Node, headline string) []string {
	r := stateReader{headline: text.Key(headline)}
	left := maxState
	var flight strings.Builder
	for _, n := range scripts {
		if n.FirstChild == nil {
			continue
		}
		s := n.FirstChild.Data
		if left -= len(s); left < 0 {
			break
		}
		if strings.Contains(s, "__next_f") {
			eachString(s, func(_, value string) { flight.WriteString(value) })
			continue
		}
		r.read(s, 0)
	}
	r.readFlight(flight.String())
	return r.best()
}

// stateRun is prose under one key, without another headline in between.
type stateRun struct {
	key   string
	texts []string
	mass  int32
	ours  bool // it follows the page's headline
}

type stateReader struct {
	headline string
	runs     []stateRun
	from     int // the first run since the last headline
	ours     bool
	texts    int
}

// read gathers the strings of a script.
func (r *stateReader) read(s string, depth int) {
	eachString(s, func(key, value string) { r.add(key, value, depth) })
}

func (r *stateReader) add(key, value string, depth int) {
	switch {
	case r.texts >= maxStateTexts:
	case depth < maxStateDepth && isState(value):
		r.read(value, depth+1)
	case key == "title" || key == "headline":
		r.ours = r.headline != "" && text.Key(stripTags(value)) == r.headline
		r.from = len(r.runs)
	case strings.Contains(value, "</p>"), isParagraph(value):
		r.texts++
		r.put(key, value)
	}
}

// put adds prose to the run of its key.
func (r *stateReader) put(key, value string) {
	mass := text.Mass(value)
	for i := r.from; i < len(r.runs); i++ {
		if run := &r.runs[i]; run.key == key {
			run.texts, run.mass = append(run.texts, value), run.mass+mass
			return
		}
	}
	r.runs = append(r.runs, stateRun{key: key, texts: []string{value}, mass: mass, ours: r.ours})
}

// readFlight reads the rows of React's stream: markup in T rows of a length in
// hexadecimal, JSON in all others.
func (r *stateReader) readFlight(s string) {
	for s != "" {
		_, rest, ok := strings.Cut(s, ":")
		if !ok {
			return
		}
		if size, markup, ok := strings.Cut(strings.TrimPrefix(rest, "T"), ","); ok && strings.HasPrefix(rest, "T") {
			if n, err := strconv.ParseUint(size, 16, 32); err == nil {
				row := markup[:min(int(n), len(markup))]
				r.add("T", row, maxStateDepth)
				s = strings.TrimLeft(markup[len(row):], "\n")
				continue
			}
		}
		row, after, _ := strings.Cut(rest, "\n")
		r.read(row, 1)
		s = after
	}
}

// best returns the paragraphs of the run that is most likely the article's.
func (r *stateReader) best() []string {
	var found *stateRun
	for i := range r.runs {
		run := &r.runs[i]
		if found == nil || run.ours && !found.ours || run.ours == found.ours && run.mass > found.mass {
			found = run
		}
	}
	if found == nil {
		return nil
	}
	var list []string
	for _, s := range found.texts {
		list = append(list, ParagraphsOf(s)...)
	}
	return list
}

// isState reports whether a string is JSON of its own.
func isState(s string) bool {
	return len(s) > 2 && (s[0] == '{' || s[0] == '[') && strings.Contains(s, `"`)
}

// leastParagraph is the mass of a string that can be a paragraph.
const leastParagraph = 45

// isParagraph reports whether a string reads like a sentence or more, and is no code.
func isParagraph(s string) bool {
	if len(s) < leastParagraph/3 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'”’»」』） )\n"))
	if !strings.ContainsRune(".!?。！？…؟।۔।", last) { // most strings of a script fail here
		return false
	}
	return text.Mass(s) >= leastParagraph && !strings.ContainsAny(s, "{}\\") && strings.ContainsAny(s, " 。，")
}

// eachString calls see for each string of JSON or of a script that is a value, with
// the key before it, which members of a list share. Strings are unescaped.
func eachString(s string, see func(key, value string)) {
	key := ""
	scanner := text.Scanner{S: s, JSON: true}
	for t, ok := scanner.Next(); ok; t, ok = scanner.Next() {
		switch {
		case t.Kind != '"':
		case t.Key:
			key = t.Value('\n')
		default:
			see(key, t.Value('\n'))
		}
	}
}
