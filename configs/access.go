package configs

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Access is how a site's servers are asked, where the program's own manners will not do.
// The zero value: as all others.
type Access struct {
	Proxy     string  // as crawler/proxy reads it, without a password; "": the run's, "none": no proxy
	ProxyFrom *Secret // holds the proxy's address, which may have a password; nil: Proxy
	UserAgent string  // added to the program's User-Agent

	Headers       []NamedSecret // request fields
	Cookies       []NamedSecret
	Basic, Bearer *Secret // "user:password"; a token; nil: none. One of them at most
}

// NamedSecret is a request field or a cookie.
type NamedSecret struct {
	Name  string
	Value Secret
}

// Secret names the place of a value that a site's file must not hold.
type Secret struct {
	Env  string // a variable of the environment
	File string // a file, of which variables are expanded; "": Env

	at string // "file:line:column: key", for messages
}

// ErrSecret is wrapped by the error of a secret that cannot be had.
var ErrSecret = errors.New("the secret cannot be had")

// secretMost bounds a secret in bytes: servers refuse heads of more than 8 KiB.
const secretMost = 8 << 10

// Read returns the secret, without white space at its ends.
func (s *Secret) Read() (string, error) {
	text, from := os.Getenv(s.Env), "the variable "+s.Env
	if s.File != "" {
		path := os.ExpandEnv(s.File)
		from = "the file " + s.File
		if !filepath.IsAbs(path) {
			return "", s.wrong(from + " is no absolute path")
		}
		var err error
		if text, err = readSecret(path); err != nil {
			return "", s.wrong(err.Error())
		}
	}
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", s.wrong(from + " is empty or not set")
	case len(text) > secretMost:
		return "", s.wrong(fmt.Sprintf("%s has more than %d bytes", from, secretMost))
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "", s.wrong(from + " has more than one line, or control characters")
	}
	return text, nil
}

func (s *Secret) wrong(problem string) error {
	return fmt.Errorf("%s: %w: %s", s.at, ErrSecret, problem)
}

// readSecret reads a little more than a secret may have.
func readSecret(path string) (string, error) {
	f, err := os.Open(path) //nolint:gosec // the operator's file names it
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // only read
	text, err := io.ReadAll(io.LimitReader(f, secretMost+64))
	return string(text), err
}

// secrets returns the secrets of a site.
func (a *Access) secrets() []*Secret {
	var list []*Secret
	for _, group := range [][]NamedSecret{a.Headers, a.Cookies} {
		for i := range group {
			list = append(list, &group[i].Value)
		}
	}
	for _, s := range []*Secret{a.ProxyFrom, a.Basic, a.Bearer} {
		if s != nil {
			list = append(list, s)
		}
	}
	return list
}

// Missing returns an error for each secret of the site that cannot be had here.
func (s *Site) Missing() []error {
	var list []error
	for _, secret := range s.Access.secrets() {
		if _, err := secret.Read(); err != nil {
			list = append(list, err)
		}
	}
	return list
}

const secretFix = "write {env: NAME} with the name of a variable, or {file: /path} with the place of a file"

// secret reads where a secret is. A value in clear is a mistake, and is not repeated.
func (d *decoder) secret(v value) *Secret {
	if kind(v.node) != "a group of keys" {
		d.fail(v, "is "+kind(v.node)+" in clear", "a site's file holds no secrets: "+secretFix)
		return nil
	}
	line, column := position(v.node)
	s := &Secret{at: fmt.Sprintf("%s:%d:%d: %s", d.file, line, column, v.path)}
	seen := d.mapping(v, []field{
		{"env", func(v value) {
			s.Env = d.matching(v, variableName, "is no name of a variable", "write letters, digits and _")
		}},
		{"file", func(v value) {
			s.File = d.matching(v, secretFile, "is no absolute path", "write it from / or a variable on: /run/secrets/key, $CREDENTIALS_DIRECTORY/key")
		}},
	})
	if len(seen) != 1 {
		d.fail(v, "names no place, or two", secretFix)
		return nil
	}
	return s
}

var (
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	secretFile   = regexp.MustCompile(`^(/|\$|[A-Za-z]:[\\/]).*$`)
	tokenName    = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$") // RFC 9110, 5.6.2
	agentWords   = regexp.MustCompile(`^[!-~]( ?[!-~])*$`)
	proxyPlace   = regexp.MustCompile(`^(none|environment|(https?|socks5h?)://[A-Za-z0-9.\[\]:_-]+/?)$`)
)

// matching reads a text of a form. The message does not repeat it.
func (d *decoder) matching(v value, form *regexp.Regexp, problem, fix string) string {
	s, ok := d.text(v)
	if ok && (len(s) > 1000 || !form.MatchString(s)) {
		d.fail(v, problem, fix)
		return ""
	}
	return s
}

// proxy reads an address without password, or the place of one that has it.
func (d *decoder) proxy(v value, a *Access) {
	if kind(v.node) == "a group of keys" {
		a.ProxyFrom = d.secret(v)
		return
	}
	if s, ok := d.text(v); ok && strings.Contains(s, "@") {
		d.fail(v, "the address has a user and a password in clear", secretFix)
		return
	}
	a.Proxy = d.matching(v, proxyPlace, "is no proxy", "write none, or http://host:port, https://host:port, socks5://host:port or socks5h://host:port")
}

func (d *decoder) userAgent(v value) string {
	s := d.matching(v, agentWords, "is no part of a User-Agent", "write words of ASCII letters and signs, such as CountyArchive/1.0 (project 12)")
	if len(s) > 200 {
		d.fail(v, "is longer than 200 bytes", "shorten it")
	}
	return s
}

// refusedFields are request fields that are the program's own, or that frame a message.
var refusedFields = []string{"host", "user-agent", "accept-encoding", "content-length", "transfer-encoding", "connection", "te", "trailer",
	"upgrade", "expect", "if-none-match", "if-modified-since", "range", "proxy-authorization", "cookie", "authorization"}

// credentials reads what the owner of a site gave.
func (d *decoder) credentials(v value, a *Access) {
	seen := d.mapping(v, []field{
		{"headers", func(v value) {
			a.Headers = d.namedSecrets(v)
			for _, h := range a.Headers {
				if slices.Contains(refusedFields, strings.ToLower(h.Name)) {
					d.fail(v, h.Name+" is not set here", "cookies, basic, bearer and user_agent have keys of their own; the program sets the others itself")
				}
			}
		}},
		{"cookies", func(v value) { a.Cookies = d.namedSecrets(v) }},
		{"basic", func(v value) { a.Basic = d.secret(v) }},
		{"bearer", func(v value) { a.Bearer = d.secret(v) }},
	})
	if a.Basic != nil && a.Bearer != nil {
		d.fail(seen["bearer"], "basic and bearer are both set", "a request carries one of them: take one out")
	}
}

// namedSecrets reads a group of names with the places of their values, in the order of
// the names.
func (d *decoder) namedSecrets(v value) []NamedSecret {
	entries, ok := d.entries(v)
	if !ok {
		return nil
	}
	var list []NamedSecret
	for _, e := range entries {
		name := keyText(e.Key)
		at := value{e.Value, join1(v.path, name)}
		twice := slices.ContainsFunc(list, func(s NamedSecret) bool { return strings.EqualFold(s.Name, name) })
		switch {
		case twice:
			d.fail(value{e.Key, at.path}, "stands twice", "keep one of them")
		case !tokenName.MatchString(name):
			d.fail(value{e.Key, at.path}, "is no name of a request field or cookie", "write letters, digits and -")
		case d.plain(at):
			if s := d.secret(at); s != nil {
				list = append(list, NamedSecret{name, *s})
			}
		}
	}
	slices.SortFunc(list, func(x, y NamedSecret) int { return cmp.Compare(x.Name, y.Name) })
	return list
}

// accessText is Access as a file has it, but for its User-Agent.
type accessText struct {
	Headers map[string]secretText `yaml:"headers,omitempty"`
	Cookies map[string]secretText `yaml:"cookies,omitempty"`
	Basic   *secretText           `yaml:"basic,omitempty"`
	Bearer  *secretText           `yaml:"bearer,omitempty"`
}

type secretText struct {
	Env  text `yaml:"env,omitempty"`
	File text `yaml:"file,omitempty"`
}

func secretTextOf(s *Secret) *secretText {
	if s == nil {
		return nil
	}
	return &secretText{text(s.Env), text(s.File)}
}

// accessTextOf returns credentials, nil if there are none.
func accessTextOf(a *Access) *accessText {
	if len(a.Headers)+len(a.Cookies) == 0 && a.Basic == nil && a.Bearer == nil {
		return nil
	}
	out := &accessText{Basic: secretTextOf(a.Basic), Bearer: secretTextOf(a.Bearer)}
	for _, g := range []struct {
		from []NamedSecret
		to   *map[string]secretText
	}{{a.Headers, &out.Headers}, {a.Cookies, &out.Cookies}} {
		for i := range g.from {
			if *g.to == nil {
				*g.to = map[string]secretText{}
			}
			(*g.to)[g.from[i].Name] = *secretTextOf(&g.from[i].Value)
		}
	}
	return out
}

// proxyText is a site's proxy as a file has it; nil: none of its own.
func proxyText(a *Access) any {
	switch {
	case a.ProxyFrom != nil:
		return secretTextOf(a.ProxyFrom)
	case a.Proxy != "":
		return text(a.Proxy)
	}
	return nil
}
