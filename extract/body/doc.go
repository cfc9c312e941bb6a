// Package body finds the lines of a page that are its article. [Find] weighs every
// line, chooses the box that gathers the most weight, and gives each line in it a
// role; then steps named after what they take out (related.go, comments.go,
// notices.go …) correct the roles. A new step is a method on bodyFinder in a file of
// its own and a line in decide.
//
// The work is done on the flat model of package page, see there why.
package body
