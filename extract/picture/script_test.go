package picture

import (
	"fmt"
	"strings"
	"testing"
)

func TestFindSlides(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"JSON":            {`var g = {"list":[{"img":"/p/1.jpg","note":"会场"},{"img":"/p/2.jpg","note":"河道"},{"img":"/p/3.jpg","note":""}]};`, "/p/1.jpg|会场 /p/2.jpg|河道 /p/3.jpg|"},
		"bare keys":       {`slides = [ {src:'/p/1.jpg', title:'a'}, {src:'/p/2.jpg',title:'b'},` + "\n" + `{src : '/p/3.jpg'} ]`, "/p/1.jpg|a /p/2.jpg|b /p/3.jpg|"},
		"escapes":         {`[{"u":"http:\/\/i.example.cn\/1.jpg","alt":"\u4f1a\u573a \"A\""},{"u":"/2.jpg"},{"u":"/3.jpg"}]`, `http://i.example.cn/1.jpg|会场 "A" /2.jpg| /3.jpg|`},
		"nested address":  {`[{"pic":{"big":"/p/1b.jpg","small":"/p/1s.jpg"},"desc":"a"},{"pic":{"big":"/p/2b.jpg"}},{"pic":{"big":"/p/3b.jpg"}}]`, "/p/1b.jpg|a /p/2b.jpg| /p/3b.jpg|"},
		"other articles":  {`[{"img":"/p/1.jpg","url":"/a/1.html"},{"img":"/p/2.jpg","url":"/a/2.html"},{"img":"/p/3.jpg","url":"/a/3.html"}]`, ""},
		"too few":         {`[{"img":"/p/1.jpg"},{"img":"/p/2.jpg"}]`, ""},
		"apostrophes":     {"// don't\nvar x = [{a:'/1.jpg'},{a:'/2.jpg'},{a:'/3.jpg'}]", "/1.jpg| /2.jpg| /3.jpg|"},
		"unclosed":        {`[{"img":"/p/1.jpg"},{"img":"/p/2.jpg"},{"img":"/p/3`, ""},
		"closed too much": {`}]}] [{a:'/1.jpg'},{a:'/2.jpg'},{a:'/3.jpg'}]`, "/1.jpg| /2.jpg| /3.jpg|"},
		"empty":           {"", ""},
	} {
		var got []string
		slides := findSlides(c.script).slides
		for _, s := range slides {
			got = append(got, s.addresses[0]+"|"+s.caption)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, " "), c.want)
		}
	}
}

func FuzzFindSlides(f *testing.F) {
	f.Add(`var g = {"list":[{"img":"/p/1.jpg","note":"a"},{"img":"/p/2.jpg"},{"img":"/p/3.jpg"}]};`)
	f.Add("slides = [ {src:'/p/1.jpg', title:'\\u00zz\\'}, {src : '/p/2.jpg'}]]}}")
	f.Fuzz(func(t *testing.T, script string) {
		list := findSlides(script).slides
		if len(list) > maxSlides {
			t.Fatalf("%d slides", len(list))
		}
		for _, s := range list {
			if len(s.addresses) == 0 {
				t.Fatal("slide without an address")
			}
		}
	})
}

func TestManyScripts(t *testing.T) {
	var b strings.Builder
	for i := range 200000 {
		fmt.Fprintf(&b, `[{"a":["/p/%d.jpg",{`, i)
	}
	if got := findSlides(b.String()).slides; len(got) != 0 {
		t.Errorf("%d slides", len(got))
	}
}
