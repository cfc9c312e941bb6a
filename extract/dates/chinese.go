package dates

// hanDigits are the digits of dates written out: 二〇一二年一月十七日.
const hanDigits = "〇一二三四五六七八九"

func hanDigit(r rune) int {
	if r == '零' || r == '○' || r == 'Ｏ' {
		return 0
	}
	n := 0
	for _, d := range hanDigits {
		if d == r {
			return n
		}
		n++
	}
	return -1
}

// chinese reads 二〇一二年一月十七日 at token i.
func (p *parser) chinese(i int) (Found, int, bool) {
	if r := p.tok(i).r; r != '二' && r != '一' {
		return Found{}, 0, false
	}
	y, n := 0, 0
	for ; n < 4; n++ {
		t := p.tok(i + n)
		d := hanDigit(t.r)
		if t.kind != kRune || d < 0 {
			return Found{}, 0, false
		}
		y = y*10 + d
	}
	if y < minYear || y > maxYear || !p.isRune(i+4, '年') {
		return Found{}, 0, false
	}
	month, j, ok := p.hanNumber(i + 5)
	if !ok || !p.isRune(j, '月') {
		return Found{}, 0, false
	}
	day, k, ok := p.hanNumber(j + 1)
	if !ok || !p.isRune(k, '日') {
		return Found{}, 0, false
	}
	d := date{Stamp: Stamp{Year: y, Month: month, Day: day}}
	return p.dateThenClock(i, d, k+1)
}

// hanNumber reads 一 to 三十一.
func (p *parser) hanNumber(i int) (int, int, bool) {
	v, seen := 0, false
	for ; p.tok(i).kind == kRune; i++ {
		r := p.tok(i).r
		if r == '十' {
			if !seen {
				v = 1
			}
			v, seen = v*10, true
			continue
		}
		d := hanDigit(r)
		if d < 0 || v > 31 {
			break
		}
		v, seen = v+d, true
	}
	return v, i, seen
}
