package configs_test

import (
	"testing"
	"time"

	"pressmark/configs"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"1s": time.Second, "10m": 10 * time.Minute, "7d": 7 * 24 * time.Hour, "2w": 14 * 24 * time.Hour, "500ms": 500 * time.Millisecond,
		"1h30m": 90 * time.Minute, "1.5s": 1500 * time.Millisecond, "1d12h": 36 * time.Hour, "0s": 0, "0": 0,
	} {
		if got, err := configs.ParseDuration(text); err != nil || got != want {
			t.Errorf("ParseDuration(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "1", "s", "-1s", "+1s", "1 s", "1m1h", "1s1s", "1y", "1.2.3s", "1e3s", ".s", "99999999w", "1S", "１s", "1us"} {
		if got, err := configs.ParseDuration(text); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", text, got)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", time.Nanosecond: "0s", 1500 * time.Millisecond: "1s500ms", 90 * time.Minute: "1h30m", 30 * 24 * time.Hour: "30d", 25 * time.Hour: "1d1h",
	} {
		if got := configs.FormatDuration(d); got != want {
			t.Errorf("FormatDuration(%d) = %s, want %s", d, got, want)
		}
		if back, err := configs.ParseDuration(want); err != nil || back != d.Truncate(time.Millisecond) {
			t.Errorf("%s comes back as %v, %v", want, back, err)
		}
	}
}

func TestDurationIsAFlagValue(t *testing.T) {
	var d configs.Duration
	if d.String() != "0" {
		t.Errorf("the zero value is %s", d)
	}
	if err := d.Set("7d"); err != nil || d.String() != "7d" || d.Type() != "duration" {
		t.Errorf("got %s, %v", d, err)
	}
	if err := d.Set("soon"); err == nil || d.String() != "7d" {
		t.Errorf("a bad value is taken: %s, %v", d, err)
	}
}
