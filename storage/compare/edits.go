package compare

// edit is one step from an old sequence to a new one.
type edit struct {
	kind     Kind // Same, Added or Removed
	old, new int  // indexes; old for Removed, new for Added, both for Same
}

// maxSteps bounds the work for sequences that have little in common: beyond it
// the old one counts as removed and the new one as added.
const maxSteps = 4000

// edits returns the steps of a shortest edit script (Myers, An O(ND) Difference
// Algorithm, 1986), removed before added where both come at one place.
func edits(a, b []string) []edit {
	shorter := min(len(a), len(b))
	start := 0
	for start < shorter && a[start] == b[start] {
		start++
	}
	end := 0
	for end < shorter-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	out := make([]edit, 0, max(len(a), len(b)))
	for i := range start {
		out = append(out, edit{Same, i, i})
	}
	for _, e := range shortest(a[start:len(a)-end], b[start:len(b)-end]) {
		out = append(out, edit{e.kind, e.old + start, e.new + start})
	}
	for i := range end {
		out = append(out, edit{Same, len(a) - end + i, len(b) - end + i})
	}
	return out
}

func shortest(a, b []string) []edit {
	if len(a) == 0 || len(b) == 0 {
		return replaced(a, b)
	}
	limit := min(len(a)+len(b), maxSteps)
	v := make([]int, 2*limit+2) // furthest x on diagonal k, at limit+k
	var trace [][]int
	for d := 0; d <= limit; d++ {
		lo, hi := limit-d, limit+d
		trace = append(trace, append([]int(nil), v[max(0, lo-1):hi+2]...))
		for k := -d; k <= d; k += 2 {
			x := furthest(v, limit, d, k)
			for x < min(len(a), len(b)+k) && a[x] == b[x-k] {
				x++
			}
			v[limit+k] = x
			if x >= len(a) && x-k >= len(b) {
				return back(trace, limit, a, b)
			}
		}
	}
	return replaced(a, b)
}

// furthest is the end of the path on diagonal k before it follows equal elements.
func furthest(v []int, limit, d, k int) int {
	if fromAbove(k, d, func(k int) int { return v[limit+k] }) {
		return v[limit+k+1]
	}
	return v[limit+k-1] + 1
}

// fromAbove reports whether the path of d edits to diagonal k comes from diagonal k+1.
// end returns the end of the path of d-1 edits on a diagonal.
func fromAbove(k, d int, end func(k int) int) bool {
	return k == -d || k != d && end(k-1) < end(k+1)
}

// back follows the trace from the end to the start.
func back(trace [][]int, limit int, a, b []string) []edit {
	var out []edit
	x, y := len(a), len(b)
	for d := len(trace) - 1; d >= 0; d-- {
		base := max(0, limit-d-1) // index of trace[d][0] in v
		at := func(k int) int { return trace[d][limit+k-base] }
		k := x - y
		var from int
		if fromAbove(k, d, at) {
			from = k + 1
		} else {
			from = k - 1
		}
		px := 0
		if d > 0 {
			px = at(from)
		}
		py := px - from
		if d == 0 {
			px, py = 0, 0
		}
		for min(x-px, y-py) > 0 && a[x-1] == b[y-1] {
			x, y = x-1, y-1
			out = append(out, edit{Same, x, y})
		}
		if d == 0 {
			break
		}
		if from == k+1 {
			y--
			out = append(out, edit{Added, x, y})
		} else {
			x--
			out = append(out, edit{Removed, x, y})
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return removedFirst(out)
}

// removedFirst puts the removals of each run of changes before its additions.
func removedFirst(in []edit) []edit {
	for i := 0; i < len(in); {
		j := i
		for j < len(in) && in[j].kind != Same {
			j++
		}
		run := make([]edit, 0, j-i)
		for _, kind := range []Kind{Removed, Added} {
			for _, e := range in[i:j] {
				if e.kind == kind {
					run = append(run, e)
				}
			}
		}
		copy(in[i:j], run)
		i = j + 1
	}
	return in
}

func replaced(a, b []string) []edit {
	out := make([]edit, 0, len(a)+len(b))
	for i := range a {
		out = append(out, edit{Removed, i, 0})
	}
	for i := range b {
		out = append(out, edit{Added, 0, i})
	}
	return out
}
