package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ID makes an article's identifier from its canonical URL (normalized): the
// first 128 bits of the URL's SHA-256, as 32 hexadecimal digits. It needs the
// URL alone, so that "archived already?" is answered without a request.
func ID(canonicalURL string) string {
	sum := sha256.Sum256([]byte(canonicalURL))
	return hex.EncodeToString(sum[:16])
}

// Encode writes the canonical JSON: compact, fields in the order of the type,
// map keys sorted, no HTML escapes, one newline at the end. The same article
// gives the same bytes on every machine.
func Encode(a *Article) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(2*len(a.Text) + 4096)
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a); err != nil {
		return nil, fmt.Errorf("encode article %s: %w", a.ID, err)
	}
	return buf.Bytes(), nil
}

// Decode reads an article's JSON. A schema other than [SchemaVersion] is an error.
func Decode(data []byte) (*Article, error) {
	a := new(Article)
	if err := json.Unmarshal(data, a); err != nil {
		return nil, fmt.Errorf("decode article: %w", err)
	}
	if a.Schema != SchemaVersion {
		return nil, fmt.Errorf("decode article: schema is %q, want %q", a.Schema, SchemaVersion)
	}
	return a, nil
}

// Part names one part of an article's content, as the log names what changed.
type Part string

// The parts that [Diff] distinguishes.
const (
	PartTitle     Part = "title"
	PartBody      Part = "body"
	PartImages    Part = "images"
	PartCredits   Part = "credits"
	PartPublished Part = "published"
)

// ContentHash is the SHA-256 (hexadecimal) of an article's normalized content:
// title, published, credits, body and images, with white space folded. What a
// visit alone changes (capture, an image's query string, fetch results) is not
// part of it, so that equal hashes mean: no revision.
func ContentHash(a *Article) string {
	h := sha256.New()
	for _, p := range contentParts(a) {
		fmt.Fprintf(h, "%s %d\n%s\n", p.part, len(p.text), p.text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Diff returns which parts of the content differ between two revisions, in the
// order title, published, credits, body, images; nil where none does.
func Diff(old, now *Article) []Part {
	a, b := contentParts(old), contentParts(now)
	var out []Part
	for i := range a {
		if a[i].text != b[i].text {
			out = append(out, a[i].part)
		}
	}
	return out
}

type contentPart struct {
	part Part
	text string
}

func contentParts(a *Article) [5]contentPart {
	published := ""
	if a.Published != nil {
		published = *a.Published
	}
	c := a.Credits
	credits := strings.Join([]string{c.Source, strings.Join(c.Authors, ";"), strings.Join(c.Editors, ";"), strings.Join(c.Photographers, ";")}, "|")
	for _, more := range [][]string{c.Translators, c.Contributors, c.Agencies} { // younger than the hashes of old archives
		if len(more) > 0 {
			credits += "|" + strings.Join(more, ";")
		}
	}
	var body textWriter
	var images strings.Builder
	body.Grow(len(a.Text) + 16*len(a.Body)) // the text and the types, about
	for i := range a.Body {
		x := &a.Body[i]
		body.WriteString(string(x.Type))
		body.WriteByte(' ')
		switch x.Type {
		case ImagePlace:
			body.WriteString(x.Image)
		case Embed:
			body.WriteString(string(x.Kind) + " " + imageIdentity(x.URL) + " " + x.Title)
		default:
			body.block(x)
		}
		body.WriteByte('\n')
	}
	for i := range a.Images {
		x := &a.Images[i]
		images.WriteString(imageIdentity(x.URL) + " " + x.Placeholder + " " + Value(x.Caption))
		if x.Credit != nil {
			images.WriteString(" " + *x.Credit)
		}
		images.WriteByte('\n')
	}
	return [5]contentPart{
		{PartTitle, fold(a.Title)},
		{PartPublished, published},
		{PartCredits, fold(credits)},
		{PartBody, foldLines(body.String())},
		{PartImages, foldLines(images.String())},
	}
}

// imageIdentity is the part of an image's address that stays when a site moves
// its pictures to another host of a content network or signs them anew.
func imageIdentity(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Path == "" || u.Path == "/" {
		return raw
	}
	return u.Path
}

// fold makes every run of white space one space and trims the ends. Text that
// is so already, as nearly all is, is returned as it stands.
func fold(s string) string {
	space := true // as if before the text
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && !space:
			space = true
			continue
		case c <= ' ':
			return foldSlowly(s)
		case c == 0xC2, c >= 0xE1 && c <= 0xE3: // white space beyond ASCII begins so
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) {
				return foldSlowly(s)
			}
			i += size - 1
		}
		space = false
	}
	if space && s != "" {
		return foldSlowly(s)
	}
	return s
}

func foldSlowly(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func foldLines(s string) string {
	folded := true
	for line := range strings.SplitSeq(s, "\n") {
		if folded = fold(line) == line; !folded {
			break
		}
	}
	if folded {
		return s
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = fold(lines[i])
	}
	return strings.Join(lines, "\n")
}
