package configs_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"pressmark/configs"
)

func full(t *testing.T) configs.Site {
	t.Helper()
	sites, err := configs.Load("testdata/good/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return sites[0]
}

func TestLoadReadsEveryKey(t *testing.T) {
	s := full(t)
	shanghai, _ := time.LoadLocation("Asia/Shanghai")
	checks := []struct {
		what      string
		got, want any
	}{
		{"name", s.Name, "river-post"},
		{"hosts", strings.Join(s.Hosts, " "), "www.river-post.example *.river-post.example lab.river-post.example:8443 xn--efvy88h.example 127.0.0.1:8080"},
		{"language", s.Language, "zh-Hans"},
		{"timezone", s.Timezone.String(), shanghai.String()},
		{"delay", s.Delay, 1500 * time.Millisecond},
		{"sources", len(s.Sources), 4},
		{"short source", s.Sources[0], configs.Source{URL: "https://www.river-post.example/"}},
		{"feed", s.Sources[1], configs.Source{URL: "https://www.river-post.example/rss.xml", Type: configs.Feed, Each: 10 * time.Minute}},
		{"sitemap", s.Sources[2].Each, 24 * time.Hour},
		{"archive", s.Sources[3].Type, configs.Archive},
		{"include", len(s.Include), 1},
		{"exclude", s.Exclude[0].String(), "/print/"},
		{"limits", s.Limits, configs.Limits{Pages: 20, URLs: 5000, Depth: 3, Images: 40}},
		{"revisit", len(s.Revisit), 5},
		{"last revisit", s.Revisit[4], 30 * 24 * time.Hour},
		{"follow_links", s.FollowLinks, true},
		{"allow_private", s.AllowPrivate[0], "127.0.0.1:8080"},
		{"file", s.File, filepath.Join("testdata", "good", "full.yaml")},
		{"rules", len(s.Rules), 3},
		{"newest", s.Rules[0].Name, "river-post@2022-10-01"},
		{"middle", s.Rules[1].Name, "river-post@2019-05-01"},
		{"oldest", s.Rules[2].Name, "river-post"},
		{"from", s.Rules[0].From, time.Date(2022, 10, 1, 0, 0, 0, 0, s.Timezone)},
		{"published attr", s.Rules[0].Published.Attr, "datetime"},
		{"published css", s.Rules[0].Published.Text, "time[pubdate]"},
		{"@ in brackets", s.Rules[0].Source.Text, `meta[name="source@x"]`},
		{"remove", len(s.Rules[0].Remove), 2},
		{"@ in quotes", s.Rules[0].Remove[1].Attr, ""},
		{"line", s.Rules[0].Title.Line, 41},
	}
	for _, c := range checks {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestSelectorGroupsMatch(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<p>x</p><td class=bt>no</td><b id=title>yes</b>`))
	if err != nil {
		t.Fatal(err)
	}
	found := full(t).Rules[2].Title.Match.MatchAll(doc)
	if len(found) != 1 || found[0].Data != "b" {
		t.Errorf("got %d elements, want the one <b>", len(found))
	}
}

func TestRulesFor(t *testing.T) {
	s := full(t)
	at := func(text string) time.Time {
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := []struct {
		name string
		date time.Time
		want string
	}{
		{"unknown date takes the newest", time.Time{}, "river-post@2022-10-01"},
		{"first second of a version, in the site's zone", at("2022-10-01T00:00:00+08:00"), "river-post@2022-10-01"},
		{"the same instant in UTC", at("2022-09-30T16:00:00Z"), "river-post@2022-10-01"},
		{"one second earlier", at("2022-09-30T15:59:59Z"), "river-post@2019-05-01"},
		{"before all dates", at("1999-01-01T00:00:00Z"), "river-post"},
		{"last second before until", at("2019-04-30T23:59:59+08:00"), "river-post"},
		{"far future", at("2199-01-01T00:00:00Z"), "river-post@2022-10-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.RulesFor(tt.date); got == nil || got.Name != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
	s.Rules = s.Rules[1:2]
	if got := s.RulesFor(at("2023-01-01T00:00:00Z")); got != nil {
		t.Errorf("a day that no version covers: got %s, want none", got.Name)
	}
	if got := new(configs.Site).RulesFor(time.Time{}); got != nil {
		t.Errorf("a site without rules: got %s, want none", got.Name)
	}
}

func TestHasHost(t *testing.T) {
	s := configs.Site{Hosts: []string{"www.a.example", "*.a.example", "b.example:81", "*.c.example:82", "[::1]:83"}}
	for host, want := range map[string]bool{
		"www.a.example": true, "WWW.A.EXAMPLE": true, "www.a.example:8080": true, "x.y.a.example": true, "x.a.example:99": true,
		"a.example": false, "xa.example": false, "a.example.evil.example": false, "": false, ".a.example": false,
		"b.example:81": true, "b.example": false, "b.example:82": false,
		"x.c.example:82": true, "x.c.example": false, "x.c.example:83": false, "c.example:82": false,
		"[::1]:83": true, "[::1]": false,
	} {
		if got := s.HasHost(host); got != want {
			t.Errorf("HasHost(%q) = %v, want %v", host, got, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	s := full(t)
	if !s.Includes("https://www.river-post.example/2024/05/123.html") || s.Includes("https://www.river-post.example/about.html") {
		t.Error("include does not tell articles from others")
	}
	if !s.Excludes("https://www.river-post.example/print/1.html") || s.Excludes("https://www.river-post.example/1.html") {
		t.Error("exclude does not tell what is never fetched")
	}
	if (&configs.Site{}).Includes("https://x.example/") {
		t.Error("a site without patterns includes nothing by pattern")
	}
}

func TestEncodeRoundTrip(t *testing.T) {
	first := encode(t, full(t))
	s, err := configs.Parse("again.yaml", first)
	if err != nil {
		t.Fatalf("what Encode wrote is refused: %v\n%s", err, first)
	}
	if second := encode(t, s); !bytes.Equal(first, second) {
		t.Errorf("round trip changed the site:\n%s\nbecame\n%s", first, second)
	}
}

func TestEncodeQuotes(t *testing.T) {
	for _, text := range []string{
		"#main", "*", "[itemprop=headline]", `a[title="it's"]`, "h1", "true", "no", "x: y", "a, b", "- x", "&a", "!x", "%x", "@x",
		"`x`", "| x", "> x", "? x", "a #b", "'", `"`, "标题", "td:nth-child(2)", "12", "1e3", "2022-10-01", "null", "~", "{a}", "a:", "...", "---",
	} {
		css, err := configs.NewSelector(text)
		if err != nil { // not CSS, but YAML must carry it all the same
			css = &configs.Selector{Text: text}
		}
		s := configs.Site{Name: "a", Hosts: []string{"a.example"}, Rules: []configs.Rules{{Title: css}}}
		_, err = configs.Parse("x.yaml", encode(t, s))
		for _, e := range configs.Errors(err) {
			if !strings.Contains(e.Problem, "not a CSS selector") || !strings.Contains(e.Error(), text) {
				t.Errorf("%q does not come back: %v", text, e)
			}
		}
	}
}

func TestForHost(t *testing.T) {
	tests := []struct{ host, name, hosts string }{
		{"www.Example.com", "example-com", "www.example.com example.com m.example.com wap.example.com mobile.example.com amp.example.com"},
		{"m.example.com", "example-com", "m.example.com example.com www.example.com wap.example.com mobile.example.com amp.example.com"},
		{"127.0.0.1:8080", "127-0-0-1-8080", "127.0.0.1:8080"},
	}
	for _, tt := range tests {
		s := configs.ForHost(tt.host)
		hosts := append([]string{}, s.Hosts...)
		if s.Name != tt.name || hosts[0] != strings.Fields(tt.hosts)[0] || len(hosts) != len(strings.Fields(tt.hosts)) {
			t.Errorf("ForHost(%s) = %s %v, want %s %s", tt.host, s.Name, hosts, tt.name, tt.hosts)
		}
		for _, h := range strings.Fields(tt.hosts) {
			if !s.HasHost(h) {
				t.Errorf("ForHost(%s) does not own %s", tt.host, h)
			}
		}
	}
}

func TestFind(t *testing.T) {
	sites := []configs.Site{
		{Name: "wide", Hosts: []string{"a.example", "*.a.example"}},
		{Name: "exact", Hosts: []string{"news.a.example"}},
	}
	for host, want := range map[string]string{"news.a.example": "exact", "x.a.example": "wide", "a.example:80": "wide"} {
		if got := configs.Find(sites, host); got == nil || got.Name != want {
			t.Errorf("Find(%s) = %v, want %s", host, got, want)
		}
	}
	if got := configs.Find(sites, "b.example"); got != nil {
		t.Errorf("Find of a host of nobody = %s", got.Name)
	}
}

func TestBuiltin(t *testing.T) {
	sites, err := configs.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, s := range sites {
		names[s.Name] = true
		if want := "sites/" + s.Name + ".yaml"; s.File != want {
			t.Errorf("site %s stands in %s, want %s", s.Name, s.File, want)
		}
		if len(s.Sources) == 0 {
			t.Errorf("site %s has no source", s.Name)
		}
	}
	for _, want := range []string{"demo-client", "demo-portal", "demo-county"} {
		if !names[want] {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestLoadFolder(t *testing.T) {
	site := func(name, host string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("name: " + name + "\nhosts: [" + host + "]\n")}
	}
	sites, err := configs.LoadFS(fstest.MapFS{
		"c/b.yaml": site("zeta", "z.example"), "c/a.yml": site("alpha", "a.example"), "c/.hidden.yaml": {Data: []byte("bad")},
		"c/README.md": {Data: []byte("text")}, "c/deep/x.yaml": {Data: []byte("bad")},
	}, "c")
	if err != nil {
		t.Fatal(err)
	}
	if len(sites) != 2 || sites[0].Name != "alpha" || sites[1].Name != "zeta" || sites[1].File != filepath.Join("c", "b.yaml") {
		t.Errorf("got %+v", sites)
	}

	refused := map[string]fstest.MapFS{
		`b.yaml:1:1: name: "same" is configured in a.yaml too`:              {"a.yaml": site("same", "a.example"), "b.yaml": site("same", "b.example")},
		"b.yaml:1:1: hosts: a.example belongs to one in a.yaml too":         {"a.yaml": site("one", "a.example"), "b.yaml": site("two", "a.example")},
		"the folder holds no *.yaml file: write one file for each site":     {"README.md": {}},
		"b.yaml:1:1: hosts: is missing":                                     {"a.yaml": site("one", "a.example"), "b.yaml": {Data: []byte("name: b\n")}},
		"b.yaml:2:3: is not UTF-8: save the file as UTF-8":                  {"b.yaml": {Data: []byte("# é\n# \xff\n")}},
		"b.yaml:2:1: is nested too deep: close the brackets":                {"b.yaml": {Data: append([]byte("name: a\n"), bytes.Repeat([]byte("["), 200<<10)...)}},
		"b.yaml:1:1: is nested too deep":                                    {"b.yaml": {Data: bytes.Repeat([]byte("- "), 100<<10)}},
		"b.yaml: is larger than 256 KiB: one file holds one site: split it": {"b.yaml": {Data: bytes.Repeat([]byte("#"), 256<<10+1)}},
	}
	for want, fsys := range refused {
		sites, err := configs.LoadFS(fsys, ".")
		if err == nil || sites != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, %v, want no sites and %q", sites, err, want)
		}
		var typed *configs.Error
		if !errors.As(err, &typed) || typed.Problem == "" || typed.Fix == "" {
			t.Errorf("%v is no *configs.Error with problem and fix", err)
		}
	}
}

// TestForeignEditors covers what editors of other systems leave in a file.
func TestForeignEditors(t *testing.T) {
	for name, src := range map[string]string{
		"byte order mark":  "\ufeffname: a\nhosts: [a.example]\n",
		"CRLF":             "name: a\r\nhosts:\r\n  - a.example\r\ndelay: 2s\r\n",
		"no last newline":  "name: a\nhosts: [a.example]",
		"document markers": "---\nname: a\nhosts: [a.example]\n...\n",
		"YAML directive":   "%YAML 1.2\n---\nname: a\nhosts: [a.example]\n",
		"flow style":       "{name: a, hosts: [a.example]}",
		"JSON":             `{"name": "a", "hosts": ["a.example"], "delay": "2s"}`,
		"folded text":      "name: >-\n  a\nhosts: [a.example]\n",
	} {
		s, err := configs.Parse("x.yaml", []byte(src))
		if err != nil || s.Name != "a" || len(s.Hosts) != 1 || s.Hosts[0] != "a.example" {
			t.Errorf("%s: got %+v, %v", name, s, err)
		}
	}
}

func TestLoadMissing(t *testing.T) {
	_, err := configs.Load("testdata/nowhere", "testdata/bad/none.yaml")
	if got := configs.Errors(err); len(got) != 2 || !strings.HasPrefix(got[1].Problem, "cannot be read: ") {
		t.Errorf("got %v, want one mistake for each path", err)
	}
	if _, err := configs.LoadFS(fstest.MapFS{}, "x.yaml"); len(configs.Errors(err)) != 1 {
		t.Errorf("LoadFS of a missing file: %v", err)
	}
	if configs.Errors(nil) != nil || configs.Errors(errors.New("other")) != nil {
		t.Error("Errors finds mistakes where there are none")
	}
}

// TestBad reads every file of testdata/bad. The comments "# want: …" at its top
// are the messages that it must give, all of them and no other, without the
// file's name.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d bad files, want at least 60 (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(src)) {
				if message, ok := strings.CutPrefix(line, "# want: "); ok {
					want = append(want, strings.TrimSpace(message))
				}
			}
			sites, err := configs.Load(file)
			var got []string
			for _, e := range configs.Errors(err) {
				got = append(got, strings.TrimPrefix(e.Error(), file+":"))
				if e.File != file || e.Line < 1 || e.Column < 1 || e.Problem == "" || e.Fix == "" {
					t.Errorf("incomplete: %+v", e)
				}
			}
			if sites != nil || len(want) == 0 || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n# want: %s\nwant\n# want: %s", strings.Join(got, "\n# want: "), strings.Join(want, "\n# want: "))
			}
		})
	}
}

func encode(t *testing.T, s configs.Site) []byte {
	t.Helper()
	text, err := configs.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
