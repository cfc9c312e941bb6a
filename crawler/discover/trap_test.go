package discover

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestTrap(t *testing.T) {
	const host = "https://news.example.com"
	for _, c := range []struct {
		name, path string
		want       Code
	}{
		{"article", "/2024/01/05/bridge-reopens.html", ""},
		{"front page", "/", ""},
		{"long Chinese headline", "/" + strings.Repeat("%E6%96%B0", 60), ""},
		{"long", "/" + strings.Repeat("a", 2000), trapLong},
		{"deep", strings.Repeat("/a1/b1", 5) + "/c/d/e/f/g/h/i/j/k/l/m", TrapDeep},
		{"mirrored pair", "/city/news/city/news/1.html", trapRepeat},
		{"mirrored triple", "/x/a/b/c/a/b/c/1.html", trapRepeat},
		{"one segment three times", "/img/img/img/1.html", trapRepeat},
		{"one segment twice", "/news/news/1.html", ""},
		{"dates twice", "/2024/01/2024/01/1.html", ""},
		{"one segment now and then", "/a/x/a/y/a/z/a/w/a", trapRepeat},
		{"doubled slashes", "//a//b", ""},
		{"query", "/list.php?a=1&b=2&c=3", ""},
		{"crowded query", "/list.php?" + strings.Repeat("a=1&", 12) + "b=2", trapQuery},
		{"session", "/a.php?id=1&sessid=abcdefghij0123456789xyz", trapSession},
		{"token of a form", "/a.php?csrf_token=abcdefghij0123456789xyz", trapSession},
		{"section number", "/a.php?sid=12&id=3", ""},
		{"article's number that ends alike", "/a.php?newsid=comos-ihnzahi3275702&group=0", ""},
		{"article's UUID that ends alike", "/a.html?newsID=c3aa546f-24d3-4b47-9c0c-59db58b2f725", ""},
		{"session with a prefix", "/a.php?app_user_sid=abcdefghij0123456789xyz", trapSession},
		{"word that ends alike", "/a.php?inside=abcdefghij0123456789xyz", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Trap(host + c.path); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			var none *Budget
			if got := none.Admit(host + c.path); got != c.want {
				t.Errorf("no budget: %q, want %q", got, c.want)
			}
		})
	}
}

// admitted counts how many of n generated addresses a budget admits.
func admitted(b *Budget, n int, address func(i int) string) (count int, last Code) {
	for i := range n {
		url := "https://news.example.com" + address(i)
		if host, ok := strings.CutPrefix(address(i), "@"); ok { // another host
			url = "https://" + strings.Replace(host+"/", "/", ".example.com/", 1)
		}
		code := b.Admit(url)
		if code == "" {
			count++
		} else {
			last = code
		}
	}
	return count, last
}

func TestBudget(t *testing.T) {
	for _, c := range []struct {
		name    string
		b       Budget
		n       int
		address func(i int) string
		want    int
		code    Code
	}{
		{"articles by number", Budget{}, 25_000, func(i int) string { return fmt.Sprintf("/show.php?id=%d", i) }, 25_000, ""},
		{"articles by number and fixed parameters", Budget{}, 5_000, func(i int) string { return fmt.Sprintf("/portal.php?mod=view&aid=%d&page=1", i) }, 5_000, ""},
		{"articles by number and section", Budget{}, 15_000, func(i int) string { return fmt.Sprintf("/show.php?cat=%d&id=%d", i%30, i) }, 15_000, ""},
		{"a large archive by number, section and page", Budget{}, 30_000, func(i int) string {
			return fmt.Sprintf("/show.php?cat=%d&id=%d&page=%d", i%90, i/2, i%2+i%11)
		}, 30_000, ""},
		{"articles by path", Budget{}, 5_000, func(i int) string { return fmt.Sprintf("/2024/%d.html", i) }, 5_000, ""},
		{"filters crossed", Budget{}, 5_000, func(i int) string {
			return fmt.Sprintf("/search?q=%d&sort=%d&p=%d", i%20, i/20%20, i/400)
		}, 0, trapVariants},
		{"two parameters crossed without end", Budget{Variants: 10}, 5_000, func(i int) string {
			return fmt.Sprintf("/list?from=%d&to=%d", i%70, i/70)
		}, 0, trapVariants},
		{"new parameters each time", Budget{}, 500, func(i int) string { return fmt.Sprintf("/list?f%d=1", i) }, maxShapes, trapVariants},
		{"calendar by query", Budget{}, 2_000, func(i int) string { return fmt.Sprintf("/cal?year=%d&month=%d", 1000+i/12, i%12+1) }, defaultCalendar, TrapCalendar},
		{"calendar by path", Budget{Calendar: 5}, 28, func(i int) string { return fmt.Sprintf("/calendar/2024/02/%02d/", i+1) }, 5, TrapCalendar},
		{"articles with a year beside the number", Budget{}, 2_000, func(i int) string { return fmt.Sprintf("/show?year=2012&id=%d", i) }, 2_000, ""},
		{"numbers that look like months to come", Budget{Today: utc(2024, 1, 20, 0, 0, 0)}, 100, func(i int) string { return fmt.Sprintf("/clanek/title-%d", 206300+i) }, 100, ""},
		{"numbers that look like days to come", Budget{Today: utc(2024, 1, 20, 0, 0, 0)}, 100, func(i int) string { return fmt.Sprintf("/news/%d/", 20310500+i) }, 100, ""},
		{"hosts without number", Budget{Hosts: 20}, 500, func(i int) string { return fmt.Sprintf("@h%d", i) }, 20, trapHosts},
		{"some hosts with many pages each", Budget{}, 5_000, func(i int) string { return fmt.Sprintf("@h%d/%d.html", i%250, i) }, 5_000, ""},
		{"days to come", Budget{Today: utc(2024, 1, 20, 0, 0, 0)}, 31, func(i int) string { return fmt.Sprintf("/events/2024-01-%02d", i+1) }, 27, TrapCalendar},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, code := admitted(&c.b, c.n, c.address)
			if code != c.code {
				t.Errorf("code %q, want %q", code, c.code)
			}
			if c.want > 0 && got != c.want || got == 0 || c.code != "" && got >= c.n {
				t.Errorf("%d of %d admitted, want %d", got, c.n, c.want)
			}
		})
	}
}

func TestDistinct(t *testing.T) {
	for _, n := range []int{0, 1, 5, 8, 30, 100, 1_000, 20_000} {
		var d distinct
		for i := range n {
			d.add(hash(fmt.Sprintf("id=%d", i)))
			d.add(hash(fmt.Sprintf("id=%d", i/2)))
		}
		if got := d.n; math.Abs(float64(got-n)) > 0.4*float64(n) {
			t.Errorf("%d values counted as %d", n, got)
		}
	}
}

func TestListing(t *testing.T) {
	var b Budget
	for _, c := range []struct {
		list, digest string
		want         Code
	}{
		{"https://a.example/city", "d1", ""},
		{"https://a.example/city", "d2", ""},
		{"https://a.example/sport", "d1", ""},
		{"https://a.example/city", "d2", TrapSame},
		{"https://a.example/city", "d1", TrapSame},
	} {
		if got := b.Listing(c.list, c.digest); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.list, c.digest, got, c.want)
		}
	}
	var none *Budget
	if got := none.Listing("a", "b"); got != "" {
		t.Errorf("no budget: %q", got)
	}
}
