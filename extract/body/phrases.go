package body

import (
	"pressmark/extract/text"
)

// chromePrefixes begin short lines that are no article text, lower case.
var chromePrefixes = text.NewPhrases([]string{
	"凡本网注明", "凡注明", "凡本报", "本网声明", "本站声明", "特别声明", "郑重声明", "更多精彩内容", "更多新闻请", "欢迎关注", "关注微信", "长按识别", "点击下载",
	"一审：", "一审:", "初审：", "初审:", "审核：", "审核:", "审校：", "签发：", "监制：", "监制:", "值班主任：", "值班总编",
	"校对：", "校对:", "校对|", "校对/", "校对 ", "（资料来源", "(资料来源", "资料来源：", "资料来源:", "資料來源：", "資料來源:", "自动播放 ", "转帖到", "本篇新闻", "本文来源：", "本文来源:",
	"(本文来自", "（本文来自", "本文来自", "（原文", "原文链接", "点击阅读原文", "阅读原文", "温馨提示：扫", "更多资讯", "（文章来源", "(文章来源", "文章来源：",
	"相关阅读", "相关新闻", "延伸阅读", "推荐阅读", "更多精彩", "责任编辑", "责编", "（原标题", "(原标题", "原标题：", "点击进入", "点击查看",
	"登录后发表", "登录后可", "请登录后", "请先登录", "登入後發表", "文明上网",
	"扫描下方", "扫一扫", "免责声明", "版权声明", "本文仅代表", "声明：", "分享到", "字号", "本文共分",
	"read more:", "related:", "also read", "see also", "read also", "follow us", "copyright ©", "© ", "all rights reserved",
	"sign up for", "subscribe to", "share this", "advertisement", "click here to", "lesen sie auch", "mehr zum thema",
	"this entry was posted", "this post was published", "dieser eintrag wurde", "dieser beitrag wurde", "der beitrag wurde am",
	"disclaimer:", "disclaimer (", "the views expressed in this", "views expressed are", "the opinions expressed", "opinions expressed in",
	"les opinions exprimées", "las opiniones expresadas", "as opiniões expressas",
	"to view the full story", "for the latest stories and", "for the latest news and updates", "download our app", "download the app",
	"advertise with us", "alle angaben ohne gewähr", "(alle angaben ohne gewähr",
	"quellenangabe", "quellen ausblenden", "quellen anzeigen", "quellen einblenden", "beitragsbild:", "titelbild:", "(noch keine bewertung",
	"rezept drucken", "like recipe?", "print recipe", "gefällt dir unser", "gefällt ihnen unser", "dieses skript als pdf", "artikel als pdf",
	"puedes ver:", "te puede interesar:", "lee también", "lee además", "lea además", "mira también", "dowiedz się więcej:", "przeczytaj także", "zobacz także",
	"materiał chroniony prawem", "externer inhalt", "advertising disclosure", "weitere beiträge aus", "weitere artikel aus",
	"deine e-mail-adresse wird nicht", "ihre e-mail-adresse wird nicht", "your email address will not be published", "required fields are marked",
	"votre adresse e-mail ne sera pas", "tu dirección de correo electrónico no será", "o seu endereço de e-mail não será",
	"twój adres e-mail nie zostanie", "il tuo indirizzo email non sarà",
	"copyright 20", "copyright (c)", "저작권자", "[관련기사]", "▶관련기사", "▶ 관련기사", "[関連記事]", "【関連記事】",
	"lire aussi", "à lire aussi", "leggi anche", "lea también", "leia também", "читайте также", "διαβάστε επίσης", "czytaj także", "czytaj też",
})

// chromeLines are whole lines, as key folds them.
var chromeLines = map[string]bool{
	"点击查看全文": true, "返回首页": true, "回首页": true, "返回": true, "回顶部": true, "返回顶部": true, "打印": true, "关闭": true, "立即下载": true,
	"theend": true, "end": true, "下一页": true, "上一页": true, "收藏": true, "举报": true, "分享": true, "share": true, "tweet": true,
	"tableofcontents": true, "inthisarticle": true, "onthispage": true, "jumpto": true, "inhaltsverzeichnis": true, "sommaire": true,
	"tabladecontenidos": true, "tabladecontenido": true, "spistreści": true, "содержание": true, "目录": true, "目錄": true, "目次": true,
	"advertisement": true, "print": true, "email": true, "comments": true, "related": true, "relatedarticles": true, "anzeige": true,
	"publicidad": true, "publicité": true, "реклама": true, "reklama": true,
	"abouttheauthor": true, "abouttheauthors": true, "überdenautor": true, "überdieautorin": true, "sobreelautor": true, "sobreoautor": true,
	"àproposdelauteur": true, "обавторе": true, "oautorze": true,
	"wardieserartikelhilfreich": true, "wardieserartikelnützlich": true, "wasthisarticlehelpful": true, "didyoufindthishelpful": true,
	"druckversion": true, "printthispage": true,
}

// relatedHeads are whole lines that head lists of other articles, as key folds them.
var relatedHeads = map[string]bool{
	"相关阅读": true, "相关新闻": true, "相关文章": true, "延伸阅读": true, "推荐阅读": true, "相关报道": true, "此前报道": true, "更多新闻": true,
	"相关链接": true, "热点推荐": true, "猜你喜欢": true, "相關新聞": true, "相關報導": true, "延伸閱讀": true, "推薦閱讀": true, "更多新聞": true,
	"相關文章": true, "关联阅读": true, "热门推荐": true, "精彩推荐": true, "編輯推薦": true, "编辑推荐": true,
	"関連記事": true, "関連ニュース": true, "관련기사": true, "related": true, "relatedarticles": true, "relatedstories": true, "relatedposts": true,
	"relatednews": true, "relatedcontent": true, "relatedtopics": true, "readmore": true, "readnext": true, "seealso": true, "alsoread": true,
	"morestories":    true,
	"youmayalsolike": true, "vousaimerezaussi": true, "vousaimerezpeutêtre": true, "empfehlungenderredaktion": true, "empfohleneartikel": true,
	"youmightalsolike": true, "recommended": true, "recommendedforyou": true, "mostread": true, "mostpopular": true,
	"abouttheauthor": true, "abouttheauthors": true, "aboutauthor": true, "überdenautor": true, "überdieautorin": true, "sobreelautor": true,
	"sobrelaautora": true, "sobreoautor": true, "àproposdelauteur": true, "обавторе": true, "关于作者": true, "作者简介": true,
	"moreonthisstory": true, "topstories": true, "trending": true, "latestnews": true, "moreonthistopic": true, "dontmiss": true, "morenews": true,
	"lesensieauch": true, "mehrzumthema": true, "auchinteressant": true, "weitereartikel": true, "weitereinformationen": true, "weitereinfos": true,
	"ähnlicheartikel":  true,
	"ähnlichebeiträge": true, "meistgelesen": true, "weiterlesen": true, "dazupassend": true, "zumthema": true,
	"lireaussi": true, "àlireaussi": true, "surlemêmesujet": true, "articlesliés": true, "àlire": true, "articlessimilaires": true,
	"leatambién": true, "noticiasrelacionadas": true, "másnoticias": true, "artículosrelacionados": true, "tepuedeinteresar": true, "lomásleído": true,
	"leiatambém": true, "leiamais": true, "vejatambém": true, "notíciasrelacionadas": true, "relacionadas": true,
	"leggianche": true, "articolicorrelati": true, "potrebbeinteressartianche": true, "correlati": true,
	"czytajtakże": true, "czytajtez": true, "czytajteż": true, "czytajwięcej": true, "zobacztakże": true, "zobaczteż": true, "przeczytajtakże": true,
	"powiązaneartykuły": true, "podobneartykuły": true, "polecamy": true, "najnowsze": true,
	"читайтетакже": true, "потеме": true, "похожиеновости": true, "смотритетакже": true, "ещёпотеме": true, "материалыпотеме": true,
	"другиеновости": true, "новостипотеме": true, "большепотеме": true, "ссылкипотеме": true, "читайтетакжепотеме": true,
	"διαβάστεεπίσης": true, "διαβάστεακόμα": true, "σχετικάάρθρα": true, "σχετικέςειδήσεις": true, "διαβάστεακόμη": true, "δείτεεπίσης": true,
	"leesook": true, "meerover": true, "läsockså": true, "lesogså": true, "læsogså": true, "luemyös": true, "čtětetaké": true, "souvisejícíčlánky": true,
}

// commentHeads head the readers' comments, as key folds them, numbers apart.
var commentHeads = map[string]bool{
	"comment": true, "comments": true, "commentss": true, "readercomments": true, "leaveacomment": true, "leaveareply": true, "postacomment": true,
	"addacomment": true, "addyourcomment": true, "responses": true, "commentson": true, "usercomments": true, "jointheconversation": true,
	"комментарии": true, "комментариев": true, "комментария": true, "комментарий": true, "оставитькомментарий": true, "добавитькомментарий": true,
	"вашкомментарий": true,
	"komentarze":     true, "komentarzy": true, "dodajkomentarz": true, "skomentuj": true, "opinie": true, "kommentare": true, "kommentar": true,
	"leserkommentare":    true,
	"kommentarschreiben": true, "commentaires": true, "commentaire": true, "laisseruncommentaire": true, "réagir": true, "vosréactions": true,
	"comentarios": true, "comentários": true, "dejauncomentario": true, "commenti": true, "lasciauncommento": true, "σχόλια": true, "σχόλιο": true,
	"τασχόλιάσας": true, "προσθήκησχολίου": true, "网友评论": true, "评论": true, "最新评论": true, "热门评论": true, "全部评论": true, "精彩评论": true, "我要评论": true,
	"发表评论": true, "網友評論": true,
	"發表評論": true, "我來說兩句": true, "我来说两句": true, "reacties": true, "kommentarer": true, "kommentteja": true, "diskuze": true, "댓글": true,
}

// relatedPrefixes begin such lines, lower case.
var relatedPrefixes = text.NewPhrases([]string{
	"more from ", "related to ", "weitere themen", "weitere artikel", "weitere beiträge", "read more about", "podobne do ", "другие новости",
	"другие материалы", "mehr zu ", "mehr zum thema", "mehr von ",
	"das könnte sie auch", "das könnte dich auch", "auch interessant", "you may also", "you might also", "more stories", "ähnliche ",
	"σχετικά άρθρα", "περισσότερα για", "更多关于", "latest videos", "tidligere ", "les også", "läs också", "læs også", "lees ook",
})
