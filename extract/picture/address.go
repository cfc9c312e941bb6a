package picture

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/text"
)

// maxAlternates bounds the further addresses kept of one picture.
const maxAlternates = 8

// addressRank orders the addresses of one picture, best first.
type addressRank uint8

const (
	rankLinked   addressRank = iota // the file that the link around a thumbnail opens
	rankOriginal                    // attributes that name the original (data-original, zoomfile)
	rankInQuery                     // the original in the query of a resize script
	rankSrcset                      // largest candidate of srcset and <source>
	rankLazy                        // attributes that scripts copy to src (data-src)
	rankPlain                       // src
	rankSmaller                     // the other candidates of srcset
	rankShared                      // an address that several pictures have: what stands there until they are loaded
)

type address struct {
	url   string
	rank  addressRank
	width int // pixels, 0 where nothing says it
}

// addresses collects the addresses of one picture, best first, each once. src is often a
// spacer that a script replaces, so every attribute that looks like the address of an
// image is read.
type addresses struct {
	p    *page.Page
	seen map[string]int // how many pictures have an address in src
	list []address
}

// addressesOf returns the addresses of a picture, best first; nil if all of them are
// spacers.
func (s *imageSorter) addressesOf(pic *Picture) []string {
	a := addresses{p: s.p, seen: s.seen}
	if pic.background {
		a.fromBackground(pic.Node)
		return a.best()
	}
	a.fromElement(pic.Node)
	if up := pic.Node.Parent; up != nil && up.DataAtom == atom.Picture {
		for c := up.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Source {
				a.fromElement(c)
			}
		}
	}
	if twin := s.twins[pic.Node]; twin != nil {
		a.fromElement(twin)
	}
	a.fromLink(pic.Link)
	if len(a.list) == 0 {
		a.fromFigure(pic.Node)
	}
	return a.best()
}

// best returns the addresses in the order of their ranks, each once.
func (a *addresses) best() []string {
	slices.SortStableFunc(a.list, func(x, y address) int {
		if x.rank == rankSrcset && y.rank == rankSrcset {
			return y.pixels() - x.pixels()
		}
		return int(x.rank) - int(y.rank)
	})
	var urls []string
	for _, x := range a.list {
		if !slices.Contains(urls, x.url) && len(urls) <= maxAlternates {
			urls = append(urls, x.url)
		}
	}
	return urls
}

// usualWidth is the assumed width, in pixels, of a source that gives none. Such a source
// is made for wide screens.
const usualWidth = 1000

// pixels returns the width of an address: as srcset says, as its query or its name does.
func (x *address) pixels() int {
	if x.width > 0 {
		return x.width
	}
	if w := widthInQuery(x.url); w > 0 {
		return w
	}
	if w, _, _ := sizeInName(x.url, false); w > 0 {
		return w
	}
	if w := widthBehindName(x.url); w > 0 {
		return w
	}
	return usualWidth
}

// widthBehindName reads the width with which a file's name ends: "dawn-1200.webp",
// "dawn_w640.jpg"; 0 where it ends in none.
func widthBehindName(u string) int {
	stem := fileStem(u)
	name := strings.TrimRight(stem, "0123456789")
	digits := stem[len(name):]
	if len(digits) < 3 || len(digits) > 4 || name == "" || strings.IndexByte("-_w", name[len(name)-1]) < 0 {
		return 0
	}
	w := pixels(digits)
	if w < 100 || w > 4096 {
		return 0
	}
	return w
}

// fromElement reads the attributes of an img, source, amp-img or video.
func (a *addresses) fromElement(n *html.Node) {
	for i := range n.Attr {
		key, val := n.Attr[i].Key, n.Attr[i].Val
		switch {
		case val == "":
		case key == "src":
			if n.DataAtom != atom.Video && n.DataAtom != atom.Source {
				a.add(val, rankPlain)
			}
		case key == "poster":
			a.add(val, rankPlain)
		case strings.HasSuffix(key, "srcset"):
			a.fromSrcset(val)
		case addressAttribute(key, val):
			a.add(val, attributeRank(key))
		}
	}
}

// addressAttribute reports whether an attribute that is not src holds the address
// of an image: by its name and a value that can be one, or by the file's extension.
func addressAttribute(key, val string) bool {
	if strings.ContainsAny(val, " \n\t{<>\"'") || len(val) < 5 || len(val) > 2000 {
		return false
	}
	switch key {
	case "alt", "title", "class", "id", "style", "width", "height", "name", "onclick", "onerror", "onload", "longdesc", "usemap", "cite":
		return false
	case "data-link", "data-href", "data-share", "data-page", "data-caption", "data-alt", "data-title":
		return false
	}
	if imageExtension(val) != "" {
		return true
	}
	if !strings.Contains(val, "/") {
		return false
	}
	switch key {
	case "rel", "data-echo", "data-url", "file", "data-image", "data-img":
		return true
	}
	return strings.Contains(key, "src") || strings.Contains(key, "original") || strings.Contains(key, "lazy")
}

// attributeRank ranks an attribute by its name: it holds the original, the file that a
// script will load, or a smaller stand-in.
func attributeRank(key string) addressRank {
	for _, s := range [...]string{"low", "thumb", "small", "placeholder", "blur", "tiny", "lqip", "preview", "fallback", "error", "default"} {
		if strings.Contains(key, s) {
			return rankSmaller
		}
	}
	for _, s := range [...]string{"original", "zoom", "full", "large", "big", "hires", "high-res", "raw"} {
		if strings.Contains(key, s) {
			return rankOriginal
		}
	}
	return rankLazy
}

func (a *addresses) fromSrcset(val string) {
	list := parseSrcset(val)
	slices.SortStableFunc(list, func(x, y source) int {
		switch {
		case x.better(y):
			return -1
		case y.better(x):
			return 1
		}
		return 0
	})
	for i, c := range list {
		rank := rankSmaller
		if i == 0 {
			rank = rankSrcset
		}
		a.addWide(c.url, rank, c.width)
	}
}

// fromLink takes the link around a thumbnail where it opens an image file.
func (a *addresses) fromLink(link *html.Node) {
	if link == nil || len(a.list) == 0 {
		return
	}
	if href := page.Attr(link, "href"); imageExtension(href) != "" && !strings.Contains(href, "/wiki/") {
		a.add(href, rankLinked)
	}
}

// fromFigure takes the address that the microdata of the figure around a picture
// gives: <meta itemprop="contentUrl" content="…">.
func (a *addresses) fromFigure(n *html.Node) {
	fig := n.Parent
	for up := 0; fig != nil && fig.DataAtom != atom.Figure; up++ {
		if fig = fig.Parent; up == maxFigureDepth {
			return
		}
	}
	if fig == nil {
		return
	}
	for c := range fig.Descendants() {
		if c.DataAtom != atom.Meta && c.DataAtom != atom.Link {
			continue
		}
		switch page.Attr(c, "itemprop") {
		case "contentUrl", "url", "image":
			a.add(page.Attr(c, "content")+page.Attr(c, "href"), rankPlain)
		}
	}
}

// maxFigureDepth is how deep in its figure a picture stands at most.
const maxFigureDepth = 5

func (a *addresses) add(raw string, rank addressRank) { a.addWide(raw, rank, 0) }

// addWide adds an address whose picture has this width, 0 where it is not known.
func (a *addresses) addWide(raw string, rank addressRank, width int) {
	u := imageURL(a.p, raw)
	if u == "" || spacerName(u) {
		return
	}
	if a.seen[raw] >= 3 {
		rank = rankShared
	}
	if original := inQuery(a.p, u); original != "" {
		a.list = append(a.list, address{url: original, rank: rankInQuery})
	}
	a.list = append(a.list, address{u, rank, width})
}

// imageURL resolves an address. It returns "" for an address that names no resource. If
// the page's own address is unknown, a relative address is returned as it is.
func imageURL(p *page.Page, raw string) string {
	raw = strings.TrimSpace(raw)
	if raw == "" || raw[0] == '#' || strings.ContainsAny(raw, "{}<>") {
		return ""
	}
	for _, scheme := range [...]string{"data", "javascript", "about", "blob", "file"} {
		if hasScheme(raw, scheme) {
			return ""
		}
	}
	u, err := p.Resolve(raw)
	if err == nil {
		return u
	}
	if p.Base.Host == "" {
		return raw
	}
	return ""
}

func hasScheme(s, scheme string) bool {
	return len(s) > len(scheme) && s[len(scheme)] == ':' && strings.EqualFold(s[:len(scheme)], scheme)
}

// inQuery returns the original that a resize script's address carries in its
// query (?url=, ?src=), "" where it carries none.
func inQuery(p *page.Page, u string) string {
	_, query, ok := strings.Cut(u, "?")
	if !ok || !strings.Contains(query, "%2F") && !strings.Contains(query, "%2f") && !strings.Contains(query, "/") {
		return ""
	}
	for pair := range strings.SplitSeq(query, "&") {
		_, val, ok := strings.Cut(pair, "=")
		if !ok || len(val) < 10 {
			continue
		}
		val, err := url.QueryUnescape(val)
		if err != nil || imageExtension(val) == "" {
			continue
		}
		if hasScheme(val, "http") || hasScheme(val, "https") || strings.HasPrefix(val, "//") || strings.HasPrefix(val, "/") {
			return imageURL(p, val)
		}
	}
	return ""
}

// imageExtension returns the extension of an address's path where it is that of
// an image, in lower case without the dot, else "".
func imageExtension(addr string) string {
	if i := strings.IndexAny(addr, "?#"); i >= 0 {
		addr = addr[:i]
	}
	dot := strings.LastIndexByte(addr, '.')
	if dot < 0 || len(addr)-dot > 6 {
		return ""
	}
	switch ext := strings.ToLower(addr[dot+1:]); ext {
	case "jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "svg", "jfif", "tif", "tiff", "heic":
		return ext
	}
	return ""
}

// spacerWords are words that no file has in its name but a spacer.
var spacerWords = text.NewWords("transparent", "placeholder", "spacer", "blank")

// spacerName reports whether a file stands in for a picture until a script has loaded it.
// The name must consist of spacer words only.
func spacerName(u string) bool {
	if strings.Contains(u, "?") && imageExtension(u) == "" {
		return false // a script that makes pictures
	}
	name := text.Lower(fileStem(u))
	if hasWord(name, spacerWords) && (imageExtension(u) == "gif" || imageExtension(u) == "svg" || imageExtension(u) == "png") {
		return true
	}
	switch strings.Trim(name, "-_0123456789x") {
	case "", "b", "p", "s", "t":
		return imageExtension(u) == "gif" && len(name) == 1
	case "blank", "space", "spacer", "pixel", "transparent", "trans", "placeholder", "loading", "grey", "gray", "white",
		"empty", "lazy", "lazyload", "none", "clear", "dot", "nopic", "noimg", "noimage", "no_image", "default", "grey.gif",
		"load", "loader", "imgloading", "lazy_bg", "img_loading", "pic_loading", "loading_img", "onepixel", "shim":
		return true
	}
	return false
}

// fileStem returns the name of an address's file without its extension.
func fileStem(u string) string {
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	u = u[strings.LastIndexByte(u, '/')+1:]
	if i := strings.LastIndexByte(u, '.'); i > 0 {
		u = u[:i]
	}
	return u
}
