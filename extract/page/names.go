package page

import (
	"strings"

	"pressmark/extract/text"
)

// ForeignNames are the names of boxes whose times do not belong to the article.
const ForeignNames = NameRelated | NameComment | NameNav | NameFooter | NameSide | NamePromo | NameAd | NameForm | NameCaption | NamePager

// NameFlags is the set of hints that class, id, role, itemprop and the tag give about an
// element. Pages use any word for anything, so steps weigh a name together with the
// content of the box.
type NameFlags uint32

const (
	NameNav NameFlags = 1 << iota // menus, breadcrumbs
	NameFooter
	nameHeader
	NameSide    // side bars, asides
	NameRelated // related, recommended, most read
	nameShare   // share and font-size bars
	NameComment // readers' comments
	NameAd
	NamePromo // newsletters, subscriptions, app banners
	NameTags  // tags, topics
	NamePager
	NameConsent // cookie banners, modal dialogs
	NameForm    // forms, log-ins, votes
	NameLegal   // copyright, disclaimer
	NameCaption
	NameMedia  // figures, galleries, videos
	NameByline // author, source, credits
	NameDate
	NameTitle
	NameLead   // standfirst, summary
	NameBody   // article body
	NameMain   // article, main: around the body
	nameList   // lists of items
	NameBio    // about the author
	NameUnseen // for screen readers only
	nameEmbed  // a post or player of another site
	nameTip    // explains the word before it when a reader points at that
)

// NameChrome are the names of boxes that are not part of an article.
const NameChrome = NameNav | NameFooter | NameSide | NameRelated | nameShare | NameComment | NameAd |
	NamePromo | NameTags | NamePager | NameConsent | NameForm | NameLegal | NameBio | NameUnseen

// nameWords maps a word of a class, an id or a role to what it hints at. The
// words are those that content management systems use the world over.
var nameWords = map[string]NameFlags{
	"nav": NameNav, "navi": NameNav, "navbar": NameNav, "navigation": NameNav, "menu": NameNav, "breadcrumb": NameNav,
	"breadcrumbs": NameNav, "crumb": NameNav, "crumbs": NameNav, "topbar": NameNav, "subnav": NameNav, "sitemap": NameNav,
	"toolbar": nameShare, "tools": nameShare, "tool": nameShare, "crumbnav": NameNav,
	"footer": NameFooter, "foot": NameFooter, "bottombar": NameFooter, "contentinfo": NameFooter, "colophon": NameFooter,
	"header": nameHeader, "masthead": nameHeader, "banner": nameHeader | NameAd,
	"sidebar": NameSide, "aside": NameSide, "rail": NameSide, "complementary": NameSide, "rightbar": NameSide,
	"related": NameRelated, "recommend": NameRelated, "recommended": NameRelated, "recommendation": NameRelated,
	"recommendations": NameRelated, "recirc": NameRelated, "recirculation": NameRelated, "readmore": NameRelated,
	"popular": NameRelated, "trending": NameRelated, "mostread": NameRelated, "teaser": NameRelated,
	"teasers": NameRelated, "outbrain": NameRelated | NameAd, "taboola": NameRelated | NameAd, "latest": NameRelated,
	"seealso": NameRelated, "alsoread": NameRelated, "xiangguan": NameRelated,
	"relate": NameRelated, "relation": NameRelated, "tuijian": NameRelated, "morenews": NameRelated,
	"share": nameShare, "sharing": nameShare, "shares": nameShare, "social": nameShare, "addthis": nameShare,
	"bdshare": nameShare, "sharebar": nameShare, "socials": nameShare,
	"fontsize": nameShare, "qrcode": nameShare, "ewm": nameShare, "weixin": nameShare, "fenxiang": nameShare,
	"comment": NameComment, "comments": NameComment, "disqus": NameComment, "reply": NameComment, "replies": NameComment,
	"pinglun": NameComment, "respond": NameComment, "commentlist": NameComment, "discussion": NameComment, "reactions": NameComment,
	"ad": NameAd, "ads": NameAd, "adv": NameAd, "advert": NameAd, "advertisement": NameAd, "advertising": NameAd,
	"adsense": NameAd, "adsbygoogle": NameAd, "sponsor": NameAd, "sponsored": NameAd, "gg": NameAd, "guanggao": NameAd,
	"dfp": NameAd, "adbox": NameAd, "adslot": NameAd, "anzeige": NameAd, "werbung": NameAd, "publicidad": NameAd, "reklama": NameAd,
	"promo": NamePromo, "promotion": NamePromo, "newsletter": NamePromo, "subscribe": NamePromo, "subscription": NamePromo,
	"signup": NamePromo, "app": NamePromo, "donate": NamePromo, "donation": NamePromo, "cta": NamePromo,
	"membership": NamePromo, "marketing": NamePromo, "inpage": NamePromo,
	"tag": NameTags, "tags": NameTags, "topics": NameTags, "keywords": NameTags, "keyword": NameTags, "taglist": NameTags,
	"pager": NamePager, "pagination": NamePager, "paging": NamePager, "prevnext": NamePager, "pages": NamePager,
	"pagenav": NamePager, "fenye": NamePager, "paginator": NamePager, "prev": NamePager, "previous": NamePager,
	"cookie": NameConsent, "cookies": NameConsent, "consent": NameConsent, "gdpr": NameConsent, "modal": NameConsent,
	"popup": NameConsent, "overlay": NameConsent, "dialog": NameConsent, "lightbox": NameConsent, "cmpbox": NameConsent, "cmpwrapper": NameConsent,
	"form": NameForm, "login": NameForm, "signin": NameForm, "register": NameForm, "vote": NameForm, "poll": NameForm,
	"survey": NameForm, "search": NameForm, "quiz": NameForm, "feedback": NameForm,
	"copyright": NameLegal, "disclaimer": NameLegal, "legal": NameLegal, "shengming": NameLegal, "mianze": NameLegal,
	"caption": NameCaption, "figcaption": NameCaption, "captions": NameCaption, "imgcaption": NameCaption,
	"legend": NameCaption, "bildunterschrift": NameCaption, "legende": NameCaption, "cutline": NameCaption,
	"figure": NameMedia, "gallery": NameMedia, "slideshow": NameMedia, "carousel": NameMedia, "slider": NameMedia,
	"video": NameMedia, "player": NameMedia, "photo": NameMedia, "image": NameMedia, "img": NameMedia, "media": NameMedia,
	"byline": NameByline, "author": NameByline, "authors": NameByline, "source": NameByline, "credit": NameByline,
	"credits": NameByline, "writer": NameByline, "laiyuan": NameByline, "zuozhe": NameByline, "bianji": NameByline, "editor": NameByline,
	"dateline": NameDate, "date": NameDate, "time": NameDate, "timestamp": NameDate, "published": NameDate, "pubtime": NameDate,
	"pubdate": NameDate, "datetime": NameDate, "riqi": NameDate, "shijian": NameDate, "updated": NameDate,
	"title": NameTitle, "headline": NameTitle, "hed": NameTitle, "biaoti": NameTitle, "heading": NameTitle,
	"standfirst": NameLead, "lead": NameLead, "lede": NameLead, "summary": NameLead, "abstract": NameLead, "chapo": NameLead,
	"intro": NameLead, "excerpt": NameLead, "subtitle": NameLead, "subheadline": NameLead, "dek": NameLead, "deck": NameLead,
	"subtitulo": NameLead, "entradilla": NameLead, "ingress": NameLead, "vorspann": NameLead, "zhaiyao": NameLead, "daoyu": NameLead,
	"articlebody": NameBody, "storybody": NameBody, "articletext": NameBody, "articlecontent": NameBody,
	"newstext": NameBody, "entrycontent": NameBody, "postcontent": NameBody, "zhengwen": NameBody, "neirong": NameBody,
	"bodytext": NameBody, "artibody": NameBody, "contenttext": NameBody, "storytext": NameBody, "bodycopy": NameBody,
	"newsbody": NameBody, "newscontent": NameBody, "articletxt": NameBody, "wysiwyg": NameBody, "richtext": NameBody, "prose": NameBody,
	"article": NameMain, "story": NameMain, "post": NameMain, "entry": NameMain, "main": NameMain, "content": NameMain,
	"text": NameMain, "body": NameMain, "news": NameMain, "detail": NameMain, "txt": NameMain, "maincontent": NameMain,
	"newsarticle": NameMain, "blogposting": NameMain, "hentry": NameMain, "zoom": NameMain, "articulo": NameMain, "artikel": NameMain,
	"visuallyhidden": NameUnseen, "offscreen": NameUnseen, "sronly": NameUnseen,
	"tooltip": nameTip, "tooltiptext": nameTip, "popover": nameTip,
	"ticker": NameSide, "newsticker": NameSide, "playlist": NameRelated, "nowplaying": NameRelated,
	"list": nameList, "items": nameList, "listing": nameList, "feed": nameList, "cards": nameList, "grid": nameList,
	"bio": NameBio, "aboutauthor": NameBio, "authorbox": NameBio, "authorbio": NameBio,
}

// nameStems are looked for inside words that nameWords does not know
// ("relatednews", "sharebox"). Long ones only, so that they mean what they say.
var nameStems = byFirstLetter([]nameStem{
	{"breadcrumb", NameNav}, {"navigat", NameNav}, {"footer", NameFooter}, {"sidebar", NameSide}, {"related", NameRelated},
	{"recommend", NameRelated}, {"sharing", nameShare}, {"share", nameShare}, {"comment", NameComment}, {"advert", NameAd},
	{"newsletter", NamePromo}, {"subscri", NamePromo}, {"paginat", NamePager}, {"cookie", NameConsent}, {"copyright", NameLegal},
	{"caption", NameCaption}, {"byline", NameByline}, {"author", NameByline}, {"headline", NameTitle}, {"standfirst", NameLead},
	{"articlebody", NameBody}, {"storybody", NameBody}, {"articletext", NameBody}, {"articlecontent", NameBody},
	{"bodytext", NameBody}, {"article", NameMain}, {"story", NameMain}, {"content", NameMain}, {"gallery", NameMedia},
	{"social", nameShare}, {"popular", NameRelated}, {"disclaimer", NameLegal}, {"mostread", NameRelated}, {"promo", NamePromo},
})

type nameStem struct {
	stem string
	flag NameFlags
}

// byFirstLetter sorts stems so that a word is looked through once for all.
func byFirstLetter(stems []nameStem) (table [26][]nameStem) {
	for _, s := range stems {
		table[s.stem[0]-'a'] = append(table[s.stem[0]-'a'], s)
	}
	return table
}

// namePairs are pairs of neighbouring words that mean more than each alone.
var namePairs = map[string]NameFlags{
	"article body": NameBody, "story body": NameBody, "article text": NameBody, "article content": NameBody,
	"post content": NameBody, "entry content": NameBody, "post body": NameBody, "body text": NameBody,
	"body content": NameBody, "content body": NameBody, "news content": NameBody, "news text": NameBody,
	"news body": NameBody, "story content": NameBody, "story text": NameBody, "main text": NameBody,
	"text content": NameBody, "article main": NameBody, "content text": NameBody, "entry body": NameBody,
	"body copy": NameBody, "detail content": NameBody, "rich text": NameBody, "field body": NameBody,
	"sr only": NameUnseen, "visually hidden": NameUnseen, "screen reader": NameUnseen, "visuallyhidden focusable": NameUnseen,
	"read more": NameRelated, "see also": NameRelated, "also read": NameRelated, "you may": NameRelated,
	"more news": NameRelated, "up next": NameRelated, "now playing": NameRelated, "most read": NameRelated, "most popular": NameRelated,
	"most viewed": NameRelated, "most shared": NameRelated, "hot news": NameRelated,
	"skip link": NameNav, "skip nav": NameNav, "skip to": NameNav, "side bar": NameSide, "left side": NameSide, "right side": NameSide,
	"app download": NamePromo, "download app": NamePromo, "print button": nameShare, "print link": nameShare,
	"more stories": NameRelated, "font size": nameShare, "log in": NameForm,
	"sign up": NamePromo, "author bio": NameBio, "author info": NameBio, "author description": NameBio, "about author": NameBio, "author box": NameBio,
}

// nameTokens are words that say something as a whole class or id only; in longer
// ones they say where a box stands or what it looks like.
var nameTokens = map[string]NameFlags{
	"position": NameNav, "skip": NameNav, "rank": NameRelated, "ranking": NameRelated, "hot": NameRelated, "most": NameRelated,
	"print": nameShare, "side": NameSide, "license": NameLegal,
}

// wordLengths[c-'a'] has bit n set if one of the nameWords that begin with the letter c
// is n bytes long, tokenLengths is the same of the nameTokens, and pairStarts[c-'a'] has
// bit d-'a' set if one of the namePairs has words that begin with c and d. Most words of a
// class are in no table, and are so kept from a look-up.
var wordLengths, tokenLengths, pairStarts = func() (words, tokens, starts [26]uint32) {
	for word := range nameWords {
		words[word[0]-'a'] |= 1 << len(word)
	}
	for token := range nameTokens {
		tokens[token[0]-'a'] |= 1 << len(token)
	}
	for pair := range namePairs {
		_, second, _ := strings.Cut(pair, " ")
		starts[pair[0]-'a'] |= 1 << (second[0] - 'a')
	}
	return words, tokens, starts
}()

// mayBeToken reports whether a class or id, in any case, may be one of the nameTokens.
func mayBeToken(token string) bool {
	c := text.LowerASCII(token[0]) - 'a'
	return c < 26 && len(token) < 32 && tokenLengths[c]>>len(token)&1 != 0
}

// mayBeWord reports whether a word may be one of the nameWords.
func mayBeWord(word []byte) bool {
	c := word[0] - 'a'
	return c < 26 && wordLengths[c]>>len(word)&1 != 0
}

// mayBePair reports whether words that begin with these letters may be one of the namePairs.
func mayBePair(first, second byte) bool {
	first, second = first-'a', second-'a'
	return first < 26 && second < 26 && pairStarts[first]>>second&1 != 0
}
