// Package title finds the headline of a page: the printed line that the head's titles
// repeat, or else the head's title without the site's name.
package title
