package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/text"
)

// Longest credits, in runes.
const (
	longCredit  = 140 // after a label or in an element of its own
	plainCredit = 70  // recognized by its form alone
)

// partCredit parts the text of a caption into what describes the picture and who
// made it. The credit stands at the end, in one of six forms:
//
//	Boats at the quay. (Ann Poe/Agency)      brackets
//	Boats at the quay. Photo: Ann Poe        a label
//	Boats at the quay © Ann Poe              a sign
//	Boats at the quay, courtesy of Ann Poe   a courtesy
//	港の浮標＝林一撮影、 Boats | Ann Poe/AP     a stroke, and the form of an agency
//	Boats at the quay. Ann Poe/AP            after the last sentence, and the form of an agency
//
// A text that is a credit as a whole has no caption.
func partCredit(text string) (caption, credit string) {
	text = strings.TrimSpace(text)
	for _, cut := range [...]func(string) (int, string){bracketCredit, labelCredit, signCredit, courtesyCredit, strokeCredit, lastCredit} {
		at, who := cut(text)
		if at < 0 {
			continue
		}
		if who = creditName(who); who != "" {
			return trimCaption(text[:at]), who
		}
	}
	return text, ""
}

// trimCaption takes off what stood between a caption and its credit.
func trimCaption(s string) string {
	return strings.TrimRight(s, " \u3000([（【〔|/／–—-•·*,;©＝=")
}

var creditBrackets = [...][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"［", "］"}, {"【", "】"}, {"〔", "〕"}}

// bracketCredit finds a credit in brackets at the end.
func bracketCredit(s string) (at int, who string) {
	t := strings.TrimRight(s, " .。")
	for _, b := range creditBrackets {
		body, ok := strings.CutSuffix(t, b[1])
		if !ok {
			continue
		}
		at = openerOf(body, b)
		if at < 0 {
			return -1, ""
		}
		inside := strings.TrimSpace(body[at+len(b[0]):])
		if creditInBrackets(inside, s[:at]) {
			return at, inside
		}
		return -1, ""
	}
	return -1, ""
}

// openerOf returns the offset of the bracket that the end of body closes.
func openerOf(body string, b [2]string) int {
	depth := 1
	for i := len(body); i > 0; {
		switch {
		case strings.HasSuffix(body[:i], b[1]):
			depth++
			i -= len(b[1])
		case strings.HasSuffix(body[:i], b[0]):
			i -= len(b[0])
			if depth--; depth == 0 {
				return i
			}
		default:
			_, n := utf8.DecodeLastRuneInString(body[:i])
			i -= n
		}
	}
	return -1
}

// creditInBrackets reports whether what stands in brackets behind a text is a
// credit. A party or a town behind a name is none.
func creditInBrackets(inside, outside string) bool {
	before := strings.TrimRight(outside, " \u3000")
	if inside == "" || utf8.RuneCountInString(inside) > longCredit {
		return false
	}
	if n := labelAt(inside); n > 0 {
		return nameLike(inside[n:], lenient)
	}
	if !nameLike(inside, strict) || asideWords[strings.ToLower(inside)] {
		return false
	}
	if !strings.ContainsAny(inside, " /") && strings.Contains(outside, inside) {
		return false // a place that the caption names as well
	}
	glued := strings.Contains(inside, " ") && unicode.IsLetter(lastRune(outside))
	return glued || before == "" || endsSentence(before) || strings.Contains(inside, "/") || knownAgency(inside)
}

// labelCredit finds a credit behind a label: "Photo: Ann Poe", "Fot. A. Nowak".
func labelCredit(s string) (at int, who string) {
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		if i > 0 && !mayStartLabel(s, i) {
			i += size
			continue
		}
		n := labelAt(s[i:])
		if n == 0 {
			i += size
			continue
		}
		rest := s[i+n:]
		if utf8.RuneCountInString(rest) <= longCredit && nameLike(rest, lenient) && labelStands(s, i, n) {
			return i, rest
		}
		i += n
	}
	return -1, ""
}

// labelStands reports whether a label of n bytes at i can stand there: a sign
// between label and name lets it stand anywhere, else a sentence must have ended.
func labelStands(s string, i, n int) bool {
	before := strings.TrimRight(s[:i], " \u3000")
	if before == "" || endsSentence(before) || strings.ContainsRune("([（【〔|/／–—-•·,，", lastRune(before)) {
		return true
	}
	label := s[i : i+n]
	return (strings.ContainsAny(label, ":：=＝") || strings.HasSuffix(label, " by ")) && !unicode.IsLower(firstRune(s[i:]))
}

// mayStartLabel reports whether a word begins at i.
func mayStartLabel(s string, i int) bool {
	r := firstRune(s[i:])
	before := lastRune(s[:i])
	if !unicode.IsLetter(r) {
		return false
	}
	if unicode.IsUpper(r) && unicode.IsLower(before) {
		return true // glued: "quay.Foto", "MontageFoto"
	}
	return text.IsWide(r) != text.IsWide(before) || !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// signCredit finds a credit behind a copyright sign.
func signCredit(s string) (at int, who string) {
	for _, sign := range [...]string{"©", "ⓒ", "(c) ", "(C) "} {
		if at = strings.LastIndex(s, sign); at < 0 {
			continue
		}
		rest := s[at+len(sign):]
		if utf8.RuneCountInString(rest) <= longCredit && nameLike(rest, lenient) {
			return at, rest
		}
	}
	return -1, ""
}

// courtesies introduce who lent a picture, lower case.
var courtesies = [...]string{"courtesy of ", "cortesía de ", "por cortesía de ", "por gentileza de ", "per gentile concessione di "}

// courtesyCredit finds a credit behind "courtesy of" after a sentence or a comma.
func courtesyCredit(s string) (at int, who string) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return -1, ""
	}
	for _, word := range courtesies {
		at = strings.LastIndex(lower, word)
		if at < 0 {
			continue
		}
		rest := s[at+len(word):]
		if utf8.RuneCountInString(rest) <= plainCredit && nameLike(rest, lenient) && labelStands(s, at, 0) {
			return at, rest
		}
	}
	return -1, ""
}

// strokeCredit finds a credit behind a stroke that parts it from the caption.
func strokeCredit(s string) (at int, who string) {
	for _, stroke := range [...]string{"＝", " | ", " – ", " — ", " / ", " • ", " - ", " // "} {
		i := strings.LastIndex(s, stroke)
		if i <= 0 {
			continue
		}
		rest := s[i+len(stroke):]
		if stroke == "＝" {
			if n := utf8.RuneCountInString(rest); n > 0 && n <= 24 && !strings.ContainsRune("。？！", lastRune(rest)) {
				return i, rest
			}
			continue
		}
		ends := stroke == " | " && endsSentence(s[:i])
		if nameLike(rest, strict) && (ends || agencyForm(rest)) {
			return i, rest
		}
	}
	return agencyStroke(s)
}

// agencyStroke finds an agency and a name with a stroke between, which need no
// sign before them: "Boats at the quay AP Photo/Ann Poe".
func agencyStroke(s string) (at int, who string) {
	lower := strings.ToLower(s)
	best := -1
	for _, a := range agencies {
		i := strings.LastIndex(lower, a)
		if i <= 0 || lower[i-1] != ' ' || len(lower) != len(s) {
			continue
		}
		rest := strings.TrimPrefix(s[i+len(a):], " ")
		if strings.HasPrefix(rest, "/") && nameLike(s[i:], strict) && (best < 0 || i < best) {
			best = i
		}
	}
	if best < 0 {
		return -1, ""
	}
	return best, s[best:]
}

// lastCredit finds a credit behind the last sentence.
func lastCredit(s string) (at int, who string) {
	for i := len(s); i > 0; {
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if i == 0 || s[i] != ' ' && !endsSentence(s[:i]) || !endsSentence(strings.TrimRight(s[:i], " ")) {
			continue
		}
		rest := strings.TrimSpace(s[i:])
		if rest == "" {
			continue
		}
		if utf8.RuneCountInString(rest) > plainCredit {
			return -1, ""
		}
		if nameLike(rest, strict) && agencyForm(rest) && !strings.HasSuffix(rest, ".") {
			return i, rest
		}
		if isHangul(firstRune(rest)) && strings.Count(rest, " ") < 3 && utf8.RuneCountInString(rest) <= 12 && !endsSentence(rest) {
			return i, rest
		}
		return -1, ""
	}
	return -1, ""
}

func isHangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// endsSentence reports whether a text ends with the sign of a finished sentence,
// closing quotation marks and brackets apart.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»›」』)）]")
	switch lastRune(s) {
	case '.', '!', '?', '…', '。', '！', '？', '．', '।', '۔', '؟', '։', '።', '။':
		return true
	}
	return false
}

// creditName is a credit without the words and signs that introduce it and the
// formulas that follow it.
func creditName(s string) string {
	s = strings.TrimSpace(s)
	if strings.EqualFold(s, "copyright") || labelWord(s) == len(s) {
		return "" // a label alone
	}
	for {
		before := s
		s = strings.TrimLeft(s, " \u3000©ⓒ:：=＝|,–—-•·")
		if n := labelAt(s); n > 0 && n < len(s) {
			s = s[n:]
		}
		for _, x := range [...]string{"(c) ", "(C) ", "Copyright ", "copyright ", "COPYRIGHT ", "Courtesy of ", "courtesy of ", "Courtesy: ", "by "} {
			s = strings.TrimPrefix(s, x)
		}
		s = outOfBrackets(strings.TrimSpace(s))
		if s == before {
			break
		}
	}
	if i := indexFold(s, "all rights reserved"); i > 0 {
		s = s[:i]
	}
	if i := indexFold(s, "copyright"); i > 0 {
		s = s[:i]
	}
	s = strings.TrimRight(s, " \u3000|/／–—-,;:：")
	for _, x := range [...]string{"撮影", "提供", "촬영", "제공"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, x))
	}
	if a, b, ok := strings.Cut(s, " | "); ok && a == b {
		s = a
	}
	if strings.HasSuffix(s, ".") && !initialEnds(s) {
		s = s[:len(s)-1]
	}
	return strings.Trim(s, " \u3000")
}

// initialEnds reports whether a text ends with a one-letter word or an abbreviation.
func initialEnds(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	return utf8.RuneCountInString(word) <= 3 || strings.Count(word, ".") > 1
}

// indexFold is strings.Index for an ASCII word in any case.
func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// outOfBrackets takes off brackets around the whole text, and one that has no partner.
func outOfBrackets(s string) string {
	for _, b := range creditBrackets {
		opens, closes := strings.Count(s, b[0]), strings.Count(s, b[1])
		switch {
		case strings.HasPrefix(s, b[0]) && strings.HasSuffix(s, b[1]) && opens == 1:
			s = s[len(b[0]) : len(s)-len(b[1])]
		case closes > opens && strings.HasSuffix(s, b[1]):
			s = strings.TrimSuffix(s, b[1])
		case opens > closes && strings.HasPrefix(s, b[0]):
			s = strings.TrimPrefix(s, b[0])
		}
	}
	return strings.TrimSpace(s)
}
