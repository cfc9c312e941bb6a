package configs

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/net/idna"
)

// hosts reads a list of host names and where each stands; what is wrong is
// reported and left out.
func (d *decoder) hosts(v value) (list []string, at []value) {
	if seq, ok := v.node.(*ast.SequenceNode); ok && len(seq.Values) == 0 {
		d.fail(v, "is empty", "write at least one host name, such as www.example.com")
	}
	d.list(v, func(v value) {
		s, ok := d.text(v)
		if !ok {
			return
		}
		host, problem := normalHost(s)
		switch {
		case problem != "":
			d.fail(v, fmt.Sprintf("%q %s", s, problem), "write a host name such as www.example.com, or '*.example.com' for all below it")
		case slices.Contains(list, host):
			d.fail(v, fmt.Sprintf("%q stands twice", host), "keep one of them")
		default:
			list = append(list, host)
			at = append(at, v)
		}
	})
	return list, at
}

// normalHost returns the host in lower case ASCII (IDNA 2008), or what is
// wrong with it. The address of an interface may stand for a name.
func normalHost(s string) (host, problem string) {
	switch {
	case strings.Contains(s, "://"):
		return "", "is a URL, not a host name"
	case strings.ContainsAny(s, "/?#@"):
		return "", "is more than a host name"
	}
	name, port := splitPort(strings.ToLower(s))
	if port != "" || strings.HasSuffix(s, ":") {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil || port[0] == '0' {
			return "", "has an impossible port"
		}
		port = ":" + port
	}
	if bare := strings.Trim(name, "[]"); strings.Contains(bare, ":") || endsInDigit(bare) {
		if addr, err := netip.ParseAddr(bare); err != nil || addr.Is6() != (name != bare) {
			return "", "is not a host name or address (an IPv6 address stands in brackets)"
		}
		return name + port, ""
	}
	rest, wildcard := strings.CutPrefix(name, "*.")
	ascii, err := idna.Lookup.ToASCII(rest)
	everyHost := wildcard && !strings.Contains(ascii, ".") // of a whole top-level domain
	if err != nil || everyHost || !validHost(ascii) {
		return "", "is not a host name"
	}
	if wildcard {
		ascii = "*." + ascii
	}
	return ascii + port, ""
}

func endsInDigit(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' && !strings.ContainsAny(s[strings.LastIndexByte(s, '.')+1:], "abcdefghijklmnopqrstuvwxyz-")
}

// validHost checks labels as RFC 1123 section 2.1 wants them; underscores are
// allowed inside because real sites have them.
func validHost(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if !hostLabel.MatchString(label) || len(label) > 63 {
			return false
		}
	}
	return true
}

var hostLabel = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$`)

// checkHosts checks hosts and allow_private, which stand at hosts and allowed,
// against each other.
func (d *decoder) checkHosts(s *Site, hosts, allowed []value) {
	if len(s.Hosts) > 0 && strings.HasPrefix(s.Hosts[0], "*.") {
		d.fail(hosts[0], fmt.Sprintf("the first host is %q", s.Hosts[0]), "name the site's main host first, such as www"+s.Hosts[0][1:])
	}
	for i, host := range s.AllowPrivate {
		if !slices.Contains(s.Hosts, host) && !s.HasHost(host) {
			d.fail(allowed[i], fmt.Sprintf("%q is not a host of the site", host), "list it under hosts too, or take it out")
		}
	}
	for i, host := range s.Hosts {
		if privateAddress(host) && !s.allowsPrivate(host) {
			d.fail(hosts[i], fmt.Sprintf("%q is not a public address and would be refused", host), "list it under allow_private too if this is a lab of yours")
		}
	}
}

// privateAddress reports whether host is written as an address that is not public.
func privateAddress(host string) bool {
	name, _ := splitPort(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") { // RFC 6761
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && (!addr.IsGlobalUnicast() || addr.IsPrivate())
}

// checkSources checks the sources, whose values are at, against hosts and each other.
func (d *decoder) checkSources(s *Site, at []value) {
	first := map[string]int{}
	for i, source := range s.Sources {
		if source.URL == "" { // reported already
			continue
		}
		d.checkDates(source, at[i])
		u, err := url.Parse(source.URL)
		if foreign := err == nil && !s.HasHost(u.Host); foreign && len(s.Hosts) > 0 {
			d.fail(at[i], fmt.Sprintf("%s is not a host of the site", u.Host), "add it to hosts, or correct the URL")
		}
		if j, dup := first[source.URL]; dup {
			d.fail(at[i], source.URL+" stands twice", fmt.Sprintf("keep sources[%d] or this one", j))
			continue
		}
		first[source.URL] = i
	}
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// checkDates checks the date placeholders of an archive URL, and that no other
// source has any.
func (d *decoder) checkDates(s Source, at value) {
	found := placeholder.FindAllString(s.URL, -1)
	if s.Type != Archive {
		if len(found) > 0 {
			d.fail(at, fmt.Sprintf("%s is for archives", found[0]), "write type: archive, or the URL without it")
		}
		return
	}
	for _, p := range found {
		if !slices.Contains(dateParts, p) {
			d.fail(at, fmt.Sprintf("%s is not a part of a date", p), "use {yyyy}, {yy}, {mm}, {m}, {dd} and {d}")
		}
	}
	year := slices.Contains(found, "{yyyy}") || slices.Contains(found, "{yy}")
	month := slices.Contains(found, "{mm}") || slices.Contains(found, "{m}")
	day := slices.Contains(found, "{dd}") || slices.Contains(found, "{d}")
	if !year || day && !month {
		d.fail(at, "the archive's URL has no whole date", "write it with {yyyy}, {yyyy} {mm} or {yyyy} {mm} {dd}, such as https://host/{yyyy}/{mm}/{dd}/")
	}
}

// dateParts are the placeholders of archive URLs; package discover fills them in.
var dateParts = []string{"{yyyy}", "{yy}", "{mm}", "{m}", "{dd}", "{d}"}
