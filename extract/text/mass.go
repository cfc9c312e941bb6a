package text

// Mass is the weight of a text in any script, so that texts can be compared by length: a
// Han, kana or Hangul character counts three, a character of another script without
// spaces between words two (see [IsUnspaced]), a space nothing, any other character one.
func Mass(s string) int32 {
	var n int32
	for _, r := range s {
		switch {
		case r == ' ':
		case IsWide(r):
			n += 3
		case IsUnspaced(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// IsUnspaced reports whether a rune is Thai, Lao, Tibetan, Myanmar or Khmer: scripts
// without spaces between words, whose texts are shorter in characters than Latin ones.
func IsUnspaced(r rune) bool {
	return r >= 0x0e00 && (r < 0x10a0 || r >= 0x1780 && r < 0x1800)
}

// IsWide reports whether a rune is Han, kana or Hangul: one of them says about as
// much as three letters.
func IsWide(r rune) bool {
	if r < 0x3400 {
		return r >= 0x3040 && r <= 0x30ff // kana
	}
	for i := range wide {
		if r <= wide[i].last {
			return r >= wide[i].first
		}
	}
	return false
}

// wide are the blocks of Han and Hangul, in order.
var wide = [...]struct{ first, last rune }{{0x3400, 0x9fff}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0x20000, 0x3ffff}}
