package main

import "testing"

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"512MiB": 512 << 20, "2GiB": 2 << 30, "1.5g": 3 << 29, "64 MiB": 64 << 20, "1000": 1000, "1KB": 1000, "0": 0} {
		var s size
		if err := s.Set(text); err != nil || int64(s) != want {
			t.Errorf("%s: %d, %v, want %d", text, s, err, want)
		}
	}
	for _, text := range []string{"", "much", "-1", "5 apples", "MiB", "1e400", "NaN", "9999999TiB", "5 ib"} {
		var s size
		if err := s.Set(text); err == nil {
			t.Errorf("%q is %d", text, s)
		}
	}
}
