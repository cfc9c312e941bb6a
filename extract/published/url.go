package published

import (
	"strings"

	"pressmark/extract/dates"
	"pressmark/extract/text"
)

// urlDate reads the day that an address carries: /2012/01/17/, /2012-01/17/,
// /20120117/, /2012/0117/, /19/0907/, /2012/jan/17/. A day of 0 means that only
// year and month stand there; ok is false where there is neither.
func urlDate(address string) (day dates.Stamp, ok bool) {
	if i := strings.LastIndex(address, "http"); i > 0 { // an archived copy: …/web/20131110121040/http://…
		address = address[i:]
	}
	_, path, found := strings.Cut(address, "://")
	if !found {
		path = address
	}
	slash := strings.IndexByte(path, '/')
	if slash < 0 {
		return day, false
	}
	path = strings.ToLower(path[slash:])
	var partial dates.Stamp
	for i := 0; i < len(path); {
		if !text.IsDigit(path[i]) {
			i++
			continue
		}
		j := i
		for j < len(path) && text.IsDigit(path[j]) {
			j++
		}
		if s := dateAtRun(path, i, j); s.Month > 0 {
			s.Precision = dates.Day
			if s.Day > 0 && s.Valid() && s.Year >= 1990 {
				return s, true
			}
			if s.Day == 0 && partial.Year == 0 {
				partial = s
			}
		}
		i = j
	}
	return partial, partial.Year > 0
}

// dateAtRun reads a date that starts with the digits path[i:j].
func dateAtRun(path string, i, j int) (s dates.Stamp) {
	run := path[i:j]
	after := func(n int) (string, int) { // the next run of n digits after a separator
		k := j + 1
		if j >= len(path) || !strings.ContainsRune("/-_", rune(path[j])) {
			return "", j
		}
		e := k
		for e < len(path) && text.IsDigit(path[e]) {
			e++
		}
		if e-k != n {
			return "", j
		}
		return path[k:e], e
	}
	switch {
	case len(run) == 8 || len(run) >= 12 && len(run) <= 14:
		return calendar(run[:4], run[4:6], run[6:8])
	case len(run) == 6 && recentYear(run[:4]):
		if d, _ := after(2); d != "" {
			return calendar(run[:4], run[4:6], d)
		}
		return calendar(run[:4], run[4:6], "0")
	case len(run) == 4 && recentYear(run):
		if md, _ := after(4); md != "" {
			return calendar(run, md[:2], md[2:])
		}
		if m, e := after(2); m != "" {
			j = e
			if d, _ := after(2); d != "" {
				return calendar(run, m, d)
			}
			if d, _ := after(1); d != "" {
				return calendar(run, m, d)
			}
			return calendar(run, m, "0")
		}
		if m, e := after(1); m != "" {
			j = e
			if d, _ := after(2); d != "" {
				return calendar(run, m, d)
			}
			if d, _ := after(1); d != "" {
				return calendar(run, m, d)
			}
			return s
		}
		return monthName(path, run, j)
	case len(run) == 2 && j < len(path) && (path[j] == '-' || path[j] == '_'): // 29-10-2021
		if m, e := after(2); m != "" {
			j = e
			if y, _ := after(4); y != "" {
				return calendar(y, m, run)
			}
		}
	case len(run) == 2 && i > 0 && path[i-1] == '/' && j < len(path) && path[j] == '/':
		if md, e := after(4); md != "" && e < len(path) && path[e] == '/' {
			return calendar("20"+run, md[:2], md[2:])
		}
	}
	return s
}

func recentYear(y string) bool { return y >= "1990" && y <= "2099" }

func calendar(y, m, d string) (s dates.Stamp) {
	if !recentYear(y) {
		return s
	}
	s.Year, s.Month, s.Day = atoi(y), atoi(m), atoi(d)
	if s.Month < 1 || s.Month > 12 || s.Day > 31 {
		return dates.Stamp{}
	}
	return s
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// monthName reads "/jan/17" after a year.
func monthName(path, year string, j int) (s dates.Stamp) {
	parts := strings.SplitN(strings.TrimLeft(path[j:], "/-"), "/", 3)
	if len(parts) < 2 || len(parts[0]) < 3 || len(parts[0]) > 9 {
		return s
	}
	f := dates.Find(parts[1]+" "+parts[0]+" "+year, dates.Hints{})
	if len(f) != 1 {
		return s
	}
	return f[0].Stamp
}
