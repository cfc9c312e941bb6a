// Package byline finds who made an article: source, authors, editors and
// photographers, from the lines around headline and body, the text's dateline and
// tail, and structured data. How one line of credits reads is the matter of package
// credits; this one knows where on a page such lines stand.
package byline
