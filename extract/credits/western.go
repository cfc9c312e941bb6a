package credits

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWestern bounds a byline in an alphabet, in characters.
const maxWestern = 200

// parseWestern reads a byline in an alphabet: labels, each with its names.
//
//	By Jane Doe and John Roe          Text: Max Muster, Fotos: Eva Beispiel
//	(Reporting by Jane Doe in Lakeside; editing by John Roe)
func parseWestern(line string) (Credits, bool) {
	line = strings.Trim(line, " \u00a0")
	if strings.HasPrefix(line, "(") || strings.HasPrefix(line, "[") {
		line = strings.Trim(line, "()[] .")
	}
	if utf8.RuneCountInString(line) > maxWestern {
		return Credits{}, false
	}
	if beginsPlainly(line) {
		return korean(line)
	}
	parts := splitLabels(line)
	if _, _, ok := labelAtStart(parts[0]); !ok {
		return korean(line)
	}
	c := Credits{Share: 1}
	for _, part := range parts {
		label, value, ok := labelAtStart(part)
		if !ok {
			continue
		}
		c.Labels++
		if label.role == Source {
			if s := CleanSource(strings.TrimRight(value, " ,;|/")); s != "" && c.Source == "" {
				c.Source = s
			}
			continue
		}
		if label.role == Author {
			value = c.bracketRoles(value)
		}
		names := withoutRoles(westernNames(value))
		if label.role == Author {
			names, c.Agencies = withoutAgency(names, c.Agencies)
		}
		c.add(label.role, names)
	}
	return c, !c.Empty()
}

// beginsPlainly reports whether a line begins with a word, and no label. Then no part of it
// that begins there does, and most lines need no more than this look.
func beginsPlainly(line string) bool {
	if !unicode.IsLetter(firstRune(line)) || gluedBy(line) {
		return false
	}
	_, n := candidates(line)
	return n == 0
}

// bracketRoles takes the names out of an author's value whose role stands behind
// them in brackets: "Jane Doe (reporting) and John Roe (photography)".
func (c *Credits) bracketRoles(value string) string {
	open := strings.LastIndexByte(value, '(')
	if open <= 0 {
		return value
	}
	name, ok := strings.CutSuffix(value[open+1:], ")")
	label, known := westernLabels[strings.ToLower(name)]
	if !ok || !known || label.role != Photographer {
		return value
	}
	before := value[:open]
	at := max(strings.LastIndex(before, " and "), strings.LastIndex(before, ", "), strings.LastIndex(before, " und "), strings.LastIndex(before, " et "))
	if at < 0 {
		return value
	}
	c.add(Photographer, westernNames(strings.TrimLeft(before[at:], " ,")))
	return before[:at]
}

// splitLabels cuts a line before each label: at semicolons, before labels with a
// colon, and before those of two words or more ("photos by").
func splitLabels(line string) []string {
	var out []string
	start := 0
	cut := func(i int) {
		if s := strings.Trim(line[start:i], " \u00a0,;|/&–—-"); s != "" {
			out = append(out, s)
		}
		start = i
	}
	before := rune(' ')
	names := pastLabel(line, 0) // a label may hold another: "Text und Fotos:"
	for i, r := range line {
		switch {
		case r == ';':
			cut(i)
		case i > names && !letterOrDot(before) && unicode.IsLetter(r) && startsLabel(line[i:]):
			cut(i)
			names = pastLabel(line, i)
		}
		before = r
	}
	cut(len(line))
	if len(out) == 0 {
		return []string{line}
	}
	return out
}

// pastLabel is the offset behind the label that begins at offset i.
func pastLabel(line string, i int) int {
	if _, value, ok := labelAtStart(line[i:]); ok {
		return len(line) - len(value)
	}
	return i
}

// startsLabel reports whether a label with a colon, or of two words or more,
// begins a text in the middle of a line.
func startsLabel(s string) bool {
	list, n := candidates(s)
	for i := range list[:n] {
		if c := &list[i]; c.colon || c.words > 1 && !c.label.colon && c.spaced {
			return true
		}
	}
	return false
}

// labelAtStart finds the longest label at the start of a line, and its value.
func labelAtStart(line string) (label westernLabel, value string, ok bool) {
	line = strings.TrimLeft(line, " \u00a0•|-–—*/»(;,")
	if gluedBy(line) {
		return westernLabel{Author, false}, line[2:], true
	}
	list, n := candidates(line)
	for i := n - 1; i >= 0; i-- {
		c := &list[i]
		value := strings.TrimLeft(line[c.end:], colons+" \u00a0")
		parted := c.colon || !c.label.colon && c.spaced
		if value != "" && (parted || c.label.role == Author && fullNames(value)) {
			return c.label, value, true
		}
	}
	return westernLabel{}, "", false
}

// gluedBy reports "ByJane Doe".
func gluedBy(s string) bool {
	return len(s) > 3 && (s[:2] == "By" || s[:2] == "by") && s[2] >= 'A' && s[2] <= 'Z'
}

// colons stand behind labels: colons, a bar, and the signs of Armenian, Amharic and Khmer.
const colons = ":：|՝፡፦៖"

// candidate is a label at the start of a line.
type candidate struct {
	label  westernLabel
	end    int  // byte offset behind it
	words  int  // how many it has
	colon  bool // a colon or a bar follows
	spaced bool // white space follows
}

// maxLabelWords is the number of words of the longest label.
const maxLabelWords = 5

// maxLabel is more than the bytes of the longest label.
const maxLabel = 60

// candidates lists which of the first word, the first two words … of a line are
// labels, the first n of the list. It is asked for every line, so it allocates nothing.
func candidates(line string) (list [maxLabelWords]candidate, n int) {
	var buf [maxLabel + utf8.UTFMax]byte // in lower case
	low, words := buf[:0], 0
	for i, r := range line {
		if letterOrDot(r) || (r == '-' || r == '\'') && len(low) > 0 {
			if low = utf8.AppendRune(low, unicode.ToLower(r)); len(low) > maxLabel {
				break
			}
			continue
		}
		if len(low) == 0 || words == maxLabelWords {
			break
		}
		words++
		space := r == ' ' || r == 0xA0
		key := bytes.TrimRight(low, ".")
		if words == 1 && !labelStarts.HasBytes(key) {
			break
		}
		if label, known := westernLabels[string(key)]; known {
			rest := strings.TrimLeft(line[i:], " \u00a0")
			list[n] = candidate{label: label, end: i, words: words, colon: rest != "" && strings.ContainsRune(colons, firstRune(rest)), spaced: space}
			n++
		}
		if !space {
			break
		}
		low = append(low, ' ')
	}
	return list, n
}

// fullNames reports whether a text is nothing but names of two words or more:
// "Autoren Max Muster und Eva Beispiel" needs no colon.
func fullNames(s string) bool {
	if utf8.RuneCountInString(s) > 60 || !unicode.IsUpper(firstRune(s)) {
		return false
	}
	names := westernNames(s)
	for _, n := range names {
		if w := strings.Count(n, " "); w < 1 || w > 3 {
			return false
		}
	}
	return len(names) > 0
}

func letterOrDot(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r == '.'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// Label reports whether a line is nothing but a label that announces authors:
// "Written by", "Autor:". The names stand on the next line.
func Label(line string) bool {
	key := strings.ToLower(strings.Trim(line, " \u00a0:|•-–—"))
	label, ok := westernLabels[key]
	return ok && label.role == Author
}

// WesternTail reads the credits in brackets that end a report: "(Reporting by
// Jane Doe in Lakeside; editing by John Roe)". start is the byte offset of the
// bracket, -1 where there is none.
func WesternTail(text string) (c Credits, start int) {
	text = strings.TrimRight(text, " \u00a0.")
	if !strings.HasSuffix(text, ")") {
		return c, -1
	}
	start = strings.LastIndexByte(text, '(')
	if start < 0 || len(text)-start > maxLine {
		return c, -1
	}
	for _, part := range splitLabels(text[start+1 : len(text)-1]) {
		label, _, ok := labelAtStart(part)
		if !ok || label.role == None {
			return c, -1
		}
	}
	got, ok := parseWestern(text[start:])
	if !ok {
		return c, -1
	}
	return got, start
}
