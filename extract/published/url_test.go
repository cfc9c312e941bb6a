package published

import (
	"testing"
)

func TestURLDate(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://x.example/2012/01/17/a.html", "2012-01-17"},
		{"https://x.example/a/2012-1-7/b", "2012-01-07"},
		{"https://x.example/c/2019/0907/a.html", "2019-09-07"},
		{"https://x.example/19/0907/13/EOF.html", "2019-09-07"},
		{"https://x.example/202010/t20201004_371.htm", "2020-10-04"},
		{"https://x.example/2012/jan/17/story", "2012-01-17"},
		{"https://x.example/m/29-10-2021", "2021-10-29"},
		{"https://x.example/12345678/a", ""},
		{"https://x.example/2012/13/40/", ""},
		{"https://2012.example/a", ""},
	} {
		s, _ := urlDate(tt.in)
		got := ""
		if s.Day > 0 {
			got = s.Format(nil)
		}
		if got != tt.want {
			t.Errorf("urlDate(%s) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
