package picture

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
)

// creditNames are words of classes, ids and itemprops of elements that hold a
// picture's credit, where they stand in its legend.
var creditNames = wordSet("credit credits copyright copyrights photographer photographers photograph attribution courtesy rights quelle bildquelle bildautor bildrechte rechte urheber fotograf fotografo fuente fonte credito creditos " +
	"zdroj kilde kreditering photocredit imagecredit photoby license licence")

// makerNames are words that mean the same in the legend of a picture, and the
// writer or the source of the article elsewhere.
var makerNames = wordSet("source sources author authors autor autors autori auteur creator byline agency provider distributor owner holder")

// captionNames are words of those that hold what is said of the picture, and
// pictureNames words of pictures.
var (
	captionNames = wordSet("caption captions description desc legend legende figcaption")
	pictureNames = wordSet("image images img photo photos picture foto bild figure fig media caption figcaption")
)

// creditSign says how surely an element holds a picture's credit.
type creditSign uint8

const (
	noSign    creditSign = iota
	tagSign              // a tag that often holds one: cite, small, footer
	makerSign            // a name that is one's in the legend of a picture
	nameSign             // a name that says so
)

// creditElement reads tag and names of an element. Of several words the last
// counts: "caption-credit" is a credit, "credit-caption" a caption.
func creditElement(n *html.Node) creditSign {
	sign := noSign
	switch n.DataAtom {
	case atom.Cite, atom.Small, atom.Footer:
		sign = tagSign
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class", "id", "itemprop", "data-testid":
			for name := range strings.FieldsSeq(n.Attr[i].Val) {
				sign = max(sign, creditWord(name))
			}
		}
	}
	return sign
}

// creditWord reads one name. In block__element only the element counts.
func creditWord(name string) creditSign {
	if i := strings.LastIndex(name, "__"); i >= 0 && i+2 < len(name) {
		if sign := lastWord(name[i+2:]); sign != noSign || strings.HasPrefix(name[i+2:], "caption") {
			return sign
		}
	}
	return lastWord(name)
}

func lastWord(name string) creditSign {
	sign, pictured := noSign, false
	eachWord(name, func(w string) {
		switch {
		case creditNames[w]:
			sign = nameSign
		case makerNames[w]:
			sign = makerSign
		case captionNames[w]:
			sign = noSign
		}
		pictured = pictured || pictureNames[w]
	})
	if sign == makerSign && pictured {
		return nameSign
	}
	return sign
}

// eachWord calls f with the words of a name, in lower case. Words end at other
// characters than letters and at a change from lower to upper case.
func eachWord(name string, f func(string)) {
	start := -1
	for i := 0; i <= len(name); i++ {
		var c byte
		if i < len(name) {
			c = name[i]
		}
		upper := c >= 'A' && c <= 'Z'
		letter := upper || c >= 'a' && c <= 'z'
		if start >= 0 && (!letter || upper && name[i-1] >= 'a' && name[i-1] <= 'z') {
			f(strings.ToLower(name[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
	}
}

// piece is a part of a picture's legend.
type piece struct {
	text   string
	credit bool
	weak   bool // a credit by its tag alone
}

// legend parts lines of a picture's legend by the elements that hold them, within
// the box around them.
func (s *imageSorter) legend(lines []int32, around int32) []piece {
	var out []piece
	for _, i := range lines {
		l := &s.p.Lines[i]
		if l.Hidden() || controlWords[strings.ToLower(strings.Trim(l.Text(), " .:×✕↗+[]()"))] || symbols(l.Text()) {
			continue
		}
		if s.creditLineByName(i, around) {
			out = append(out, piece{text: l.Text(), credit: true, weak: s.signOf(l.Box, around) == tagSign})
			continue
		}
		out = s.pieces(out, i)
	}
	return out
}

// symbols reports whether a text has neither letters nor digits.
func symbols(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

// creditLineByName reports whether a box around a line, inside the box around the
// legend, is called a credit and holds no prose.
func (s *imageSorter) creditLineByName(i, around int32) bool {
	l := &s.p.Lines[i]
	sign := s.signOf(l.Box, around)
	return sign != noSign && creditText(l.Text(), sign)
}

// signOf returns what the names of the boxes from b out to the legend's say.
func (s *imageSorter) signOf(b, around int32) creditSign {
	for ; b > around && b >= 0; b = s.p.Boxes[b].Parent {
		if sign := creditElement(s.p.Boxes[b].Node); sign == nameSign || sign != noSign && s.inLegend(b) {
			return sign
		}
	}
	return noSign
}

// inLegend reports whether a box stands in a figure or in what is named a caption.
func (s *imageSorter) inLegend(b int32) bool {
	p := s.p
	for up := 0; b >= 0 && up < page.Climb; up++ {
		x := &p.Boxes[b]
		if x.Tag == atom.Figure || x.Tag == atom.Figcaption || x.Name&page.NameCaption != 0 {
			return true
		}
		b = x.Parent
	}
	return false
}

// creditText reports whether the text of an element that is called a credit is one.
func creditText(text string, sign creditSign) bool {
	switch {
	case utf8.RuneCountInString(text) > longCredit:
		return false
	case labelAt(text) > 0, strings.HasPrefix(text, "©"):
		return true
	case sign == tagSign:
		return nameLike(text, strict) || agencyForm(text) && nameLike(text, lenient)
	}
	return !endsSentence(text) || nameLike(text, lenient)
}

// pieces parts a line by its inline elements: credits by name, buttons, and a
// name in an element of its own at the end.
func (s *imageSorter) pieces(out []piece, i int32) []piece {
	p := s.p
	l := &p.Lines[i]
	from, to := l.Start, l.Start+int32(len(l.Text()))
	first := sort.Search(len(p.Spans), func(k int) bool { return p.Spans[k].Start >= from })
	at := from
	for k := first; k < len(p.Spans) && p.Spans[k].Start < to; k++ {
		x := &p.Spans[k]
		if x.Start < at || x.End > to+1 || x.End <= x.Start || int(x.End) > len(p.Text) {
			continue
		}
		text := strings.TrimSpace(p.Text[x.Start:x.End])
		sign := creditElement(x.Node)
		control := controlWords[strings.ToLower(strings.Trim(text, " .:×✕↗+[]()"))] || symbols(text) && text != ""
		switch {
		case control:
			out = appendPiece(out, piece{text: p.Text[at:x.Start]})
			at = x.End
		case sign != noSign && (sign != tagSign || x.Start == from || x.End >= to) && creditText(text, sign),
			ownElementAtEnd(x.Node, text, x.End >= to, at < x.Start || len(out) > 0):
			out = appendPiece(out, piece{text: p.Text[at:x.Start]})
			out = appendPiece(out, piece{text: p.Text[x.Start:x.End], credit: true, weak: sign == tagSign && x.Node.DataAtom != atom.Cite})
			at = x.End
		}
	}
	if at < to {
		rest := strings.TrimSpace(p.Text[at:to])
		name := at > from && len(out) > 0 && out[len(out)-1].credit && nameLike(rest, strict) // "Photo by Ann Poe" and "/Agency"
		out = appendPiece(out, piece{text: rest, credit: name})
	}
	return out
}

// ownElementAtEnd reports whether an element without a telling name holds the
// credit: it ends the line, follows another element, and its text is a name.
func ownElementAtEnd(n *html.Node, text string, ends, follows bool) bool {
	if !ends || !follows || !nameLike(text, strict) {
		return false
	}
	prev := n.PrevSibling
	for prev != nil && (prev.Type == html.CommentNode || prev.Type == html.TextNode && strings.TrimSpace(prev.Data) == "") {
		prev = prev.PrevSibling
	}
	return prev != nil && prev.Type == html.ElementNode && prev.DataAtom == n.DataAtom && n.DataAtom == atom.Span
}

func appendPiece(out []piece, x piece) []piece {
	x.text = strings.TrimSpace(x.text)
	if x.text == "" || symbols(x.text) || x.credit && slices.Contains(out, x) {
		return out
	}
	return append(out, x)
}

// controlWords are the labels of buttons that stand in captions, lower case.
var controlWords = map[string]bool{
	"toggle caption": true, "hide caption": true, "show caption": true, "enlarge image": true, "enlarge this image": true, "enlarge": true,
	"view larger": true, "zoom": true, "close": true, "fullscreen": true,
	"full screen": true, "expand": true, "expand image": true, "view image in fullscreen": true, "open image in gallery": true, "see more": true,
	"show more": true, "read more": true, "download": true, "share": true, "image": true,
	"visa mer": true, "vis mer": true, "vise mere": true, "läs mer": true, "mehr anzeigen": true, "mehr": true, "bild vergrößern": true,
	"vergrößern": true, "bild in lightbox öffnen": true, "agrandir": true, "agrandir l'image": true,
	"ver más": true, "ampliar": true, "ampliar imagen": true, "ampliar foto": true, "ampliar imagem": true, "ingrandisci": true, "powiększ": true,
	"zvětšit": true, "увеличить": true, "näytä lisää": true, "nagyítás": true,
	"放大": true, "点击查看大图": true, "點擊放大": true, "이미지 확대보기": true, "이미지 확대": true, "拡大": true, "拡大する": true, "画像を拡大": true, "クリックで拡大": true,
}

// captionLabels introduce a caption, lower case.
var captionLabels = [...]string{"image caption,", "image caption:", "caption:", "caption,", "photo caption:", "bildunterschrift:", "legende:",
	"légende :", "légende:", "pie de foto:", "didascalia:"}

// setLegend gives a picture its caption and credit from the pieces of its legend.
func (s *imageSorter) setLegend(pic *Picture, pieces []piece) {
	var captions, credits []string
	for i, x := range pieces {
		if x.weak && i == 0 && !startsCredit(x.text) && !agencyForm(x.text) {
			x.credit = false // all of it is set small
		}
		list := &captions
		if x.credit {
			list = &credits
		}
		if n := len(*list); n == 0 || (*list)[n-1] != x.text {
			*list = append(*list, x.text)
		}
	}
	if len(credits) == 0 {
		captions, credits = creditLines(captions)
	}
	caption := strings.Join(captions, " ")
	credit := ""
	if len(credits) > 0 {
		credit = creditName(credits[0])
		for _, c := range credits[1:] {
			if c = creditName(c); c != "" && !strings.Contains(credit, c) {
				credit += " " + c
			}
		}
		caption = trimCaption(caption)
	}
	caption = withoutControl(withoutLabel(caption))
	if credit == "" && !s.chinese() {
		caption, credit = partCredit(caption)
	} else if credit == "" {
		credit = photoCredit(caption)
	}
	pic.Image.Caption, pic.Image.Credit = article.Optional(caption), article.Optional(credit)
	if article.Value(pic.Image.Alt) == caption {
		pic.Image.Alt = nil
	}
}

// creditLines takes the lines that are a label with its name out of the others.
func creditLines(lines []string) (captions, credits []string) {
	if len(lines) < 2 {
		return lines, nil
	}
	for _, t := range lines {
		if n := labelAt(t); n > 0 && n < len(t) && nameLike(t[n:], lenient) || strings.HasPrefix(t, "©") {
			credits = append(credits, t)
		} else {
			captions = append(captions, t)
		}
	}
	if len(captions) == 0 {
		return lines, nil
	}
	return captions, credits
}

// startsCredit reports whether a text begins with a label or a copyright sign.
func startsCredit(s string) bool { return labelAt(s) > 0 || strings.HasPrefix(s, "©") }

func withoutLabel(s string) string {
	for _, x := range captionLabels {
		if len(s) > len(x) && strings.EqualFold(s[:len(x)], x) {
			return strings.TrimSpace(s[len(x):])
		}
	}
	return s
}

// withoutControl takes a button's label of several words off the end of a caption.
func withoutControl(s string) string {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return s
	}
	for words := range controlWords {
		if strings.Contains(words, " ") && strings.HasSuffix(lower, " "+words) {
			return strings.TrimSpace(s[:len(s)-len(words)])
		}
	}
	return s
}

func (s *imageSorter) chinese() bool { return s.p.Lang == "zh" }
