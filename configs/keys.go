package configs

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	_ "time/tzdata" // zones load on machines and in containers that have no zone files

	"golang.org/x/text/language"
)

// maxDuration bounds every duration in a site's file.
const maxDuration = 10 * 365 * 24 * time.Hour

// nameForm is the form of a site's name: it is a segment of archive keys.
var nameForm = regexp.MustCompile(`^[a-z0-9]+(-+[a-z0-9]+)*$`)

// maxName keeps archive keys well below the 255 bytes that stores allow a segment.
const maxName = 64

// site reads the whole file. Checks between keys come after all keys are read,
// so that the order of keys does not matter.
func (d *decoder) site(root value) Site {
	s := Site{File: d.file}
	var rules value
	var sources, hosts, allowed []value // where each of s.Sources, s.Hosts and s.AllowPrivate stands
	seen := d.mapping(root, []field{
		{"name", func(v value) { s.Name = d.name(v) }},
		{"hosts", func(v value) { s.Hosts, hosts = d.hosts(v) }},
		{"language", func(v value) { s.Language = d.language(v) }},
		{"timezone", func(v value) { s.Timezone = d.zone(v) }},
		{"sources", func(v value) {
			d.list(v, func(v value) { s.Sources = append(s.Sources, d.source(v)); sources = append(sources, v) })
		}},
		{"delay", func(v value) { s.Delay = d.duration(v, time.Millisecond, 24*time.Hour) }},
		{"include", func(v value) { s.Include = d.patterns(v) }},
		{"exclude", func(v value) { s.Exclude = d.patterns(v) }},
		{"limits", func(v value) { s.Limits = d.limits(v) }},
		{"visit", func(v value) { s.Visit = d.visit(v) }},
		{"revisit", func(v value) { s.Revisit = d.revisit(v) }},
		{"follow_links", func(v value) { s.FollowLinks = d.boolean(v) }},
		{"render", func(v value) { s.Render = d.render(v) }},
		{"allow_private", func(v value) { s.AllowPrivate, allowed = d.hosts(v) }},
		{"proxy", func(v value) { d.proxy(v, &s.Access) }},
		{"user_agent", func(v value) { s.Access.UserAgent = d.userAgent(v) }},
		{"credentials", func(v value) { d.credentials(v, &s.Access) }},
		{"rules", func(v value) { rules = v }},
	})
	if seen == nil {
		return s
	}
	d.required(root, seen, "name", "write name: and a short name in lower case, such as county-news")
	d.required(root, seen, "hosts", "write hosts: and the site's host names, such as [www.example.com]")
	if rules.node != nil { // dates are days in the site's zone, so the zone must be known
		s.Rules = d.ruleSets(rules, s.Name, s.Timezone)
	}
	d.checkHosts(&s, hosts, allowed)
	d.checkSources(&s, sources)
	return s
}

func (d *decoder) required(at value, seen map[string]value, key, fix string) {
	if _, ok := seen[key]; !ok {
		d.fail(value{at.node, join1(at.path, key)}, "is missing", fix)
	}
}

func (d *decoder) name(v value) string {
	s, ok := d.text(v)
	if ok && (!nameForm.MatchString(s) || len(s) > maxName) {
		d.fail(v, fmt.Sprintf("%q is not a site name", s), "use lower case letters a-z, digits and hyphens between them, 64 at most")
	}
	return s
}

func (d *decoder) language(v value) string {
	s, ok := d.text(v)
	if !ok {
		return ""
	}
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		d.fail(v, fmt.Sprintf("%q is not a language tag", s), "use a BCP 47 tag such as zh, zh-Hant, en-GB")
		return ""
	}
	return tag.String()
}

func (d *decoder) zone(v value) *time.Location {
	s, ok := d.text(v)
	if !ok {
		return nil
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "Local" {
		d.fail(v, fmt.Sprintf("%q is not a time zone", s), "use a name of the IANA list such as Asia/Shanghai, Europe/London, UTC")
		return nil
	}
	return zone
}

// duration reads a duration between two bounds, both inclusive.
func (d *decoder) duration(v value, low, high time.Duration) time.Duration {
	const fix = "write a number with a unit such as 500ms, 2s, 10m, 6h or 7d"
	if k := kind(v.node); k == "a number" {
		d.fail(v, v.node.GetToken().Value+" has no unit", fix)
		return 0
	}
	s, ok := d.text(v)
	if !ok {
		return 0
	}
	if strings.HasPrefix(s, "-") {
		d.fail(v, fmt.Sprintf("%q is negative", s), "a duration cannot be; "+fix)
		return 0
	}
	span, err := ParseDuration(s)
	if err != nil {
		d.fail(v, fmt.Sprintf("%q is not a duration", s), fix)
		return 0
	}
	if span < low || span > high {
		d.fail(v, fmt.Sprintf("%q is out of range", s),
			fmt.Sprintf("write %s to %s, or take the key out for the default", FormatDuration(low), FormatDuration(high)))
		return 0
	}
	return span
}

func (d *decoder) patterns(v value) []*regexp.Regexp {
	var list []*regexp.Regexp
	d.list(v, func(v value) {
		s, ok := d.text(v)
		if !ok {
			return
		}
		p, err := regexp.Compile(s)
		if err != nil {
			d.fail(v, fmt.Sprintf("%q is not a pattern: %s", s, reason(err)), "use RE2 syntax in single quotes, such as '/news/\\d+\\.html$'")
			return
		}
		list = append(list, p)
	})
	return list
}

// reason strips what the caller says already off an error of package regexp.
func reason(err error) string { return strings.TrimPrefix(err.Error(), "error parsing regexp: ") }

func (d *decoder) render(v value) Render {
	text, ok := d.text(v)
	if !ok {
		return ""
	}
	switch r := Render(text); r {
	case RenderNever, RenderAlways:
		return r
	case RenderAuto:
		return ""
	}
	d.fail(v, fmt.Sprintf("%q is no way to render", text), "write never, auto (pages that are empty without scripts) or always")
	return ""
}

func (d *decoder) limits(v value) Limits {
	var l Limits
	d.mapping(v, []field{
		{"pages", func(v value) { l.Pages = d.number(v) }},
		{"urls", func(v value) { l.URLs = d.number(v) }},
		{"depth", func(v value) { l.Depth = d.number(v) }},
		{"images", func(v value) { l.Images = d.number(v) }},
	})
	return l
}

// priorities are the words for Visit.Priority.
var priorities = map[string]Priority{"high": High, "normal": Normal, "low": Low}

func (d *decoder) visit(v value) Visit {
	var out Visit
	seen := d.mapping(v, []field{
		{"min", func(v value) { out.Min = d.duration(v, time.Second, maxDuration) }},
		{"max", func(v value) { out.Max = d.duration(v, time.Second, maxDuration) }},
		{"priority", func(v value) {
			text, ok := d.text(v)
			if !ok {
				return
			}
			if out.Priority, ok = priorities[text]; !ok {
				d.fail(v, fmt.Sprintf("%q is no priority", text), "write high, normal or low")
			}
		}},
	})
	if out.Max > 0 && out.Min > out.Max {
		d.fail(seen["max"], FormatDuration(out.Max)+" is shorter than min, "+FormatDuration(out.Min),
			"max is the longest time between two visits, min the shortest")
	}
	return out
}

// revisit reads the schedule; an empty list is a schedule too: never.
func (d *decoder) revisit(v value) []time.Duration {
	list := []time.Duration{}
	d.list(v, func(v value) {
		span := d.duration(v, time.Minute, maxDuration)
		if span == 0 {
			return
		}
		if n := len(list); n > 0 && span <= list[n-1] {
			d.fail(v, FormatDuration(span)+" does not come after "+FormatDuration(list[n-1]), "list the times since the first capture from short to long")
			return
		}
		list = append(list, span)
	})
	return list
}

// source reads one source: a URL alone, or url, type and each.
func (d *decoder) source(v value) Source {
	var s Source
	if kind(v.node) != "a group of keys" {
		s.URL = d.sourceURL(v)
		return s
	}
	seen := d.mapping(v, []field{
		{"url", func(v value) { s.URL = d.sourceURL(v) }},
		{"type", func(v value) { s.Type = d.sourceType(v) }},
		{"each", func(v value) { s.Each = d.duration(v, time.Second, maxDuration) }},
	})
	d.required(v, seen, "url", "write url: and the address of the feed, sitemap or page")
	return s
}

func (d *decoder) sourceType(v value) SourceType {
	s, ok := d.text(v)
	t := SourceType(s)
	if ok && !slices.Contains([]SourceType{Feed, Sitemap, Page, Archive}, t) {
		d.fail(v, fmt.Sprintf("%q is not a source type", s), "use feed, sitemap, page or archive, or leave it out to have it found out")
		return ""
	}
	return t
}

func (d *decoder) sourceURL(v value) string {
	s, ok := d.text(v)
	if !ok {
		return ""
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		d.fail(v, fmt.Sprintf("%q is not a URL", s), "write the whole address, https://host/path")
	case !slices.Contains([]string{"http", "https"}, u.Scheme), u.Hostname() == "":
		d.fail(v, fmt.Sprintf("%q is not an http or https URL", s), "write the whole address, https://host/path")
	case u.User != nil:
		d.fail(v, "the URL holds a user name", "take it out: pages behind a login are not archived")
	case u.Fragment != "":
		d.fail(v, "the URL holds a fragment", fmt.Sprintf("take #%s out: it never reaches the server", u.Fragment))
	default:
		return s
	}
	return ""
}
