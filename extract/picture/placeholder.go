package picture

import (
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// maxPlaceholders bounds the placeholders of one article.
const maxPlaceholders = 300

// placeholders finds the lines that are only the name of an image file, such as "1.png":
// client apps print the text of an article in that form and insert the picture by script.
// Each is matched to the picture beside it, or to the one with that name as id, alt or
// file name, or to the next one in order without a place of its own. A placeholder
// without a picture stays in the body.
func (s *imageSorter) placeholders() {
	p := s.p
	found := 0
	for i := max(s.text.First, 0); i < s.text.Last && found < maxPlaceholders; i++ {
		l := &p.Lines[i]
		if l.Hidden() || l.Role() != page.RoleBody && l.Role() != page.RoleNone && l.Role() != page.RoleChrome || !placeholderName(l.Text()) {
			continue
		}
		s.roles.Set(i, page.RolePlaceholder, "name of an image file")
		found++
		if pic := s.pictureFor(int32(i), l.Text()); pic != nil {
			pic.Line = int32(i)
			pic.Image.Placeholder = l.Text()
			continue
		}
		s.pictures = append(s.pictures, Picture{
			Picture: page.Picture{Node: noElement(), Box: l.Box, Line: int32(i)}, Keep: true, Image: article.Image{Placeholder: l.Text()},
		})
	}
}

// pictureFor returns the picture that a placeholder stands for, nil where there is none.
func (s *imageSorter) pictureFor(at int32, name string) *Picture {
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Keep && pic.Image.Placeholder == "" && (pic.Line == at || pic.Line == at+1) {
			return pic
		}
	}
	stem := fileStem(name)
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Box < 0 || pic.Image.Placeholder != "" || !named(pic, name, stem) {
			continue
		}
		if pic.Keep || s.keep(pic) {
			return pic
		}
	}
	return nil
}

// named reports whether a picture's element or file carries a placeholder's name.
func named(pic *Picture, name, stem string) bool {
	for i := range pic.Node.Attr {
		switch a := &pic.Node.Attr[i]; a.Key {
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

// placeholderName reports whether a line is only the name of an image file.
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
