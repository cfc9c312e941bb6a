package robots

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// MaxSize is how many bytes of a robots.txt are read (RFC 9309, 2.5).
const MaxSize = 500 << 10

// maxDelay keeps a Crawl-delay within time.Duration; about 100 years.
const maxDelay = 100 * 365 * 24 * time.Hour

// file is a parsed robots.txt. The zero value allows everything.
type file struct {
	Sitemaps []string // addresses in file order, from all groups; quotes around them and "&amp;" are undone

	groups []group
	delays []delay
	listed []string // user agents named since the last rule or Crawl-delay
	over   bool     // a rule or Crawl-delay has followed them

	repeated bool // the last of delays is that of listed
}

// group is a list of user agents and the rules that follow it. Only rules end the
// list (RFC 9309, 2.2.1): a Crawl-delay between two User-agent lines does not
// (2.2.4), and both names get the rules behind it.
type group struct {
	agents []string // lower case; "*" for all
	rules  []rule
	ruled  bool // a rule has been seen: the next User-agent line begins a new group
}

// delay is a Crawl-delay with the user agents directly before it. RFC 9309 does not
// define the field; its authors mean it for the group that it follows.
type delay struct {
	agents []string
	value  time.Duration
}

type rule struct {
	allow   bool
	pattern pattern
	text    string // as written, for messages
}

// parse reads a robots.txt. Every input is valid; there are no errors. Bytes after
// MaxSize are ignored, and so is a line that MaxSize cuts.
func parse(body []byte) *file {
	body = readable(whole(body))
	f := &file{}
	for len(body) > 0 {
		line := body
		if end := bytes.IndexAny(body, "\r\n"); end >= 0 {
			line, body = body[:end], body[end+1:]
		} else {
			body = nil
		}
		if key, value, ok := split(string(line)); ok {
			f.add(key, value)
		}
	}
	return f
}

// whole returns the lines that end before MaxSize. A line that MaxSize cuts is left
// out, because its rest would be another rule: "/" of "/archive/".
func whole(body []byte) []byte {
	if len(body) <= MaxSize {
		return body
	}
	body = body[:MaxSize]
	return body[:bytes.LastIndexAny(body, "\r\n")+1]
}

// readable removes a byte order mark and decodes UTF-16, which some editors save:
// rules that cannot be read would allow everything.
func readable(body []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	}
	units := make([]uint16, 0, len(body)/2)
	for i := 2; i+1 < len(body); i += 2 {
		units = append(units, order.Uint16(body[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// split returns the field name of a line, in lower case, and its value.
func split(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	line = strings.Trim(line, " \t\v\f\x00")
	key, value, ok = strings.Cut(line, ":")
	if !ok { // "Disallow /path"
		key, value, ok = strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
		if !ok || strings.Contains(strings.TrimSpace(value), " ") {
			return "", "", false
		}
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), true
}

func (f *file) add(key, value string) {
	switch key {
	case "user-agent", "useragent", "user agent":
		f.addAgent(value)
	case "allow":
		f.addRule(true, value)
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		f.addRule(false, value)
	case "crawl-delay", "crawldelay", "crawl delay":
		f.addDelay(value)
	case "sitemap", "site-map":
		f.addSitemap(value)
	}
}

func (f *file) addAgent(value string) {
	agent := productToken(value)
	if value == "*" || strings.HasPrefix(value, "* ") || strings.HasPrefix(value, "*\t") {
		agent = "*"
	}
	if len(f.groups) == 0 || f.last().ruled {
		f.groups = append(f.groups, group{})
	}
	if f.over {
		f.listed, f.over, f.repeated = nil, false, false
	}
	if agent == "" {
		return // a group without a usable name applies to nobody
	}
	f.last().agents = append(f.last().agents, agent)
	f.listed = append(f.listed, agent)
}

// productToken returns the part of a user agent's name that groups are matched by:
// letters, "_" and "-" (RFC 9309, 2.2.1), and digits, which real names hold.
// A version or comment behind it is ignored.
func productToken(name string) string {
	end := 0
	for end < len(name) && isToken(name[end]) {
		end++
	}
	return strings.ToLower(name[:end])
}

func isToken(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

func (f *file) addRule(allow bool, value string) {
	if len(f.groups) == 0 {
		return // before the first group: applies to nobody
	}
	g := f.last()
	g.ruled, f.over = true, true
	if value == "" {
		return // an empty rule forbids nothing
	}
	text := value
	if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "*") {
		value = "/" + value
	}
	g.rules = append(g.rules, rule{allow: allow, pattern: newPattern(value), text: text})
}

func (f *file) addDelay(value string) {
	f.over = true
	value, _, _ = strings.Cut(strings.ReplaceAll(value, "\t", " "), " ") // "10 seconds"
	value = strings.Replace(strings.TrimSuffix(strings.ToLower(value), "s"), ",", ".", 1)
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	d := delay{agents: f.listed, value: maxDelay}
	if seconds < maxDelay.Seconds() {
		d.value = time.Duration(math.Ceil(seconds * float64(time.Second)))
	}
	if n := len(f.delays); n > 0 && f.repeated {
		f.delays[n-1].value = max(f.delays[n-1].value, d.value)
		return
	}
	f.delays, f.repeated = append(f.delays, d), true
}

// wrappers are characters that site owners put around the URL of a Sitemap line.
var wrappers = [][2]string{{`"`, `"`}, {"'", "'"}, {"<", ">"}, {"“", "”"}, {"`", "`"}, {"[", "]"}, {"(", ")"}}

// addSitemap reads the value of a Sitemap line: an address, which some wrap in
// quotes or angle brackets and some copy out of XML, with "&amp;" for "&".
func (f *file) addSitemap(value string) {
	for range 2 { // <"address">
		for _, w := range wrappers {
			inner, opened := strings.CutPrefix(value, w[0])
			if inner, closed := strings.CutSuffix(inner, w[1]); opened && closed {
				value = strings.TrimSpace(inner)
			}
		}
	}
	if value != "" {
		f.Sitemaps = append(f.Sitemaps, ampersands.Replace(value))
	}
}

var ampersands = strings.NewReplacer("&amp;", "&", "&AMP;", "&")

func (f *file) last() *group { return &f.groups[len(f.groups)-1] }

// rules are the rules of one user agent. The zero value allows everything.
type rules struct {
	Delay time.Duration // Crawl-delay; the longest where there are several; 0: none
	rules []rule        // longest pattern first, Allow before Disallow of the same length
}

// forAgent returns the rules for a user agent's product token, such as "pressmark":
// those of all groups that name it, else those of all groups for "*".
func (f *file) forAgent(agent string) *rules {
	agent = productToken(agent)
	r := f.merge(agent)
	if r == nil {
		r = f.merge("*")
	}
	if r == nil {
		return &rules{}
	}
	slices.SortStableFunc(r.rules, func(a, b rule) int {
		if a.pattern.length != b.pattern.length {
			return cmp.Compare(b.pattern.length, a.pattern.length)
		}
		return cmp.Compare(allowRank(a), allowRank(b))
	})
	return r
}

func allowRank(r rule) int {
	if r.allow {
		return 0
	}
	return 1
}

func (f *file) merge(agent string) *rules {
	var merged *rules
	for i := range f.groups {
		g := &f.groups[i]
		if agent == "" || !slices.Contains(g.agents, agent) {
			continue
		}
		if merged == nil {
			merged = &rules{}
		}
		merged.rules = append(merged.rules, g.rules...)
	}
	if merged == nil {
		return nil
	}
	for _, d := range f.delays {
		if slices.Contains(d.agents, agent) {
			merged.Delay = max(merged.Delay, d.value)
		}
	}
	return merged
}

// test reports whether the rules allow a target, which is a URL's path and query
// as they are sent. rule is the line that decided, such as "Disallow: /private";
// "" where none applies. /robots.txt itself is always allowed.
func (r *rules) test(target string) (allowed bool, rule string) {
	if target == "" || target[0] != '/' {
		target = "/" + target
	}
	if target == "/robots.txt" {
		return true, ""
	}
	written := spellings(normalize(target, false))
	for _, rule := range r.rules {
		if !rule.pattern.matchAny(written) {
			continue
		}
		if rule.allow {
			return true, "Allow: " + rule.text
		}
		return false, "Disallow: " + rule.text
	}
	return true, ""
}
