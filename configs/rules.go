package configs

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// dated is a set of rules with where it stands, for messages about pairs.
type dated struct {
	rules Rules
	at    value
}

// ruleSets reads all versions of a site's rules and returns them newest first.
// Days are days in zone; nil means UTC.
func (d *decoder) ruleSets(v value, site string, zone *time.Location) []Rules {
	if zone == nil {
		zone = time.UTC
	}
	var sets []dated
	d.list(v, func(v value) {
		set := dated{d.rules(v, zone), v}
		set.rules.Name = site
		if !set.rules.From.IsZero() {
			set.rules.Name += "@" + set.rules.From.Format(time.DateOnly)
		}
		sets = append(sets, set)
	})
	slices.SortStableFunc(sets, func(a, b dated) int { return b.rules.From.Compare(a.rules.From) })
	d.overlaps(sets)
	list := make([]Rules, len(sets))
	for i, set := range sets {
		list[i] = set.rules
	}
	return list
}

// overlaps reports versions, newest first, that hold on the same day: which
// one counts would be a guess.
func (d *decoder) overlaps(sets []dated) {
	for i := 1; i < len(sets); i++ {
		newer, older := sets[i-1], sets[i]
		if !older.rules.Until.IsZero() && !older.rules.Until.After(newer.rules.From) {
			continue
		}
		line, _ := position(newer.at.node)
		fix := "give each version its own from:"
		if !newer.rules.From.Equal(older.rules.From) {
			fix = "write until: " + newer.rules.From.Format(time.DateOnly) + " here, the first day of the newer ones"
		}
		d.fail(older.at, fmt.Sprintf("hold on the same days as the rules in line %d", line), fix)
	}
}

func (d *decoder) rules(v value, zone *time.Location) Rules {
	var r Rules
	seen := d.mapping(v, append([]field{
		{"from", func(v value) { r.From = d.date(v, zone) }},
		{"until", func(v value) { r.Until = d.date(v, zone) }},
	}, d.selectorFields(&r)...))
	bothGiven := !r.From.IsZero() && !r.Until.IsZero()
	if bothGiven && !r.From.Before(r.Until) {
		d.fail(seen["until"], fmt.Sprintf("%s is not after from: %s", r.Until.Format(time.DateOnly), r.From.Format(time.DateOnly)),
			"until is the first day on which the rules no longer hold")
	}
	_, from := seen["from"]
	_, until := seen["until"]
	if seen != nil && len(seen) == btoi(from)+btoi(until) {
		d.fail(v, "the rules say nothing", "write at least one of title, published, body, …, or take the entry out")
	}
	return r
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// date reads a day, 2022-10-01.
func (d *decoder) date(v value, zone *time.Location) time.Time {
	if kind(v.node) == "a number" {
		d.fail(v, v.node.GetToken().Value+" is not a date", "write year-month-day, such as 2022-10-01")
		return time.Time{}
	}
	s, ok := d.text(v)
	if !ok {
		return time.Time{}
	}
	day, err := time.ParseInLocation(time.DateOnly, s, zone)
	if ofTheWeb := 1990 <= day.Year() && day.Year() <= 2100; err != nil || !ofTheWeb {
		d.fail(v, fmt.Sprintf("%q is not a date", s), "write year-month-day from 1990 on, such as 2022-10-01")
		return time.Time{}
	}
	return day
}

// selector reads "css" or, where a value and not an element is wanted, "css@attr".
func (d *decoder) selector(v value, value bool) *Selector {
	text, ok := d.text(v)
	if !ok {
		return nil
	}
	s, err := NewSelector(text)
	if err != nil {
		d.fail(v, fmt.Sprintf("%q is not a CSS selector: %s", text, selectorReason(err)),
			"correct it; quote attribute values inside it: [property=\"og:title\"]")
		return nil
	}
	if s.Attr != "" && !value {
		d.fail(v, fmt.Sprintf("%q reads an attribute", text), fmt.Sprintf("a whole element is wanted here: take @%s out", s.Attr))
		return nil
	}
	s.Line, _ = position(v.node)
	return s
}

// ErrSelector is wrapped by the errors of [NewSelector].
var ErrSelector = errors.New("not a CSS selector")

func selectorReason(err error) string {
	return strings.TrimPrefix(err.Error(), ErrSelector.Error()+": ")
}

// attribute finds "@attr" at the end of a selector. An @ inside brackets or
// quotes is followed by them and so never matches.
var attribute = regexp.MustCompile(`^(.*?)\s*@([A-Za-z_][A-Za-z0-9_.:-]*)$`)

// NewSelector compiles a selector as it is written in YAML: CSS, a group with
// commas included, and "@attr" at the end to read an attribute instead of the text.
func NewSelector(text string) (*Selector, error) {
	s := &Selector{Text: strings.TrimSpace(text)}
	if m := attribute.FindStringSubmatch(s.Text); m != nil {
		s.Text, s.Attr = m[1], strings.ToLower(m[2])
	}
	if s.Text == "" {
		return nil, fmt.Errorf("%w: empty", ErrSelector)
	}
	var err error
	if s.Match, err = newMatcher(s.Text); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSelector, err)
	}
	return s, nil
}

// compareNames orders sites.
func compareNames(a, b Site) int { return cmp.Compare(a.Name, b.Name) }
