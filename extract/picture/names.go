package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/text"
)

// strictness is how much of a text must look like names.
type strictness bool

const (
	strict  strictness = true
	lenient strictness = false // a label or an element says already that it is a credit
)

// wordCounts are how many words of a text look like what.
type wordCounts struct {
	words    int // all
	small    int // in lower case, and not one that joins names
	big      int // with a capital, or an agency
	caseless int // of a script without capitals
}

// nameLike reports whether a text looks like names of persons and agencies: in
// scripts with capitals its words begin with one, but for those that join names;
// in others it is short.
func nameLike(s string, how strictness) bool {
	s = strings.Trim(s, " \u3000.()（）[]")
	if s == "" || strings.Contains(s, "http") {
		return false
	}
	n := countWords(s)
	runes := utf8.RuneCountInString(s)
	switch {
	case n.caseless > 0 && n.big+n.small == 0:
		return shortCaseless(s, runes, n.words, how)
	case how == strict:
		return n.allNames(s) && runes <= plainCredit && !sentenceInside(s) && !strings.ContainsAny(s, ":;?!")
	}
	return n.words <= 4 || n.small*5 <= n.words*2 && n.words <= 18
}

// allNames reports whether no word of s is an ordinary one, and some is a name.
func (n *wordCounts) allNames(s string) bool {
	return n.small == 0 && (n.big > 0 || strings.Contains(s, ".")) && n.words <= 10
}

func countWords(s string) (n wordCounts) {
	for w := range strings.FieldsFuncSeq(s, partsNames) {
		w = strings.TrimLeft(w, "(['’‘\"“„«@#.&+*–—-")
		if w == "" {
			continue
		}
		n.words++
		r := firstRune(w)
		switch {
		case joiningWords[strings.ToLower(w)] || strings.Contains(strings.TrimRight(w, "."), "."):
		case unicode.IsUpper(r), unicode.IsTitle(r), unicode.IsLower(r) && (knownAgency(w) || hasUpper(w)):
			n.big++
		case unicode.IsLower(r):
			n.small++
		case unicode.IsLetter(r):
			n.caseless++
		}
	}
	return n
}

// partsNames reports whether a character stands between two words or names.
func partsNames(r rune) bool { return strings.ContainsRune(" /|,\u3000／", r) }

// sentenceInside reports whether a sentence ends inside a text: a full stop behind
// a word that is no initial and no abbreviation.
func sentenceInside(s string) bool {
	for rest := s; ; {
		i := strings.Index(rest, ". ")
		if i < 0 {
			return false
		}
		word := rest[strings.LastIndexByte(rest[:i], ' ')+1 : i]
		if utf8.RuneCountInString(word) > 2 && !strings.Contains(word, ".") {
			return true
		}
		rest = rest[i+2:]
	}
}

// shortCaseless is nameLike for scripts without capitals.
func shortCaseless(s string, runes, words int, how strictness) bool {
	limit, most := 16, 4
	if how == lenient {
		limit, most = 30, 7
	}
	if text.IsWide(firstRune(s)) {
		return runes <= limit+words && !strings.ContainsAny(s, "。，、？！")
	}
	return words <= most && runes <= 3*limit && !strings.ContainsAny(s, "،؟।")
}

func hasUpper(s string) bool { return strings.IndexFunc(s, unicode.IsUpper) >= 0 }

// agencyForm reports whether a credit has the form of an agency's: name and
// agency with a slash, capitals alone, the address of a site, or a name that all
// papers print.
func agencyForm(s string) bool {
	if strings.Contains(s, "/") || strings.Contains(s, " via ") || knownAgency(s) {
		return true
	}
	letters, capitals := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	if letters >= 2 && letters == capitals && letters <= 20 {
		return true
	}
	dot := strings.LastIndexByte(s, '.')
	return dot > 0 && len(s)-dot <= 5 && len(s)-dot >= 3 && !strings.Contains(s[dot:], " ")
}

// knownAgency reports whether a text names one of the agencies and stocks that
// papers all over the world print.
func knownAgency(s string) bool {
	lower := strings.ToLower(s)
	for _, a := range agencies {
		i := strings.Index(lower, a)
		if i < 0 {
			continue
		}
		end := i + len(a)
		if (i == 0 || !wordByte(lower[i-1])) && (end == len(lower) || !wordByte(lower[end])) {
			return true
		}
	}
	return false
}

var agencies = [...]string{
	"getty images", "gettyimages", "getty", "reuters", "ap", "ap photo", "afp", "dpa", "epa", "efe", "ansa", "apa", "ntb", "tt", "pap", "ctk", "čtk",
	"mti", "tass", "itar-tass", "ria novosti",
	"xinhua", "kyodo", "jiji", "yonhap", "pti", "ani", "imago", "picture alliance", "shutterstock", "istock", "unsplash", "pexels", "pixabay",
	"alamy", "associated press", "ritzau scanpix", "scanpix",
	"keystone", "belga", "anp", "lusa", "agerpres", "tanjug", "hina", "zuma press", "bloomberg", "handout", "wikimedia commons", "flickr",
	"adobe stock", "depositphotos", "europa press", "press association",
}

// joiningWords stand between names, in lower case.
var joiningWords = wordSet("a à al and at aux av avec b c con d da das de degli dei del della den der des di die do dos du e ed el en et for från fra from für i in la le les of och og on os " +
	"par per por the til to u und van via vom von vor with y z za zu & i/o courtesy bin ibn ould ter ten 's the")

// asideWords stand in brackets behind a sentence and are no credit.
var asideWords = wordSet("archiv archivbild archivfoto symbolbild symbolfoto left right centre center l r m top bottom file archive montage collage links rechts mitte oben unten")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
