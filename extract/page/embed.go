package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Embed is an element that shows external content: a frame, a video, audio, a social
// network post, or the custom element that a script turns into one of these.
type Embed struct {
	Node   *html.Node
	Box    int32 // innermost box; for a blockquote its own
	Line   int32 // number of lines before it
	Hidden bool
}

// embeds reports whether an element shows something from elsewhere.
func (w *walker) embeds(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object:
		return true
	case atom.Blockquote, atom.Div, atom.Section:
		class := Attr(n, "class")
		return strings.IndexByte(class, '-') > 0 && w.names.of(class)&nameEmbed != 0
	case atom.Script:
		return Attr(n, "data-telegram-post") != ""
	case 0:
		return customEmbed(n.Data)
	}
	return false
}

// isSocialClass reports whether the scripts of social networks and video sites use a
// class to find what they turn into a post or a player.
func isSocialClass(class string) bool {
	switch class {
	case "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video", "reddit-embed-bq", "reddit-card",
		"mastodon-embed", "bluesky-embed",
		"text-post-media", "imgur-embed-pub", "vk-embed", "pin-embed", "youtube-player", "lite-youtube", "wp-block-embed-youtube":
		return true
	}
	return false
}

// customEmbed reports whether a custom element is a player or a post.
func customEmbed(name string) bool {
	i := strings.IndexByte(name, '-')
	if i <= 0 {
		return false
	}
	for _, what := range [...]string{"youtube", "twitter", "tweet", "vimeo", "instagram", "facebook", "tiktok", "iframe", "video", "audio",
		"dailymotion", "brightcove", "jwplayer", "soundcloud", "spotify", "reddit"} {
		if strings.HasSuffix(name[i+1:], what) || strings.HasPrefix(name[i+1:], what) || strings.HasPrefix(name, what) {
			return true
		}
	}
	return false
}

// embed notes an element that shows something from elsewhere.
func (w *walker) embed(n *html.Node) {
	if w.box < 0 || len(w.p.Embeds) >= maxEmbeds {
		return
	}
	w.p.Embeds = append(w.p.Embeds, Embed{Node: n, Box: w.box, Line: w.linesBefore(), Hidden: w.hidden >= 0 || w.hiddenIn != nil})
}

// maxEmbeds is the maximum number of embeds of a page.
const maxEmbeds = 2000
