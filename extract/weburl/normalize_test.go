package weburl

import (
	"errors"
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"as it is", "https://news.example.com/2024/01/a.html?id=7", "https://news.example.com/2024/01/a.html?id=7"},
		{"case of scheme and host", "HTTP://News.Example.COM/A/b", "http://news.example.com/A/b"},
		{"empty path", "https://example.com", "https://example.com/"},
		{"empty path with query", "https://example.com?a=1", "https://example.com/?a=1"},
		{"trailing slash stays", "https://example.com/news/", "https://example.com/news/"},
		{"no trailing slash stays", "https://example.com/news", "https://example.com/news"},
		{"double slash stays", "https://example.com//news//a", "https://example.com//news//a"},
		{"default port", "http://example.com:80/a", "http://example.com/a"},
		{"default port of https", "https://example.com:443/a", "https://example.com/a"},
		{"foreign default port", "https://example.com:80/a", "https://example.com:80/a"},
		{"empty port", "http://example.com:/a", "http://example.com/a"},
		{"port with zeros", "http://example.com:008080/a", "http://example.com:8080/a"},
		{"default port with zeros", "http://example.com:0080/a", "http://example.com/a"},
		{"root dot", "http://example.com./a", "http://example.com/a"},
		{"underscore host", "http://my_paper.example.com/a", "http://my_paper.example.com/a"},
		{"user and password", "https://user:pa@ss@example.com/a", "https://example.com/a"},
		{"IPv6", "http://[2001:DB8:0:0::1]:80/a", "http://[2001:db8::1]/a"},
		{"IDN", "http://新闻.例子.中国:8080/a", "http://xn--efvy88h.xn--fsqu00a.xn--fiqs8s:8080/a"},
		{"IDN with ideographic stop", "http://例子。中国/a", "http://xn--fsqu00a.xn--fiqs8s/a"},
		{"full-width host", "http://ｅｘａｍｐｌｅ.com/a", "http://example.com/a"},
		{"escaped host", "http://ex%61mple.com/a", "http://example.com/a"},
		{"dot segments", "https://example.com/a/./b/../c", "https://example.com/a/c"},
		{"dot segments above the root", "https://example.com/../../a", "https://example.com/a"},
		{"dot segment at the end", "https://example.com/a/b/..", "https://example.com/a/"},
		{"escaped dot segments", "https://example.com/a/%2e%2E/b", "https://example.com/b"},
		{"hidden file is no dot segment", "https://example.com/.well-known/a...b", "https://example.com/.well-known/a...b"},
		{"space before a fragment", "https://example.com/a #b", "https://example.com/a%20"},
		{"fragment", "https://example.com/a#top", "https://example.com/a"},
		{"hashbang", "https://example.com/#!/news/7", "https://example.com/"},
		{"fragment with question mark", "https://example.com/a#b?c=1", "https://example.com/a"},
		{"empty query", "https://example.com/a?", "https://example.com/a"},
		{"query order stays", "https://example.com/a?z=1&b=2&a=3&b=1", "https://example.com/a?z=1&b=2&a=3&b=1"},
		{"empty parameters", "https://example.com/a?&&a=1&&b&", "https://example.com/a?a=1&b"},
		{"valueless parameter stays", "https://example.com/a?a=", "https://example.com/a?a="},
		{"question mark in query", "https://example.com/a?u=b?c", "https://example.com/a?u=b?c"},
		{"plus stays", "https://example.com/a+b?q=c+d", "https://example.com/a+b?q=c+d"},
		{"escapes in upper case", "https://example.com/%e6%96%87", "https://example.com/%E6%96%87"},
		{"unreserved escapes decoded", "https://example.com/%61%2Db%7e", "https://example.com/a-b~"},
		{"reserved escapes stay", "https://example.com/a%2fb%3Fc%23d%3b%40", "https://example.com/a%2Fb%3Fc%23d%3B%40"},
		{"escaped percent stays", "https://example.com/100%25", "https://example.com/100%25"},
		{"escaped escape stays", "https://example.com/%2541", "https://example.com/%2541"},
		{"lone percent", "https://example.com/100%/a%zz", "https://example.com/100%25/a%25zz"},
		{"percent before an escape", "https://example.com/%%37%31", "https://example.com/%2571"},
		{"script escapes in a query", "https://example.com/s?k=%u4E2D%u6587", "https://example.com/s?k=%u4E2D%u6587"},
		{"script escapes in a path", "https://example.com/%u4E2D", "https://example.com/%25u4E2D"},
		{"raw Chinese", "https://example.com/新闻?词=县", "https://example.com/%E6%96%B0%E9%97%BB?%E8%AF%8D=%E5%8E%BF"},
		{"broken UTF-8", "https://example.com/\xb9\xfe", "https://example.com/%B9%FE"},
		{"spaces", "https://example.com/a b?c=d e", "https://example.com/a%20b?c=d%20e"},
		{"quotes and braces", `https://example.com/"<>^{|}` + "`", "https://example.com/%22%3C%3E%5E%7B%7C%7D%60"},
		{"square brackets stay", "https://example.com/a[1]?b[]=2", "https://example.com/a[1]?b[]=2"},
		{"white space around", " \t\n　https://example.com/a\u200b \r\n", "https://example.com/a"},
		{"line ends within", "https://example.com/a\n  b\t/c", "https://example.com/a%20%20b/c"},
		{"backslashes", `https:\\example.com\a\b?c=\d`, "https://example.com/a/b?c=%5Cd"},
		{"one slash", "https:/example.com/a", "https://example.com/a"},
		{"three slashes", "https:///example.com/a", "https://example.com/a"},
		{"tracking", "https://example.com/a?utm_source=x&id=7&UTM_Medium=y&fbclid=z", "https://example.com/a?id=7"},
		{"tracking only", "https://example.com/a?spm=C73.P59.0.0", "https://example.com/a"},
		{"tracking with an escaped name", "https://example.com/a?utm%5Fsource=x", "https://example.com/a"},
		{"like tracking", "https://example.com/a?utm=1&spm1=2&gclidx=3", "https://example.com/a?utm=1&spm1=2&gclidx=3"},
		{"shared in WeChat", "https://example.com/a?from=timeline&isappinstalled=0", "https://example.com/a"},
		{"tracking escaped twice", "https://example.com/a?id=1&amp;utm_source=x&amp;b=2", "https://example.com/a?id=1&amp;b=2"},
		{"tracking escaped twice and once more", "https://example.com/a?amp%3butm_source=x&amp=1&ampere=2", "https://example.com/a?amp=1&ampere=2"},
		{"share button", "https://example.com/a/?share=twitter", "https://example.com/a/"},
		{"share button of a plug-in", "https://example.com/a/?share=jetpack-whatsapp&p=1", "https://example.com/a/?p=1"},
		{"share as content", "https://example.com/a?share=600519", "https://example.com/a?share=600519"},
		{"link inside a site", "https://example.com/a?itm_source=home&INTCMP=x", "https://example.com/a"},
		{"reply to a comment", "https://example.com/a/?replytocom=77#respond", "https://example.com/a/"},
		{"from as content", "https://example.com/a?from=2024-01-01", "https://example.com/a?from=2024-01-01"},
		{"path session", "https://example.com/a.do;jsessionid=0A1B.node2?id=1", "https://example.com/a.do?id=1"},
		{"path session amid parameters", "https://example.com/a;v=1;JSESSIONID=2;w=3/b", "https://example.com/a;v=1;w=3/b"},
		{"dot segment behind a session", "https://example.com/a/..;jsessionid=1/b", "https://example.com/b"},
		{"query session", "https://example.com/a?PHPSESSID=abc&id=1&ASPSESSIONIDQQ=1", "https://example.com/a?id=1"},
		{"ASP.NET session", "https://example.com/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://example.com/a.aspx"},
		{"ASP.NET session at the end", "https://example.com/b/(S(lit3py55t21z5v55vlm25s55))", "https://example.com/b/"},
		{"parentheses stay", "https://example.com/(a)/b", "https://example.com/(a)/b"},
		{"hash as sid", "https://example.com/a?sid=0123456789abcdef0123456789abcdef", "https://example.com/a"},
		{"section as sid", "https://example.com/a?sid=12", "https://example.com/a?sid=12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Normalize(c.in)
			if err != nil || got != c.want {
				t.Fatalf("Normalize(%q) = %q, %v; want %q", c.in, got, err, c.want)
			}
			if again, err := Normalize(got); err != nil || again != got {
				t.Errorf("Normalize(%q) = %q, %v; want no change", got, again, err)
			}
		})
	}
}

func TestNormalizeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"empty", "", ErrNotAbsolute},
		{"path", "/a/b", ErrNotAbsolute},
		{"host alone", "www.example.com/a", ErrNotAbsolute},
		{"protocol-relative", "//example.com/a", ErrNotAbsolute},
		{"script", "javascript:void(0)", ErrScheme},
		{"split script", "java\nscript:void(0)", ErrScheme},
		{"mail", "MAILTO:a@example.com", ErrScheme},
		{"data", "data:image/png;base64," + strings.Repeat("A", 20000), ErrScheme},
		{"telephone", "tel:+123", ErrScheme},
		{"ftp", "ftp://example.com/", ErrScheme},
		{"no host", "http://", ErrHost},
		{"no host but query", "http://?a", ErrHost},
		{"space in host", "http://exa mple.com/", ErrHost},
		{"empty label", "http://a..example.com/", ErrHost},
		{"leading dot", "http://.example.com/", ErrHost},
		{"long label", "http://" + strings.Repeat("a", 64) + ".com/", ErrHost},
		{"open bracket", "http://[::1/", ErrHost},
		{"zone", "http://[fe80::1%25eth0]/", ErrHost},
		{"encoded slash in host", "http://a%2Fb/", ErrHost},
		{"template", "http://{{host}}/a", ErrHost},
		{"big port", "http://example.com:65536/", ErrPort},
		{"port zero", "http://example.com:0/", ErrPort},
		{"signed port", "http://example.com:+80/", ErrPort},
		{"word as port", "http://example.com:http/", ErrPort},
		{"long", "http://example.com/" + strings.Repeat("a", MaxLength), ErrTooLong},
		{"long when escaped", "http://example.com/" + strings.Repeat("县", MaxLength/4), ErrTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Normalize(c.in)
			if !errors.Is(err, c.want) || got != "" {
				t.Fatalf("Normalize = %q, %v; want %v", got, err, c.want)
			}
			var typed *Error
			if !errors.As(err, &typed) || len(typed.URL) > 300 {
				t.Errorf("error %#v is no *Error with a short URL", err)
			}
		})
	}
}

func TestShortCutSaves(t *testing.T) {
	const link = "https://news.example.com/2024/%E6%96%87/a.html?id=7&page=2#top"
	if n := testing.AllocsPerRun(100, func() { _, _ = Normalize(link) }); n != 0 {
		t.Errorf("a link in normal form costs %v allocations, want 0", n)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{
		"https://example.com/a?b=1#c", "http://%41%2f:080//../a;jsessionid=1/..?%%37%31&utm_a=b",
		`hTTps:\\新闻。中国\(S(lit3py55t21z5v55vlm25s55))\.`, "http://[::ffff:127.0.0.1]:81/?%u4E2D&?", "http://a/;/;jsessionid/../%2e",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		normal, err := Normalize(s)
		if err != nil {
			if normal != "" {
				t.Fatalf("%q: both %q and %v", s, normal, err)
			}
			return
		}
		if again, err := Normalize(normal); err != nil || again != normal {
			t.Fatalf("%q -> %q -> %q, %v: not idempotent", s, normal, again, err)
		}
		if long, err := normalize(clean(s)); err != nil || long != normal {
			t.Fatalf("%q: short cut %q, long way %q, %v", s, normal, long, err)
		}
		if len(normal) > MaxLength {
			t.Fatalf("%q: %d bytes", s, len(normal))
		}
		for i := 0; i < len(normal); i++ {
			if normal[i] <= ' ' || normal[i] >= 0x7f {
				t.Fatalf("%q -> %q: byte %x", s, normal, normal[i])
			}
		}
		if name := SiteName(HostOf(normal)); !siteNameIsPlain(name) {
			t.Fatalf("%q: site name %q", normal, name)
		}
	})
}
