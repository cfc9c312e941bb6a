package weburl

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day that an address names, or a month where Day is 0.
type Date struct{ Year, Month, Day int }

// Years that are taken for years; other numbers of four digits are counters.
const (
	firstYear = 1990
	lastYear  = 2049
)

// queryDate knows the dates in queries of publishing systems.
var queryDate = regexp.MustCompile(`[?&]yyyy=((?:199|20\d)\d)&mm=(\d\d?)(?:&dd=(\d\d?))?(?:&|$)`)

// DateIn returns the first day that an address names, else the first month; ok is
// false if it names neither. The forms, each at the begin of a run of digits:
//
//	/2012/01/17/  /2012-01/17/  /2012-1-7/  /2012/0117/  /201201/17/
//	/20120117/  t20120117_1.html  20120117093000  /17-01-2012/  /12/0117/
//	?yyyy=2012&mm=01&dd=17  and for months  sitemap-2012-01.xml  /201201/
//
// A year alone is not read, because it may as well be a counter. Of an archived copy
// (https://archive.example/20240101000000/http://…) the copied address counts.
func DateIn(address string) (d Date, ok bool) {
	path := strings.ToLower(afterHost(address))
	if m := queryDate.FindStringSubmatch(path); m != nil {
		return dateOf(m[1], m[2], m[3])
	}
	var month Date
	for i := 0; i < len(path); {
		if !isDigit(path[i]) {
			i++
			continue
		}
		end := digitsEnd(path, i)
		found, ok := dateAt(path, i, end)
		switch {
		case ok && found.Day > 0:
			return found, true
		case ok && month.Year == 0:
			month = found
		}
		i = end
	}
	return month, month.Year > 0
}

// afterHost returns path and query of an address, of the last one in it.
func afterHost(address string) string {
	if i := strings.LastIndex(address, "http"); i > 0 {
		address = address[i:]
	}
	if _, rest, found := strings.Cut(address, "://"); found {
		address = rest
	}
	slash := strings.IndexByte(address, '/')
	if slash < 0 {
		return ""
	}
	return address[slash:]
}

// dateAt reads the date that begins with the run of digits path[i:end].
func dateAt(path string, i, end int) (Date, bool) {
	run := path[i:end]
	switch len(run) {
	case 8, 12, 13, 14:
		return dateOf(run[:4], run[4:6], run[6:8])
	case 6:
		day, _ := partAt(path, end, "/-_", 2, 2)
		return dateOf(run[:4], run[4:], day)
	case 4:
		return afterYear(path, run, end)
	case 2:
		return shortRun(path, i, end)
	}
	return Date{}, false
}

// afterYear reads month and day behind a year. Without a zero before them they must
// be parted by "/", "-" or "_", for 2024.1.5 is a version.
func afterYear(path, year string, end int) (Date, bool) {
	if both, _ := partAt(path, end, "/-_.", 4, 4); both != "" {
		return dateOf(year, both[:2], both[2:])
	}
	if month, next := partAt(path, end, "/-_.", 2, 2); month != "" {
		day, _ := partAt(path, next, "/-_", 1, 2)
		if day == "" {
			day, _ = partAt(path, next, ".", 2, 2)
		}
		return dateOf(year, month, day)
	}
	if month, next := partAt(path, end, "/-_", 1, 1); month != "" {
		if day, _ := partAt(path, next, "/-_", 1, 2); day != "" {
			return dateOf(year, month, day)
		}
	}
	return Date{}, false
}

// shortRun reads 17-01-2012, and /12/0117/.
func shortRun(path string, i, end int) (Date, bool) {
	run := path[i:end]
	if month, next := partAt(path, end, "-_", 2, 2); month != "" {
		if year, _ := partAt(path, next, "/-_", 4, 4); year != "" {
			return dateOf(year, month, run)
		}
	}
	if i == 0 || path[i-1] != '/' {
		return Date{}, false
	}
	if both, next := partAt(path, end, "/", 4, 4); both != "" && strings.HasPrefix(path[next:], "/") {
		return dateOf("20"+run, both[:2], both[2:])
	}
	return Date{}, false
}

// partAt reads one of the separators at path[at] and the run of least to most digits
// behind it, "" if there is none.
func partAt(path string, at int, separators string, least, most int) (digits string, end int) {
	if at >= len(path) || strings.IndexByte(separators, path[at]) < 0 {
		return "", at
	}
	end = digitsEnd(path, at+1)
	if n := end - at - 1; n < least || n > most {
		return "", at
	}
	return path[at+1 : end], end
}

// dateOf makes a date of digits. A day that the month does not have is left out; a
// number that is no day at all makes the digits none.
func dateOf(y, m, d string) (Date, bool) {
	year, _ := strconv.Atoi(y)
	month, _ := strconv.Atoi(m)
	day, _ := strconv.Atoi("0" + d)
	if year < firstYear || year > lastYear || month < 1 || month > 12 || day > 31 {
		return Date{}, false
	}
	if day > 0 && time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		day = 0
	}
	return Date{year, month, day}, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func digitsEnd(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}
