package extract

import (
	"strings"

	"pressmark/extract/article"
)

// maxPlaceholders bounds the placeholders of one article.
const maxPlaceholders = 300

// placeholders finds the lines that are only the name of an image file, "1.png":
// client apps print the text of an article that way, and put the picture there
// by a script. Each is matched to its picture: the one that stands beside it, or
// that has the name as id, alt or file name, or the next in order among those
// that have no place of their own. Without any the place is kept all the same.
func (s *imageSorter) placeholders() {
	p := s.p
	found := 0
	for i := max(s.text.first, 0); i < s.text.last && found < maxPlaceholders; i++ {
		l := &p.lines[i]
		if l.hidden || l.role != roleBody && l.role != roleNone && l.role != roleChrome || !placeholderName(l.text) {
			continue
		}
		s.roles.Set(i, rolePlaceholder, "name of an image file")
		found++
		if pic := s.pictureFor(int32(i), l.text); pic != nil {
			pic.line = int32(i)
			pic.image.Placeholder = l.text
			continue
		}
		s.pictures = append(s.pictures, picture{
			candidate: candidate{node: noElement(), box: l.box, line: int32(i)}, keep: true, image: article.Image{Placeholder: l.text},
		})
	}
}

// pictureFor returns the picture that a placeholder stands for, nil where there is none.
func (s *imageSorter) pictureFor(at int32, name string) *picture {
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.keep && pic.image.Placeholder == "" && (pic.line == at || pic.line == at+1) {
			return pic
		}
	}
	stem := fileStem(name)
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.box < 0 || pic.image.Placeholder != "" || !named(pic, name, stem) {
			continue
		}
		if pic.keep || s.keep(pic) {
			return pic
		}
	}
	return nil
}

// named tells whether a picture's element or file carries a placeholder's name.
func named(pic *picture, name, stem string) bool {
	for i := range pic.node.Attr {
		switch a := &pic.node.Attr[i]; a.Key {
		case "id", "name", "alt", "title", "data-name", "data-id", "data-index":
			if strings.EqualFold(a.Val, name) || a.Val == stem {
				return true
			}
		default:
			if strings.HasSuffix(a.Val, "/"+name) {
				return true
			}
		}
	}
	return false
}

// placeholderName tells a line that is the name of an image file and nothing else.
func placeholderName(s string) bool {
	if len(s) > 40 || len(s) < 5 || imageExtension(s) == "" {
		return false
	}
	for _, r := range fileStem(s) {
		if r <= ' ' || strings.ContainsRune("/\\:*?\"<>|,，。;", r) {
			return false
		}
	}
	return !strings.ContainsAny(s, "/ ?#")
}
