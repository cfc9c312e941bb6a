package urllist_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"pressmark/crawler/urllist"
)

func fate(address string) urllist.Fate {
	return urllist.Fate{Outcome: "archived", ID: "id-of-" + address}
}

func TestReadAndWrite(t *testing.T) {
	const a, b = "https://a.example/1", "https://b.example/2"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("url\tnote\r\n" + a + "\tdéjà\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in, column string
		urls             string
		out              string
	}{
		{"lines", "# mine\n" + a + "\n\n  b.example/2  \r\n" + a + "\n", "", a + " " + b,
			"url,outcome,reason,id\n" + a + ",archived,,id-of-" + a + "\nb.example/2,archived,,id-of-" + b + "\n" + a + ",archived,,id-of-" + a + "\n"},
		{"a bad line is kept", a + "\nhttp://\nurls.csv\n", "", a,
			"url,outcome,reason,id\n" + a + ",archived,,id-of-" + a + "\nhttp://,skipped,bad_url,\nurls.csv,skipped,bad_url,\n"},
		{"table", "id,URL,title\n7," + a + ",\"One, two\"\n8,,none\n9\n", "", a,
			"id,URL,title,outcome,reason,pressmark_id\n7," + a + ",\"One, two\",archived,,id-of-" + a + "\n8,,none,skipped,no_url,\n9,,,skipped,no_url,\n"},
		{"named column, semicolons", "n;link\n1;" + a + "\n", "link", a, "n;link;outcome;reason;id\n1;" + a + ";archived;;id-of-" + a + "\n"},
		{"byte order mark", "\ufeffurl\n" + a + "\n", "", a, "url,outcome,reason,id\n" + a + ",archived,,id-of-" + a + "\n"},
		{"line ends in cells", "url,text\n" + a + ",\"two\nlines\"\n", "", a, "url,text,outcome,reason,id\n" + a + ",\"two\nlines\",archived,,id-of-" + a + "\n"},
		{"UTF-16, tabs", utf16, "", a, "url\tnote\toutcome\treason\tid\n" + a + "\tdéjà\tarchived\t\tid-of-" + a + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := urllist.Read(strings.NewReader(c.in), urllist.Options{Name: "list", Column: c.column})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(l.Addresses(), " "); got != c.urls {
				t.Errorf("addresses %s, want %s", got, c.urls)
			}
			var out bytes.Buffer
			if err := l.Write(&out, fate); err != nil || out.String() != c.out {
				t.Errorf("written %v\n%s\nwant\n%s", err, out.String(), c.out)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ in, column, want string }{
		{"", "", "list has no address"},
		{"# nothing\n", "", "list has no address"},
		{"a,b\n1,2\n", "link", `list has no column "link"; its columns: a, b`},
		{"url\n\n", "", "list has no address"},
		{"urls.txt\nother.csv\n", "", "list has no address"},
	} {
		if _, err := urllist.Read(strings.NewReader(c.in), urllist.Options{Name: "list", Column: c.column}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.in, err, c.want)
		}
	}
}

func TestNameOfFile(t *testing.T) {
	exists := func(name string) bool { return name == "there" || name == "news.example" }
	for address, want := range map[string]bool{
		"urls.txt": true, "https://urls.csv": true, "http://list.jsonl/": true, "URLS.TXT": true, "there": true, "news.example": true,
		"./x": true, "/tmp/x": true, `C:\urls.csv`: true, "file:///tmp/x": true, "pages.tar.gz": true,
		"https://news.example/urls.txt": false, "news.example/urls.csv": false, "paper.md": false, "https://a.zip/": false, "localhost:8080": false,
		"127.0.0.1": false, "https://there": false, "": false, "https://user:x@www.example.com:80/a.txt": false,
	} {
		if err := urllist.NameOfFile(address, exists); errors.Is(err, urllist.ErrFile) != want {
			t.Errorf("%q: %v, want a file: %v", address, err, want)
		}
	}
}

// FuzzRead: whatever a list holds, every row of it comes back.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a.example\n", "url;x\na.example;\"\n", "\xff\xfeu\x00", "url\t\n\t\n"} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, in, column string) {
		l, err := urllist.Read(strings.NewReader(in), urllist.Options{Column: column})
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := l.Write(&out, fate); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "\n"); n < len(l.Addresses())+l.Wrong() {
			t.Errorf("%d lines for %d addresses and %d rows without", n, len(l.Addresses()), l.Wrong())
		}
	})
}
