// Package page is the model of a page that all rooms of extract work on: the
// document, parsed once and laid flat in one walk. [Parse] makes the tree,
// [Tree.Lay] the model; after that nothing changes it but [Roles].
//
// The model has three parallel lists in document order,
//
//	Boxes    block-level elements, each with the range of lines inside it
//	Lines    pieces of text between two block or line breaks, in reading order
//	Pictures image candidates, each with its place between the lines
//
// and the page's facts apart from its text: meta tags, JSON-LD, links, comments.
// The lines of a box are always the contiguous range Lines[box.First:box.Last],
// and prefix sums over lines give any box's text and link mass in O(1).
//
// # Why scoring works on lines and not on elements
//
// What selects (site rules, readers of the head) selects with goquery on the tree.
// What weighs text does not: the mass of a container, the share of links in it and
// the distance between two lines are asked for many times for every line of a page.
// On the flat model each is a subtraction or an index, where a selection would walk
// the tree again; and headline, body, times and credits can speak of the same line
// by its number.
package page
