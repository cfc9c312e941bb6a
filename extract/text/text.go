// Package text measures and folds strings of any script: the mass of a text, keys for
// comparisons that ignore spelling, and sets of phrases that are found in one pass. It
// does not depend on the model of a page.
package text
