package configs

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Encode writes a site as the YAML that [Load] reads, keys in the order of
// README.md, defaults left out. Encode(Parse(Encode(s))) gives the same bytes.
func Encode(s Site) []byte {
	var w writer
	w.text("name", s.Name)
	w.flow("hosts", s.Hosts)
	w.text("language", s.Language)
	if s.Timezone != nil {
		w.text("timezone", s.Timezone.String())
	}
	w.duration("delay", s.Delay)
	w.sources(s.Sources)
	w.block("include", s.Include)
	w.block("exclude", s.Exclude)
	w.limits(s.Limits)
	if s.Revisit != nil {
		spans := make([]string, len(s.Revisit))
		for i, d := range s.Revisit {
			spans[i] = FormatDuration(d)
		}
		w.line("revisit: [" + strings.Join(spans, ", ") + "]")
	}
	if s.FollowLinks {
		w.line("follow_links: true")
	}
	w.flow("allow_private", s.AllowPrivate)
	if len(s.Rules) > 0 {
		w.line("rules:")
		for i := range s.Rules {
			w.rules(&s.Rules[i])
		}
	}
	return []byte(w.b.String())
}

// writer writes keys one a line. It quotes by itself because the result is
// meant to be read and edited: plain where that is safe, single quotes else.
type writer struct {
	b      strings.Builder
	indent string
	first  bool // the next line starts a list item
}

func (w *writer) line(s string) {
	indent := w.indent
	if w.first {
		indent, w.first = indent[:len(indent)-2]+"- ", false
	}
	w.b.WriteString(indent + s + "\n")
}

func (w *writer) text(key, s string) {
	if s != "" {
		w.line(key + ": " + quote(s))
	}
}

func (w *writer) duration(key string, d time.Duration) {
	if d > 0 {
		w.line(key + ": " + FormatDuration(d))
	}
}

func (w *writer) flow(key string, list []string) {
	if len(list) == 0 {
		return
	}
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	w.line(key + ": [" + strings.Join(quoted, ", ") + "]")
}

func (w *writer) block(key string, list []*regexp.Regexp) {
	if len(list) == 0 {
		return
	}
	w.line(key + ":")
	for _, p := range list {
		w.line("  - " + quote(p.String()))
	}
}

func (w *writer) number(key string, n int) {
	if n > 0 {
		w.line(key + ": " + strconv.Itoa(n))
	}
}

func (w *writer) limits(l Limits) {
	if l == (Limits{}) {
		return
	}
	w.line("limits:")
	w.indent = "  "
	w.number("pages", l.Pages)
	w.number("urls", l.URLs)
	w.number("depth", l.Depth)
	w.number("images", l.Images)
	w.indent = ""
}

func (w *writer) sources(list []Source) {
	if len(list) == 0 {
		return
	}
	w.line("sources:")
	w.indent = "    "
	for _, s := range list {
		w.first = true
		w.text("url", s.URL)
		w.text("type", string(s.Type))
		w.duration("each", s.Each)
	}
	w.indent = ""
}

func (w *writer) rules(r *Rules) {
	w.indent, w.first = "    ", true
	w.date("from", r.From)
	w.date("until", r.Until)
	for _, key := range ruleKeys {
		if s := r.Select(key); s != nil {
			w.text(key, s.String())
		}
	}
	if len(r.Remove) > 0 {
		w.line("remove:")
		for _, s := range r.Remove {
			w.line("  - " + quote(s.String()))
		}
	}
	w.indent, w.first = "", false
}

// ruleKeys are the keys of [Rules.Select] in the order in which they are written.
var ruleKeys = [...]string{"title", "published", "body", "source", "authors", "editors", "images", "caption", "next_part"}

func (w *writer) date(key string, day time.Time) {
	if !day.IsZero() {
		w.line(key + ": " + day.Format(time.DateOnly))
	}
}

// plainForm are texts that YAML reads as they stand, in a list in brackets too.
var plainForm = regexp.MustCompile(`^[A-Za-z/.][A-Za-z0-9/_.+=@#-]*(:?[A-Za-z0-9/_.+=@#-]+)*$`)

// quote writes a text so that YAML reads the same text back.
func quote(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", ".nan":
		return "'" + s + "'"
	}
	if plainForm.MatchString(s) && !strings.HasPrefix(s, "...") {
		return s
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffd {
			return escape(s)
		}
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// escape writes a text in double quotes with the escapes of YAML 1.2, section 5.7.
func escape(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r == 0x85 || r == 0xfeff || r == 0x2028 || r == 0x2029:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
