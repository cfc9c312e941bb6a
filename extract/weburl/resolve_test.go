package weburl

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	const page = "https://news.example.com/city/2024/list.html?p=2#top"
	for _, c := range []struct{ name, base, ref, want string }{
		{"absolute", page, "http://other.example.com/a", "http://other.example.com/a"},
		{"protocol-relative", page, "//img.example.com/a.jpg", "https://img.example.com/a.jpg"},
		{"from the root", page, "/a/b.html", "https://news.example.com/a/b.html"},
		{"beside", page, "b.html", "https://news.example.com/city/2024/b.html"},
		{"beside with a dot", page, "./b.html", "https://news.example.com/city/2024/b.html"},
		{"above", page, "../b.html", "https://news.example.com/city/b.html"},
		{"far above", page, "../../../../b.html", "https://news.example.com/b.html"},
		{"query", page, "?p=3", "https://news.example.com/city/2024/list.html?p=3"},
		{"empty", page, "", "https://news.example.com/city/2024/list.html?p=2"},
		{"fragment", page, "#comments", "https://news.example.com/city/2024/list.html?p=2"},
		{"white space", page, "\n\t  b.html  ", "https://news.example.com/city/2024/b.html"},
		{"backslashes", page, `\a\b.html`, "https://news.example.com/a/b.html"},
		{"backslashes for a host", page, `\\img.example.com\a.jpg`, "https://img.example.com/a.jpg"},
		{"Chinese with spaces", page, "图 片.html", "https://news.example.com/city/2024/%E5%9B%BE%20%E7%89%87.html"},
		{"scheme without slashes", page, "https:b.html", "https://news.example.com/city/2024/b.html"},
		{"scheme with one slash", page, "https:/b.html", "https://news.example.com/b.html"},
		{"other scheme without slashes", page, "http:example.com", "http://example.com/"},
		{"time is no scheme", page, "12:30.html", "https://news.example.com/city/2024/12:30.html"},
		{"tracking", page, "b.html?utm_source=list", "https://news.example.com/city/2024/b.html"},
		{"base without a path", "https://example.com", "a.html", "https://example.com/a.html"},
		{"base without a path, query", "https://example.com", "?a=1", "https://example.com/?a=1"},
		{"base with a folder", "https://example.com/a/", "b", "https://example.com/a/b"},
		{"base with Chinese", "https://example.com/新闻/", "b", "https://example.com/%E6%96%B0%E9%97%BB/b"},
		{"base with an escaped slash", "https://example.com/a%2Fb/c", "d", "https://example.com/a%2Fb/d"},
		{"base with a port", "http://127.0.0.1:8080/a", "/b", "http://127.0.0.1:8080/b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, err := url.Parse(c.base)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Resolve(base, c.ref)
			if err != nil || got != c.want {
				t.Errorf("Resolve(%q, %q) = %q, %v; want %q", c.base, c.ref, got, err, c.want)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	base, _ := url.Parse("https://example.com/a")
	for _, c := range []struct {
		name string
		base *url.URL
		ref  string
		want error
	}{
		{"script", base, "javascript:;", ErrScheme},
		{"script with spaces", base, "  JavaScript:history.back() ", ErrScheme},
		{"mail", base, "mailto:desk@example.com", ErrScheme},
		{"data", base, "data:text/html,a", ErrScheme},
		{"telephone", base, "tel:12", ErrScheme},
		{"app", base, "weixin://dl", ErrScheme},
		{"no base", nil, "a.html", ErrNotAbsolute},
		{"relative base", &url.URL{Path: "/a"}, "b.html", ErrNotAbsolute},
		{"opaque base", &url.URL{Scheme: "mailto", Opaque: "a@b"}, "b.html", ErrNotAbsolute},
		{"base of another scheme", &url.URL{Scheme: "ftp", Host: "example.com"}, "b.html", ErrScheme},
		{"long", base, strings.Repeat("a", MaxLength+1), ErrTooLong},
		{"no host", base, "http://", ErrHost},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := Resolve(c.base, c.ref); !errors.Is(err, c.want) || got != "" {
				t.Errorf("Resolve = %q, %v; want %v", got, err, c.want)
			}
		})
	}
	if got, err := Resolve(nil, "https://example.com"); err != nil || got != "https://example.com/" {
		t.Errorf("absolute link without a base: %q, %v", got, err)
	}
}

// FuzzResolve checks that links come out in normal form, and that dot segments give
// the same whether they are taken off at once or left for purell.
func FuzzResolve(f *testing.F) {
	f.Add("https://example.com/a/b?c", "../d")
	f.Add("http://example.com", `\\x\y`)
	f.Add("https://example.com/%2F/", "?a#b")
	f.Add("https://example.com//a//b/.x/c", ".././../d/../e")
	f.Fuzz(func(t *testing.T, page, ref string) {
		base, err := url.Parse(page)
		if err != nil {
			return
		}
		got, err := Resolve(base, ref)
		if err != nil {
			return
		}
		if again, err := Normalize(got); err != nil || again != got {
			t.Fatalf("Resolve(%q, %q) = %q, normal form %q, %v", page, ref, got, again, err)
		}
		if s := clean(ref); strings.HasPrefix(s, ".") {
			path := base.EscapedPath()
			whole, err := normalize(base.Scheme + "://" + base.Host + "/" + strings.TrimPrefix(path[:strings.LastIndexByte(path, '/')+1], "/") + s)
			if err != nil || whole != got {
				t.Fatalf("Resolve(%q, %q) = %q, the long way %q, %v", page, ref, got, whole, err)
			}
		}
	})
}

// BenchmarkResolve shows what a link costs a crawl: one in normal form, one relative,
// one that needs the long way.
func BenchmarkResolve(b *testing.B) {
	base, _ := url.Parse("https://news.example.com/city/2024/list.html?p=2")
	for _, c := range []struct{ name, ref string }{
		{"normal", "https://news.example.com/city/2024/11/23/article-1234567.html"},
		{"relative", "../../sport/article-1234567.html#comments"},
		{"long way", "HTTPS://news.example.com/城市/a.html?utm_source=x&id=7"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Resolve(base, c.ref); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
