package proxy_test

import (
	"net/url"
	"strings"
	"testing"

	"pressmark/crawler/proxy"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{ // shown, or the start of the error
		"":                                      "none",
		"none":                                  "none",
		"environment":                           "environment",
		"http://proxy.example":                  "http://proxy.example:80",
		"https://proxy.example":                 "https://proxy.example:443",
		"socks5://10.0.0.1":                     "socks5://10.0.0.1:1080",
		"socks5h://[::1]:9050/":                 "socks5h://[::1]:9050",
		"http://user:p%40ss@proxy.example":      "http://user:xxxxx@proxy.example:80",
		"proxy.example:3128":                    "write none",
		"ftp://proxy.example":                   "write none",
		"http://":                               "write none",
		"http://user:se%zzcret@x":               "write none",
		"http://user:secret@proxy.example/path": "the address has a path",
	} {
		s, err := proxy.Parse(text)
		got := s.String()
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, want) || strings.Contains(got, "secret") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if shown := proxy.Redact(text); strings.Contains(shown, "secret") || strings.Contains(shown, "p%40ss") {
			t.Errorf("%q is shown as %q", text, shown)
		}
	}
}

func TestFor(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://web.example:3128")
	t.Setenv("HTTPS_PROXY", "socks5://socks.example")
	t.Setenv("NO_PROXY", ".near.example")
	for _, tt := range []struct{ setting, target, want string }{
		{"", "http://a.example/", ""},
		{"none", "http://a.example/", ""},
		{"socks5h://p.example", "http://a.example/", "socks5h://p.example:1080"},
		{"environment", "http://a.example/", "http://web.example:3128"},
		{"environment", "https://a.example/", "socks5://socks.example:1080"},
		{"environment", "https://www.near.example/", ""},
	} {
		s, err := proxy.Parse(tt.setting)
		if err != nil {
			t.Fatal(err)
		}
		target, _ := url.Parse(tt.target)
		got, err := s.For(target)
		if err != nil || (got == nil) != (tt.want == "") || got != nil && got.String() != tt.want {
			t.Errorf("%q for %s: %v, %v, want %q", tt.setting, tt.target, got, err, tt.want)
		}
	}
}
