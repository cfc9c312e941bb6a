package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"pressmark/configs"
	"pressmark/crawler"
	"pressmark/crawler/fleet"
	"pressmark/crawler/rhythm"
)

// explainRun prints why and when a site is visited next.
func (a *app) explainRun(ctx context.Context, f runFlags) error {
	log := a.logger(true)
	config, err := f.readConfig(ctx, log)
	if err != nil {
		return err
	}
	key, group := keyOf(config.sites, f.explain)
	if key == "" {
		return noSite(f.explain, f.config)
	}
	visitor, closeNet, err := a.newVisitor(ctx, f, nil, nil, log)
	if err != nil {
		return err
	}
	defer closeNet()
	known, err := visitor.Known(ctx, group)
	if err != nil {
		return err
	}
	queue, err := f.openQueue(ctx, log)
	if err != nil {
		return err
	}
	defer queue.Close()
	plan, err := queue.Plan(ctx, key)
	if err != nil {
		return fmt.Errorf("%w: %w", fleet.ErrQueue, err)
	}
	e := explanation{key: key, site: f.explain, group: group, known: known, plan: plan, visitor: visitor, now: a.now()}
	e.print(a.stdout)
	return nil
}

// keyOf returns the key of a configured site, and the sites that share it; "" if
// there is no site of this name.
func keyOf(sites []configs.Site, name string) (string, []configs.Site) {
	for key, group := range fleet.Group(sites) {
		for i := range group {
			if group[i].Name == name {
				return key, group
			}
		}
	}
	return "", nil
}

// explanation is why and when a site is visited next.
type explanation struct {
	key, site string
	group     []configs.Site
	known     crawler.Known
	plan      fleet.Plan
	visitor   *crawler.Visitor
	now       time.Time
}

func (e *explanation) print(w io.Writer) {
	var names []string
	for i := range e.group {
		names = append(names, e.group[i].Name)
	}
	fmt.Fprintf(w, "%s: key %s", e.site, e.key)
	if len(names) > 1 {
		fmt.Fprintf(w, ", visited together with the sites that share its hosts: %s", strings.Join(names, ", "))
	}
	fmt.Fprintln(w)
	for i := range e.group {
		s := &e.group[i]
		b := rhythm.Bounds{Min: s.Visit.Min, Max: s.Visit.Max}.Or(e.visitor.Bounds)
		fmt.Fprintf(w, "%s: visits at least %s and at most %s apart, priority %s, %d articles in the last %d days\n", s.Name,
			configs.FormatDuration(b.Min), configs.FormatDuration(b.Max), s.Visit.Priority, e.known.Rhythms[i].Total(), int(rhythm.Window.Hours()/24))
		printWeek(w, &e.known.Rhythms[i])
	}
	e.printPlan(w)
}

func (e *explanation) printPlan(w io.Writer) {
	p := e.plan
	if !p.Ended.IsZero() {
		fmt.Fprintf(w, "last visit ended %s, by %s\n", when(p.Ended, e.now), clean(p.Worker))
	}
	if p.Failures > 0 {
		fmt.Fprintf(w, "%d visits in a row failed; the last that did not ended %s\n", p.Failures, when(p.Succeeded, e.now))
	}
	switch {
	case p.State == "running":
		fmt.Fprintf(w, "next visit: under way, by %s\n", clean(p.Worker))
	case p.State == "":
		next := e.visitor.Next(e.group, e.known.Rhythms, e.known.Last, 0)
		if e.known.Last.IsZero() {
			next = rhythm.Next{At: e.now, Reason: "the log has no visit yet"}
		}
		fmt.Fprintf(w, "the queue has no job of it yet ('pressmark run' makes one)\nnext visit: %s, because %s\n", when(next.At, e.now), next.Reason)
	case p.Why == "":
		fmt.Fprintf(w, "next visit: %s, the first of this queue\n", when(p.At, e.now))
	default:
		fmt.Fprintf(w, "next visit: %s, because %s\n", when(p.At, e.now), clean(p.Why))
	}
}

// when is a time for people, with its distance from now.
func when(at, now time.Time) string {
	if at.IsZero() {
		return "never"
	}
	d := at.Sub(now).Round(time.Second)
	text := at.UTC().Format("2006-01-02 15:04:05 UTC")
	switch {
	case d < 0:
		return fmt.Sprintf("%s (%s ago)", text, configs.FormatDuration(-d))
	case d == 0:
		return text + " (now)"
	}
	return fmt.Sprintf("%s (in %s)", text, configs.FormatDuration(d))
}

// printWeek draws a site's expected articles by day and hour.
func printWeek(w io.Writer, r *rhythm.Rhythm) {
	if r.Total() == 0 {
		return
	}
	fmt.Fprintln(w, "  articles expected an hour (UTC): . none, - below 0.2, + below 1, # 1 or more")
	fmt.Fprintln(w, "       0     6     12    18")
	for _, d := range r.Days() {
		var line strings.Builder
		for _, rate := range d.Hours {
			switch {
			case rate < 0.02:
				line.WriteByte('.')
			case rate < 0.2:
				line.WriteByte('-')
			case rate < 1:
				line.WriteByte('+')
			default:
				line.WriteByte('#')
			}
		}
		fmt.Fprintf(w, "  %s  %s\n", d.Weekday.String()[:3], line.String())
	}
}
