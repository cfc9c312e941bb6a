package compose

import (
	"pressmark/extract/article"
	"pressmark/extract/body"
)

// imageRoles sets the role of each image: the first one, if it comes before all text, is
// the lead; four or more without text between them are a gallery; the others are inline.
func (c *composer) imageRoles() {
	roles := map[string]article.ImageRole{}
	var run []string
	texts := 0
	end := func() {
		if len(run) >= body.ManyImages {
			for _, id := range run {
				roles[id] = article.ImageGallery
			}
		}
		run = run[:0]
	}
	for i := range c.out.Blocks {
		b := &c.out.Blocks[i]
		if b.Type != article.ImagePlace {
			if texts++; b.Type != article.Embed {
				end()
			}
			continue
		}
		roles[b.Image] = article.ImageInline
		if texts == 0 && len(roles) == 1 {
			roles[b.Image] = article.ImageLead
		}
		run = append(run, b.Image)
	}
	end()
	for i := range c.out.Images {
		c.out.Images[i].Role = roles[c.out.Images[i].ID]
	}
}
