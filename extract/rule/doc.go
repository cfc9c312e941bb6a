// Package rule applies a site's rules to a page. [Choose] picks the rules that apply to
// it and removes the elements that they exclude, before the page is laid flat. [Apply]
// finds the title and the body that they select. The other fields are selected by the
// steps that find them, with [Chosen.Pick] and [Chosen.Texts]. All selection is
// goquery's, with the matchers that package configs compiled.
package rule
