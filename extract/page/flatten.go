package page

import (
	"bytes"

	"golang.org/x/net/html"
)

// maxDepth is how many open elements flatten leaves; the HTML parser takes 512.
const maxDepth = 200

// flatten takes the tags off a page that are nested too deeply to be parsed,
// and leaves their text. Old editors leave thousands of elements open, so such a
// page can well be an article.
func flatten(body []byte) []byte {
	out := make([]byte, 0, len(body))
	z := html.NewTokenizer(bytes.NewReader(body))
	depth := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if endless[string(name)] {
				out = append(out, raw...)
				continue
			}
			if depth++; depth <= maxDepth {
				out = append(out, raw...)
			} else {
				out = append(out, ' ')
			}
		case html.EndTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if endless[string(name)] {
				out = append(out, raw...)
				continue
			}
			if depth <= maxDepth {
				out = append(out, raw...)
			} else {
				out = append(out, ' ')
			}
			depth = max(depth-1, 0)
		default:
			out = append(out, z.Raw()...)
		}
	}
}

// endless are elements that never hold others open: void ones, and those whose
// text the tokenizer reads in one piece.
var endless = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true,
	"source": true, "track": true, "wbr": true, "p": true, "script": true, "style": true, "title": true, "textarea": true, "html": true,
	"head": true, "body": true,
}
