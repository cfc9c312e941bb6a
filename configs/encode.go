package configs

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// written is a site as it is written, keys in the order of README.md.
type written struct {
	Name         string          `yaml:"name"`
	Hosts        []string        `yaml:"hosts,flow"`
	Language     string          `yaml:"language,omitempty"`
	Timezone     string          `yaml:"timezone,omitempty"`
	Delay        span            `yaml:"delay,omitempty"`
	Sources      []writtenSource `yaml:"sources,omitempty"`
	Include      []text          `yaml:"include,omitempty"`
	Exclude      []text          `yaml:"exclude,omitempty"`
	Limits       Limits          `yaml:"limits,omitempty"`
	Visit        *visitText      `yaml:"visit,omitempty"`
	Revisit      *[]span         `yaml:"revisit,flow,omitempty"` // an empty list is not the default
	FollowLinks  bool            `yaml:"follow_links,omitempty"`
	Render       Render          `yaml:"render,omitempty"`
	AllowPrivate []string        `yaml:"allow_private,flow,omitempty"`
	Proxy        any             `yaml:"proxy,omitempty"`
	UserAgent    text            `yaml:"user_agent,omitempty"`
	Credentials  *accessText     `yaml:"credentials,omitempty"`
	Rules        []yaml.MapSlice `yaml:"rules,omitempty"`
}

type writtenSource struct {
	URL  text       `yaml:"url"`
	Type SourceType `yaml:"type,omitempty"`
	Each span       `yaml:"each,omitempty"`
}

// span is a duration that is written as [FormatDuration] has it.
type span time.Duration

// MarshalYAML implements yaml.InterfaceMarshaler.
func (s span) MarshalYAML() (any, error) { return FormatDuration(time.Duration(s)), nil }

// day is a date without a time.
type day time.Time

// MarshalYAML implements yaml.BytesMarshaler.
func (d day) MarshalYAML() ([]byte, error) {
	return []byte(time.Time(d).Format(time.DateOnly)), nil
}

// text is a string that is written plain if it is a simple word, and quoted otherwise.
// The library leaves some strings plain that it then reads as something else ("? x").
type text string

var simpleWord = regexp.MustCompile(`^[A-Za-z.][A-Za-z0-9/_.+=:-]*$`)

// MarshalYAML implements yaml.BytesMarshaler.
func (t text) MarshalYAML() ([]byte, error) {
	s := string(t)
	if simpleWord.MatchString(s) && !token.IsNeedQuoted(s) && !strings.HasPrefix(s, "...") {
		return []byte(s), nil
	}
	quoted := token.SingleQuote
	if strings.ContainsFunc(s, unprintable) {
		quoted = token.DoubleQuote
	}
	return []byte(ast.String(quoted(s, s, &token.Position{})).String()), nil
}

// unprintable reports whether a character has to be escaped in YAML (1.2.2, section
// 5.1), or would be lost in an editor.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || strings.ContainsRune("\u2028\u2029\ufeff\ufffd", r)
}

// Encode writes a site as the YAML that [Load] reads, keys in the order of
// README.md, defaults left out. Encode(Parse(Encode(s))) gives the same bytes.
// The error is that of text that YAML cannot hold.
func Encode(s Site) ([]byte, error) {
	w := written{Name: s.Name, Hosts: s.Hosts, Language: s.Language, Delay: span(s.Delay), Include: texts(s.Include), Exclude: texts(s.Exclude),
		Limits: s.Limits, Visit: visitTextOf(s.Visit), FollowLinks: s.FollowLinks, Render: s.Render, AllowPrivate: s.AllowPrivate,
		Proxy: proxyText(&s.Access), UserAgent: text(s.Access.UserAgent), Credentials: accessTextOf(&s.Access)}
	if s.Timezone != nil {
		w.Timezone = s.Timezone.String()
	}
	for _, from := range s.Sources {
		w.Sources = append(w.Sources, writtenSource{text(from.URL), from.Type, span(from.Each)})
	}
	if s.Revisit != nil {
		spans := make([]span, len(s.Revisit))
		for i, d := range s.Revisit {
			spans[i] = span(d)
		}
		w.Revisit = &spans
	}
	for i := range s.Rules {
		w.Rules = append(w.Rules, writtenRules(&s.Rules[i]))
	}
	return yaml.MarshalWithOptions(w, yaml.UseSingleQuote(true), yaml.IndentSequence(true))
}

func texts(patterns []*regexp.Regexp) []text {
	var list []text
	for _, p := range patterns {
		list = append(list, text(p.String()))
	}
	return list
}

func writtenRules(r *Rules) yaml.MapSlice {
	var keys yaml.MapSlice
	for _, from := range []struct {
		key string
		at  time.Time
	}{{"from", r.From}, {"until", r.Until}} {
		if !from.at.IsZero() {
			keys = append(keys, yaml.MapItem{Key: from.key, Value: day(from.at)})
		}
	}
	for i := range ruleKeys {
		k := &ruleKeys[i]
		var list []text
		for _, s := range k.In(r) {
			list = append(list, text(s.String()))
		}
		switch {
		case len(list) == 0:
		case k.many != nil:
			keys = append(keys, yaml.MapItem{Key: k.Name, Value: list})
		default:
			keys = append(keys, yaml.MapItem{Key: k.Name, Value: list[0]})
		}
	}
	return keys
}

// visitText is Visit as a file has it.
type visitText struct {
	Min      text `yaml:"min,omitempty"`
	Max      text `yaml:"max,omitempty"`
	Priority text `yaml:"priority,omitempty"`
}

func visitTextOf(v Visit) *visitText {
	if v == (Visit{}) {
		return nil
	}
	var out visitText
	if v.Min > 0 {
		out.Min = text(FormatDuration(v.Min))
	}
	if v.Max > 0 {
		out.Max = text(FormatDuration(v.Max))
	}
	if v.Priority != Normal {
		out.Priority = text(v.Priority.String())
	}
	return &out
}
