package picture

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"pressmark/extract/page"
)

// badSize reports whether no article's picture has this size. An unknown side is 0.
func badSize(w, h int, linked bool) bool {
	if w > 0 && w < minSide || h > 0 && h < minSide {
		return true
	}
	if w == 0 || h == 0 {
		return false
	}
	aspect := float64(w) / float64(h)
	return w*h < minArea || aspect > maxAspect || linked && aspect > linkedAspect || aspect < 1.0/(3*maxAspect)
}

// sizeAttributes are the attributes in which publishing systems keep the size of
// a picture that a script loads.
var sizeAttributes = [...][2]string{
	{"width", "height"}, {"data-width", "data-height"}, {"img_width", "img_height"}, {"data-rawwidth", "data-rawheight"},
	{"data-original-width", "data-original-height"},
}

// declaredSize reads width and height, in pixels, from attributes or style; 0
// where they are not declared or not in pixels.
func declaredSize(n *html.Node) (w, h int) {
	for _, name := range sizeAttributes {
		if w == 0 && h == 0 {
			w, h = pixels(page.Attr(n, name[0])), pixels(page.Attr(n, name[1]))
		}
	}
	if style := page.Attr(n, "style"); style != "" {
		if v := styleValue(style, "width"); w == 0 && v != "" {
			w = pixels(v)
		}
		if v := styleValue(style, "height"); h == 0 && v != "" {
			h = pixels(v)
		}
	}
	if ratio, err := strconv.ParseFloat(page.Attr(n, "data-ratio"), 64); err == nil && ratio > 0 && ratio < 100 {
		if wide := pixels(page.Attr(n, "data-w")); wide > 0 { // height in units of the width
			w, h = wide, int(ratio*float64(wide))
		}
	}
	return w, h
}

func pixels(s string) int {
	s = strings.TrimSuffix(strings.TrimSpace(s), "px")
	if i := strings.IndexByte(s, '.'); i >= 0 {
		s = s[:i]
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<15 {
		return 0
	}
	return n
}

// styleValue returns the value of a property in a style attribute, lower case.
func styleValue(style, property string) string {
	for part := range strings.SplitSeq(style, ";") {
		name, val, ok := strings.Cut(part, ":")
		if ok && strings.EqualFold(strings.TrimSpace(name), property) {
			return strings.ToLower(strings.TrimSpace(val))
		}
	}
	return ""
}

// sizeInName reads the size that publishing systems write into addresses of
// pictures, "/w640h130/", "_120x80.".
func sizeInName(u string, linked bool) (w, h int, _ bool) {
	for i := 0; i+1 < len(u); i++ {
		if strings.IndexByte("w_-/", u[i]) >= 0 && u[i+1] >= '1' && u[i+1] <= '9' {
			a, rest := leadingDigits(u[i+1:], 4)
			if rest == "" || rest[0] != 'x' && (rest[0] != 'h' || u[i] != 'w') {
				continue
			}
			if b, rest := leadingDigits(rest[1:], 4); b > 0 && !isRatio(a, b) && (rest == "" || strings.IndexByte("/._-&?", rest[0]) >= 0) {
				return a, b, linked
			}
		}
	}
	return 0, 0, linked
}

// isRatio reports whether two numbers name the shape of a picture, 16x9, and not its size.
func isRatio(w, h int) bool { return w <= 32 && h <= 32 && w != h || w == 1 && h == 1 }
