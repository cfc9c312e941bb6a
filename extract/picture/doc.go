// Package picture decides which of a page's images belong to the article, finds
// their addresses (best first), captions and credits, and gives the lines that are
// captions their role.
package picture
