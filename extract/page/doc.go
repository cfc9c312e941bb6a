// Package page is the model of a page that all steps of extract work on: the document,
// parsed once and laid flat in one walk. [Parse] makes the tree, [Tree.Lay] the model.
// After that only [Roles] changes it.
//
// The model has three parallel lists in document order,
//
//	Boxes    block-level elements, each with the range of lines inside it
//	Lines    pieces of text between two block or line breaks, in reading order
//	Pictures image candidates, each with its place between the lines
//
// and the facts of the page that are not text: meta tags, JSON-LD, links, comments. The
// lines of a box are always the contiguous range Lines[box.First:box.Last], and prefix
// sums over lines give any box's text and link mass in O(1).
//
// # Why scoring works on lines and not on elements
//
// Steps that select elements (site rules, readers of the head) use goquery on the tree.
// Steps that weigh text do not: they need the mass of a container, its share of links and
// the distance between two lines many times for every line of a page. On the flat model
// each of these is a subtraction or an index; a selection would walk the tree again.
// Headline, body, times and credits also refer to the same line by its number.
package page
