// Package link lists the links of a page with their kind (article, section), and finds
// the next part of an article and the next page of a list.
package link
