// Package dates reads the times that news pages print: it finds them in a line of text,
// and parses the values of attributes and structured data.
//
// [Find] is for the short lines of a page (a byline, a label, a box). It looks at a
// line's bytes first and returns at once if they cannot hold a time. [Parse] is for a
// string that should be one time: a datetime attribute, a meta tag, a JSON-LD value, an
// epoch number.
//
// A [Stamp] keeps exactly what was written: a missing year, a missing time of day and a
// missing zone stay missing. The caller completes them ([Stamp.WithYear], [Stamp.Time]),
// because only the caller knows the page.
//
// Formats come from ISO 8601, RFC 3339, RFC 1123, CLDR and from what news sites in some
// ninety languages print. Days of the Jalali, Hijri (Umm al-Qura), Bikram Sambat,
// Bengali, Ethiopian, Buddhist and Minguo calendars and of the Japanese eras are
// converted to Gregorian. The package has no clock: relative times such as "3 hours ago"
// count from [Hints.Now].
package dates
