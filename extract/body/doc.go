// Package body finds the lines of a page that are its article. [Find] weighs every line,
// chooses the box that gathers the most weight, and gives each line in it a role. Steps
// that are named after what they remove (related.go, comments.go, notices.go …) then
// correct the roles. A new step is a method on bodyFinder in a file of its own and a line
// in decide.
//
// The package works on the flat model of package page, whose comment says why.
package body
