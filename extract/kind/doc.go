// Package kind decides what a page is: an article, or what it is instead. A refusal
// needs two witnesses: too little text for an article, and something else that is
// there. In doubt the page is an article, since nobody looks again for what was
// refused wrongly.
package kind
