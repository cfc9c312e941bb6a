// Package picture decides which of a page's images belong to the article, and finds their
// addresses (best first), captions and credits. It gives the lines of captions their
// role.
package picture
