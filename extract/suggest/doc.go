// Package suggest helps to write the rules of a site. [Propose] finds, from a few article
// pages of one site, the CSS selectors that give the same title, time, body and credits
// on every page as the extractor finds without rules. [Probe] reports what given rules
// find on a page.
//
// A proposal is a starting point for a person: its selectors are as right as the
// extractor was without rules. Rules add two things: they stay right on unusual pages,
// and after a redesign they match nothing, which is reported.
//
// The package does no I/O. The same pages in the same order give the same proposal.
package suggest
