package declared

import (
	"strings"

	"pressmark/extract/page"
)

// scriptKeys are the names under which pages keep the publication time in a
// script: state of a client-side program, parameters of a counter.
var scriptKeys = []string{
	"publish_time", "publishTime", "publishDate", "publish_date", "publishedAt", "published_at", "pubDate", "pub_date", "pubTime", "pubtime", "datePublished", "datepublished", "newsTime", "news_time",
	"publicationDate", "createTime", "create_time", "createtime", "ptime", "firstPublished", "releaseDate", "ctime", "ct",
}

// maxScripts bounds the bytes of scripts that are searched on a page that shows no time.
const maxScripts = 1 << 20

// ScriptTimes searches inline scripts for a publication time. It is asked only
// where neither the page nor structured data gives one.
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

// scriptValue returns the string or number that is assigned to a name:
// name: "…", "name":"…", name = '…', \"name\":\"…\".
func scriptValue(s, name string) string {
	for from := 0; ; {
		k := strings.Index(s[from:], name)
		if k < 0 {
			return ""
		}
		at := from + k
		from = at + len(name)
		if at > 0 && (letterOf(s[at-1]) || s[at-1] == '_' || s[at-1] == '.') || from < len(s) && letterOf(s[from]) {
			continue
		}
		rest := strings.TrimLeft(s[from:min(len(s), from+80)], `"'\ `)
		if rest == "" || rest[0] != ':' && rest[0] != '=' {
			continue
		}
		rest = strings.TrimLeft(rest[1:], `"'\ `)
		if end := strings.IndexAny(rest, "\"'\\;}<\n"); end > 0 {
			rest = rest[:end]
		}
		if i := strings.IndexByte(rest, ','); i > 0 && !strings.Contains(rest[:i], " ") {
			rest = rest[:i]
		}
		if rest = strings.TrimSpace(rest); rest != "" && rest[0] >= '0' && rest[0] <= '9' && len(rest) >= 8 {
			return strings.Clone(rest) // the script goes with its page
		}
	}
}

func letterOf(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
