// Package suggest helps to write the rules of a site. [Propose] finds, from a
// few article pages of one site, the CSS selectors that give the same title,
// time, body and credits as the extractor found without rules, on every one of
// the pages; [Probe] reports what given rules find on a page.
//
// A proposal is a starting point for a person: the selectors are as right as
// what the extractor found by itself. What they add is that they stay right when
// a page is unusual, and that a redesign is noticed, because then they find
// nothing.
//
// The package does no I/O. The same pages in the same order give the same proposal.
package suggest
