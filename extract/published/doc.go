// Package published finds when an article was published and last changed. What the
// page prints near its headline is the truth; structured data lends it seconds and
// zone, stands in where nothing is printed, and settles what is ambiguous.
package published
