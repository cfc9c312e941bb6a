// Package compose puts the results of the other steps together: the body's blocks in
// reading order, the article with its identity, evidence and warnings, and one article
// from several parts.
package compose
