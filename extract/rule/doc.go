// Package rule applies a site's rules to a page: [Choose] finds the rules that hold
// for it and removes what they remove, before the page is laid flat; [Apply] finds
// the title and the body that they name. The other fields are selected by the rooms
// that find them, with [Chosen.Pick] and [Chosen.Texts]. All selection is goquery's,
// with the matchers that configs compiled.
package rule
