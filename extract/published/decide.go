package published

import (
	"time"

	"pressmark/extract/dates"
)

// sameInstant reports whether both are the same minute, zones taken into account.
func (t *timeFinder) sameInstant(a, b dates.Stamp) bool {
	return a.Time(t.zone.loc).Truncate(time.Minute).Equal(b.Time(t.zone.loc).Truncate(time.Minute))
}

// sameDay reports whether both are of one day, in the zone of either.
func (t *timeFinder) sameDay(a, b dates.Stamp) bool {
	if a.SameDay(b) {
		return true
	}
	if a.Precision <= dates.Day || !a.Zone.Known || t.zone.unknown() {
		return false
	}
	return dates.From(a.Time(nil).In(t.zone.loc)).SameDay(b)
}

// orderClaims swaps day and month of ambiguous structured dates that name the
// printed day when read the other way round: <meta name="date"
// content="11/01/2023"> of a page that prints 01.11.2023.
func (t *timeFinder) orderClaims(v printed) {
	if !v.ok || v.Ambiguous {
		return
	}
	for _, list := range [][]timeClaim{t.claims, t.updates} {
		for i := range list {
			if swapped, ok := list[i].Swapped(); ok && list[i].Ambiguous && !list[i].SameDay(v.Stamp) && swapped.SameDay(v.Stamp) {
				list[i].Stamp = swapped
			}
		}
	}
}

// withElement adds to a printed time the seconds and the zone of its time element, if
// both show the same clock or the same moment.
func (t *timeFinder) withElement(v, e dates.Stamp) (dates.Stamp, bool) {
	switch {
	case e.Precision <= dates.Day:
		return v, false
	case t.sameInstant(v, e):
		return t.lend(v, e), true
	case e.SameMinute(v):
		return t.sameClock(v, e), true
	}
	return t.deduced(v, e)
}

// decide weighs the printed time v against structured data. It returns the
// publication time and where it came from, "" where there is none.
func (t *timeFinder) decide(v printed) (dates.Stamp, string) {
	switch {
	case !v.ok && len(t.claims) == 0:
		return dates.Stamp{}, ""
	case !v.ok:
		return t.claims[0].Stamp, t.claims[0].from
	case len(t.claims) == 0:
		return v.Stamp, "visible"
	}
	if v.Precision <= dates.Day {
		return t.dayShown(v)
	}
	return t.timeShown(v)
}

// dayShown decides where the page prints a day without a time.
func (t *timeFinder) dayShown(v printed) (dates.Stamp, string) {
	for _, c := range t.claims {
		if c.Precision > dates.Day && t.sameDay(c.Stamp, v.Stamp) {
			s := c.Stamp
			if !s.SameDay(v.Stamp) { // written in another zone than the page prints
				s = dates.From(s.Time(nil).In(t.zone.loc))
				s.Precision = c.Precision
			}
			return s, "visible day, time of " + c.from
		}
	}
	c := t.claims[0]
	if t.isUpdate(v) && c.trusted() {
		return c.Stamp, c.from
	}
	apart := c.Time(t.zone.loc).Sub(v.Time(t.zone.loc))
	near := apart > -36*time.Hour && apart < 48*time.Hour && (c.trusted() && c.Precision > dates.Day || t.zone.unknown())
	for _, x := range t.claims {
		if t.sameDay(x.Stamp, v.Stamp) && (t.p.CJK || !near) {
			return v.Stamp, "visible"
		}
	}
	if v.Relative || near && !t.p.CJK || v.score < t.needed(v) {
		return c.Stamp, c.from
	}
	return v.Stamp, "visible"
}

// needed is the score from which a printed time wins over structured data that names
// another day or hour. In East Asia structured data is often the time of a migration or
// of a cache. Elsewhere it is rarely wrong, and a printed time without a label more often
// belongs to something else.
func (t *timeFinder) needed(v printed) float64 {
	switch {
	case t.p.CJK, !t.claims[0].trusted():
		return strongScore
	case v.label:
		return strongScore + 1
	}
	return strongScore + 3
}

// trusted reports whether a claim is one that sites keep correct for search engines and
// social networks. Other claims may be left over from a template or a migration.
func (c *timeClaim) trusted() bool {
	switch c.from {
	case "json-ld datePublished", "meta article:published_time", "meta datepublished", "itemprop datePublished":
		return true
	}
	return false
}

// timeShown decides if the page prints a time of day. If structured data names the same
// minute, its seconds and zone are taken. If it names another one, the printed time wins,
// unless it is the time of a change.
func (t *timeFinder) timeShown(v printed) (dates.Stamp, string) {
	if s, from := t.agreed(v.Stamp); from != "" {
		return s, from
	}
	c := t.claims[0]
	if c.Precision > dates.Day && t.isUpdate(v) || v.score < t.needed(v) || v.Relative {
		return c.Stamp, c.from
	}
	if apart := c.Time(t.zone.loc).Sub(v.Time(t.zone.loc)).Abs(); c.Precision > dates.Day && apart < 3*time.Minute {
		return c.Stamp, c.from // the page rounds
	}
	return v.Stamp, "visible"
}

// agreed returns a printed time completed by a structured time with the same meaning. The
// same moment is the best match, then the same clock with a zone, then a moment that
// differs by a whole zone. A clock without a zone adds only its seconds.
func (t *timeFinder) agreed(v dates.Stamp) (s dates.Stamp, from string) {
	for _, same := range []func(c dates.Stamp) (dates.Stamp, bool){
		func(c dates.Stamp) (dates.Stamp, bool) { return t.lend(v, c), c.Zone.Known && t.sameInstant(c, v) },
		func(c dates.Stamp) (dates.Stamp, bool) { return t.sameClock(v, c), c.Zone.Known && c.SameMinute(v) },
		func(c dates.Stamp) (dates.Stamp, bool) { return t.deduced(v, c) },
		func(c dates.Stamp) (dates.Stamp, bool) { return t.sameClock(v, c), c.SameMinute(v) },
	} {
		for _, c := range t.claims {
			if c.Precision <= dates.Day {
				continue
			}
			if s, ok := same(c.Stamp); ok {
				return s, "visible, with " + c.from
			}
		}
	}
	return dates.Stamp{}, ""
}

// sameClock is a printed time with the seconds, and where the page's zone is not
// known for sure with the zone, of a structured time that shows the same clock.
func (t *timeFinder) sameClock(v, c dates.Stamp) dates.Stamp {
	if t.zone.sure || v.Zone.Known || !c.Zone.Known {
		return t.lend(v, dates.Stamp{Second: c.Second, Precision: c.Precision})
	}
	return c
}

// isUpdate reports whether a printed time is what structured data calls the time of a change.
func (t *timeFinder) isUpdate(v printed) bool {
	if v.label {
		return false
	}
	for _, c := range t.updates {
		switch {
		case v.Precision <= dates.Day && t.sameDay(c.Stamp, v.Stamp):
			return true
		case c.Precision > dates.Day && (t.sameInstant(c.Stamp, v.Stamp) || c.SameMinute(v.Stamp)):
			return true
		}
	}
	return false
}

// deduced returns the page's zone from a printed clock and a structured moment
// that differ by what zones differ: the printed clock then has the offset
// between the two. Only where the page's zone is not known for sure.
func (t *timeFinder) deduced(v, c dates.Stamp) (dates.Stamp, bool) {
	if t.zone.sure || v.Zone.Known || !c.Zone.Known || v.Precision <= dates.Day || c.Precision <= dates.Day {
		return v, false
	}
	apart := v.Time(time.UTC).Truncate(time.Minute).Sub(c.Time(nil).Truncate(time.Minute))
	if apart < -12*time.Hour || apart > 14*time.Hour || apart%(30*time.Minute) != 0 {
		return v, false
	}
	v.Zone = dates.Zone{Known: true, Offset: int(apart / time.Second)}
	if c.Precision == dates.Second {
		v.Second, v.Precision = c.Second, dates.Second
	}
	return v, true
}

// lend adds the seconds and the zone of a structured time to a printed minute.
func (t *timeFinder) lend(v, c dates.Stamp) dates.Stamp {
	if v.Precision < dates.Second && c.Precision == dates.Second {
		v.Second, v.Precision = c.Second, dates.Second
	}
	if !v.Zone.Known && c.Zone.Known {
		// The printed clock gives the local offset.
		v.Zone = dates.Zone{Known: true, Offset: t.offset(v)}
	}
	return v
}

// offset returns the page zone's offset at a time, in seconds.
func (t *timeFinder) offset(s dates.Stamp) int {
	_, off := s.Time(t.zone.loc).Zone()
	return off
}
