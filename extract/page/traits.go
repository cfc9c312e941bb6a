package page

import (
	"strings"

	"pressmark/extract/text"
)

// tagTraits are what the search for asides needs to know of an element.
type tagTraits struct {
	name   string // in lower case; "" for elements of which nothing is known
	block  bool   // white space beside its tags is not shown
	unseen bool   // it shows nothing
	scope  bool   // it holds others, and the parser looks for its end when it looks for that of others (13.2.4.2)
	format bool   // the parser opens it again in the next block
	opaque bool   // what looks like tags inside is none, or none of HTML
	cell   bool   // it is a part of a table
}

// tagKinds are the elements that have traits.
var tagKinds = [...]struct {
	names  string
	traits tagTraits
}{
	{"div li p ul ol section article header footer main nav aside h1 h2 h3 h4 h5 h6 dl dt dd figure figcaption form fieldset address " +
		"blockquote center details dialog dir hgroup menu summary table pre listing", tagTraits{block: true, scope: true}},
	{"tr td th tbody thead tfoot caption colgroup", tagTraits{block: true, scope: true, cell: true}},
	{"br hr", tagTraits{block: true}},
	{"link meta base", tagTraits{unseen: true}},
	{"head body html frameset", tagTraits{scope: true}}, // the parser makes one each, and ignores others
	{"select applet button marquee object template search", tagTraits{scope: true}},
	{"a b big code em font i nobr s small strike strong tt u", tagTraits{format: true}},
	{"script style title", tagTraits{opaque: true, unseen: true}},
	{"svg math plaintext iframe noscript noembed noframes textarea xmp", tagTraits{opaque: true}},
}

// plainTag has the traits of an element of which nothing is known.
var plainTag tagTraits

// tagTable holds the traits of each element at the place of its name. It is asked for
// each tag of each page: that takes a fraction of the time of a map.
var tagTable = func() (table [tagPlaces]*tagTraits) {
	for i := range table {
		table[i] = &plainTag
	}
	for _, kind := range tagKinds {
		for name := range strings.FieldsSeq(kind.names) {
			place := tagPlace(0)
			for i := range len(name) {
				place = place.with(name[i])
			}
			traits := kind.traits
			traits.name = name
			table[place%tagPlaces] = &traits
		}
	}
	return table
}()

// tagPlaces is the size of the table. With it and with the factor of a place, no two
// names have the same place.
const tagPlaces = 1 << 10

// tagPlace is the place of a name in the table, but for the size of the table.
type tagPlace uint32

// with returns the place of a name that has one more letter.
func (p tagPlace) with(c byte) tagPlace { return p*117 + tagPlace(c) }

// maxTagName is the length of the longest name that has traits.
const maxTagName = len("figcaption")

// tagAt returns the traits of the element whose name s begins with.
func tagAt(s []byte) *tagTraits {
	place, n := tagPlace(0), 0
	for n < len(s) && n <= maxTagName && !endsTagName(s[n]) {
		place = place.with(text.LowerASCII(s[n]))
		n++
	}
	tag := tagTable[place%tagPlaces]
	if len(tag.name) != n {
		return &plainTag
	}
	for i := range n {
		if text.LowerASCII(s[i]) != tag.name[i] {
			return &plainTag
		}
	}
	return tag
}
