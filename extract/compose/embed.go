package compose

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"pressmark/extract/article"
	"pressmark/extract/page"
	"pressmark/extract/text"
	"pressmark/extract/weburl"
)

// embeds places what the article embeds before lines[to].
func (c *composer) embeds(to int32) {
	for ; c.nextEmbed < len(c.p.Embeds) && c.p.Embeds[c.nextEmbed].Line < to; c.nextEmbed++ {
		e := &c.p.Embeds[c.nextEmbed]
		if !c.ownEmbed(e) {
			continue
		}
		block, ok := c.embedBlock(e.Node)
		if caption := c.figcaption(e.Box); caption != "" && !c.taken(caption) {
			block.Title = caption // printed below it; the frame's title is not seen
		}
		if !ok || c.embedded[block.URL] && block.URL != "" {
			continue
		}
		if c.embedded == nil {
			c.embedded = map[string]bool{}
		}
		c.embedded[block.URL] = true
		c.out.Blocks = append(c.out.Blocks, block)
		c.list = openList{}
	}
}

// figure places a figure whose picture the page does not give: its caption stands for it.
// The lines of one caption make one block.
func (c *composer) figure(i int32) {
	s := c.p.Lines[i].Text()
	n := len(c.out.Blocks)
	if i > 0 && c.p.Lines[i-1].Role() == page.RoleFigure && c.p.Near(c.p.Lines[i-1].Box, atom.Figure) == c.p.Near(c.p.Lines[i].Box, atom.Figure) {
		c.out.Blocks[n-1].Title += " " + s
		return
	}
	c.out.Blocks = append(c.out.Blocks, article.Block{Type: article.Embed, Kind: article.EmbedFigure, Title: s})
	c.list = openList{}
}

// taken reports whether a caption belongs to a picture in the same figure.
func (c *composer) taken(caption string) bool {
	for i := range c.pics {
		if pic := &c.pics[i]; pic.Keep && pic.Image.Caption != nil && strings.HasPrefix(caption, *pic.Image.Caption) {
			return true
		}
	}
	return false
}

// ownEmbed reports whether an embed belongs to the article: it stands in the
// body's container, or between headline and body, in no box that is chrome by name.
func (c *composer) ownEmbed(e *page.Embed) bool {
	main := int32(c.text.Main)
	if e.Hidden || main < 0 || tiny(e.Node) {
		return false
	}
	inside := c.p.Within(e.Box, main) && e.Line <= c.last+1
	leading := c.title >= 0 && int(e.Line) > c.title && e.Line <= c.first
	if !inside && !leading {
		return false
	}
	for b := e.Box; b > main && b >= 0; b = c.p.Boxes[b].Parent {
		x := &c.p.Boxes[b]
		if x.Name&page.NameChrome != 0 && x.Name&(page.NameBody|page.NameMedia) == 0 && x.Last-x.First < 12 && !c.holdsText(x) {
			return false
		}
	}
	return true
}

// holdsText reports whether a box holds text of the body.
func (c *composer) holdsText(x *page.Box) bool {
	for i := x.First; i < x.Last; i++ {
		if c.p.Lines[i].Role().IsText() {
			return true
		}
	}
	return false
}

// tiny reports whether an element is declared so small that it shows nothing.
func tiny(n *html.Node) bool {
	for _, side := range [...]string{"width", "height"} {
		switch strings.TrimSuffix(page.Attr(n, side), "px") {
		case "0", "1", "2":
			return true
		}
	}
	return false
}

// embedBlock makes the block of an embed. ok is false for advertisements, counters and
// parts of the page.
func (c *composer) embedBlock(n *html.Node) (b article.Block, ok bool) {
	b = article.Block{Type: article.Embed, Title: text.Squeeze(firstAttr(n, "title", "aria-label", "playlabel", "data-title"))}
	raw, kind := embedAddress(n)
	if raw != "" {
		u, err := c.p.Resolve(raw)
		if err != nil {
			return b, false
		}
		b.URL = u
	}
	host := weburl.HostOf(b.URL)
	if host != "" && !weburl.SameSite(host, c.p.Base.Hostname()) {
		b.Provider = weburl.RegistrableDomain(host)
	}
	if b.Kind = kind; b.Kind == "" {
		b.Kind = embedKind(b.URL, host)
	}
	if b.URL == "" {
		return b, (n.DataAtom == atom.Video || n.DataAtom == atom.Audio) && strings.HasPrefix(page.Attr(n, "src"), "blob:")
	}
	return b, !isServiceFrame(b.URL)
}

func firstAttr(n *html.Node, names ...string) string {
	for _, name := range names {
		if v := page.Attr(n, name); v != "" {
			return v
		}
	}
	return ""
}

// embedAddress returns the address of what an element shows, and its kind where
// the element says it.
func embedAddress(n *html.Node) (addr string, kind article.EmbedKind) {
	switch n.DataAtom {
	case atom.Video:
		return mediaSource(n), article.EmbedVideo
	case atom.Audio:
		return mediaSource(n), article.EmbedAudio
	case atom.Iframe, atom.Embed:
		return frameSource(n), ""
	case atom.Object:
		return firstAttr(n, "data"), ""
	case atom.Script:
		return "https://t.me/" + page.Attr(n, "data-telegram-post"), article.EmbedSocial
	case atom.Blockquote, atom.Div, atom.Section:
		return postAddress(n)
	}
	return customAddress(n)
}

// frameSource returns the address of a frame, also of one that a script loads.
func frameSource(n *html.Node) string {
	for _, name := range [...]string{"src", "data-src", "data-lazy-src", "data-cmp-src", "data-cookieblock-src", "data-url", "data-original",
		"data-iframe-src"} {
		if v := strings.TrimSpace(page.Attr(n, name)); v != "" && !strings.HasPrefix(v, "about:") && !strings.HasPrefix(v, "javascript:") &&
			!strings.HasPrefix(v, "data:") {
			return v
		}
	}
	return ""
}

// mediaSource returns the address of a film or a sound: its own, or that of its first source.
func mediaSource(n *html.Node) string {
	if v := firstAttr(n, "src", "data-src"); v != "" && !strings.HasPrefix(v, "blob:") && !strings.HasPrefix(v, "data:") {
		return v
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Source {
			if v := firstAttr(c, "src", "data-src"); v != "" {
				return v
			}
		}
	}
	return ""
}

// postAddress returns the address of a post of a social network, or of a film, that
// a script makes of a quotation or an empty box.
func postAddress(n *html.Node) (addr string, kind article.EmbedKind) {
	if id := firstAttr(n, "data-youtube-id", "data-video-id", "data-videoid", "data-id", "data-embed"); id != "" &&
		strings.Contains(page.Attr(n, "class"), "youtube") {
		return "https://www.youtube.com/watch?v=" + url.QueryEscape(id), article.EmbedVideo
	}
	if v := firstAttr(n, "data-instgrm-permalink", "cite", "data-href", "data-text-post-permalink", "data-embed-url"); v != "" {
		return v, article.EmbedSocial
	}
	last := ""
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && strings.Contains(page.Attr(c, "href"), "://") {
			last = page.Attr(c, "href")
		}
	}
	return last, article.EmbedSocial
}

// customAddress returns the address of what a custom element shows.
func customAddress(n *html.Node) (addr string, kind article.EmbedKind) {
	if v := frameSource(n); v != "" && !strings.Contains(v, "{") {
		return v, ""
	}
	if v := firstAttr(n, "data-href", "href", "url"); strings.Contains(v, "://") {
		return v, ""
	}
	id := url.PathEscape(firstAttr(n, "videoid", "data-videoid", "video-id", "data-video-id", "data-tweetid", "tweet-id", "tweetid",
		"data-shortcode", "data-trackid"))
	if id == "" {
		return "", ""
	}
	switch name := n.Data; {
	case strings.Contains(name, "youtube"):
		return "https://www.youtube.com/watch?v=" + id, article.EmbedVideo
	case strings.Contains(name, "vimeo"):
		return "https://vimeo.com/" + id, article.EmbedVideo
	case strings.Contains(name, "dailymotion"):
		return "https://www.dailymotion.com/video/" + id, article.EmbedVideo
	case strings.Contains(name, "tweet"), strings.Contains(name, "twitter"):
		return "https://twitter.com/i/status/" + id, article.EmbedSocial
	case strings.Contains(name, "instagram"):
		return "https://www.instagram.com/p/" + id + "/", article.EmbedSocial
	case strings.Contains(name, "soundcloud"):
		return "https://api.soundcloud.com/tracks/" + id, article.EmbedAudio
	}
	return "", ""
}

// providers are the hosts of embeds that papers use, by registrable domain or the word
// before it.
var providers = map[string]article.EmbedKind{
	"youtube": article.EmbedVideo, "youtube-nocookie": article.EmbedVideo, "youtu": article.EmbedVideo, "vimeo": article.EmbedVideo,
	"dailymotion": article.EmbedVideo, "twitch": article.EmbedVideo, "jwplayer": article.EmbedVideo,
	"jwplatform": article.EmbedVideo, "brightcove": article.EmbedVideo, "kaltura": article.EmbedVideo, "ooyala": article.EmbedVideo,
	"rumble": article.EmbedVideo, "streamable": article.EmbedVideo, "bilibili": article.EmbedVideo,
	"youku": article.EmbedVideo, "rutube": article.EmbedVideo, "glomex": article.EmbedVideo, "wistia": article.EmbedVideo,
	"dmcdn": article.EmbedVideo, "odysee": article.EmbedVideo,
	"soundcloud": article.EmbedAudio, "spotify": article.EmbedAudio, "podigee": article.EmbedAudio, "acast": article.EmbedAudio,
	"megaphone": article.EmbedAudio, "spreaker": article.EmbedAudio, "art19": article.EmbedAudio,
	"buzzsprout": article.EmbedAudio, "libsyn": article.EmbedAudio, "podbean": article.EmbedAudio, "omny": article.EmbedAudio,
	"ivoox": article.EmbedAudio, "mixcloud": article.EmbedAudio, "bandcamp": article.EmbedAudio, "deezer": article.EmbedAudio,
	"audioboom": article.EmbedAudio, "simplecast": article.EmbedAudio, "ausha": article.EmbedAudio,
	"twitter": article.EmbedSocial, "x": article.EmbedSocial, "facebook": article.EmbedSocial, "instagram": article.EmbedSocial,
	"tiktok": article.EmbedSocial, "reddit": article.EmbedSocial, "redditmedia": article.EmbedSocial, "threads": article.EmbedSocial,
	"bsky": article.EmbedSocial, "mastodon": article.EmbedSocial, "t": article.EmbedSocial, "telegram": article.EmbedSocial,
	"vk": article.EmbedSocial, "weibo": article.EmbedSocial, "linkedin": article.EmbedSocial, "pinterest": article.EmbedSocial,
	"imgur": article.EmbedSocial, "ok": article.EmbedSocial,
	"openstreetmap": article.EmbedMap, "mapbox": article.EmbedMap, "arcgis": article.EmbedMap, "umap": article.EmbedMap, "carto": article.EmbedMap,
	"zeemaps": article.EmbedMap,
	"scribd":  article.EmbedDocument, "documentcloud": article.EmbedDocument, "issuu": article.EmbedDocument, "slideshare": article.EmbedDocument,
	"calameo": article.EmbedDocument, "yumpu": article.EmbedDocument, "speakerdeck": article.EmbedDocument,
}

// embedKind returns what a frame shows, by its address.
func embedKind(u, host string) article.EmbedKind {
	domain := weburl.RegistrableDomain(host)
	name, _, _ := strings.Cut(domain, ".")
	path := strings.ToLower(strings.TrimPrefix(u, "https://"))
	switch {
	case name == "google" && strings.Contains(path, "/maps"), strings.HasPrefix(host, "maps."):
		return article.EmbedMap
	case strings.HasPrefix(host, "docs.google."), strings.HasPrefix(host, "drive.google."), strings.HasSuffix(pathOnly(path), ".pdf"):
		return article.EmbedDocument
	case strings.HasPrefix(host, "podcasts."):
		return article.EmbedAudio
	}
	if kind, ok := providers[name]; ok {
		return kind
	}
	switch p := pathOnly(path); {
	case strings.HasSuffix(p, ".mp4"), strings.HasSuffix(p, ".webm"), strings.HasSuffix(p, ".m3u8"), strings.Contains(p, "/video"):
		return article.EmbedVideo
	case strings.HasSuffix(p, ".mp3"), strings.HasSuffix(p, ".m4a"), strings.Contains(p, "podcast"), strings.Contains(p, "/audio"):
		return article.EmbedAudio
	}
	return article.EmbedInteractive
}

func pathOnly(u string) string {
	u, _, _ = strings.Cut(u, "?")
	return u
}

// serviceWords are parts of addresses of frames that are no part of an article:
// advertisements, counters, buttons, questions for consent, comments, forms.
var serviceWords = [...]string{
	"doubleclick.", "googlesyndication.", "googletagmanager.", "adservice.", "adserver", "/ads/", "ads.", "amazon-adsystem.", "criteo.", "taboola.",
	"outbrain.", "adform.", "/recaptcha", "hcaptcha.", "disqus.",
	"/plugins/like", "/plugins/page", "/plugins/comments", "/plugins/share", "/plugins/follow", "widgets/follow_button", "widgets/tweet_button",
	"share_button", "addthis.", "sharethis.", "list-manage.com", "mailchimp.", "newsletter",
	"cookielaw", "consent", "/cmp/", "hotjar.", "piano.io", "tinypass.", "livefyre.", "viafoura.", "coral", "/comments", "paywall", "subscribe",
	"login", "weather", "wetter", "ticker", "stocks", "opinary.",
}

// isServiceFrame reports whether an address is that of a service of the page.
func isServiceFrame(u string) bool {
	u = strings.ToLower(u)
	_, u, _ = strings.Cut(u, "://")
	for _, word := range serviceWords {
		if strings.Contains(u, word) {
			return !strings.HasPrefix(u, "www.youtube.")
		}
	}
	return false
}
