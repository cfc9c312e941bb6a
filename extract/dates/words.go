package dates

import "strings"

// class is what a word means in a time.
type class uint8

const (
	wOther   class = iota
	wMonth         // val: 1 to 13
	wWeekday       // "Friday"
	wGlue          // stands between a date and its time: "at", "um", "kl"
	wOrdinal       // after a day's number: "th", "er"
	wHalf          // val: a dayPart
	wClock         // val: the hour that it names: "noon", "midnight"
	wZone          // val: minutes east of UTC; summer set for "ET"
	wUnit          // unit of a relative time; val: seconds
	wAgo           // "ago" after the number
	wSince         // "vor", "hace" before the number
	wDay           // "yesterday"; val: days before today
	wCount         // a number as a word in Tibetan months; val
)

type word struct {
	val    int32
	class  class
	cal    calendar // of a month
	count  uint8    // wUnit: the number that is in the word ("ساعتين", "דקה"), 0 for none
	summer bool
	one    bool // stands for the number before a unit: "an hour ago"
	hour   bool // follows the number of an hour: "h", "Uhr", "giờ"
	ago    bool // wUnit: "ago" is in the word ("ชั่วโมงที่แล้ว", "मिनिटांपूर्वी")
	month  bool // follows the number of a month: "сарын"
	marker bool // stands before the number of a month: "tháng", "ཟླ"
	years  bool // stands for the year: "năm"
	era    bool // a Hijri date ends so: "هـ"
	more   bool // the first word of a compound
}

// lexicon is what the words of all languages mean. A word that several
// languages have means what the table below names first, but for words of
// languages that are listed as local: they count on pages of that language alone.
type lexicon struct {
	common map[string]word
	local  map[string]map[string]word
}

var vocabulary = buildVocabulary()

// entry is a row of the tables: words of a language that mean the same.
// Where lang is "", they count on every page. "_" stands for a space in a compound.
type entry struct {
	lang, words string
}

func buildVocabulary() *lexicon {
	l := &lexicon{make(map[string]word, 4000), make(map[string]map[string]word, 64)}
	for _, p := range dayParts {
		l.addAll(p.words, word{class: wHalf, val: int32(p.part)})
	}
	for _, c := range clockWords {
		l.addAll(c.words, word{class: wClock, val: int32(c.hour)})
	}
	l.addMonths()
	for name, minutes := range zones {
		l.add("", name, word{class: wZone, val: int32(minutes)})
	}
	for name, minutes := range summerZones {
		l.add("", name, word{class: wZone, val: int32(minutes), summer: true})
	}
	for days, list := range dayWords {
		l.addAll(list, word{class: wDay, val: int32(days)})
	}
	l.addAll(agoWords, word{class: wAgo})
	l.addAll(sinceWords, word{class: wSince})
	for _, u := range units {
		l.addAll(u.words, word{class: wUnit, val: int32(u.seconds), count: u.count, ago: u.ago})
	}
	l.addAll(weekdays, word{class: wWeekday})
	for i, w := range strings.Fields(tibetanNumbers) {
		l.add("", w, word{class: wCount, val: int32(i + 1)})
	}
	l.addAll(ordinals, word{class: wOrdinal})
	l.addAll(glue, word{class: wGlue})
	l.flag(hourMarks, func(w *word) { w.hour = true })
	l.flag(monthMarkers, func(w *word) { w.marker = true })
	l.flag(afterMonth, func(w *word) { w.month = true })
	l.flag(yearMarks, func(w *word) { w.years = true })
	l.flag([]entry{{"", "هـ هجري هجرية هجریه ہجری"}}, func(w *word) { w.era = true })
	l.flag(ones, func(w *word) { w.one = true })
	l.markCompounds()
	return l
}

// addMonths adds the names of the months. Names of a new meaning in a language
// (listopad is October in Croatian, November in Polish) and abbreviations of up
// to three letters in all but the most read languages are local.
func (l *lexicon) addMonths() {
	for _, m := range monthNames {
		for i, names := range strings.Fields(m.names) {
			if names == "-" {
				continue
			}
			w := word{class: wMonth, val: int32(i + 1), cal: m.cal}
			for _, name := range strings.Split(names, "/") {
				lang := ""
				if known, ok := l.common[fold(spaced(name))]; m.short && len([]rune(name)) <= 3 || ok && known != w {
					lang = m.lang
				}
				l.add(lang, name, w)
			}
		}
	}
}

func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }

func (l *lexicon) addAll(list []entry, w word) {
	for _, e := range list {
		for _, s := range strings.Fields(e.words) {
			for _, lang := range strings.Split(e.lang, ",") {
				l.add(lang, s, w)
			}
		}
	}
}

// add enters a word, unless it has a meaning already: the order in
// buildVocabulary is the order of trust.
func (l *lexicon) add(lang, s string, w word) {
	into := l.table(lang)
	key := fold(spaced(s))
	if _, known := into[key]; !known {
		into[key] = w
	}
}

func (l *lexicon) table(lang string) map[string]word {
	if lang == "" {
		return l.common
	}
	if l.local[lang] == nil {
		l.local[lang] = map[string]word{}
	}
	return l.local[lang]
}

// flag sets a further meaning of words, known or new.
func (l *lexicon) flag(list []entry, set func(*word)) {
	for _, e := range list {
		for _, s := range strings.Fields(e.words) {
			for _, lang := range strings.Split(e.lang, ",") {
				key, into := fold(spaced(s)), l.table(lang)
				w, known := into[key]
				if !known {
					w = l.common[key]
				}
				set(&w)
				if w.class == wOther {
					w.class = wGlue
				}
				into[key] = w
			}
		}
	}
}

// markCompounds marks the words with which compounds begin.
func (l *lexicon) markCompounds() {
	mark := func(from, into map[string]word) {
		for key := range from {
			if i := strings.IndexAny(key, " .'-\""); i > 0 {
				w, known := into[key[:i]]
				if !known {
					w = l.common[key[:i]]
				}
				w.more = true
				into[key[:i]] = w
			}
		}
	}
	mark(l.common, l.common)
	for _, words := range l.local {
		mark(words, words)
	}
	for _, words := range l.local { // a compound of all languages may begin with a local word
		for key, w := range words {
			if l.common[key].more {
				w.more = true
				words[key] = w
			}
		}
	}
}

// asciiWord returns what a word of ASCII letters means. Nearly all words of a
// text mean nothing, and their shape shows it: the vocabulary has words in only
// some of the shapes.
func asciiWord(s string, local map[string]word) word {
	if len(s) > maxShape {
		return word{}
	}
	var low [maxShape]byte
	for i := range len(s) {
		low[i] = s[i] | 0x20
	}
	if !shapes.has(shapeOf(s)) {
		return word{}
	}
	if w, ok := local[string(low[:len(s)])]; ok {
		return w
	}
	return vocabulary.common[string(low[:len(s)])]
}

// maxShape is the length of the longest ASCII word of the vocabulary.
const maxShape = 15

// shapeOf is made of a word's first, middle and last letter, in any case, and
// its length.
func shapeOf(s string) uint16 {
	n := len(s)
	return (uint16(s[0]&31)<<10 | uint16(s[n/2]&31)<<5 | uint16(s[n-1]&31)) ^ uint16(n)<<11
}

// shapeSet is a set of shapes.
type shapeSet [1 << 10]uint64

func (s *shapeSet) has(shape uint16) bool { return s[shape>>6]>>(shape&63)&1 != 0 }

// shapes are those of the vocabulary's words, the local ones of all languages included.
var shapes = shapesOf(vocabulary)

func shapesOf(v *lexicon) *shapeSet {
	set := new(shapeSet)
	add := func(words map[string]word) {
		for w := range words {
			if len(w) <= maxShape {
				set[shapeOf(w)>>6] |= 1 << (shapeOf(w) & 63)
			}
		}
	}
	add(v.common)
	for _, words := range v.local {
		add(words)
	}
	return set
}
