package configs

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a time span as configuration and flags write it: a number and a
// unit, or several from large to small ("1s", "10m", "1h30m", "7d"). Units are
// ms, s, m, h, d (24 hours) and w (7 days). It serves as a flag value.
type Duration time.Duration

// errDuration is wrapped by every error of [ParseDuration].
var errDuration = errors.New("not a duration such as 500ms, 2s, 10m, 6h or 7d")

// units from large to small, the order in which they must stand.
var units = [...]struct {
	name string
	size time.Duration
}{
	{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}, {"h", time.Hour},
	{"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond},
}

// ParseDuration reads a duration in the form that [Duration] describes. Unlike
// [time.ParseDuration] it knows days and weeks and refuses signs and numbers without a unit but 0.
func ParseDuration(text string) (time.Duration, error) {
	switch text {
	case "":
		return 0, errDuration
	case "0":
		return 0, nil
	}
	var total float64
	next := 0 // units before this index may not come any more
	for rest := text; rest != ""; {
		digits := strings.TrimLeft(rest, "0123456789.")
		number, err := strconv.ParseFloat(rest[:len(rest)-len(digits)], 64)
		if err != nil {
			return 0, fmt.Errorf("%q: %w", text, errDuration)
		}
		name := digits[:len(digits)-len(strings.TrimLeft(digits, "abcdefghijklmnopqrstuvwxyz"))]
		i := next
		for i < len(units) && units[i].name != name {
			i++
		}
		if i == len(units) {
			return 0, fmt.Errorf("%q: %w", text, errDuration)
		}
		total += number * float64(units[i].size)
		next, rest = i+1, digits[len(name):]
	}
	if total > math.MaxInt64/2 {
		return 0, fmt.Errorf("%q: %w (too long)", text, errDuration)
	}
	return time.Duration(math.Round(total)), nil
}

// FormatDuration writes d so that [ParseDuration] reads it back, in the largest
// units that are whole: "1h30m", "7d". Parts below a millisecond are cut.
func FormatDuration(d time.Duration) string {
	if d < time.Millisecond {
		return "0s"
	}
	var b strings.Builder
	for _, u := range units {
		if u.name == "w" { // schedules are read more easily in days
			continue
		}
		if n := d / u.size; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			d -= n * u.size
		}
	}
	return b.String()
}

// String returns the duration in the form of [FormatDuration]; "0" for none,
// which help texts leave out as a default.
func (d Duration) String() string {
	if d == 0 {
		return "0"
	}
	return FormatDuration(time.Duration(d))
}

// Set reads text; with [Duration.Type] and [Duration.String] it makes *Duration a flag value.
func (d *Duration) Set(text string) error {
	if text == "0" { // on a command line nothing else could be meant
		*d = 0
		return nil
	}
	v, err := ParseDuration(text)
	if err != nil {
		return err
	}
	*d = Duration(v)
	return nil
}

// Type names the flag's value in help texts.
func (d *Duration) Type() string { return "duration" }
