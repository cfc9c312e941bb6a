package robots

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// TestRFC9309 holds the examples of the RFC and the cases that its authors
// publish with their own parser's description, in words of our own.
func TestRFC9309(t *testing.T) {
	const simple = `
		User-Agent: *
		Disallow: *.gif$
		Disallow: /example/
		Allow: /publications/

		User-Agent: foobot
		Disallow:/
		Allow:/example/page.html
		Allow:/example/allowed.gif

		User-Agent: barbot
		User-Agent: bazbot
		Disallow: /example/page.html

		User-Agent: quxbot
	`
	tests := []struct {
		name, file, agent, target string
		want                      bool
	}{
		// 5.1, simple example
		{"5.1 star, gif", simple, "pressmark", "/a/b.gif", false},
		{"5.1 star, gif with query", simple, "pressmark", "/a/b.gif?x=1", true},
		{"5.1 star, directory", simple, "pressmark", "/example/x", false},
		{"5.1 star, allowed", simple, "pressmark", "/publications/x", true},
		{"5.1 star, unnamed", simple, "pressmark", "/other", true},
		{"5.1 foobot, all", simple, "foobot", "/other", false},
		{"5.1 foobot, page", simple, "foobot", "/example/page.html", true},
		{"5.1 foobot, gif", simple, "foobot", "/example/allowed.gif", true},
		{"5.1 barbot", simple, "barbot", "/example/page.html", false},
		{"5.1 bazbot shares the group", simple, "bazbot", "/example/page.html", false},
		{"5.1 bazbot, rest", simple, "bazbot", "/example/other.gif", true},
		{"5.1 quxbot, empty group at the end", simple, "quxbot", "/example/x", true},
		// 5.2, longest match
		{"5.2 allowed", "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "foobot", "/example/page/x", true},
		{"5.2 disallowed", "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "foobot", "/example/page/disallowed.gif", false},
		// 2.2.1, the user-agent line
		{"case of token", "User-agent: PressMark\nDisallow: /", "pressmark", "/x", false},
		{"case of field", "USER-AGENT: pressmark\ndISALLOW: /", "pressmark", "/x", false},
		{"version after token", "User-agent: pressmark/0.1\nDisallow: /", "pressmark", "/x", false},
		{"our own version", "User-agent: pressmark\nDisallow: /", "pressmark/0.1 (+https://example.org)", "/x", false},
		{"prefix is not a match", "User-agent: press\nDisallow: /", "pressmark", "/x", true},
		{"longer is not a match", "User-agent: pressmark-news\nDisallow: /", "pressmark", "/x", true},
		{"digits are part of a name", "User-agent: pressmark2\nDisallow: /", "pressmark", "/x", true},
		{"not a substring of the whole string", "User-agent: Mozilla\nDisallow: /", "pressmark", "/x", true},
		{"groups merge", "User-agent: pressmark\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Pressmark\nDisallow: /b", "pressmark", "/b", false},
		{"groups merge, first half", "User-agent: pressmark\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Pressmark\nDisallow: /b", "pressmark", "/a", false},
		{"star groups merge", "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: *\nDisallow: /b", "pressmark", "/a", false},
		{"own group sets star aside", "User-agent: *\nDisallow: /\n\nUser-agent: pressmark\nDisallow: /p", "pressmark", "/x", true},
		{"own empty group sets star aside", "User-agent: *\nDisallow: /\n\nUser-agent: pressmark\nDisallow:\n", "pressmark", "/x", true},
		{"star with a comment", "User-agent: * # all\nDisallow: /", "pressmark", "/x", false},
		{"star with text", "User-agent: * baz\nDisallow: /", "pressmark", "/x", false},
		{"star within a name is a name", "User-agent: *bot\nDisallow: /", "pressmark", "/x", true},
		{"no group", "Disallow: /\nAllow: /x", "pressmark", "/y", true},
		{"rules before the first group", "Disallow: /\nUser-agent: pressmark\nDisallow: /p", "pressmark", "/x", true},
		{"no star group and not named", "User-agent: other\nDisallow: /", "pressmark", "/x", true},
		{"group without a name", "User-agent:\nDisallow: /", "pressmark", "/x", true},
		// 2.2.2, paths
		{"root", "User-agent: *\nDisallow: /", "pressmark", "/", false},
		{"empty path is root", "User-agent: *\nDisallow: /", "pressmark", "", false},
		{"empty rule", "User-agent: *\nDisallow:", "pressmark", "/x", true},
		{"case matters in paths", "User-agent: *\nDisallow: /X", "pressmark", "/x", true},
		{"prefix", "User-agent: *\nDisallow: /fish", "pressmark", "/fishheads/yummy.html", false},
		{"directory", "User-agent: *\nDisallow: /fish/", "pressmark", "/fish", true},
		{"query is part of the target", "User-agent: *\nDisallow: /fish/", "pressmark", "/fish/?id=1", false},
		{"query in rule, as sent", "User-agent: *\nDisallow: /p?z=1&a=2", "pressmark", "/p?z=1&a=2", false},
		{"query in another order is another", "User-agent: *\nDisallow: /p?z=1&a=2", "pressmark", "/p?a=2&z=1", true},
		{"tie goes to allow", "User-agent: *\nDisallow: /p\nAllow: /p", "pressmark", "/p", true},
		{"tie goes to allow, other order", "User-agent: *\nAllow: /p\nDisallow: /p", "pressmark", "/p", true},
		{"longest, not first", "User-agent: *\nDisallow: /x/page.html\nAllow: /x/", "pressmark", "/x/page.html", false},
		{"longest allow", "User-agent: *\nDisallow: /x/\nAllow: /x/page.html", "pressmark", "/x/page.html", true},
		{"wildcard counts in length", "User-agent: *\nAllow: /page\nDisallow: /*.html", "pressmark", "/page.html", false},
		{"allow dollar root", "User-agent: *\nAllow: /$\nDisallow: /", "pressmark", "/", true},
		{"allow dollar root, rest", "User-agent: *\nAllow: /$\nDisallow: /", "pressmark", "/page", false},
		{"robots.txt is always allowed", "User-agent: *\nDisallow: /", "pressmark", "/robots.txt", true},
		{"no slash is read as slash", "User-agent: *\nDisallow: private/", "pressmark", "/private/x", false},
		// 2.2.2, percent-encoding: table of the RFC
		{"pct: non-ASCII rule, encoded path", "User-agent: *\nDisallow: /foo/bar/ツ", "pressmark", "/foo/bar/%E3%83%84", false},
		{"pct: encoded rule, raw path", "User-agent: *\nDisallow: /foo/bar/%E3%83%84", "pressmark", "/foo/bar/ツ", false},
		{"pct: unreserved rule", "User-agent: *\nDisallow: /foo/bar/%62%61%7A", "pressmark", "/foo/bar/baz", false},
		{"pct: unreserved path", "User-agent: *\nDisallow: /foo/bar/baz", "pressmark", "/foo/bar/%62%61%7A", false},
		{"pct: reserved in a query", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar", "pressmark", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false},
		{"pct: reserved in a query, the other way", "User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "pressmark", "/foo/bar?baz=https://foo.bar", false},
		{"pct: reserved in a query that a star stands for", "User-agent: *\nDisallow: /*to=http://", "pressmark", "/out?to=http%3a%2f%2ffoo.bar", false},
		{"pct: reserved in a path stays", "User-agent: *\nDisallow: /foo/http://foo.bar", "pressmark", "/foo/http%3A%2F%2Ffoo.bar", true},
		{"pct: what separates a query's values stays", "User-agent: *\nDisallow: /foo?a=b&c", "pressmark", "/foo?a=b%26c", true},
		{"pct: neither reserved nor unreserved, raw in the rule", "User-agent: *\nDisallow: /*{{", "pressmark", "/a/%7B%7Burl", false},
		{"pct: neither reserved nor unreserved, raw in the path", "User-agent: *\nDisallow: /a?b=%7C", "pressmark", "/a?b=|", false},
		{"pct: reserved, same", "User-agent: *\nDisallow: /foo/bar?baz=http://foo.bar", "pressmark", "/foo/bar?baz=http://foo.bar", false},
		{"pct: case of hex", "User-agent: *\nDisallow: /a%2fb", "pressmark", "/a%2Fb", false},
		{"pct: encoded slash is no slash", "User-agent: *\nDisallow: /a/b", "pressmark", "/a%2Fb", true},
		{"pct: legacy bytes", "User-agent: *\nDisallow: /\xc4\xfa", "pressmark", "/%C4%FA", false},
		{"pct: broken escape", "User-agent: *\nDisallow: /100%", "pressmark", "/100%25", false},
		// 2.2.3, special characters
		{"hash", "User-agent: *\nDisallow: /x # why", "pressmark", "/x", false},
		{"dollar", "User-agent: *\nDisallow: /this/path/exactly$", "pressmark", "/this/path/exactly", false},
		{"dollar, longer", "User-agent: *\nDisallow: /this/path/exactly$", "pressmark", "/this/path/exactly/", true},
		{"star", "User-agent: *\nDisallow: /this/*/exactly", "pressmark", "/this/a/b/exactly/c", false},
		{"star matches nothing too", "User-agent: *\nDisallow: /a*b", "pressmark", "/ab", false},
		{"star and dollar", "User-agent: *\nDisallow: /*.php$", "pressmark", "/a.php/b.php", false},
		{"star and dollar, query", "User-agent: *\nDisallow: /*.php$", "pressmark", "/a.php?x", true},
		{"parts in order", "User-agent: *\nDisallow: /*a*b*c", "pressmark", "/xcxbxa", true},
		{"part must not be used twice", "User-agent: *\nDisallow: /*ab*b$", "pressmark", "/ab", true},
		{"star first", "User-agent: *\nDisallow: *.gif", "pressmark", "/x/y.gif", false},
		{"many stars", "User-agent: *\nDisallow: /" + strings.Repeat("*a", 50) + "$", "pressmark", "/" + strings.Repeat("ab", 4000), true},
		{"escaped star is a character", "User-agent: *\nDisallow: /path/file-with-a-%2A.html", "pressmark", "/path/file-with-a-*.html", false},
		{"escaped star is no wildcard", "User-agent: *\nDisallow: /path/file-with-a-%2A.html", "pressmark", "/path/file-with-a-b.html", true},
		{"escaped dollar is a character", "User-agent: *\nDisallow: /path/foo-%24", "pressmark", "/path/foo-$x", false},
		{"dollar in the middle is a character", "User-agent: *\nDisallow: /a$b", "pressmark", "/a$bc", false},
		{"star in path is no wildcard", "User-agent: *\nDisallow: /a/b", "pressmark", "/*/b", true},
		// 2.2.4, other records
		{"sitemap does not end a group", "User-agent: pressmark\nSitemap: https://x.example/s.xml\nUser-agent: *\nDisallow: /", "pressmark", "/x", false},
		{"unknown line does not end a group", "User-agent: pressmark\nInvalid-Unknown-Line: unknown\nUser-agent: other\nDisallow: /", "pressmark", "/x", false},
		{"empty lines do not end a group", "User-agent: pressmark\n\n\nUser-agent: other\n\nDisallow: /", "pressmark", "/x", false},
		{"crawl-delay does not end the list of agents", "User-agent: *\nCrawl-delay: 10\n\nUser-agent: badbot\nDisallow: /", "pressmark", "/x", false},
		{"crawl-delay after a name shares the rules behind", "User-agent: pressmark\nCrawl-delay: 1\nUser-agent: b\nCrawl-delay: 2\nUser-agent: c\nDisallow: /x", "pressmark", "/x", false},
		{"rule before a crawl-delay ends the list", "User-agent: *\nDisallow: /y\nCrawl-delay: 10\nUser-agent: badbot\nDisallow: /", "pressmark", "/x", true},
		{"empty rule ends the list", "User-agent: *\nDisallow:\nUser-agent: badbot\nDisallow: /", "pressmark", "/x", true},
		{"other records do not end the list", "User-agent: *\nHost: a.example\nClean-param: x\nVisit-time: 1\nRequest-rate: 1/5\nUser-agent: badbot\nDisallow: /", "pressmark", "/x", false},
		// 2.2, form of the file
		{"CR", "User-agent: *\rDisallow: /x\rAllow: /x/y", "pressmark", "/x", false},
		{"CRLF", "User-agent: *\r\nDisallow: /x\r\n", "pressmark", "/x", false},
		{"mixed line ends", "User-agent: *\r\n\rDisallow: /x\n\nAllow: /y", "pressmark", "/x", false},
		{"no line end", "User-agent: *\nDisallow: /x", "pressmark", "/x", false},
		{"BOM", "\xef\xbb\xbfUser-agent: *\nDisallow: /x", "pressmark", "/x", false},
		{"BOM before comment", "\xef\xbb\xbf# c\nUser-agent: *\nDisallow: /x", "pressmark", "/x", false},
		{"spaces everywhere", " \tUser-agent\t : \t* \n\t Disallow \t: \t/x \t", "pressmark", "/x", false},
		{"no colon", "User-agent *\nDisallow /x", "pressmark", "/x", false},
		{"misspelt", "User-agent: *\nDissallow: /x", "pressmark", "/x", false},
		{"NUL at the end of a line", "User-agent: *\x00\nDisallow: /x\x00", "pressmark", "/x", false},
		{"an HTML page", "<!DOCTYPE html>\n<html><body>User-agent: *</body>\nDisallow: /</html>", "pressmark", "/x", true},
		{"empty file", "", "pressmark", "/x", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, rule := parse([]byte(tt.file)).forAgent(tt.agent).test(tt.target)
			if got != tt.want {
				t.Errorf("Test(%q) for %s = %v by %q, want %v\n%s", tt.target, tt.agent, got, rule, tt.want, tt.file)
			}
		})
	}
}

func TestRuleIsNamed(t *testing.T) {
	rules := parse([]byte("User-agent: *\nDisallow: /privé*x\nAllow: /a")).forAgent("pressmark")
	if _, rule := rules.test("/priv%C3%A9/1/x"); rule != "Disallow: /privé*x" {
		t.Errorf("rule = %q", rule)
	}
	if _, rule := rules.test("/a"); rule != "Allow: /a" {
		t.Errorf("rule = %q", rule)
	}
	if _, rule := rules.test("/b"); rule != "" {
		t.Errorf("rule = %q, want none", rule)
	}
}

func TestSizeLimit(t *testing.T) {
	head := "User-agent: *\nDisallow: /first\n"
	cut := "Disallow: /cut" // where the limit cuts "Disallow: /cut-off"
	filler := "#" + strings.Repeat("x", MaxSize-len(head)-len(cut)-2) + "\n"
	rules := parse([]byte(head + filler + cut + "-off\nDisallow: /last\n")).forAgent("pressmark")
	for target, want := range map[string]bool{"/first": false, "/last": true, "/cut-off": true, "/cut": true, "/x": true} {
		if got, _ := rules.test(target); got != want {
			t.Errorf("Test(%s) = %v, want %v", target, got, want)
		}
	}
}

func TestCrawlDelayAndSitemaps(t *testing.T) {
	tests := []struct {
		file string
		want time.Duration
	}{
		{"User-agent: *\nCrawl-delay: 10", 10 * time.Second},
		{"User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay: 0,5", 500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay: 3 # polite\nDisallow: /x", 3 * time.Second},
		{"User-agent: *\ncrawl-delay:86400", 24 * time.Hour},
		{"User-agent: *\nCrawl-delay: 3s", 3 * time.Second},
		{"User-agent: *\nCrawl-delay: 10 seconds", 10 * time.Second},
		{"User-agent: *\nCrawl-delay: 1.5\tsec.", 1500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay:", 0},
		{"User-agent: *\nCrawl-delay: 1e300", maxDelay},
		{"User-agent: *\nCrawl-delay: Inf", maxDelay},
		{"User-agent: *\nCrawl-delay: NaN", 0},
		{"User-agent: *\nCrawl-delay: -4", 0},
		{"User-agent: *\nCrawl-delay: soon", 0},
		{"Crawl-delay: 10\nUser-agent: *", 0},
		{"User-agent: *\nCrawl-delay: 10\n\nUser-agent: pressmark\nCrawl-delay: 2", 2 * time.Second},
		{"User-agent: *\nCrawl-delay: 10\n\nUser-agent: pressmark\nDisallow: /x", 0},
		{"User-agent: *\nCrawl-delay: 10\n\nUser-agent: *\nCrawl-delay: 2", 10 * time.Second},
		// The names before it, though the rules of the group are shared.
		{"User-agent: *\nCrawl-delay: 10\n\nUser-agent: b\nCrawl-delay: 99\nDisallow: /x", 10 * time.Second},
		{"User-agent: a\nUser-agent: pressmark\nCrawl-delay: 5\nUser-agent: c\nDisallow: /x", 5 * time.Second},
		{"User-agent: a\nCrawl-delay: 5\nUser-agent: pressmark\nDisallow: /x", 0},
		{"User-agent: *\nDisallow: /x\nCrawl-delay: 4", 4 * time.Second},
		{"User-agent: *\nCrawl-delay: 4\nDisallow: /x\nCrawl-delay: 7\nCrawl-delay: 2", 7 * time.Second},
		{"User-agent: b\nCrawl-delay: 4\nUser-agent: *\nCrawl-delay: 3", 3 * time.Second},
	}
	for _, tt := range tests {
		if got := parse([]byte(tt.file)).forAgent("pressmark").Delay; got != tt.want {
			t.Errorf("delay of %q = %v, want %v", tt.file, got, tt.want)
		}
	}
	got := parse([]byte("Sitemap: https://x.example/a.xml\nUser-agent: x\nDisallow: /\nsitemap:https://x.example/b.xml?c=d # e\nSitemap:")).Sitemaps
	if want := []string{"https://x.example/a.xml", "https://x.example/b.xml?c=d"}; !slices.Equal(got, want) {
		t.Errorf("sitemaps = %q, want %q", got, want)
	}
}

// TestSitemapLineDress: addresses of Sitemap lines come quoted, in brackets and
// escaped for XML.
func TestSitemapLineDress(t *testing.T) {
	const want = "https://x.example/s.php?a=1&b=2"
	for _, value := range []string{
		`https://x.example/s.php?a=1&b=2`, `https://x.example/s.php?a=1&amp;b=2`, `"https://x.example/s.php?a=1&b=2"`, `'https://x.example/s.php?a=1&b=2'`,
		`<https://x.example/s.php?a=1&amp;b=2>`, `<"https://x.example/s.php?a=1&b=2">`, `“https://x.example/s.php?a=1&b=2”`, `[https://x.example/s.php?a=1&b=2]`,
	} {
		if got := parse([]byte("User-agent: *\nSitemap: " + value + " # all")).Sitemaps; !slices.Equal(got, []string{want}) {
			t.Errorf("Sitemap: %s gives %q, want %q", value, got, want)
		}
	}
	for _, value := range []string{`""`, "<>", ""} {
		if got := parse([]byte("Sitemap: " + value)).Sitemaps; len(got) != 0 {
			t.Errorf("Sitemap: %s gives %q, want none", value, got)
		}
	}
}

// FuzzParse checks what must hold for every file and path: no panic, the same
// answer for every spelling of a path, and a rule named where one decided.
func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /%41\nCrawl-delay: 1.5\nSitemap: x"), "/a/b?c=d")
	f.Add([]byte("\xef\xbb\xbfuser-agent pressmark\rdisallow: \xff%2a%zz"), "/%ff*%2A$")
	f.Fuzz(func(t *testing.T, file []byte, target string) {
		rules := parse(file).forAgent("pressmark")
		allowed, rule := rules.test(target)
		if !allowed && !strings.HasPrefix(rule, "Disallow: ") {
			t.Errorf("disallowed by %q", rule)
		}
		if rules.Delay < 0 {
			t.Errorf("delay %v", rules.Delay)
		}
		once := normalize(target, false)
		if twice := normalize(once, false); twice != once {
			t.Errorf("normalize is not idempotent: %q, then %q", once, twice)
		}
		if len(target) > 0 && target[0] == '/' && target != "/robots.txt" && once != "/robots.txt" {
			if again, _ := rules.test(once); again != allowed {
				t.Errorf("Test(%q) = %v, but Test(%q) = %v", target, allowed, once, again)
			}
		}
	})
}

func BenchmarkTest(b *testing.B) {
	var file strings.Builder
	file.WriteString("User-agent: *\n")
	for i := range 200 {
		fmt.Fprintf(&file, "Disallow: /section%d/*/print$\n", i)
	}
	rules := parse([]byte(file.String())).forAgent("pressmark")
	for b.Loop() {
		rules.test("/section150/2022/10/30/content_123.html?from=list")
	}
}

// TestMarksAndUTF16: editors save files with a byte order mark, or in UTF-16.
func TestMarksAndUTF16(t *testing.T) {
	const text = "User-agent: *\r\nDisallow: /vorschau/\r\nDisallow: /\U0001f6a7\r\n"
	wide := func(put func([]byte, uint16) []byte) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b = put(b, u)
		}
		return b
	}
	for name, body := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8 with a mark": []byte("\ufeff" + text),
		"UTF-16, little end first": wide(binary.LittleEndian.AppendUint16), "UTF-16, big end first": wide(binary.BigEndian.AppendUint16),
		"UTF-16 that is cut": append(wide(binary.LittleEndian.AppendUint16), 'U'),
	} {
		rules := parse(body).forAgent("pressmark")
		for target, want := range map[string]bool{"/vorschau/1": false, "/%F0%9F%9A%A7": false, "/news/1": true} {
			if got, _ := rules.test(target); got != want {
				t.Errorf("%s: Test(%s) = %v, want %v", name, target, got, want)
			}
		}
	}
}
