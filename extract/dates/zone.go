package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// zone reads what follows a time: Z, HKT, GMT+8, UTC+08:00, +0800, (CET), 北京时间.
func (p *parser) zone(i int, iso bool) (Zone, int, bool) {
	open := p.isRune(i, '(')
	if open {
		i++
	}
	if z, next, ok := p.zonePhrase(i); ok {
		return z, next, true
	}
	if p.isAnyRune(i, "+-") {
		off, next, ok := p.offset(i, iso)
		return Zone{Known: ok, Offset: off}, next, ok
	}
	if !p.namesZone(i) {
		return Zone{}, 0, false
	}
	t := p.tok(i)
	z := Zone{Known: true, Offset: p.zoneMinutes(t) * 60, Summer: t.w.summer}
	next := i + 1
	if t.w.val == 0 {
		if off, after, ok := p.offset(next, true); ok { // GMT+8
			z.Offset, next = off, after
		}
	}
	if open && p.isRune(next, ')') {
		next++
	}
	return z, next, true
}

// zonePhrase reads a zone that is named in words.
func (p *parser) zonePhrase(i int) (Zone, int, bool) {
	if t := p.tok(i); t.kind == kEnd || t.kind == kNum || p.s[t.start] < utf8Self {
		return Zone{}, 0, false
	}
	rest := p.rest(i)
	for _, z := range zonePhrases {
		if strings.HasPrefix(rest, z.words) {
			next := i + len(strings.Fields(z.words))
			if p.tok(i).kind == kRune { // a token a character
				next = i + utf8.RuneCountInString(z.words)
			}
			return Zone{Known: true, Offset: z.minutes * 60}, next, true
		}
	}
	return Zone{}, 0, false
}

// namesZone reports whether token i is a zone's abbreviation and not a word of
// a sentence ("art", "met", "est"): in capitals, and of one or two letters only
// where there is no other meaning.
func (p *parser) namesZone(i int) bool {
	t := p.tok(i)
	if t.kind != kWord || t.w.class != wZone {
		return false
	}
	switch s := p.text(i); len(s) {
	case 1:
		return s == "Z" && !t.space
	case 2:
		return s == "ET" || s == "PT" || s == "CT" || s == "MT"
	default:
		return upper(s) || strings.EqualFold(s, "phst") // PhST
	}
}

func upper(s string) bool {
	for _, r := range s {
		if unicode.ToLower(r) == r {
			return false
		}
	}
	return true
}

// zoneMinutes settles the abbreviations that mean another zone on pages of some languages.
func (p *parser) zoneMinutes(t *token) int {
	name := strings.ToLower(p.s[t.start:t.end])
	if minutes, ok := localZones[p.h.Lang][name]; ok {
		return minutes
	}
	return int(t.w.val)
}

// offset reads +0800, +08:00, -05:00, and after GMT or UTC also +8, in
// seconds. A range of hours ("10:00-11:30") is none: where the text is not
// ISO 8601, a minus must be followed by four digits.
func (p *parser) offset(i int, iso bool) (int, int, bool) {
	sign, n := p.tok(i), p.tok(i+1)
	if !p.isAnyRune(i, "+-") || n.kind != kNum || n.space {
		return 0, 0, false
	}
	hours, minutes, next := n.val, 0, i+2
	colon := p.isRune(next, ':') && p.isNum(next+1) && p.tok(next+1).digits == 2
	switch {
	case n.digits == 4:
		hours, minutes = n.val/100, n.val%100
	case n.digits > 2:
		return 0, 0, false
	case colon && (iso || sign.r == '+' || p.secondsBefore(i)):
		minutes = p.tok(next + 1).val
		next += 2
	case !iso:
		return 0, 0, false
	}
	if hours > 14 || minutes%15 != 0 || minutes > 45 {
		return 0, 0, false
	}
	off := hours*3600 + minutes*60
	if sign.r == '-' {
		off = -off
	}
	return off, next, true
}

// secondsBefore reports whether the time before token i shows seconds.
func (p *parser) secondsBefore(i int) bool {
	if p.isRune(i-2, '.') { // a fraction
		return true
	}
	return p.isNum(i-1) && p.isRune(i-2, ':') && p.isNum(i-3) && p.isRune(i-4, ':')
}
