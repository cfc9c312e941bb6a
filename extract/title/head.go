package title

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/declared"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// overruling returns the head's title that replaces the printed candidate, or nil. The
// headline is the one that readers see, so the head is used only if no heading was found,
// or if its titles show that the heading contains more than the headline.
func overruling(p *page.Page, c *headline, heads []headTitle) *headTitle {
	if c.rank < 1 {
		if head, votes := agreed(heads); head != nil && votes > printedVotes(heads, c) {
			return head
		}
		return nil
	}
	return partOfHeading(p, c, heads)
}

// partOfHeading returns the head's title that a part of the printed heading says alone:
// a kicker, a subtitle or a path of links in an element of its own is no part of the
// headline, unless the head repeats it.
func partOfHeading(p *page.Page, c *headline, heads []headTitle) *headTitle {
	if c.box < 0 {
		return nil
	}
	for _, from := range [...]string{"og:title", "title"} {
		h := headFrom(heads, from)
		if h == nil || len(h.key) <= 12 || len(h.key) >= len(c.key) {
			continue
		}
		if !strings.HasPrefix(c.key, h.key) && !strings.HasSuffix(c.key, h.key) {
			return nil
		}
		if isPart(h.key, partsOf(p.Boxes[c.box].Node)) {
			return h
		}
		return nil
	}
	return nil
}

// is reports whether the title is the one with this key, taken whole or without a site's name.
func (h *headTitle) is(key string) bool { return h.key == key || h.full == key }

func headFrom(heads []headTitle, from string) *headTitle {
	for i := range heads {
		if heads[i].from == from {
			return &heads[i]
		}
	}
	return nil
}

// agreed returns the title on which most of the head's sources agree, and how many do.
func agreed(heads []headTitle) (*headTitle, float64) {
	var best *headTitle
	most := 0.0
	for i := range heads {
		votes := 0.0
		for j := range heads {
			if heads[j].key == heads[i].key {
				votes += heads[j].vote
			}
		}
		if votes > most {
			best, most = &heads[i], votes
		}
	}
	return best, most
}

// printedVotes is the weight of a printed headline: as much as two sources of
// the head, so that three that agree outvote it (a kicker that the paper counts as
// part of the headline), and what the head says of the same. A mere line weighs less.
func printedVotes(heads []headTitle, c *headline) float64 {
	if c.text == "" {
		return 0
	}
	votes := 2.2
	if c.rank < 1 {
		votes = 1.4
	}
	for i := range heads {
		h := &heads[i]
		cut := len(h.key) > 20 && strings.HasPrefix(c.key, h.key) && len(c.key) < 2*len(h.key) // cut off at an unescaped quote, or shortened
		tailed := h.from == "twitter:title" && strings.HasPrefix(h.key, c.key)                 // the printed line and a site's name
		if h.is(c.key) || cut || tailed {
			votes += h.vote
		}
	}
	return votes
}

// headTitle is a title that the head gives.
type headTitle struct {
	text, key, from string
	full            string // key of the whole title, the site's name included
	raw             string // the whole title
	vote            float64
}

// headTitles returns the titles of the head, cleaned of the site's name.
func headTitles(p *page.Page, said *declared.Facts) []headTitle {
	var list []headTitle
	add := func(s, from string, vote float64) {
		s = strings.TrimRight(text.Squeeze(s), " -|–—»") // a template's, where the site's name is empty
		if len(s) > maxHeadlineBytes || text.Key(s) == "" {
			return
		}
		clean := withoutSite(p, s)
		list = append(list, headTitle{text: clean, key: text.Key(clean), from: from, full: text.Key(s), raw: s, vote: vote})
	}
	for _, c := range said.Titles {
		if c.From == "json-ld headline" {
			add(c.Text, c.From, 1)
			break
		}
	}
	add(p.Meta("og:title"), "og:title", 1)
	add(p.DocTitle, "title", 1)
	// Mostly a copy of og:title, so that it weighs little; but where a page has
	// no JSON-LD it can be all that distinguishes a chosen headline from a <title>.
	if len(list) > 0 {
		add(p.Meta("twitter:title"), "twitter:title", 0.5)
	} else {
		add(p.Meta("twitter:title", "dc.title", "title", "articletitle"), "meta title", 1)
	}
	return list
}

// maxHeadlineBytes is longer than any headline.
const maxHeadlineBytes = 600

// separators stand between headline and site name in <title>.
var separators = []string{" - ", " | ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", "_", "|", "--", "－", "—", "｜", " / ", " > ", "-"}

// withoutSite takes the site's and the section's names off the head's title:
// what stands after (or before) a separator and is the site's declared name or a
// word of its host, or is much shorter than the headline.
func withoutSite(p *page.Page, t string) string {
	site := text.Key(p.Meta("og:site_name", "application-name"))
	for range 4 {
		at, size := lastSeparator(t, p.CJK)
		if at <= 0 {
			break
		}
		head, tail := strings.TrimSpace(t[:at]), strings.TrimSpace(t[at+size:])
		k := text.Key(tail)
		ofSite := k == site || k == "" || namesHost(p, k) || likeSite(head, tail)
		if !ofSite || text.Mass(head) < 12 {
			break
		}
		t = head
	}
	for _, sep := range separators {
		if sep == "-" {
			continue
		}
		head, tail, ok := strings.Cut(t, sep)
		if k := text.Key(head); ok && k != "" && (k == site || namesHost(p, k)) && text.Mass(tail) >= 12 {
			return strings.TrimSpace(tail)
		}
	}
	return t
}

// likeSite reports whether the tail of a title looks like the name of a site or a
// section: it is shorter than the headline and ends as such names do, or is much
// shorter and has few words.
func likeSite(head, tail string) bool {
	headMass, tailMass := text.Mass(head), text.Mass(tail)
	if endsLikeSite(text.Key(tail)) && tailMass < headMass {
		return true
	}
	return 5*tailMass < 3*headMass && tailMass < 36 && strings.Count(tail, " ") < 4 && !plainWords(tail)
}

// endsLikeSite reports whether a folded name ends as those of Chinese sites and papers do.
func endsLikeSite(k string) bool {
	for _, end := range [...]string{"网", "網", "报", "報", "电视台", "電視台", "在线", "在線", "新闻", "新聞", "频道", "頻道", "资讯", "門戶", "门户"} {
		if strings.HasSuffix(k, end) {
			return true
		}
	}
	return false
}

// plainWords reports whether a tail is words of the headline ("… - updates"), not a
// name: a name has a capital, a dot, or a script that knows no capitals.
func plainWords(tail string) bool {
	if r, _ := utf8.DecodeRuneInString(tail); strings.ContainsRune("\"'“”„«»‚‘’「『", r) {
		return true // somebody's words
	}
	for i := 0; i < len(tail); i++ {
		if c := tail[i]; (c < 'a' || c > 'z') && c != ' ' {
			return false
		}
	}
	return true
}

// lastSeparator finds where the last separator of a title begins, and its length.
func lastSeparator(t string, cjk bool) (at, size int) {
	at = -1
	for _, sep := range separators {
		if sep == "-" && !cjk || !strings.Contains(t, sep) { // searching backwards is much slower
			continue
		}
		if i := strings.LastIndex(t, sep); i > at || i == at && len(sep) > size {
			at, size = i, len(sep)
		}
	}
	return at, size
}

// namesHost reports whether a folded name is part of the page's host ("daily
// herald" of www.dailyherald.com).
func namesHost(p *page.Page, k string) bool {
	host := text.Key(p.Base.Host)
	return len(k) >= 3 && host != "" && (strings.Contains(host, k) || len(k) >= 6 && strings.HasPrefix(k, strings.TrimPrefix(host, "www")))
}
