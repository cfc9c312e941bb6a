// Package compose puts the findings of the other rooms together: the body's blocks
// in reading order, the article with its identity, evidence and warnings, and one
// article of several parts.
package compose
