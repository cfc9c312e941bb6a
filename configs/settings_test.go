package configs_test

import (
	"errors"
	"strings"
	"testing"

	"pressmark/configs"
)

var someFlags = configs.FlagsOf{
	"crawl":       {"to", "config", "delay", "fail-on", "limit"},
	"config show": {"json", "to"},
	"sites check": {"live", "to"},
	"log":         {"to", "since"},
}

func TestParseSettings(t *testing.T) {
	s, err := configs.ParseSettings("pressmark.yaml", []byte("# mine\nto: s3://bucket/news\nconfig: sites/\nlimit: 20\ncrawl:\n  to: ./other\n  fail-on: [failures, discovered<50%]\nsites:\n  check: {live: true}\nlog: {since: 2024-01-31}\n"), someFlags)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		command, flag, want string
		line                int
	}{
		{"log", "to", "s3://bucket/news", 2}, {"crawl", "to", "./other", 6}, {"crawl", "fail-on", "failures|discovered<50%", 7}, {"crawl", "limit", "20", 4},
		{"sites check", "live", "true", 9}, {"sites check", "to", "s3://bucket/news", 2}, {"crawl", "config", "sites/", 3}, {"log", "since", "2024-01-31", 10},
	} {
		v, ok := s.Of(tt.command, tt.flag)
		if got := strings.Join(v.Values, "|"); !ok || got != tt.want || v.Line != tt.line {
			t.Errorf("%s --%s: %q in line %d, want %q in line %d", tt.command, tt.flag, got, v.Line, tt.want, tt.line)
		}
	}
	if _, ok := s.Of("crawl", "delay"); ok {
		t.Error("a flag that the file does not have")
	}
	for _, empty := range []string{"", "# nothing\n", "---\n"} {
		if s, err := configs.ParseSettings("f", []byte(empty), someFlags); err != nil || s == nil {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

func TestParseSettingsMistakes(t *testing.T) {
	for src, want := range map[string]string{
		"too: x\n":                           "f:1:1: too: unknown key: did you mean to?",
		"to: x\nfail_on: never\n":            "f:2:1: fail_on: unknown key: did you mean fail-on?",
		"crawl:\n  since: 2024-01-01\n":      "f:2:3: crawl.since: unknown key",
		"crawl: ./archive\n":                 "f:1:8: crawl: is text, not keys and values",
		"to: {a: b}\n":                       "f:1:5: to: is a group of keys, not text",
		"to:\n":                              "f:1:5: to: has no value",
		"to: a\nto: b\n":                     "f:2:1: to: stands twice, first in line 1",
		"to: [a\n":                           "f:1:",
		"sites:\n  check:\n    life: true\n": "f:3:5: sites.check.life: unknown key: did you mean live?",
		"\xff\xfe":                           "f: is not a settings file",
	} {
		_, err := configs.ParseSettings("f", []byte(src), someFlags)
		var typed *configs.Error
		if err == nil || !errors.As(err, &typed) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
}

func TestVariable(t *testing.T) {
	for _, tt := range [][3]string{{"", "batch-age", "PRESSMARK_BATCH_AGE"}, {"crawl", "to", "PRESSMARK_CRAWL_TO"}, {"sites check", "live", "PRESSMARK_SITES_CHECK_LIVE"}} {
		if got := configs.Variable(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%v: %s", tt, got)
		}
	}
}
