package weburl_test

import (
	"testing"

	"pressmark/extract/weburl"
)

func TestDateIn(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want weburl.Date
	}{
		{"https://x.example/2012/01/17/a.html", weburl.Date{Year: 2012, Month: 1, Day: 17}},
		{"https://x.example/a/2012-1-7/b", weburl.Date{Year: 2012, Month: 1, Day: 7}},
		{"https://x.example/2012-01/17/a.html", weburl.Date{Year: 2012, Month: 1, Day: 17}},
		{"https://x.example/c/2019/0907/a.html", weburl.Date{Year: 2019, Month: 9, Day: 7}},
		{"https://x.example/19/0907/13/EOF.html", weburl.Date{Year: 2019, Month: 9, Day: 7}},
		{"https://x.example/202010/t20201004_371.htm", weburl.Date{Year: 2020, Month: 10, Day: 4}},
		{"https://x.example/202010/04/a.htm", weburl.Date{Year: 2020, Month: 10, Day: 4}},
		{"https://x.example/p/20201004093000.htm", weburl.Date{Year: 2020, Month: 10, Day: 4}},
		{"https://x.example/m/29-10-2021", weburl.Date{Year: 2021, Month: 10, Day: 29}},
		{"https://x.example/2024.01.05/a", weburl.Date{Year: 2024, Month: 1, Day: 5}},
		{"https://x.example/s.xml?yyyy=2024&mm=1&dd=5", weburl.Date{Year: 2024, Month: 1, Day: 5}},
		{"https://copies.example/web/20131110121040/http://x.example/2012/01/17/a", weburl.Date{Year: 2012, Month: 1, Day: 17}},
		{"https://x.example/sitemap-2024-02.xml", weburl.Date{Year: 2024, Month: 2}},
		{"https://x.example/sitemap_202412.xml.gz", weburl.Date{Year: 2024, Month: 12}},
		{"https://x.example/2024/02/30/x", weburl.Date{Year: 2024, Month: 2}},
		{"https://x.example/s.xml?yyyy=2024&mm=2", weburl.Date{Year: 2024, Month: 2}},
		{"https://x.example/12345678/a", weburl.Date{}},
		{"https://x.example/2012/13/40/", weburl.Date{}},
		{"https://x.example/v2024.1.5/a", weburl.Date{}},
		{"https://x.example/20240199", weburl.Date{}},
		{"https://x.example/sitemap-2024.xml", weburl.Date{}},
		{"https://x.example/article-120240105.html", weburl.Date{}},
		{"https://2012.example/a", weburl.Date{}},
		{"", weburl.Date{}},
	} {
		if got, ok := weburl.DateIn(tt.in); got != tt.want || ok != (tt.want.Year > 0) {
			t.Errorf("DateIn(%s) = %v, %v, want %v", tt.in, got, ok, tt.want)
		}
	}
}

func TestIsFront(t *testing.T) {
	for in, want := range map[string]bool{
		"https://x.example": true, "https://x.example/": true, "https://x.example/index.html": true, "https://x.example/Default.aspx": true,
		"https://x.example/?p=1": false, "https://x.example/news/": false, "https://x.example/indexes": false, "https://x.example/index.php?id=3": false,
		"https://x.example/index.php/a/b": false, "": false, "/": false,
	} {
		if got := weburl.IsFront(in); got != want {
			t.Errorf("IsFront(%q) = %v", in, got)
		}
	}
}

func FuzzDateIn(f *testing.F) {
	f.Add("https://x.example/2012/01/17/a.html")
	f.Add("/19/0907/")
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := weburl.DateIn(s)
		if ok != (d.Year > 0) || ok && (d.Month < 1 || d.Month > 12 || d.Day < 0 || d.Day > 31) {
			t.Fatalf("%q: %v, %v", s, d, ok)
		}
	})
}
