package weburl

import "testing"

// TestShortCut checks that the short cut gives what the long way gives.
func TestShortCut(t *testing.T) {
	taken := 0
	for _, s := range []string{
		"https://news.example", "https://news.example#top", "http://news.example:8080", "https://news.example:443", "http://news.example:80", "https://News.example",
		"https://news.example?id=7", "https://news.example/", "https://news.example/#top", "https://news.example/a?b=c#d", "https://news.example/a/../b", "https://news.example./",
		"https://", "https:", "https://a b", "https://user@news.example", "https://news.example:", "https://[::1]", "https://127.0.0.1", "https://新闻.example", "ftp://news.example",
		"https://news.example//a", "https://news.example/?", "https://news.example/%7Ea", "https://news.example/%e5", "https://news.example/;jsessionid=1", "https://news.example/?utm_source=x",
	} {
		short, ok := alreadyNormal(s)
		if !ok {
			continue
		}
		taken++
		if long, err := normalize(s); err != nil || long != short {
			t.Errorf("%s: short cut %q, long way %q, %v", s, short, long, err)
		}
	}
	if taken < 8 {
		t.Errorf("the short cut was taken %d times", taken)
	}
}
