package text

// Mass is the weight of a text in any script, as line.mass counts it.
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
	return r >= 0x3400 && (r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff) ||
		r >= 0x3040 && r <= 0x30ff
}
