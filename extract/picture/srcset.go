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
// picture; commas and spaces inside parentheses belong to the descriptor.
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
	var d described
	for _, x := range descriptors {
		if !d.add(x[:len(x)-1], x[len(x)-1]) {
			return c, false
		}
	}
	if d.width == 0 && !d.dense {
		d.density = 1
	}
	return source{addr, d.width, d.density}, addr != "" && (d.height == 0 || d.width != 0)
}

// described is what the descriptors of one candidate say.
type described struct {
	width, height int
	density       float64
	dense         bool
}

// add reads a descriptor; it reports false for an error: one that cannot be read,
// that came before, or that contradicts another.
func (d *described) add(value string, unit byte) bool {
	switch unit {
	case 'w':
		return d.width == 0 && !d.dense && positive(value, &d.width)
	case 'h':
		return d.height == 0 && !d.dense && positive(value, &d.height)
	case 'x':
		f, err := strconv.ParseFloat(value, 64)
		if err != nil || !(f >= 0 && f < 1e6) || d.dense || d.width+d.height != 0 {
			return false
		}
		d.density, d.dense = f, true
		return true
	}
	return false
}

func positive(s string, n *int) bool {
	v, err := strconv.Atoi(s)
	*n = v
	return err == nil && v > 0
}

// better reports whether c shows more than d: widths first, densities where one of
// the two has no width.
func (c source) better(d source) bool {
	if c.width != 0 || d.width != 0 {
		return c.width > d.width
	}
	return c.density > d.density
}
