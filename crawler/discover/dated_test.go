package discover

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestExpand(t *testing.T) {
	beijing := time.FixedZone("", 8*3600)
	for _, c := range []struct {
		name, pattern string
		since, until  time.Time
		want          []string
	}{
		{"days, newest first", "https://a.example/{yyyy}-{mm}/{dd}/", utc(2024, 2, 28, 0, 0, 0), utc(2024, 3, 2, 0, 0, 0),
			[]string{"https://a.example/2024-03/01/", "https://a.example/2024-02/29/", "https://a.example/2024-02/28/"}},
		{"a day begun", "https://a.example/{yyyy}{mm}{dd}", utc(2024, 3, 1, 12, 0, 0), utc(2024, 3, 2, 0, 0, 1),
			[]string{"https://a.example/20240302", "https://a.example/20240301"}},
		{"without zeros", "https://a.example/{yy}/{m}/{d}", utc(2024, 3, 5, 0, 0, 0), utc(2024, 3, 6, 0, 0, 0), []string{"https://a.example/24/3/5"}},
		{"months", "https://a.example/{yyyy}/{mm}", utc(2023, 12, 31, 0, 0, 0), utc(2024, 2, 1, 0, 0, 0),
			[]string{"https://a.example/2024/01", "https://a.example/2023/12"}},
		{"years", "https://a.example/{yyyy}", utc(2022, 12, 31, 0, 0, 0), utc(2024, 1, 1, 0, 0, 0),
			[]string{"https://a.example/2023", "https://a.example/2022"}},
		{"newest alone", "https://a.example/{yyyy}{mm}{dd}", time.Time{}, utc(2024, 3, 2, 10, 0, 0), []string{"https://a.example/20240302"}},
		{"days of the site's zone", "https://a.example/{yyyy}{mm}{dd}", time.Time{}, utc(2024, 3, 1, 20, 0, 0).In(beijing), []string{"https://a.example/20240302"}},
		{"nothing", "https://a.example/{yyyy}{mm}{dd}", utc(2024, 3, 3, 0, 0, 0), utc(2024, 3, 2, 0, 0, 0), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Expand(c.pattern, c.since, c.until)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
	for _, pattern := range []string{"https://a.example/", "https://a.example/{mm}/{dd}", "https://a.example/{yyyy}/{hh}"} {
		if _, err := Expand(pattern, time.Time{}, utc(2024, 1, 1, 0, 0, 0)); !errors.Is(err, ErrPattern) {
			t.Errorf("%s: %v, want ErrPattern", pattern, err)
		}
	}
	if got, err := Expand("{yyyy}{m}{d}", utc(1, 1, 1, 0, 0, 1), utc(2024, 1, 1, 0, 0, 0)); !errors.Is(err, ErrTooMany) || len(got) != maxExpanded {
		t.Errorf("%d addresses, %v; want ErrTooMany", len(got), err)
	}
}

func TestDaysOf(t *testing.T) {
	for _, c := range []struct{ url, first, end string }{
		{"https://a.example/2024/01/05/x.html", "2024-01-05", "2024-01-06"},
		{"https://a.example/2024-01/05/content_1.htm", "2024-01-05", "2024-01-06"},
		{"https://a.example/n1/2024/0105/c1-2.html", "2024-01-05", "2024-01-06"},
		{"https://a.example/t20240105_77.html", "2024-01-05", "2024-01-06"},
		{"https://a.example/2024/1/5/x", "2024-01-05", "2024-01-06"},
		{"https://a.example/sitemap-2024-02.xml", "2024-02-01", "2024-03-01"},
		{"https://a.example/sitemap_202412.xml.gz", "2024-12-01", "2025-01-01"},
		{"https://a.example/sitemap.xml?yyyy=2024&mm=01&dd=05", "2024-01-05", "2024-01-06"},
		{"https://a.example/sitemap.xml?yyyy=2024&mm=2", "2024-02-01", "2024-03-01"},
		{"https://a.example/sitemap-2024.xml", "", ""},
		{"https://a.example/2024/02/30/x", "2024-02-01", "2024-03-01"},
		{"https://a.example/article-120240105.html", "", ""},
		{"https://a.example/12345678.html", "", ""},
		{"https://a.example/apps-20400565/", "", ""},
		{"https://a.example/title-206307", "", ""},
		{"https://2024-01-05.example/x", "", ""},
		{"https://a.example/", "", ""},
	} {
		first, end, ok := DaysOf(c.url)
		got := []string{"", ""}
		if ok {
			got = []string{first.Format(time.DateOnly), end.Format(time.DateOnly)}
		}
		if got[0] != c.first || got[1] != c.end {
			t.Errorf("%s: %q, want %q to %q", c.url, got, c.first, c.end)
		}
	}
}

func TestRanges(t *testing.T) {
	since, until := utc(2024, 2, 1, 0, 0, 0), utc(2024, 3, 1, 0, 0, 0)
	for _, c := range []struct {
		name           string
		e              Entry
		mayHold, mayBe bool
	}{
		{"nothing known", Entry{URL: "https://a.example/x"}, true, true},
		{"month in the range", Entry{URL: "https://a.example/map-2024-02.xml"}, true, true},
		{"month before", Entry{URL: "https://a.example/map-2023-12.xml"}, false, false},
		{"month after", Entry{URL: "https://a.example/map-2024-04.xml"}, false, false},
		{"month beside, zones apart", Entry{URL: "https://a.example/map-2024-01.xml"}, true, true},
		{"number like a month", Entry{URL: "https://a.example/title-202304"}, false, true},
		{"month of a page", Entry{URL: "https://a.example/2023/04/title"}, false, false},
		{"modified before", Entry{URL: "https://a.example/x", LastMod: utc(2024, 1, 1, 0, 0, 0)}, false, false},
		{"modified after", Entry{URL: "https://a.example/x", LastMod: utc(2024, 6, 1, 0, 0, 0)}, true, true},
		{"old but touched", Entry{URL: "https://a.example/2023/05/05/x", LastMod: utc(2024, 2, 10, 0, 0, 0)}, false, false},
		{"news in the range", Entry{URL: "https://a.example/2023/05/05/x", NewsDate: utc(2024, 2, 10, 0, 0, 0)}, false, true},
		{"news before", Entry{URL: "https://a.example/x", NewsDate: utc(2024, 1, 10, 0, 0, 0)}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MayHold(c.e, since, until); got != c.mayHold {
				t.Errorf("MayHold = %v", got)
			}
			if got := MayBe(c.e, since, until); got != c.mayBe {
				t.Errorf("MayBe = %v", got)
			}
			if !MayHold(c.e, time.Time{}, time.Time{}) || !MayBe(c.e, time.Time{}, time.Time{}) {
				t.Error("an open range leaves something out")
			}
		})
	}
}

func TestCommonPlaces(t *testing.T) {
	got := CommonPlaces("HTTPS://News.Example.com:443")
	if len(got) == 0 || len(got) > 10 || got[0] != "https://news.example.com/sitemap.xml" {
		t.Errorf("%q", got)
	}
	if got := CommonPlaces("mailto:x"); got != nil {
		t.Errorf("%q", got)
	}
}
