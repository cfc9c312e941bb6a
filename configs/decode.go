package configs

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// decoder walks the syntax tree of one file and collects every mistake. The
// library's own strict decoding stops at the first one and cannot place those
// that are found later (a selector that does not compile), so the tree is read
// here and the library only parses.
type decoder struct {
	file string
	errs []*Error
}

// value is a node with the path of its key, for messages.
type value struct {
	node ast.Node
	path string
}

// field is a key that a mapping may have and what reads its value.
type field struct {
	key  string
	read func(value)
}

// withoutValue are the bodies of YAML documents that hold nothing.
var withoutValue = []ast.NodeType{ast.DirectiveType, ast.CommentType}

// parse returns the mapping at the root of the file, false where there is none.
func (d *decoder) parse(src []byte) (value, bool) {
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // editors of some systems write a byte order mark
	tree, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return value{}, false
	}
	var roots []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil && !slices.Contains(withoutValue, doc.Body.Type()) {
			roots = append(roots, doc.Body)
		}
	}
	if len(roots) == 0 {
		d.errs = append(d.errs, &Error{File: d.file, Line: 1, Column: 1,
			Problem: "the file configures nothing", Fix: "write at least name and hosts"})
		return value{}, false
	}
	for _, extra := range roots[1:] {
		d.fail(value{node: extra}, "a second document after ---", "one file holds one site: move it to a file of its own")
	}
	return value{node: roots[0]}, true
}

// syntax records a mistake in the YAML itself, with a hint where CSS or
// regular expressions commonly cause it.
func (d *decoder) syntax(err error) {
	e := &Error{File: d.file, Line: 1, Column: 1, Problem: err.Error(), Fix: "correct the YAML"}
	var at yaml.Error
	if errors.As(err, &at) {
		e.Problem = at.GetMessage()
		if tk := at.GetToken(); tk != nil && tk.Position != nil {
			e.Line, e.Column = max(tk.Position.Line, 1), max(tk.Position.Column, 1)
		}
	}
	for _, hint := range syntaxHints {
		if strings.Contains(e.Problem, hint.message) {
			e.Fix = hint.fix
		}
	}
	d.errs = append(d.errs, e)
}

var syntaxHints = [...]struct{ message, fix string }{
	{"unknown escape", `put patterns in single quotes: '\d+'`},
	{"mapping value is not allowed", "check the indentation, and put a value that holds \": \" in quotes"},
	{"tab character", "indent with spaces"},
	{"cannot start any token", "indent with spaces, and put a value that starts with a sign in quotes"},
	{"end token", "close the bracket, or put a value that starts with [ or { in quotes"},
	{"could not find end character", "close the quotes"},
	{"reserved", "put the value in quotes"},
}

// fail records a mistake at v.
func (d *decoder) fail(v value, problem, fix string) {
	line, column := position(v.node)
	d.errs = append(d.errs, &Error{File: d.file, Line: line, Column: column, Field: v.path, Problem: problem, Fix: fix})
}

// position returns where a node starts. A mapping's own token is the colon of
// its first key, so the key is asked instead.
func position(n ast.Node) (line, column int) {
	switch t := n.(type) {
	case *ast.MappingNode:
		if len(t.Values) > 0 && !t.IsFlowStyle {
			return position(t.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return position(t.Key)
	}
	tk := n.GetToken()
	if tk == nil || tk.Position == nil {
		return 1, 1
	}
	return max(tk.Position.Line, 1), max(tk.Position.Column, 1)
}

// mapping hands every key's value to its field and returns the values by key.
// Unknown and repeated keys are mistakes.
func (d *decoder) mapping(v value, fields []field) map[string]value {
	entries, ok := d.entries(v)
	if !ok {
		return nil
	}
	seen := map[string]value{}
	for _, e := range entries {
		key := keyText(e.Key)
		entry := value{e.Value, join1(v.path, key)}
		keyAt := value{e.Key, entry.path}
		if first, dup := seen[key]; dup {
			line, _ := position(first.node)
			d.fail(keyAt, fmt.Sprintf("stands twice, first in line %d", line), "keep one of them")
			continue
		}
		i := indexField(fields, key)
		if i < 0 {
			d.unknownKey(keyAt, key, fields)
			continue
		}
		seen[key] = entry
		if d.plain(entry) {
			fields[i].read(entry)
		}
	}
	return seen
}

func (d *decoder) entries(v value) ([]*ast.MappingValueNode, bool) {
	switch t := v.node.(type) {
	case *ast.MappingNode:
		return t.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{t}, true
	}
	d.fail(v, "is "+kind(v.node)+", not keys and values", "write one \"key: value\" a line")
	return nil, false
}

// plain rejects aliases, anchors, tags and empty values: a site's file does not need
// them, and they hide where a value comes from.
func (d *decoder) plain(v value) bool {
	switch t := v.node.(type) {
	case *ast.NullNode:
		d.fail(v, "has no value", "write one, or take the key out (a value that starts with # must be in quotes)")
	case *ast.AliasNode:
		d.fail(v, fmt.Sprintf("%s is a YAML alias", t.String()), "put a value that starts with * in quotes")
	case *ast.AnchorNode:
		d.fail(v, "holds a YAML anchor", "put a value that starts with & in quotes; anchors are not used here")
	case *ast.TagNode:
		d.fail(v, "holds a YAML tag", "put a value that starts with ! in quotes; tags are not used here")
	default:
		return true
	}
	return false
}

func keyText(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.String()
}

func indexField(fields []field, key string) int {
	for i, f := range fields {
		if f.key == key {
			return i
		}
	}
	return -1
}

func (d *decoder) unknownKey(v value, key string, fields []field) {
	if key == "<<" {
		d.fail(v, "YAML merge keys are not used here", "write the values out")
		return
	}
	best, bestDistance := "", 3 // farther away is another word, not a slip
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
		if n := distance(key, f.key); n < bestDistance {
			best, bestDistance = f.key, n
		}
	}
	fix := "the keys are " + strings.Join(keys, ", ")
	if best != "" {
		fix = fmt.Sprintf("did you mean %s?", best)
	}
	d.fail(v, "unknown key", fix)
}

// distance is the Levenshtein distance of two keys, early out for long ones.
func distance(a, b string) int {
	if len(a) > 30 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// list hands the entries of a sequence to read. A single value counts as a list of one.
func (d *decoder) list(v value, read func(value)) {
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		read(v)
		return
	}
	for i, n := range seq.Values {
		item := value{n, v.path + "[" + strconv.Itoa(i) + "]"}
		if d.plain(item) {
			read(item)
		}
	}
}

// text returns a string value. Numbers and the like are refused, so that
// nothing is stored that the file does not literally say.
func (d *decoder) text(v value) (string, bool) {
	var s string
	switch t := v.node.(type) {
	case *ast.StringNode:
		s = t.Value
	case *ast.LiteralNode:
		s = strings.TrimSpace(t.Value.Value)
	case *ast.SequenceNode:
		d.fail(v, "is a list, not text", "write one value (a value that starts with [ must be in quotes)")
		return "", false
	case *ast.MappingNode, *ast.MappingValueNode:
		d.fail(v, "is a group of keys, not text", "write one value")
		return "", false
	default:
		d.fail(v, "is "+kind(v.node)+", not text", "put it in quotes")
		return "", false
	}
	if strings.TrimSpace(s) == "" {
		d.fail(v, "is empty", "write a value, or take the key out")
		return "", false
	}
	return s, true
}

// number returns an integer of at least 1.
func (d *decoder) number(v value) int {
	t, ok := v.node.(*ast.IntegerNode)
	if !ok {
		d.fail(v, "is "+kind(v.node)+", not a whole number", "write a number such as 100")
		return 0
	}
	n, err := strconv.Atoi(t.Token.Value)
	if inRange := 1 <= n && n <= 1_000_000_000; err != nil || !inRange {
		d.fail(v, t.Token.Value+" is out of range", "write a plain number from 1 to 1000000000, or take the key out for the default")
		return 0
	}
	return n
}

func (d *decoder) boolean(v value) bool {
	t, ok := v.node.(*ast.BoolNode)
	if !ok {
		d.fail(v, "is "+kind(v.node)+", not true or false", "write true or false")
		return false
	}
	return t.Value
}

// kind returns the name of a node's kind for messages.
func kind(n ast.Node) string {
	switch n.Type() {
	case ast.MappingType, ast.MappingValueType:
		return "a group of keys"
	case ast.SequenceType:
		return "a list"
	case ast.StringType, ast.LiteralType:
		return "text"
	case ast.IntegerType, ast.FloatType, ast.InfinityType, ast.NanType:
		return "a number"
	case ast.BoolType:
		return "true or false"
	case ast.NullType:
		return "empty"
	}
	return "something else"
}

// join1 extends the path of a key.
func join1(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
