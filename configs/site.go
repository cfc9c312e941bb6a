package configs

import (
	"regexp"
	"strings"
	"time"
)

// Site is one news site: its name, the sources of its articles, the pace of its crawl,
// and the rules for its pages. The zero value of every
// field but Name and Hosts means "the default".
type Site struct {
	Name     string   // archive keys carry it: lower case letters, digits, "-"
	Hosts    []string // hosts that belong to the site, first the main one; see [Site.HasHost]
	Language string   // BCP 47, where the pages do not say
	Timezone *time.Location

	Sources []Source // where articles are found

	Delay        time.Duration    // between requests to one of its hosts; 0 means the program's default
	AllowPrivate []string         // hosts of this site that may have private addresses (a lab, a demo)
	Include      []*regexp.Regexp // URLs of articles, no others are archived; empty: the page itself decides
	Exclude      []*regexp.Regexp // URLs never fetched
	Limits       Limits
	Visit        Visit
	Revisit      []time.Duration // when an article is looked at again, counted from its first capture; nil: default; empty: never
	FollowLinks  bool            // follow links inside articles
	Access       Access          // proxy, User-Agent and credentials of its own
	Render       Render          // whether pages are shown in a browser

	Rules []Rules // newest first, never overlapping; see [Site.RulesFor]

	File string // where it was configured, for messages
}

// Visit bounds how often `pressmark run` visits a site. The interval follows the rate of
// the site's news and stays between Min and Max. 0 means the program's default.
type Visit struct {
	Min, Max time.Duration
	Priority Priority
}

// Priority decides which of the sites that are due is visited first.
type Priority int

// The priorities. Normal is the zero value.
const (
	Normal Priority = iota
	High            // breaking news
	Low             // backfills
)

// String returns the word for p in a site's file.
func (p Priority) String() string {
	for word, known := range priorities {
		if known == p {
			return word
		}
	}
	return ""
}

// Render says which pages of a site are shown in a browser, if the crawl has one.
type Render string

// The values of Render. The zero value means RenderAuto.
const (
	RenderAuto   Render = "auto"   // those that are empty without scripts
	RenderNever  Render = "never"  // none
	RenderAlways Render = "always" // all
)

// Limits bounds one site's crawl. 0 means the default.
type Limits struct {
	Pages  int `yaml:"pages,omitempty"`  // list pages followed from one source
	URLs   int `yaml:"urls,omitempty"`   // URLs fetched in one run
	Depth  int `yaml:"depth,omitempty"`  // list pages below a source
	Images int `yaml:"images,omitempty"` // images of one article
}

// Source is one place where a site's articles are found.
type Source struct {
	URL  string
	Type SourceType    // "": by the answer
	Each time.Duration // not looked at more often than this; 0: every run
}

// SourceType is the kind of a source.
type SourceType string

// The source types.
const (
	Feed    SourceType = "feed"
	Sitemap SourceType = "sitemap"
	Page    SourceType = "page"    // front page or section, with its next pages
	Archive SourceType = "archive" // URL pattern with a date, {yyyy} {mm} {dd}: a backfill source
)

// Rules select the parts of a site's article pages. A nil selector leaves the part to
// the extractor.
type Rules struct {
	Name  string    // "rednet@2022-10-01", for evidence; made from the site and From ("rednet" where From is zero)
	From  time.Time // first day of validity, midnight in the site's zone; zero: always
	Until time.Time // first day no longer valid; zero: still valid

	Title     *Selector
	Published *Selector
	Body      *Selector
	Source    *Selector
	Authors   *Selector
	Editors   *Selector
	Images    *Selector
	Caption   *Selector
	Remove    []*Selector // taken out of the page before anything is read
	NextPart  *Selector   // link to the article's next page
}

// RulesFor returns the rules that apply on the day of date, nil if there are none. For
// the zero time it returns the newest rules. The extractor passes the day of capture, and
// tries other rules if only their body selector matches the page: a site may keep old
// pages in the old layout.
func (s *Site) RulesFor(date time.Time) *Rules {
	if len(s.Rules) == 0 {
		return nil
	}
	if date.IsZero() {
		return &s.Rules[0]
	}
	for i := range s.Rules {
		if s.Rules[i].holds(date) {
			return &s.Rules[i]
		}
	}
	return nil
}

// holds reports whether date lies in [From, Until).
func (r *Rules) holds(date time.Time) bool {
	return (r.From.IsZero() || !date.Before(r.From)) && (r.Until.IsZero() || date.Before(r.Until))
}

// HasHost reports whether host (a URL's Host, with or without port) belongs to
// the site. An entry of Hosts covers every port unless it names one, and
// "*.example.com" covers every host below example.com but not example.com itself.
func (s *Site) HasHost(host string) bool { return anyHost(s.Hosts, host) }

// allowsPrivate reports whether host may resolve to an address that is not public.
func (s *Site) allowsPrivate(host string) bool { return anyHost(s.AllowPrivate, host) }

// Includes reports whether the site's Include patterns mark url as an article. If Include
// is empty it is false for every URL, and the page itself decides.
func (s *Site) Includes(url string) bool { return anyMatch(s.Include, url) }

// Excludes reports whether url must never be fetched.
func (s *Site) Excludes(url string) bool { return anyMatch(s.Exclude, url) }

func anyMatch(patterns []*regexp.Regexp, url string) bool {
	for _, p := range patterns {
		if p.MatchString(url) {
			return true
		}
	}
	return false
}

func anyHost(entries []string, host string) bool {
	host = strings.ToLower(host)
	name, _ := splitPort(host)
	for _, e := range entries {
		if coversHost(e, host, name) {
			return true
		}
	}
	return false
}

// coversHost reports whether one entry of hosts covers host, whose part
// without port is name.
func coversHost(entry, host, name string) bool {
	entryName, port := splitPort(entry)
	isWildcard := strings.HasPrefix(entryName, "*.")
	if hostOnly := port != "" && !isWildcard; hostOnly && entry != host {
		return false
	}
	if suffix, ok := strings.CutPrefix(entryName, "*"); ok {
		_, hostPort := splitPort(host)
		samePort := port == "" || port == hostPort
		return samePort && name != suffix && strings.HasSuffix(name, suffix)
	}
	return entryName == name
}

// splitPort cuts ":port" off a host; the brackets of an IPv6 address stay.
func splitPort(host string) (name, port string) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 || strings.HasSuffix(host, "]") {
		return host, ""
	}
	return host[:i], host[i+1:]
}

// Selector is a compiled CSS selector with its position in the file.
type Selector struct {
	Text  string   // the CSS, without "@attr"
	Attr  string   // read this attribute instead of the text
	Match *Matcher // serves as goquery.Matcher
	Line  int      // in the site's file; 0 where it was not read from one
}

// String returns the selector as it is written in YAML: "css" or "css@attr".
func (s *Selector) String() string {
	if s.Attr == "" {
		return s.Text
	}
	return s.Text + "@" + s.Attr
}
