// Package title finds the headline of a page: the printed line that the head
// repeats, or the head's title without the site's name.
package title
