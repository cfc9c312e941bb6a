package discover

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed/atom"
)

// json reads a JSON Feed (jsonfeed.org). A field of another type than the standard's
// costs that field, not the feed; raw control characters, trailing commas and a cut end
// cost nothing that stands before.
func (r *feedReader) json(text []byte) error {
	if !json.Valid(text) {
		r.warn("broken_json: read up to the error")
		text = mendedJSON(text)
	}
	head, items, err := jsonParts(text)
	if err != nil && len(items) == 0 {
		return err
	}
	if err != nil {
		r.warn("cut: %s", clip(err.Error()))
	}
	version := strings.ReplaceAll(jsonText(head["version"]), "www.", "")
	if !strings.Contains(version, "://jsonfeed.org/version") && len(items) == 0 {
		return errNoRoot
	}
	r.head(jsonText(head["language"]), jsonText(head["home_page_url"]))
	r.relations([]*atom.Link{{Rel: "next", Href: jsonText(head["next_url"])}})
	for _, it := range items {
		links := []string{jsonText(it["url"]), absolute(jsonText(it["id"])), jsonText(it["external_url"])}
		r.add(links, jsonText(it["title"]), jsonText(it["date_published"]))
	}
	return nil
}

// jsonObject is an object whose fields may be of any type.
type jsonObject map[string]json.RawMessage

// jsonParts reads the top level of a JSON Feed up to its end or the first fault.
func jsonParts(text []byte) (head jsonObject, items []jsonObject, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	head = jsonObject{}
	if _, err := d.Token(); err != nil { // "{"
		return head, nil, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return head, items, err
		}
		if name == "items" {
			if items, err = jsonItems(d); err != nil {
				return head, items, err
			}
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return head, items, err
		}
		if key, ok := name.(string); ok {
			head[key] = value
		}
	}
	_, err = d.Token() // "}"
	return head, items, err
}

// errNoItems reports that "items" is not an array.
var errNoItems = errors.New(`"items" is no array`)

// jsonItems reads an array of items up to its end or the first syntax error.
// Elements that are not objects are skipped.
func jsonItems(d *json.Decoder) ([]jsonObject, error) {
	open, err := d.Token()
	if err != nil {
		return nil, err
	}
	if open != json.Delim('[') {
		return nil, errNoItems
	}
	var items []jsonObject
	for d.More() {
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return items, fmt.Errorf("after %d items: %w", len(items), err)
		}
		var it jsonObject
		isObject := json.Unmarshal(value, &it) == nil && it != nil
		if isObject && len(items) <= maxItems {
			items = append(items, it)
		}
	}
	_, err = d.Token() // "]"
	return items, err
}

// jsonText returns a value as text: that of a string or number, or of the first element
// of an array; "" for others.
func jsonText(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var s string
		if json.Unmarshal(value, &s) == nil {
			return s
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(value, &list) == nil && len(list) > 0 && bytes.HasPrefix(list[0], []byte{'"'}) {
			return jsonText(list[0])
		}
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return string(value)
	}
	return ""
}

// escape matches an escape sequence of JSON (RFC 8259, section 7).
var escape = regexp.MustCompile(`^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})`)

// notJSON matches values of JavaScript and Python that JSON does not have.
var notJSON = regexp.MustCompile(`^(?:-?Infinity|NaN|undefined|None)\b`)

// mendedJSON repairs common errors of publishing systems: raw control characters and
// quotation marks in strings are escaped, unknown escapes lose their backslash, and
// commas before a closing bracket or another comma are dropped, and values that are none
// in JSON become null.
func mendedJSON(text []byte) []byte {
	out := make([]byte, 0, len(text)+64)
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			if escape.Match(text[i:min(len(text), i+6)]) {
				out = append(out, c, text[i+1])
				i++
			}
		case quoted && c == '"' && !endsString(text[i+1:]):
			out = append(out, '\\', c)
		case c == '"':
			quoted = !quoted
			out = append(out, c)
		case quoted && c < ' ':
			out = fmt.Appendf(out, `\u%04x`, c)
		case !quoted && c == ',' && closes(text[i+1:]):
		case !quoted && notJSON.Match(text[i:min(len(text), i+10)]):
			out = append(out, "null"...)
			i += len(notJSON.Find(text[i:min(len(text), i+10)])) - 1
		default:
			out = append(out, c)
		}
	}
	return out
}

// endsString reports whether a quotation mark in front of text ends a string.
func endsString(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) == 0 || beginsWithAny(text, ",:}]")
}

// closes reports whether the next character is one before which no comma may stand.
func closes(text []byte) bool {
	return beginsWithAny(bytes.TrimLeft(text, " \t\r\n"), "}],")
}
