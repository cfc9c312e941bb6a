package article

import "strings"

// RenderText makes [Article.Text]: the body as plain text, one block a line; a
// list, table or definition list has one line an item, row or entry, a table's
// caption a line of its own before it.
func RenderText(a *Article) string {
	captions := make(map[string]string, len(a.Images))
	for i := range a.Images {
		captions[a.Images[i].ID] = Value(a.Images[i].Caption)
	}
	w := textWriter{captions: captions, words: wordsFor(a.Language)}
	size := 0
	for i := range a.Body {
		size += len(a.Body[i].Text) + 1
	}
	w.Grow(size + size/8)
	for i := range a.Body {
		if i > 0 {
			w.WriteByte('\n')
		}
		if c := a.Body[i].Caption; c != "" {
			w.WriteString(c + "\n")
		}
		w.block(&a.Body[i])
	}
	return w.String()
}

// BlockText returns the block as [RenderText] writes it. It is the text in which
// the offsets of [Block.Marks] count. An image has none.
func BlockText(x *Block) string {
	switch x.Type {
	case ImagePlace:
		return ""
	case Paragraph, Heading, Quote, Preformatted:
		return x.Text
	default:
		var w textWriter
		w.block(x)
		return w.String()
	}
}

// placeWords are the words that stand for what plain text cannot show.
type placeWords struct{ image, video, audio, embed string }

func wordsFor(language string) placeWords {
	if strings.HasPrefix(language, "zh") {
		return placeWords{image: "图", video: "视频", audio: "音频", embed: "嵌入内容"}
	}
	return placeWords{image: "image ", video: "video", audio: "audio", embed: "embed"}
}

type textWriter struct {
	strings.Builder
	captions map[string]string // image ID -> caption
	words    placeWords
}

func (w *textWriter) block(x *Block) {
	switch x.Type {
	case ImagePlace:
		w.place(w.words.image+x.Image, w.captions[x.Image])
	case Embed:
		w.embed(x)
	case List:
		w.lines(x.Items)
	case Definitions:
		w.entries(x.Entries)
	case Table:
		for i, row := range x.Rows {
			if i > 0 {
				w.WriteByte('\n')
			}
			w.WriteString(strings.Join(row, "\t"))
		}
	default:
		w.WriteString(x.Text)
	}
}

func (w *textWriter) lines(items []string) {
	for i, item := range items {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.WriteString(item)
	}
}

func (w *textWriter) entries(entries []Definition) {
	for i, e := range entries {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.WriteString(e.Term)
		if e.Term != "" && e.Text != "" {
			w.WriteString(": ")
		}
		w.WriteString(e.Text)
	}
}

func (w *textWriter) embed(x *Block) {
	word := w.words.embed
	switch x.Kind {
	case EmbedVideo:
		word = w.words.video
	case EmbedAudio:
		word = w.words.audio
	}
	detail := x.Title
	if detail == "" {
		detail = x.URL
	}
	w.place(word, detail)
}

// place writes "[word: detail]", or "[word]" if there is no detail.
func (w *textWriter) place(word, detail string) {
	w.WriteByte('[')
	w.WriteString(word)
	if detail != "" {
		w.WriteString(": " + detail)
	}
	w.WriteByte(']')
}
