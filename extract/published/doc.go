// Package published finds when an article was published and last changed. The time
// printed near the headline wins. Structured data adds seconds and zone to it, replaces
// it if nothing is printed, and settles ambiguous dates.
package published
