// Package text measures and folds strings of any script: the mass of a text,
// keys that spelling does not change, sets of phrases found in one pass. It knows
// nothing of pages.
package text
