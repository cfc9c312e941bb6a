package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// nameFlags is what class, id, role, itemprop and the tag say about an
// element. A hint only: pages use any word for anything, so steps weigh a name
// together with what the box holds.
type nameFlags uint32

const (
	nameNav nameFlags = 1 << iota // menus, breadcrumbs
	nameFooter
	nameHeader
	nameSide    // side bars, asides
	nameRelated // related, recommended, most read
	nameShare   // share and font-size bars
	nameComment // readers' comments
	nameAd
	namePromo // newsletters, subscriptions, app banners
	nameTags  // tags, topics
	namePager
	nameConsent // cookie banners, modal dialogs
	nameForm    // forms, log-ins, votes
	nameLegal   // copyright, disclaimer
	nameCaption
	nameMedia  // figures, galleries, videos
	nameByline // author, source, credits
	nameDate
	nameTitle
	nameLead   // standfirst, summary
	nameBody   // article body
	nameMain   // article, main: around the body
	nameList   // lists of items
	nameBio    // about the author
	nameUnseen // for screen readers only
)

// nameChrome are the names of boxes that are no part of an article.
const nameChrome = nameNav | nameFooter | nameSide | nameRelated | nameShare | nameComment | nameAd |
	namePromo | nameTags | namePager | nameConsent | nameForm | nameLegal | nameBio | nameUnseen

// nameWords maps a word of a class, an id or a role to what it hints at. The
// words are those that content management systems use the world over.
var nameWords = map[string]nameFlags{
	"nav": nameNav, "navi": nameNav, "navbar": nameNav, "navigation": nameNav, "menu": nameNav, "breadcrumb": nameNav,
	"breadcrumbs": nameNav, "crumb": nameNav, "crumbs": nameNav, "topbar": nameNav, "subnav": nameNav, "sitemap": nameNav,
	"toolbar": nameShare, "tools": nameShare, "tool": nameShare, "crumbnav": nameNav, "position": nameNav, "skip": nameNav,
	"footer": nameFooter, "foot": nameFooter, "bottombar": nameFooter, "contentinfo": nameFooter, "colophon": nameFooter,
	"header": nameHeader, "masthead": nameHeader, "banner": nameHeader | nameAd,
	"sidebar": nameSide, "side": nameSide, "aside": nameSide, "rail": nameSide, "complementary": nameSide, "rightbar": nameSide,
	"related": nameRelated, "recommend": nameRelated, "recommended": nameRelated, "recommendation": nameRelated,
	"recommendations": nameRelated, "recirc": nameRelated, "recirculation": nameRelated, "readmore": nameRelated,
	"popular": nameRelated, "trending": nameRelated, "mostread": nameRelated, "most": nameRelated, "teaser": nameRelated,
	"teasers": nameRelated, "outbrain": nameRelated | nameAd, "taboola": nameRelated | nameAd, "latest": nameRelated,
	"seealso": nameRelated, "alsoread": nameRelated, "xiangguan": nameRelated, "hot": nameRelated, "rank": nameRelated,
	"ranking": nameRelated, "relate": nameRelated, "relation": nameRelated, "tuijian": nameRelated, "morenews": nameRelated,
	"share": nameShare, "sharing": nameShare, "shares": nameShare, "social": nameShare, "addthis": nameShare,
	"bdshare": nameShare, "sharebar": nameShare, "socials": nameShare,
	"fontsize": nameShare, "print": nameShare, "qrcode": nameShare, "ewm": nameShare, "weixin": nameShare, "fenxiang": nameShare,
	"comment": nameComment, "comments": nameComment, "disqus": nameComment, "reply": nameComment, "replies": nameComment,
	"pinglun": nameComment, "respond": nameComment, "commentlist": nameComment, "discussion": nameComment, "reactions": nameComment,
	"ad": nameAd, "ads": nameAd, "adv": nameAd, "advert": nameAd, "advertisement": nameAd, "advertising": nameAd,
	"adsense": nameAd, "adsbygoogle": nameAd, "sponsor": nameAd, "sponsored": nameAd, "gg": nameAd, "guanggao": nameAd,
	"dfp": nameAd, "adbox": nameAd, "adslot": nameAd, "anzeige": nameAd, "werbung": nameAd, "publicidad": nameAd, "reklama": nameAd,
	"promo": namePromo, "promotion": namePromo, "newsletter": namePromo, "subscribe": namePromo, "subscription": namePromo,
	"signup": namePromo, "app": namePromo, "download": namePromo, "donate": namePromo, "donation": namePromo, "cta": namePromo,
	"membership": namePromo, "marketing": namePromo, "inpage": namePromo,
	"tag": nameTags, "tags": nameTags, "topics": nameTags, "keywords": nameTags, "keyword": nameTags, "taglist": nameTags,
	"pager": namePager, "pagination": namePager, "paging": namePager, "prevnext": namePager, "pages": namePager,
	"pagenav": namePager, "fenye": namePager, "paginator": namePager, "prev": namePager, "previous": namePager,
	"cookie": nameConsent, "cookies": nameConsent, "consent": nameConsent, "gdpr": nameConsent, "modal": nameConsent,
	"popup": nameConsent, "overlay": nameConsent, "dialog": nameConsent, "lightbox": nameConsent, "cmpbox": nameConsent, "cmpwrapper": nameConsent,
	"form": nameForm, "login": nameForm, "signin": nameForm, "register": nameForm, "vote": nameForm, "poll": nameForm,
	"survey": nameForm, "search": nameForm, "quiz": nameForm, "feedback": nameForm,
	"copyright": nameLegal, "disclaimer": nameLegal, "legal": nameLegal, "license": nameLegal, "shengming": nameLegal, "mianze": nameLegal,
	"caption": nameCaption, "figcaption": nameCaption, "captions": nameCaption, "imgcaption": nameCaption,
	"legend": nameCaption, "bildunterschrift": nameCaption, "legende": nameCaption, "cutline": nameCaption,
	"figure": nameMedia, "gallery": nameMedia, "slideshow": nameMedia, "carousel": nameMedia, "slider": nameMedia,
	"video": nameMedia, "player": nameMedia, "photo": nameMedia, "image": nameMedia, "img": nameMedia, "media": nameMedia,
	"byline": nameByline, "author": nameByline, "authors": nameByline, "source": nameByline, "credit": nameByline,
	"credits": nameByline, "writer": nameByline, "laiyuan": nameByline, "zuozhe": nameByline, "bianji": nameByline, "editor": nameByline,
	"dateline": nameDate, "date": nameDate, "time": nameDate, "timestamp": nameDate, "published": nameDate, "pubtime": nameDate,
	"pubdate": nameDate, "datetime": nameDate, "riqi": nameDate, "shijian": nameDate, "updated": nameDate,
	"title": nameTitle, "headline": nameTitle, "biaoti": nameTitle, "heading": nameTitle,
	"standfirst": nameLead, "lead": nameLead, "lede": nameLead, "summary": nameLead, "abstract": nameLead, "chapo": nameLead,
	"intro": nameLead, "excerpt": nameLead, "subtitle": nameLead, "subheadline": nameLead, "dek": nameLead, "deck": nameLead,
	"subtitulo": nameLead, "entradilla": nameLead, "ingress": nameLead, "vorspann": nameLead, "zhaiyao": nameLead, "daoyu": nameLead,
	"articlebody": nameBody, "storybody": nameBody, "articletext": nameBody, "articlecontent": nameBody,
	"newstext": nameBody, "entrycontent": nameBody, "postcontent": nameBody, "zhengwen": nameBody, "neirong": nameBody,
	"bodytext": nameBody, "artibody": nameBody, "contenttext": nameBody, "storytext": nameBody, "bodycopy": nameBody,
	"newsbody": nameBody, "newscontent": nameBody, "articletxt": nameBody, "wysiwyg": nameBody, "richtext": nameBody, "prose": nameBody,
	"article": nameMain, "story": nameMain, "post": nameMain, "entry": nameMain, "main": nameMain, "content": nameMain,
	"text": nameMain, "body": nameMain, "news": nameMain, "detail": nameMain, "txt": nameMain, "maincontent": nameMain,
	"newsarticle": nameMain, "blogposting": nameMain, "hentry": nameMain, "zoom": nameMain, "articulo": nameMain, "artikel": nameMain,
	"visuallyhidden": nameUnseen, "offscreen": nameUnseen, "sronly": nameUnseen,
	"list": nameList, "items": nameList, "listing": nameList, "feed": nameList, "cards": nameList, "grid": nameList,
	"bio": nameBio, "aboutauthor": nameBio, "authorbox": nameBio, "authorbio": nameBio,
}

// nameStems are looked for inside words that nameWords does not know
// ("relatednews", "sharebox"). Long ones only, so that they mean what they say.
var nameStems = byFirstLetter([]nameStem{
	{"breadcrumb", nameNav}, {"navigat", nameNav}, {"footer", nameFooter}, {"sidebar", nameSide}, {"related", nameRelated},
	{"recommend", nameRelated}, {"sharing", nameShare}, {"share", nameShare}, {"comment", nameComment}, {"advert", nameAd},
	{"newsletter", namePromo}, {"subscri", namePromo}, {"paginat", namePager}, {"cookie", nameConsent}, {"copyright", nameLegal},
	{"caption", nameCaption}, {"byline", nameByline}, {"author", nameByline}, {"headline", nameTitle}, {"standfirst", nameLead},
	{"articlebody", nameBody}, {"storybody", nameBody}, {"articletext", nameBody}, {"articlecontent", nameBody},
	{"bodytext", nameBody}, {"article", nameMain}, {"story", nameMain}, {"content", nameMain}, {"gallery", nameMedia},
	{"social", nameShare}, {"popular", nameRelated}, {"disclaimer", nameLegal}, {"mostread", nameRelated}, {"promo", namePromo},
})

type nameStem struct {
	stem string
	flag nameFlags
}

// byFirstLetter sorts stems so that a word is looked through once for all.
func byFirstLetter(stems []nameStem) (table [26][]nameStem) {
	for _, s := range stems {
		table[s.stem[0]-'a'] = append(table[s.stem[0]-'a'], s)
	}
	return table
}

// namePairs are pairs of neighbouring words that mean more than each alone.
var namePairs = map[string]nameFlags{
	"article body": nameBody, "story body": nameBody, "article text": nameBody, "article content": nameBody,
	"post content": nameBody, "entry content": nameBody, "post body": nameBody, "body text": nameBody,
	"body content": nameBody, "content body": nameBody, "news content": nameBody, "news text": nameBody,
	"news body": nameBody, "story content": nameBody, "story text": nameBody, "main text": nameBody,
	"text content": nameBody, "article main": nameBody, "content text": nameBody, "entry body": nameBody,
	"body copy": nameBody, "detail content": nameBody, "rich text": nameBody, "field body": nameBody,
	"sr only": nameUnseen, "visually hidden": nameUnseen, "screen reader": nameUnseen, "visuallyhidden focusable": nameUnseen,
	"read more": nameRelated, "see also": nameRelated, "also read": nameRelated, "you may": nameRelated,
	"more news": nameRelated, "more stories": nameRelated, "font size": nameShare, "log in": nameForm,
	"sign up": namePromo, "author bio": nameBio, "author info": nameBio, "author description": nameBio, "about author": nameBio, "author box": nameBio,
}

// nameCache keeps the flags of attribute values: a page repeats the same few
// classes hundreds of times, and so do the other pages of its site. Before the
// map is asked, which costs a hash and more of each value, the last value of the
// same length and letters here and there is compared: it is mostly the same.
type nameCache struct {
	known  map[string]nameFlags
	recent [256]struct {
		value string
		flags nameFlags
	}
}

func newNameCache() *nameCache { return &nameCache{known: make(map[string]nameFlags, 64)} }

// of returns the flags of an attribute value.
func (c *nameCache) of(value string) nameFlags {
	n := len(value)
	if n == 0 || n > 400 {
		return 0
	}
	r := &c.recent[uint8(n*31+int(value[0])*7+int(value[n/2])*13+int(value[n-1])*17)]
	if r.value == value {
		return r.flags
	}
	f, ok := c.known[value]
	if !ok {
		f = classify(value)
	}
	if n <= keepName {
		if !ok {
			c.known[value] = f
		}
		r.value, r.flags = value, f
	}
	return f
}

// trim forgets what was known where that has become too much.
func (c *nameCache) trim() {
	if len(c.known) > keepNames {
		clear(c.known)
		clear(c.recent[:])
	}
}

// classify splits an attribute value into words (at other characters than
// letters, at a change from lower to upper case) and looks them up, each alone
// and with the one before it.
func classify(value string) nameFlags {
	var flags nameFlags
	var buf [96]byte // two words and a space; longer words are nobody's
	pair, word := buf[:0], 0
	end := func() {
		if len(pair) > word {
			flags |= wordFlags(pair[word:])
			if word > 0 {
				flags |= namePairs[string(pair)]
			}
			n := copy(pair, pair[word:])
			pair = append(pair[:n], ' ')
			word = n + 1
		}
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if i > 0 && value[i-1] >= 'a' && value[i-1] <= 'z' {
				end()
			}
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= utf8.RuneSelf:
		default:
			end()
			if c == ' ' {
				pair, word = pair[:0], 0 // words of different classes are no pair
			}
			continue
		}
		if len(pair)-word < 40 {
			pair = append(pair, c)
		}
	}
	end()
	return flags
}

// wordFlags looks one word up.
func wordFlags(word []byte) nameFlags {
	f, ok := nameWords[string(word)]
	if ok || len(word) <= 5 {
		return f
	}
	for i, c := range word {
		if c < 'a' || c > 'z' {
			continue
		}
		for _, s := range nameStems[c-'a'] {
			if len(word)-i >= len(s.stem) && string(word[i:i+len(s.stem)]) == s.stem {
				f |= s.flag
			}
		}
	}
	return f
}

// flagsOf returns what an element's attributes say, and whether they hide it.
func (c *nameCache) flagsOf(n *html.Node) (f nameFlags, hidden bool) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id", "role", "data-testid", "data-component":
			f |= c.of(a.Val)
		case "itemprop":
			f |= itempropFlags(a.Val)
		case "hidden":
			// Streamed React puts the finished article into <div hidden id="S:0">
			// and moves it into place with a script.
			hidden = hidden || !strings.HasPrefix(attr(n, "id"), "S:")
		case "style":
			hidden = hidden || hidesBox(a.Val)
		}
	}
	return f, hidden
}

func itempropFlags(v string) nameFlags {
	switch v {
	case "articleBody", "text":
		return nameBody
	case "headline", "name":
		return nameTitle
	case "author", "creator":
		return nameByline
	case "datePublished", "dateModified":
		return nameDate
	case "description":
		return nameLead
	case "caption":
		return nameCaption
	case "comment":
		return nameComment
	}
	return 0
}

// hidesBox tells whether a style attribute keeps an element from being shown.
func hidesBox(style string) bool {
	for {
		i := strings.Index(style, "display")
		if i < 0 {
			return false
		}
		style = strings.TrimLeft(style[i+len("display"):], " ")
		if strings.HasPrefix(style, ":") && strings.HasPrefix(strings.TrimLeft(style[1:], " "), "none") {
			return true
		}
	}
}
