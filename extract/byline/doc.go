// Package byline finds who made an article: source, authors, editors and photographers.
// It reads the lines around headline and body, the text's dateline and tail, and
// structured data. Package credits parses one line of credits; this package knows where
// on a page such lines stand.
//
// Chinese pages print labels and datelines (chinese.go, medium.go). On other pages the
// evidence is weighed in this order (weigh.go):
//
//  1. the rules of the site
//  2. a labelled byline that says more than structured data, or names others
//  3. people of structured data, without those printed under another role
//  4. a labelled byline (western.go, announced.go)
//  5. elements made for the author (elements.go)
//  6. names without a label: beside the date, next to the headline, in a box about
//     the author, amid the text (unlabelled.go)
//  7. organizations of structured data
package byline
