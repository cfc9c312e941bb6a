// Package memory learns which blocks repeat across the pages of a site. They are
// boilerplate, whatever they look like.
package memory
