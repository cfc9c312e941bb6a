// Package declared reads what a page declares about itself: JSON-LD, meta tags,
// microdata, time elements, link elements, comments of publishing systems and inline
// scripts. [Read] returns [Facts], in which every claim names its origin. Whether a claim
// is true is decided by the steps that also see the page.
package declared
