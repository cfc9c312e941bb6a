package picture

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseSrcset(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []source
	}{
		{"", nil},
		{" , ,, ", nil},
		{"a.jpg", []source{{"a.jpg", 0, 1}}},
		{"a.jpg 1x, b.jpg 2x", []source{{"a.jpg", 0, 1}, {"b.jpg", 0, 2}}},
		{"a.jpg 320w,b.jpg 640w", []source{{"a.jpg", 320, 0}, {"b.jpg", 640, 0}}},
		{"a.jpg 1.5x , b.jpg", []source{{"a.jpg", 0, 1.5}, {"b.jpg", 0, 1}}},
		{"a.jpg,b.jpg 2x", []source{{"a.jpg,b.jpg", 0, 2}}}, // no space after the comma: one address
		{"a.jpg, b.jpg 2x", []source{{"a.jpg", 0, 1}, {"b.jpg", 0, 2}}},
		{"/w_200,c_fill/a.jpg 200w, /w_400,c_fill/a.jpg 400w", []source{{"/w_200,c_fill/a.jpg", 200, 0}, {"/w_400,c_fill/a.jpg", 400, 0}}},
		{"a.jpg 100w 50h", []source{{"a.jpg", 100, 0}}},
		{"a.jpg 50h, b.jpg", []source{{"b.jpg", 0, 1}}},     // height without width
		{"a.jpg 100w 2x, b.jpg", []source{{"b.jpg", 0, 1}}}, // both descriptors
		{"a.jpg -1x, b.jpg 0w, c.jpg 1e2x", []source{{"c.jpg", 0, 100}}},
		{"a.jpg huge, b.jpg", []source{{"b.jpg", 0, 1}}},
		{"a.jpg foo(1, 2) 2x, b.jpg", []source{{"b.jpg", 0, 1}}}, // a comma in parentheses does not separate
		{"a.jpg foo(1, 2", nil},
		{"\n\t a.jpg\n2x\t,\n", []source{{"a.jpg", 0, 2}}},
		{"a.jpg NaNx, b.jpg infx", nil},
	} {
		if got := parseSrcset(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("parseSrcset(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

func FuzzParseSrcset(f *testing.F) {
	f.Add("a.jpg 1x, b.jpg 2x")
	f.Add("a.jpg 100w 50h,, b.jpg foo(1,")
	f.Add("/w_200,c_fill/a.jpg\u00a0200w ,")
	f.Fuzz(func(t *testing.T, s string) {
		list := parseSrcset(s)
		if len(list) > maxSrcset {
			t.Fatalf("%d candidates", len(list))
		}
		for _, c := range list {
			if c.url == "" || strings.ContainsAny(c.url, htmlSpace) || strings.HasSuffix(c.url, ",") || !strings.Contains(s, c.url) {
				t.Fatalf("candidate %q of %q", c.url, s)
			}
			if c.width < 0 || !(c.density >= 0) || c.width == 0 && c.density == 0 && !strings.Contains(s, "0") {
				t.Fatalf("candidate %+v", c)
			}
		}
	})
}
