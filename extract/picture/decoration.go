package picture

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/page"
	"pressmark/extract/weburl"
)

// What a picture of an article is at least: smaller ones are icons, avatars
// and QR codes, longer ones dividers and banners.
const (
	minSide      = 60 // pixels, the shorter side
	minArea      = 120 * 90
	maxAspect    = 6   // the longer side in units of the shorter: panoramas are shorter than dividers
	linkedAspect = 3.5 // the same for a picture with a link that opens no image: a banner
)

// decoration reports whether a picture is no part of an article, by what its markup
// declares: size, aspect, repetition, where the link around them leads, the words
// beside them.
func (s *imageSorter) decoration(pic *Picture) bool {
	n := pic.Node
	switch {
	case n.DataAtom == atom.Video && page.Attr(n, "poster") == "":
		return true
	case s.bullet(n):
		return true
	case s.head.Line >= 0 && pic.Box == s.p.Lines[s.head.Line].Box && int(pic.Box) != s.text.Main:
		return true // a button beside the headline
	case s.besideFacts(pic):
		return true // a button beside the date
	case scripted(pic.Link):
		return true
	case pic.Inline && imageExtension(page.Attr(n, "src")) == "gif":
		return true // a button or a sign in the middle of a line
	}
	if s.portrait(pic) || s.teaserCard(pic) {
		return true
	}
	w, h := declaredSize(n)
	if badSize(w, h, pic.Link != nil && !s.opensImage(pic)) || s.foreignLink(pic) || s.teaser(pic) || s.aroundSays(pic) {
		return true
	}
	named := classHasWord(page.Attr(n, "class"), decorationWords) || classHasWord(page.Attr(n, "id"), decorationWords)
	return named || s.decorationAlt(page.Attr(n, "alt"))
}

// bullet reports whether a drawing stands more than twice on the page: bullets, dividers,
// buttons. Lazy pictures share a spacer too, but have more attributes.
func (s *imageSorter) bullet(n *html.Node) bool {
	src := page.Attr(n, "src")
	if src == "" || s.seen[src] < 3 || len(n.Attr) > 3 {
		return false
	}
	ext := imageExtension(src)
	return ext == "gif" || ext == "png" || ext == "svg"
}

// teaser reports whether the picture belongs to another article: the link around it, or another
// link to the same page, also carries that article's headline.
func (s *imageSorter) teaser(pic *Picture) bool {
	if pic.Link == nil {
		return false
	}
	href := page.Attr(pic.Link, "href")
	if imageExtension(href) != "" || len(href) < 2 || hasScheme(href, "javascript") {
		return false
	}
	if s.headlines == nil {
		s.headlines = map[string]bool{}
		for i := range s.p.Links {
			a := &s.p.Links[i]
			if text := s.p.Text[a.Start:a.End]; len(text) >= teaserBytes && !turns(text) {
				s.headlines[page.Attr(a.Node, "href")] = true
			}
		}
	}
	return s.headlines[href] && !s.ownAddress(href)
}

// teaserBytes is the least length of a linked headline in UTF-8: ten Han
// characters, thirty letters.
const teaserBytes = 30

// turns reports whether the text is that of a link to the next page of an article or to a larger
// picture: pictures carry the same link.
func turns(text string) bool {
	if len(text) > 150 {
		return false
	}
	text = strings.ToLower(text)
	for _, x := range [...]string{"点击", "點擊", "下一页", "下一頁", "大图", "大圖", "高清", "组图", "組圖", "查看", "next page", "gallery", "view photo", "enlarge",
		"see more", "more photos"} {
		if strings.Contains(text, x) {
			return true
		}
	}
	return false
}

// ownAddress reports whether a link leads to the page itself, as links that enlarge a picture often do.
func (s *imageSorter) ownAddress(href string) bool {
	u := imageURL(s.p, href)
	return u != "" && (u == imageURL(s.p, s.p.In.URL) || u == s.p.Canonical)
}

// besideFacts reports whether a picture's box holds little besides the date or the
// credits of the article.
func (s *imageSorter) besideFacts(pic *Picture) bool {
	p := s.p
	x := &p.Boxes[pic.Box]
	if int(pic.Box) == s.text.Main || x.Last-x.First > 3 {
		return false
	}
	for i := x.First; i < x.Last; i++ {
		if r := p.Lines[i].Role(); r == page.RoleDate || r == page.RoleCredit {
			return true
		}
	}
	return false
}

// scripted reports whether a link calls a function of the page that shows no image:
// to share, to print, to change the size of the text.
func scripted(link *html.Node) bool {
	if link == nil {
		return false
	}
	href := strings.ToLower(strings.TrimSpace(page.Attr(link, "href")))
	call, ok := strings.CutPrefix(href, "javascript:")
	if call = strings.TrimSpace(call); !ok || len(call) < 2 || strings.HasPrefix(call, "void(0") {
		return false
	}
	if strings.Contains(call, "share") {
		return true
	}
	for _, shows := range [...]string{".jpg", ".jpeg", ".png", "showpic", "bigpic", "showimg", "openimg", "viewpic", "viewimg", "photo", "lightbox"} {
		if strings.Contains(call, shows) {
			return false
		}
	}
	return true
}

// aroundSays reports whether a picture is a decoration by the names of the boxes close around it
// (the author's portrait, a video's still, a QR code) and by an invitation to
// scan or follow in the lines of the same box.
func (s *imageSorter) aroundSays(pic *Picture) bool {
	p := s.p
	b := pic.Box
	for range 3 {
		if b < 0 || int(b) == s.text.Main {
			break
		}
		x := &p.Boxes[b]
		if x.Name&(page.NameByline|page.NameBio) != 0 && x.Name&(page.NameBody|page.NameMedia) == 0 && !s.holdsBody(x) {
			return true
		}
		if c := page.Attr(x.Node, "class"); classHasWord(c, portraitWords) || videoClass(c) {
			if !s.holdsBody(x) {
				return true
			}
		}
		b = x.Parent
	}
	x := &p.Boxes[pic.Box]
	if int(pic.Box) == s.text.Main || x.Last-x.First > 3 {
		return s.invites(pic.Line) || s.invites(pic.Line-1)
	}
	for i := x.First; i < x.Last; i++ {
		if s.invites(i) {
			return true
		}
	}
	return s.invites(pic.Line)
}

func videoClass(class string) bool {
	class = strings.ToLower(class)
	return strings.Contains(class, "video") || strings.Contains(class, "player")
}

// inviting are the words by which pages ask to scan a code or to follow an account.
var inviting = []string{
	"二维码", "二維碼", "扫码", "掃碼", "扫一扫", "掃一掃", "长按识别", "长按图片", "微信公众号", "关注公众号", "关注我们", "公众号：", "点击下载", "下载客户端", "下载APP",
	"scan the qr", "scan the code", "follow us on", "join our", "download the app", "download our app",
}

// invites reports whether a short line asks to scan a code or to follow an account.
func (s *imageSorter) invites(i int32) bool {
	if i < 0 || int(i) >= len(s.p.Lines) {
		return false
	}
	l := &s.p.Lines[i]
	if l.Hidden() || l.Chars > 70 {
		return false
	}
	text := strings.ToLower(l.Text())
	for _, x := range inviting {
		if strings.Contains(text, x) {
			return true
		}
	}
	return false
}

// decorationAlt reports whether the alternative text is that of a decoration. If it is
// the author's name, the picture is a portrait.
func (s *imageSorter) decorationAlt(alt string) bool {
	if alt == "" {
		return false
	}
	for _, name := range s.who.Credits.Authors {
		if strings.EqualFold(name, strings.TrimSpace(alt)) {
			return true
		}
	}
	return strings.HasPrefix(alt, "分享") || strings.Contains(alt, "二维码") || strings.Contains(alt, "公众号") || strings.HasSuffix(strings.ToLower(alt), "logo")
}

// foreignLink reports whether the link around a picture goes to another site and not to
// an image. The picture is then an advertisement. Links to front pages of the same site
// do not count: old publishing systems put them around pictures.
func (s *imageSorter) foreignLink(pic *Picture) bool {
	if pic.Link == nil || s.p.Base.Host == "" {
		return false
	}
	if s.opensImage(pic) {
		return false
	}
	to, err := s.p.Resolve(page.Attr(pic.Link, "href"))
	if err != nil {
		return false
	}
	if weburl.SameSite(weburl.HostOf(to), s.p.Base.Hostname()) {
		return false
	}
	at := s.nextLine(pic) // a reprint may link to where its picture is from
	return at < 0 || s.p.Lines[at].LinkMass > 0 || !captionWords(s.p.Lines[at].Text())
}

// decorationByAddress reports whether a picture is a decoration by extension and name of the file that
// the element itself shows (which a link to something larger does not change).
func (s *imageSorter) decorationByAddress(pic *Picture, u string) bool {
	src := page.Attr(pic.Node, "src")
	if s.seen[src] >= 3 || spacerName(src) {
		src = "" // what stands there until the picture is loaded
	}
	for _, shown := range [...]string{u, src} {
		ext := imageExtension(shown)
		if ext == "svg" {
			if w, _ := declaredSize(pic.Node); w < 200 {
				return true
			}
		}
		if decorationName(fileStem(shown), ext) || adServer(shown) || ext == "" && strings.HasSuffix(strings.ToLower(shown), ".ico") {
			return true
		}
	}
	return badSize(sizeInName(u, pic.Link != nil))
}

// adServer reports whether an address is that of an advertisement or a counter of readers: a folder
// or host named after them.
func adServer(u string) bool {
	u, query, _ := strings.Cut(u, "?")
	if query != "" && imageExtension(u) == "" && countingName(u) {
		return true
	}
	for part := range strings.SplitSeq(u, "/") {
		switch strings.ToLower(part) {
		case "ads", "adserver", "advert", "adverts", "advertisement", "advertisements", "banners", "guanggao", "adimages", "adimg",
			"statistic", "statistics", "stats", "tracker", "tracking", "counter", "beacon":
			return true
		}
		if strings.HasPrefix(part, "ads.") || strings.HasPrefix(part, "adserver.") {
			return true
		}
	}
	return false
}

// countingNames are hosts and files of counters of readers.
var countingNames = map[string]bool{
	"stat": true, "stats": true, "pixel": true, "count": true, "counter": true, "track": true, "tracker": true, "tracking": true, "analytics": true,
	"metrics": true, "beacon": true, "hit": true, "hits": true,
	"log": true, "logs": true, "collect": true, "impression": true, "imp": true, "piwik": true, "matomo": true, "view": true, "event": true, "px": true,
}

// countingName reports whether the host or the file of an address is a counter's.
func countingName(u string) bool {
	_, rest, _ := strings.Cut(u, "//")
	host, _, _ := strings.Cut(rest, ".")
	file, _, _ := strings.Cut(rest[strings.LastIndexByte(rest, '/')+1:], ".")
	return countingNames[strings.ToLower(host)] || countingNames[strings.ToLower(file)]
}

// animated reports whether a picture is a GIF, by its address or by what the
// element or a parameter of the address says of it.
func animated(pic *Picture) bool {
	u := pic.Image.URL
	return imageExtension(u) == "gif" || strings.Contains(u, "fmt=gif") || strings.Contains(u, "_gif/") ||
		pic.Node != nil && page.Attr(pic.Node, "data-type") == "gif"
}

// signs drops what stands above the first or below the last line of the body
// without a caption and is a GIF, which invites to follow (but an article that has
// GIFs between its lines goes on in them), or stands amid a line and was stored in
// another season than the article, as parts of the layout are.
func (s *imageSorter) signs() {
	usual := 0
	for i := range s.pictures {
		pic := &s.pictures[i]
		if pic.Keep && animated(pic) && pic.Line > s.first && pic.Line <= s.last {
			usual++
		}
	}
	for i := range s.pictures {
		pic := &s.pictures[i]
		if !pic.Keep || pic.Image.Caption != nil || pic.Image.Placeholder != "" || pic.Line > s.first && pic.Line <= s.last {
			continue
		}
		if usual < 2 && animated(pic) || pic.Inline && s.fromOtherTime(pic.Image.URL) {
			pic.Keep = false
		}
	}
}

// opensImage reports whether the link around a picture enlarges it: its target is an
// image file, or an address that begins like the picture's own.
func (s *imageSorter) opensImage(pic *Picture) bool {
	if pic.Link == nil {
		return false
	}
	href := page.Attr(pic.Link, "href")
	if imageExtension(href) != "" {
		return true
	}
	src := page.Attr(pic.Node, "src")
	n := 0
	for n < len(href) && n < len(src) && href[n] == src[n] {
		n++
	}
	return n >= 30 && n*10 >= min(len(href), len(src))*8
}
