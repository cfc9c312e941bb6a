package picture

import (
	"strings"

	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// makerWords are words of the classes and addresses of a writer's portrait.
var makerWords = text.NewWords(
	"author", "authors", "autor", "autoren", "avatar", "avatars", "byline", "headshot",
	"headshots", "columnist", "contributor", "journalist", "portrait",
	"autorenportraet", "autorenfoto",
)

// portrait reports whether a picture shows who wrote the article: its element, a
// figure of its own or its address is named after authors, or the link around it
// leads to one.
func (s *imageSorter) portrait(pic *Picture) bool {
	p := s.p
	if classHasWord(page.Attr(pic.Node, "class"), makerWords) && !classHasWord(page.Attr(pic.Node, "class"), articleWords) {
		return true
	}
	for b, up := pic.Box, 0; b > int32(s.text.Main) && up < 2; b, up = p.Boxes[b].Parent, up+1 {
		x := &p.Boxes[b]
		if x.Last-x.First <= 1 && classHasWord(page.Attr(x.Node, "class"), makerWords) && !s.holdsBody(x) {
			return true
		}
	}
	if pic.Link != nil && (weburl.PersonPath(page.Attr(pic.Link, "href")) || page.Attr(pic.Link, "rel") == "author") {
		return true
	}
	path, _, _ := strings.Cut(page.Attr(pic.Node, "src"), "?")
	for part := range strings.SplitSeq(path, "/") {
		if makerWords.Has(strings.ToLower(part)) {
			return true
		}
	}
	return false
}

// articleWords beside makerWords say that the class names the page and not the picture.
var articleWords = text.NewWords("article", "post", "story")

// maxTeaser is the most lines of a box around the picture and the headline of another article.
const maxTeaser = 8

// teaserCard reports whether a picture stands in a small box with the linked
// headline of another article.
func (s *imageSorter) teaserCard(pic *Picture) bool {
	p := s.p
	for b, up := pic.Box, 0; b > 0 && int(b) != s.text.Main && up < 5; b, up = p.Boxes[b].Parent, up+1 {
		x := &p.Boxes[b]
		if x.Last-x.First > maxTeaser || p.Within(int32(s.text.Main), b) {
			return false
		}
		linked := false
		for i := x.First; i < x.Last; i++ {
			l := &p.Lines[i]
			switch {
			case l.Role() == page.RoleBody || l.Role() == page.RoleSubhead || l.Role() == page.RoleTitle || l.Role() == page.RoleCaption:
				return false
			case l.IsHeadlineLink() && l.LinkMass > 36:
				linked = true
			}
		}
		if linked {
			return true
		}
	}
	return false
}
