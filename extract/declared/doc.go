// Package declared reads what a page says of itself: JSON-LD, meta tags,
// microdata, time elements, link elements, comments of publishing systems and
// inline scripts. [Read] returns [Facts], in which every claim names its origin;
// whether it is true is decided by the rooms that also look at the page.
package declared
