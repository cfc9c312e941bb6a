package kind

import (
	"strings"

	"pressmark/extract/article"
	"pressmark/extract/body"
	"pressmark/extract/link"
	"pressmark/extract/page"
	"pressmark/extract/picture"
	"pressmark/extract/published"
	"pressmark/extract/text"
	"pressmark/extract/title"
	"pressmark/extract/weburl"
)

// Sizes that distinguish kinds of page, as mass (letters; a Han character is three).
const (
	someText   = 240  // less is no article by itself
	shortText  = 1500 // a wall's or an error page's text is shorter
	linkedList = 8    // so many links to articles make a list
)

// Decide decides what the page is. A refusal needs two signs: too little text for an
// article, and evidence of another kind of page. In doubt the page is an article, because
// a wrongly refused page is not looked at again.
func Decide(p *page.Page, head title.Result, text body.Result, when published.Result, pics picture.Result, links link.Result) Result {
	k := &kindFinder{p: p, head: head, text: text, when: when, pics: pics, links: links, title: strings.ToLower(p.DocTitle + "\n" + head.Text)}
	k.measure()
	kind, why := k.decide()
	return Result{kind, why}
}

// Result is the kind of a page.
type Result struct {
	Kind article.Kind
	Why  string // for a refusal's message
}

// Refused reports whether the page is no article.
func (k Result) Refused() bool {
	switch k.Kind {
	case article.KindArticle, article.KindGallery, article.KindVideo:
		return false
	}
	return true
}

type kindFinder struct {
	p        *page.Page
	head     title.Result
	text     body.Result
	when     published.Result
	pics     picture.Result
	links    link.Result
	title    string
	body     int32 // mass of the body
	visible  int32 // mass of all that is shown
	articles int   // links that look like articles'
	all      string
}

func (k *kindFinder) measure() {
	p := k.p
	k.body = p.Extent(k.text.First, k.text.Last, page.RoleBody, page.RoleSubhead).Mass
	if k.body < 2*someText && k.text.InFooter {
		k.body = 0 // the only sentences stand in the footer
	}
	for _, s := range k.text.Declared {
		k.body += text.Mass(s)
	}
	k.visible = p.VisibleMass()
	for i := range k.links.Links {
		if k.links.Links[i].Article && !k.links.Links[i].InBody {
			k.articles++
		}
	}
}

// kinds are the kinds of pages that are not plain articles, in the order in which
// they are tried, with what a refusal says.
var kinds = [...]struct {
	kind article.Kind
	why  string
	is   func(*kindFinder) bool
}{
	{article.KindBot, "the page asks whether its reader is a browser", (*kindFinder).isBotCheck},
	{article.KindError, "the page says that there is nothing here", (*kindFinder).isError},
	{article.KindShell, "nearly no text, and scripts that would fill the page", (*kindFinder).isShell},
	{article.KindConsent, "the page asks for consent before it shows anything",
		func(k *kindFinder) bool { return k.body < someText && k.shows(consentPhrases) }},
	{article.KindPaywall, "the page asks for a subscription and shows no text",
		func(k *kindFinder) bool { return k.body < someText && k.shows(paywallPhrases) }},
	{article.KindGallery, "", func(k *kindFinder) bool { return len(k.pics.Pictures) >= body.ManyImages && k.body < shortText }},
	{article.KindHome, "a front page", func(k *kindFinder) bool { return weburl.IsFront(k.p.Canonical) && k.isList() }},
	{article.KindList, "links to articles and no text of its own", func(k *kindFinder) bool {
		return k.isList() || k.body == 0 && k.articles >= linkedList && !k.isPicture()
	}},
	{article.KindEmpty, "no text", func(k *kindFinder) bool { return k.isBare() && k.visible < someText }},
	{article.KindUnknown, "no run of text that could be an article", (*kindFinder).isBare},
	{article.KindVideo, "", func(k *kindFinder) bool { return k.body < 2*someText && k.isVideo() }},
}

func (k *kindFinder) decide() (article.Kind, string) {
	for i := range kinds {
		if kinds[i].is(k) {
			return kinds[i].kind, kinds[i].why
		}
	}
	return article.KindArticle, ""
}

// dated reports whether the page itself says when it was published. A date in its
// address is no sign of an article: a wall or an error page stands there as well.
func (k *kindFinder) dated() bool { return k.when.Published != nil && k.when.From != "url" }

// isBotCheck reports whether the page is a check whether the client is a browser.
func (k *kindFinder) isBotCheck() bool {
	return k.body < shortText && !k.dated() && (containsAny(k.title, botTitles) || k.shows(botPhrases))
}

// isError reports whether the page is an error page: it was served in place of one that
// does not exist.
func (k *kindFinder) isError() bool {
	if k.body >= shortText {
		return false
	}
	return k.p.In.Status >= 400 || bareError(k.p.DocTitle) || !k.dated() && containsAny(k.title, errorTitles)
}

// isShell reports whether the page is an empty application that scripts fill.
func (k *kindFinder) isShell() bool {
	return !k.p.In.Rendered && k.visible < someText && len(k.text.Declared) == 0 && k.scripted()
}

// isBare reports whether neither text nor picture could be an article's.
func (k *kindFinder) isBare() bool {
	return k.body == 0 && (len(k.pics.Pictures) == 0 || k.text.Brief && !k.isPicture())
}

// isPicture reports whether the article is a picture below a headline, such as a cartoon: a
// second witness is that it is dated, or that markup says that it is an article.
func (k *kindFinder) isPicture() bool {
	marked := k.text.From == "article element" || k.saysArticle()
	return k.text.Brief && len(k.pics.Pictures) > 0 && (marked || k.dated())
}

// isList reports whether the page is a section or front page: many links to articles, and little or
// no text, which moreover is not dated or titled like an article.
func (k *kindFinder) isList() bool {
	if k.saysArticle() {
		return false
	}
	if k.teasers() && !(k.dated() && k.brief()) {
		return true
	}
	if k.when.Published != nil {
		return false
	}
	if weburl.IsFront(k.p.Canonical) {
		return k.articles >= linkedList && k.body < 2*shortText
	}
	return k.articles >= linkedList && k.body < someText && !k.brief()
}

// brief reports whether the page is a short article among links to others: its address looks like an
// article's, its headline is printed, and what follows is a sentence or more.
func (k *kindFinder) brief() bool {
	p := k.p
	path, query := link.PathOf(p.Canonical)
	return k.body >= someText/3 && k.head.Line >= 0 && text.Mass(k.head.Text) >= link.LeastHeadline && link.ArticleShape(path, query) > 0
}

// teasers reports whether the text is made of the first sentences of other articles:
// nearly every paragraph stands under a headline that leads to one.
func (k *kindFinder) teasers() bool {
	p := k.p
	prose, led, used := 0, 0, -1
	for i := max(k.text.First, 0); i < k.text.Last; i++ {
		l := &p.Lines[i]
		if l.Role() != page.RoleBody || !l.IsProse() {
			continue
		}
		prose++
		for j := i - 1; j > used && j >= max(i-4, k.text.First); j-- {
			if p.Lines[j].IsHeadlineLink() && p.Lines[j].Mass >= 24 {
				led++
				used = j // a headline leads one paragraph
				break
			}
			if p.Lines[j].IsProse() {
				break
			}
		}
	}
	return led >= 3 && led*10 >= prose*7 && k.articles >= led && k.body < int32(prose)*400
}

// saysArticle reports whether the head declares an article.
func (k *kindFinder) saysArticle() bool {
	p := k.p
	return strings.HasPrefix(p.Meta("og:type"), "article") || p.Meta("article:published_time") != ""
}

func (k *kindFinder) isVideo() bool {
	p := k.p
	if strings.HasPrefix(p.Meta("og:type"), "video") {
		return true
	}
	for i := range p.Pictures {
		if p.Pictures[i].Node.Data == "video" && !p.Pictures[i].Hidden {
			return true
		}
	}
	return false
}

// scripted reports whether the page has scripts enough to be an application.
func (k *kindFinder) scripted() bool {
	size := 0
	for _, n := range k.p.Scripts {
		size += len(n.FirstChild.Data)
	}
	return size > 2000 || len(k.p.Noscript) > 0 || k.p.External > 0
}

// shows reports whether the page's text contains one of the phrases.
func (k *kindFinder) shows(phrases []string) bool {
	if k.all == "" {
		k.all = strings.ToLower(k.p.Text[:min(len(k.p.Text), 20000)])
	}
	return containsAny(k.all, phrases)
}

func containsAny(s string, list []string) bool {
	for _, x := range list {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

var botTitles = []string{"just a moment", "attention required", "are you a robot", "access denied", "security check", "ddos-guard",
	"verifying you are human", "bot verification", "安全验证", "访问验证", "人机验证"}

var botPhrases = []string{"checking your browser before accessing", "verify you are human", "verify that you are not a robot",
	"please enable cookies and reload", "unusual traffic from your", "complete the security check", "enable javascript and cookies to continue",
	"请完成安全验证", "您的访问过于频繁"}

// bareError reports whether a title says only that something failed.
func bareError(title string) bool {
	switch strings.ToLower(strings.Trim(title, " !.-")) {
	case "404", "500", "error":
		return true
	}
	return false
}

var errorTitles = []string{"404 error", "error 404", "404 not", "404 page", "404 |", "404 -", "404 –", "404错误", "404页", "404 页", "page not found",
	"not found", "seite nicht gefunden", "page introuvable", "página no encontrada",
	"pagina non trovata", "страница не найдена", "页面不存在", "找不到页面", "找不到頁面", "页面未找到", "内容不存在", "410 gone", "error 403", "403 forbidden",
	"service unavailable", "502 bad gateway",
	"error 500", "500 error", "internal server error", "something went wrong",
	"for legal reasons", "for your region", "in your region", "in your country", "under maintenance", "scheduled maintenance", "be back soon",
	"be right back", "wartungsarbeiten",
	"网站维护", "系统维护", "正在维护", "temporarily unavailable", "服务器错误", "系统错误", "系统繁忙"}

var consentPhrases = []string{"before you continue", "we value your privacy", "accept all cookies", "alle akzeptieren", "mit werbung weiterlesen",
	"accepter et continuer", "tout accepter", "aceptar y continuar", "accetta e continua"}

var paywallPhrases = []string{"subscribe to continue", "subscribe to read", "to continue reading", "already a subscriber", "for subscribers only",
	"jetzt weiterlesen", "réservé aux abonnés", "solo para suscriptores", "per continuare a leggere", "订阅后阅读", "会员专享", "登录后阅读全文"}
