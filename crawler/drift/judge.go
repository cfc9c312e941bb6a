package drift

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// after returns the memory with the pages of the run taken in.
func (w *Watch) after(now time.Time) memory {
	m := w.known
	if len(w.run) == 0 {
		return m
	}
	run := slices.SortedFunc(slices.Values(w.run), func(a, b entry) int { // in an order that does not depend on the workers
		return cmp.Or(cmp.Compare(a.Has, b.Has), cmp.Compare(a.Length, b.Length))
	})
	recent := slices.Concat(m.Recent, run)
	signals := w.judge(run, recent[max(0, len(recent)-lately):])
	if m.Finding != nil || len(signals) > 0 {
		return w.changed(run, signals, now)
	}
	if over := len(recent) - lately; over > 0 { // earlier ones are usual now
		for _, e := range recent[:over] {
			m.Usual.add(e)
		}
		m.Usual.fade(window)
		recent = recent[over:]
	}
	m.Recent = recent
	if m.Of >= enough { // before that there is hardly a template
		m.Likes = slices.Concat(m.Likes, slices.Sorted(slices.Values(w.likes)))
		m.Likes = m.Likes[max(0, len(m.Likes)-likesKept):]
	}
	n := float64(len(run))
	m.Of = min(m.Of+n, window)
	m.Template = w.mixed(n / m.Of)
	return m
}

// changed returns the memory of a site that reads otherwise than it used to, or did so
// until this run.
func (w *Watch) changed(run []entry, signals []Signal, now time.Time) memory {
	m := w.known
	if m.Finding == nil {
		m.Finding, m.Since = &Finding{Since: now.UTC().Truncate(time.Second)}, 0
		m.Recent = nil // what was before the change says nothing of it
	}
	m.Recent = slices.Concat(m.Recent, run)
	m.Recent = m.Recent[max(0, len(m.Recent)-lately):]
	if len(signals) == 0 && len(run) >= least(m.Finding) {
		m.Finding, m.Since, m.Recent = nil, 0, run[max(0, len(run)-lately):] // as it used to be
		return m
	}
	f := *m.Finding
	f.take(signals)
	m.Finding, m.Since = &f, m.Since+len(run)
	if m.Since >= newPage { // the change has become the usual state
		return memory{Rules: m.Rules, Recent: m.Recent, Template: w.mixed(1), Of: float64(len(run))}
	}
	return m
}

// least is the number of pages that show the end of a change.
func least(f *Finding) int {
	if f.Degraded {
		return lately / 2
	}
	return fewPages
}

// take adds signals to a finding. Those that it has keep their first value.
func (f *Finding) take(signals []Signal) {
	list := append([]Signal(nil), f.Signals...)
	for _, s := range signals {
		known := false
		for i := range list {
			if list[i].Name == s.Name {
				list[i].Now, known = s.Now, true
			}
		}
		if !known {
			list = append(list, s)
		}
		f.Redesigned = f.Redesigned || s.Name == templateSignal
		f.Degraded = f.Degraded || s.Name != templateSignal
	}
	f.Signals = list
}

const templateSignal = "template"

// How sure a change must be: the probability that as few pages have a feature by chance.
// Sites are judged some hundred thousand times a year.
const (
	chance     = 1e-6
	softChance = 1e-10
)

// judge compares the pages of a run, and the last pages of several, with the window.
func (w *Watch) judge(run, recent []entry) (signals []Signal) {
	if s, changed := w.templateChanged(); changed {
		signals = append(signals, s)
		recent = run // pages of the old template are of no use
	}
	usual := &w.known.Usual
	if usual.Pages < enough {
		return signals
	}
	for _, list := range [][]entry{run, recent} { // a run with many pages shows by itself what few show together
		now := sampleOf(list)
		if found := usual.lost(&now); len(found) > 0 {
			return append(signals, found...)
		}
	}
	return signals
}

// lost compares a sample with the usual one.
func (s *sample) lost(now *sample) (signals []Signal) {
	if x, fell := fallen("articles", s.Articles, s.Pages, now.Articles, now.Pages, false); fell {
		signals = append(signals, x)
	}
	if s.Articles < enough || now.Articles == 0 {
		return signals
	}
	for i := range features {
		if x, fell := fallen(features[i].name, s.Has[i], s.Articles, now.Has[i], now.Articles, features[i].soft); fell {
			signals = append(signals, x)
		}
	}
	return append(signals, shorter(s, now)...)
}

// fallen reports whether a rate fell below what chance explains.
func fallen(name string, had, of, has, now float64, soft bool) (Signal, bool) {
	before, rate := had/of, has/now
	const slack = 0.02 // the window itself is a sample
	most, part := chance, 0.6
	if soft {
		most, part = softChance, 0.3
	}
	if before < 0.5 || rate > part*before {
		return Signal{}, false
	}
	return Signal{name, before, rate}, tail(int(math.Round(has)), int(math.Round(now)), before-slack) < most
}

// tail is the probability of k or fewer hits in n tries at probability p.
func tail(k, n int, p float64) (sum float64) {
	p = min(max(p, 1e-9), 1-1e-9)
	term := math.Pow(1-p, float64(n))
	for i := 0; i <= k; i++ {
		sum += term
		term *= float64(n-i) / float64(i+1) * p / (1 - p)
	}
	return sum
}

// shorter reports texts that are much shorter than they used to be.
func shorter(usual, recent *sample) []Signal {
	const fewest = 6
	if recent.Articles < fewest {
		return nil
	}
	before, now := usual.Length/usual.Articles, recent.Length/recent.Articles
	variance := max(usual.Squares/usual.Articles-before*before, 0)
	least := max(math.Log(2.5), 5*math.Sqrt(variance/recent.Articles))
	if before-now < least {
		return nil
	}
	return []Signal{{"length", math.Exp(before), math.Exp(now)}}
}
