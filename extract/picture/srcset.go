package picture

import (
	"strconv"
	"strings"
)

// maxSrcset bounds the candidates that are read from one srcset attribute.
const maxSrcset = 64

// source is one image candidate of a srcset attribute.
type source struct {
	url     string
	width   int     // pixels, 0 where the candidate has no width descriptor
	density float64 // pixels a CSS pixel, 1 where it has no descriptor at all
}

// parseSrcset reads a srcset attribute by the algorithm of the HTML standard
// (4.8.4.2.2, "parse a srcset attribute"): an address may hold commas, only one
// at its end separates; candidates with descriptors that contradict each other
// or cannot be read are dropped.
func parseSrcset(s string) []source {
	var list []source
	for len(list) < maxSrcset {
		s = strings.TrimLeft(s, htmlSpace+",")
		if s == "" {
			break
		}
		end := strings.IndexAny(s, htmlSpace)
		if end < 0 {
			end = len(s)
		}
		addr := s[:end]
		s = s[end:]
		var descriptors []string
		if bare := strings.TrimRight(addr, ","); bare != addr {
			addr = bare
		} else {
			descriptors, s = srcsetDescriptors(s)
		}
		if c, ok := newSource(addr, descriptors); ok {
			list = append(list, c)
		}
	}
	return list
}

const htmlSpace = " \t\n\r\f"

// srcsetDescriptors reads the descriptors up to the comma that ends the
// Picture; commas and spaces inside parentheses belong to the descriptor.
func srcsetDescriptors(s string) (list []string, rest string) {
	start, parens := -1, 0
	end := func(i int) {
		if start >= 0 {
			list = append(list, s[start:i])
			start = -1
		}
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case parens > 0:
			if c == ')' {
				parens = 0
			}
		case strings.IndexByte(htmlSpace, c) >= 0:
			end(i)
		case c == ',':
			end(i)
			return list, s[i+1:]
		default:
			if c == '(' {
				parens = 1
			}
			if start < 0 {
				start = i
			}
		}
	}
	end(len(s))
	return list, ""
}

// newSource makes a candidate; ok is false where a descriptor is an error.
func newSource(addr string, descriptors []string) (c source, ok bool) {
	c.url = addr
	height := false
	for _, d := range descriptors {
		value := d[:len(d)-1]
		switch d[len(d)-1] {
		case 'w':
			n, err := strconv.Atoi(value)
			if err != nil || n <= 0 || c.width != 0 || c.density != 0 {
				return c, false
			}
			c.width = n
		case 'x':
			f, err := strconv.ParseFloat(value, 64)
			if err != nil || !(f >= 0 && f < 1e6) || c.width != 0 || c.density != 0 || height {
				return c, false
			}
			c.density = f
		case 'h':
			n, err := strconv.Atoi(value)
			if err != nil || n <= 0 || height || c.density != 0 {
				return c, false
			}
			height = true
		default:
			return c, false
		}
	}
	if c.width == 0 && c.density == 0 {
		c.density = 1
	}
	return c, addr != "" && (!height || c.width != 0)
}

// better tells whether c shows more than d: widths first, densities where one of
// the two has no width.
func (c source) better(d source) bool {
	if c.width != 0 || d.width != 0 {
		return c.width > d.width
	}
	return c.density > d.density
}
