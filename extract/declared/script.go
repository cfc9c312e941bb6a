package declared

import (
	"strings"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// scriptKeys are the names under which pages keep the publication time in a
// script: state of a client-side program, parameters of a counter.
var scriptKeys = []string{
	"publish_time", "publishTime", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate", "pub_date", "pubTime", "pubtime",
	"datePublished", "datepublished", "newsTime", "news_time",
	"publicationDate", "createTime", "create_time", "createtime", "ptime", "firstPublished", "releaseDate", "ctime", "ct",
}

// maxScripts is the maximum number of bytes of scripts that are searched on a page that
// shows no time.
const maxScripts = 1 << 20

// ScriptTimes searches inline scripts for a publication time. Use it only if neither the
// page nor structured data gives one.
func ScriptTimes(p *page.Page) []Claim {
	var out []Claim
	left := maxScripts
	for _, n := range p.Scripts {
		if n.FirstChild == nil || left <= 0 {
			continue
		}
		s := n.FirstChild.Data
		if len(s) > left {
			s = s[:left]
		}
		left -= len(s)
		published := strings.Contains(s, "pub") // half of the names begin so, and few scripts hold it
		for _, key := range scriptKeys {
			if !published && key[0] == 'p' && key[1] == 'u' {
				continue
			}
			if v := scriptValue(s, key); v != "" {
				out = addClaim(out, v, "script "+key)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// scriptValue returns the number or time that is assigned to a name:
// name: "…", "name":"…", name = '…', \"name\":\"…\".
func scriptValue(s, name string) string {
	for from := 0; ; {
		k := strings.Index(s[from:], name)
		if k < 0 {
			return ""
		}
		at := from + k
		from = at + len(name)
		if !wholeWord(s, at, from) {
			continue
		}
		if v := assigned(s[from:min(len(s), from+80)]); v != "" {
			return strings.Clone(v) // the script goes with its page
		}
	}
}

// wholeWord reports whether s[from:to] is a name and not part of a longer one.
func wholeWord(s string, from, to int) bool {
	if from > 0 && (text.IsLetter(s[from-1]) || s[from-1] == '_' || s[from-1] == '.') {
		return false
	}
	return to >= len(s) || !text.IsLetter(s[to])
}

// assigned returns what is assigned behind a name, if it begins with a digit and is
// long enough for a time.
func assigned(s string) string {
	const quotes = `"'\ `
	s = strings.TrimLeft(s, quotes)
	if s == "" || s[0] != ':' && s[0] != '=' {
		return ""
	}
	s = strings.TrimLeft(s[1:], quotes)
	if end := strings.IndexAny(s, "\"'\\;}<\n"); end > 0 {
		s = s[:end]
	}
	if comma := strings.IndexByte(s, ','); comma > 0 && !strings.Contains(s[:comma], " ") {
		s = s[:comma]
	}
	s = strings.TrimSpace(s)
	if len(s) < 8 || !text.IsDigit(s[0]) {
		return ""
	}
	return s
}
