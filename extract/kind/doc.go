// Package kind decides what a page is: an article, a list, a video, a wall, an error page
// and so on. A refusal needs two signs: too little text for an article, and evidence of
// another kind of page. In doubt the page is an article, because a wrongly refused page
// is not looked at again.
package kind
