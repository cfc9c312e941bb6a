// Package dates reads the times that news pages print: it finds them in a line
// of text and parses the values of attributes and structured data.
//
// [Find] is meant for the short lines of a page (a byline, a label, a box): it
// looks at a line's bytes first and returns at once where there is nothing to
// find. [Parse] is for a string that ought to be one time: a datetime
// attribute, a meta tag, a JSON-LD value, an epoch number.
//
// A [Stamp] keeps exactly what was written: a missing year, a missing time of
// day and a missing zone stay missing. Completing them is the caller's choice
// ([Stamp.WithYear], [Stamp.Time]), because only the caller knows the page.
//
// Formats come from ISO 8601, RFC 3339, RFC 1123, CLDR and from what news sites in
// some ninety languages print. Days of the Jalali, Hijri (Umm al-Qura), Bikram
// Sambat, Bengali, Ethiopian, Buddhist and Minguo calendars and of the eras of
// Japan are converted. The package has no clock: "3 hours ago" is
// reckoned from [Hints.Now].
package dates
