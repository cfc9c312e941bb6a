package weburl

import (
	"strings"
	"testing"
)

func siteNameIsPlain(name string) bool {
	return name != "" && len(name) <= maxSiteName && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" &&
		!strings.HasPrefix(name, "-") && !strings.HasSuffix(name, "-")
}

func TestSiteName(t *testing.T) {
	for host, want := range map[string]string{
		"example.com":             "example-com",
		"www.example.com":         "example-com",
		"WWW.Example.COM.":        "example-com",
		"m.example.com":           "example-com",
		"news.example.com.cn":     "news-example-com-cn",
		"www.news.example.com.cn": "news-example-com-cn",
		"city-news.example.com":   "city--news-example-com",
		"city.news.example.com":   "city-news-example-com",
		"www.gov.cn":              "www-gov-cn",
		"www.com":                 "www-com",
		"m.1.2.3.4":               "m-1-2-3-4",
		"localhost:8080":          "localhost-8080",
		"127.0.0.1:8080":          "127-0-0-1-8080",
		"xn--fsqu00a.xn--fiqs8s":  "xn----fsqu00a-xn----fiqs8s",
	} {
		if got := SiteName(host); got != want {
			t.Errorf("SiteName(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestSiteNamesDoNotCollide(t *testing.T) {
	long := strings.Repeat("a", 60)
	hosts := []string{
		"a-b.com", "a.b.com", "a--b.com", "a_b.com", "a-.b.com", "a.-b.com", "a..b.com", "[::1]", "[::1]:80", "[::2]", "",
		long + ".example.com", long + ".example.org", long + "-example.com", "例子.com", "子例.com",
	}
	seen := map[string]string{}
	for _, h := range hosts {
		name := SiteName(h)
		if !siteNameIsPlain(name) {
			t.Errorf("SiteName(%q) = %q is no plain name", h, name)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("%q and %q are both %q", h, other, name)
		}
		seen[name] = h
	}
}

func TestRegistrableDomain(t *testing.T) {
	for host, want := range map[string]string{
		"news.example.com":         "example.com",
		"NEWS.Example.com.":        "example.com",
		"a.b.example.com.cn":       "example.com.cn",
		"example.co.uk:8443":       "example.co.uk",
		"paper.github.io":          "paper.github.io",
		"gov.cn":                   "gov.cn",
		"localhost":                "localhost",
		"localhost:81":             "localhost:81",
		"127.0.0.1:81":             "127.0.0.1:81",
		"[2001:db8::1]:81":         "[2001:db8::1]:81",
		"x.xn--fsqu00a.xn--fiqs8s": "xn--fsqu00a.xn--fiqs8s",
	} {
		if got := RegistrableDomain(host); got != want {
			t.Errorf("RegistrableDomain(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"www.example.com", "img.example.com:8080", true},
		{"example.com", "EXAMPLE.com", true},
		{"a.com.cn", "b.com.cn", false},
		{"127.0.0.1:81", "127.0.0.1:82", false},
		{"127.0.0.1:81", "127.0.0.1:81", true},
		{"example.com", "example.org", false},
	} {
		if got := SameSite(c.a, c.b); got != c.want {
			t.Errorf("SameSite(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestHostOf(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.com/a":     "example.com",
		"http://127.0.0.1:81/?a//b": "127.0.0.1:81",
		"http://example.com":        "example.com",
		"/a":                        "",
	} {
		if got := HostOf(in); got != want {
			t.Errorf("HostOf(%q) = %q, want %q", in, got, want)
		}
	}
}
