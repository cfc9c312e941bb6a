package dates

import "time"

// calendar is the system that a written date is counted in.
type calendar uint8

const (
	gregorian calendar = iota
	jalali             // Iran and Afghanistan: 25 Ordibehesht 1403 is 14 May 2024
	hijri              // the Umm al-Qura calendar of Saudi Arabia: 6 Dhu al-Qa'da 1445
	bikram             // Nepal: 1 Jestha 2081
	bengali            // Bangladesh: 31 Boishakh 1431
	ethiopian          // 6 Genbot 2016
)

// reform describes one calendar: the years that can be those of a news page,
// the length of its months, and the day on which its first year here begins.
type reform struct {
	first, last int // years, both included
	days        func(year, month int) int
	epoch       time.Time // first day of the first year, as a Gregorian date
}

var reforms = map[calendar]reform{
	jalali:    {1349, 1478, jalaliDays, noon(1970, time.March, 21)},
	hijri:     {1400, 1499, hijriDays, noon(1979, time.November, 21)},
	bikram:    {bikramFirst, bikramFirst + len(bikramMonths) - 1, bikramDays, noon(1970, time.April, 14)},
	bengali:   {1377, 1506, bengaliDays, noon(1970, time.April, 14)},
	ethiopian: {1962, 2091, ethiopianDays, noon(1969, time.September, 11)},
}

func noon(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

// holds reports whether a year of the calendar can be that of a news page.
func (c calendar) holds(year int) bool {
	if c == gregorian {
		return year >= minYear && year <= maxYear
	}
	r := reforms[c]
	return year >= r.first && year <= r.last
}

// gregorian converts a day of the calendar. ok is false where there is no such day.
func (c calendar) gregorian(year, month, day int) (y, m, d int, ok bool) {
	if c == gregorian {
		return year, month, day, true
	}
	r := reforms[c]
	if !c.holds(year) || month < 1 || month > 13 || day < 1 || day > r.days(year, month) {
		return 0, 0, 0, false
	}
	passed := day - 1
	for y := r.first; y < year; y++ {
		for m := 1; m <= 13; m++ {
			passed += r.days(y, m)
		}
	}
	for m := 1; m < month; m++ {
		passed += r.days(year, m)
	}
	t := r.epoch.AddDate(0, 0, passed)
	return t.Year(), int(t.Month()), t.Day(), true
}

// jalaliDays follows the 33-year cycle, which agrees with the astronomical
// calendar from 1343 to 1472.
func jalaliDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month <= 11:
		return 30
	case month == 12 && (25*year+11)%33 < 8:
		return 30
	case month == 12:
		return 29
	}
	return 0
}

// bengaliDays follows the calendar of Bangladesh, which was revised in 1426.
func bengaliDays(year, month int) int {
	long := 5
	if year >= 1426 {
		long = 6
	}
	leap := daysIn(year+594, 2) == 29 // the February that this Falgun holds
	switch {
	case month > 12:
		return 0
	case month <= long:
		return 31
	case month == 11 && year >= 1426 && !leap:
		return 29
	case month == 11 && year < 1426 && leap:
		return 31
	}
	return 30
}

// ethiopianDays: twelve months of 30 days and Pagumen of five or six.
func ethiopianDays(year, month int) int {
	switch {
	case month <= 12:
		return 30
	case year%4 == 3:
		return 6
	}
	return 5
}

// hijriDays reads a bit a month: 1 for 30 days, 0 for 29.
func hijriDays(year, month int) int {
	if month > 12 {
		return 0
	}
	return 29 + int(hijriMonths[year-1400]>>(month-1)&1)
}

// hijriMonths are the month lengths of the years 1400 to 1499 in the Umm
// al-Qura calendar as ICU has them, Muharram in the lowest bit.
var hijriMonths = [...]uint16{
	0xaa5, 0xa4b, 0x497, 0x937, 0x2b6, 0x975, 0xd69, 0xd52, 0xc95, 0x92b, 0x25b, 0x4db, 0x9d5, 0x5d2, 0xda5, 0xd4a, 0xa95, 0x54d, 0xaad, 0x3aa,
	0xbd2, 0xbc4, 0xb89, 0xa95, 0x52d, 0x5ad, 0xb6a, 0x6d4, 0xdc9, 0xd92, 0xaa6, 0x956, 0x2ae, 0x56d, 0x36a, 0xb55, 0xaaa, 0x94d, 0x49d, 0x95d,
	0x2ba, 0x5b5, 0x5aa, 0xd55, 0xa9a, 0x92e, 0x26e, 0x55d, 0xada, 0x6d4, 0x6a5, 0xb27, 0xa4d, 0x4ad, 0x56d, 0xb5a, 0x754, 0xf49, 0xe92, 0xd26,
	0xa56, 0x356, 0x6b5, 0xbaa, 0xb92, 0xb25, 0x68b, 0xa9b, 0x55a, 0xada, 0x5b4, 0xda9, 0xb52, 0xa9a, 0x536, 0x276, 0x575, 0xaf2, 0x6d4, 0x6a9,
	0x555, 0x2ad, 0x4bd, 0x9ba, 0x574, 0xb69, 0xb52, 0xa95, 0x52d, 0xa5d, 0x4da, 0xad9, 0x6b2, 0xe95, 0xe2a, 0xc96, 0x92e, 0xaad, 0x56a, 0xd65,
}

const bikramFirst = 2027

func bikramDays(year, month int) int {
	if month > 12 {
		return 0
	}
	return 29 + int(bikramMonths[year-bikramFirst][month-1]-'0')
}

// bikramMonths are the month lengths of the years from bikramFirst on, a digit
// a month, 29 days less. They follow no rule: Nepal's calendar committee sets them.
var bikramMonths = [...]string{
	"132321110102", "223222101011", "223231101011", "232321110012", "132321110102", "223222101011", "223321101011", "232321110012", "132322011002", "223222101011",
	"223321101011", "232321110012", "222322011011", "223222101011", "223321101011", "232321110012", "222322011011", "223222101011", "232321101011", "232321110012",
	"222322101011", "223222101011", "232321110011", "232321110102", "222322101011", "223222101011", "232321110011", "232321110102", "223222101011", "223231101011",
	"232321110012", "132321110102", "223222101011", "223321101011", "232321110012", "132322010102", "223222101011", "223321101011", "232321110012", "222322011002",
	"223222101011", "223321101011", "232321110012", "222322011011", "223222101011", "232321101011", "232321110012", "222322101011", "223222101011", "232321110011",
	"232321110102", "222322101011", "223222101011", "232321110011", "232321110102", "223222101011", "223222101011", "232321110012", "132321110102", "223222101011",
	"223222110111", "123312110111", "132321110111",
}
