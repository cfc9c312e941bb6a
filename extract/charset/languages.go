package charset

import (
	"math"
	"strings"
	"unicode"
)

// language holds how common the non-ASCII characters of a language are.
type language struct {
	log  map[rune]float64 // likelihood of the common ones
	rest float64          // likelihood of another character of its scripts
	in   func(rune) bool  // whether a character is of its scripts
}

// likelihood is the logarithm of how often x stands among the non-ASCII
// characters of the language.
func (l *language) likelihood(x tallied) float64 {
	if p, ok := l.log[x.r]; ok {
		return p
	}
	switch {
	case x.floor != 0:
		return x.floor
	case l.in != nil && l.in(x.r):
		return l.rest
	}
	return logForeign
}

// punctuation holds the marks that texts of all languages have.
func punctuation(r rune) bool {
	return strings.ContainsRune("\u00A0“”‘’‚„«»‹›–—…·•°§€£©®™№ºª¿¡´", r) ||
		strings.ContainsRune("\u3000。，、：；！？（）《》「」『』【】〈〉〔〕％～・－－ー", r)
}

// alphabet makes the language of a script with few letters, given most common
// first. The ranks stand in for the frequencies: these fall about as 1/(rank+3).
// Capitals are a twentieth of the small letters.
func alphabet(letters string) *language {
	l := &language{log: map[rune]float64{}}
	runes := []rune(letters)
	sum := 0.0
	for i := range runes {
		sum += 1 / float64(i+3)
	}
	for i, r := range runes {
		p := math.Log(0.85 / float64(i+3) / sum)
		l.log[r] = p
		if u := unicode.ToUpper(r); u != r && u >= 0x80 {
			l.log[u] = p - 3
		}
	}
	return l
}

// ideographic makes the language of a script with thousands of characters:
// kana (share of the text in kana, most common first), common (most common
// first), and a small likelihood for all others of the scripts that in accepts.
func ideographic(kana string, share float64, common string, rest float64, in func(rune) bool) *language {
	l := &language{log: map[rune]float64{}, rest: rest, in: in}
	spread := func(s string, share, flat float64) {
		runes := []rune(s)
		sum := 0.0
		for i := range runes {
			sum += 1 / (float64(i) + flat)
		}
		for i, r := range runes {
			if _, ok := l.log[r]; !ok {
				l.log[r] = math.Log(share / (float64(i) + flat) / sum)
			}
		}
	}
	spread(kana, share, 6)
	spread(common, 0.72*(1-share), 25)
	spread("，。、“”：；！？（）《》「」『』・\u3000", 0.12, 1)
	return l
}

func han(r rune) bool { return r >= 0x4E00 && r < 0xA000 }

func hanExtended(r rune) bool {
	return han(r) || r >= 0x3400 && r < 0x4DC0 || r >= 0x20000 && r < 0x2FA20
}

func hangul(r rune) bool { return r >= 0xAC00 && r < 0xD7A4 }

// The languages, each with its characters most common first, counted roughly
// in news text.
var (
	chineseSimplified = ideographic("", 0, "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严街镇村居民视频记者网友昨访警察疫情医患游客孩", -10.3, han)

	chineseTraditional = ideographic("", 0, "的一是不在了有人我他這為之大來以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能對著事其裡所去行過家十用發天如然作方成者多日都三小軍二無同麼經法當起與好看學進種將還分此心前面又定見只主沒公從動工產業電力實現政府台灣新聞報導記者市長立法院委員選舉民眾表示今指警察縣鄉鎮區議員總統黨社區交通部教育環保衛生局醫院病患媒體網路業者銀行億元萬美金價格股市場投資企業管理服務活動文化藝術音樂電影運動球隊比賽冠軍選手老師校園家長孩童少女男性友結婚愛感情問題意認為應該因但已及與或並由於被讓請給使向把更最非常很太高低多少開始完成進行提供支持發展設計開放建設工程道路車輛司機安全事故火災消防救援颱風天氣預測雨量氣象香港特首行政長官立法會九龍中環地鐵政治香蕉水果農民糧食機關單位負責人昨晚上午下週月號內外東西南北山海河口屋樓房間門牌前往接受訪問調查案件法官檢察律師告訴證據嫌犯逮捕據了解近期未來過去目標計畫合作關係兩岸大陸北京代表國際組織第四五六七八九百千些什怎每各再次仍須需能夠可見等歲名位件張條元係唔咗喺啲嘅嘢冇佢哋", -10.3, hanExtended)

	japaneseText = ideographic("のにはたいをとるがしでてなっかれらもすりこだまさきめくあけどえよつやわちみせろばおじべへぼずげむびほごそぎンーストルイラアリックシドレジタフロテグマプコニムサパトデバメウカュチキィエァオツブョビナミセノハモダャソズホベネポワ", 0.55, "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導備宅害配副算視条独警究育席輸訪起万着乗店述残想線率病農州武声質念待試族象域助労例衛早張映限親額監環験追商葉義伝働形景落担好退準賞訴辺造英被株頭技低毎医復仕去味負失移差衆個門写評課末守若極種美影命含福量望非察整段", -10.3, han)

	korean = ideographic("", 0, "이다는에의을가하고은를지도로한사자기시들으있어서대인정나리수그것과해아스일원전부보장주공국상여제안만라동구면비성과조유관계연세경등오신년까장당했았었위학교회민월선차문생방진소트드통화무개발입실행였니러마중용영미산분적거모단물음내려것때말터며처럼체료결현권청최김박천백명식치우력업법금표질건설투역북남러외후반표양심약포함란던간강재예추직운송노출특별초합따므르습겠된되될받습니였라야와제품작간타카파바코프크레브테호텔토론", -8.8, hangul)
)

var (
	russian    = alphabet("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")
	ukrainian  = alphabet("оанивіерткслдмупязьгбчхцйжшюїєщфґ'")
	bulgarian  = alphabet("аеионтрсвлдкпмузябъгчщжцхшйюфь")
	serbian    = alphabet("аиоенјрстувдкплмзгбчцшжњћљхђфџ")
	greek      = alphabet("αοιετσνηυρπκμλςίόάγέδήωχθύφβώξζψϊΐϋΰ")
	hebrew     = alphabet("יוהלאמרתבשנעדפקחםגכטסצןזךףץ")
	arabic     = alphabet("اليمونرتبدعسفهكقأحجةشصخضذطثزإىغءئؤظآًَُِّْ،؛؟")
	persian    = alphabet("اینردهمتوسبلشکگزفقخعجحپآغطصچژضئثظذء\u200c،؛؟")
	thai       = alphabet("านรอกเงมยลวดทสตะปบคหแจพชขใไโผถซณธศฟฉญฐษภฎฏฑฒฆฌฤ่้ัิีุูำ์็ืึํ๊๋ๆ")
	vietnamese = alphabet("đôưáàạảãâêơăíìịủụộếềấầ\u0301\u0300\u0309\u0303\u0323₫óòọúùéèẻẽýỳ")

	french     = alphabet("éèàêçôùâîûœëïüæÿ")
	german     = alphabet("üäößéèà")
	spanish    = alphabet("óáíéñúü")
	portuguese = alphabet("ãçáéíóêõàúôâü")
	italian    = alphabet("èàùòéìî")
	swedish    = alphabet("äåöéàü")
	danish     = alphabet("åøæéöäü")
	finnish    = alphabet("äöåéšž")
	icelandic  = alphabet("ðíáóéþúöýæ")
	catalan    = alphabet("óàèéíçòúïü·")

	polish     = alphabet("łąęóśżćńź")
	czech      = alphabet("íáéěřčšžýůúťďňó")
	slovak     = alphabet("áíéčšžýúľťôňäďóĺŕ")
	hungarian  = alphabet("áéöőíóüúű")
	romanian   = alphabet("ăîâşţșț")
	croatian   = alphabet("čšžćđ")
	turkish    = alphabet("ıişüçğöâîû")
	lithuanian = alphabet("ėšųžąįčūęõ")
	latvian    = alphabet("āīēšūļņķžčģ")
	estonian   = alphabet("äõüöšž")

	western  = []*language{french, german, spanish, portuguese, italian, swedish, danish, finnish, icelandic, catalan}
	central  = []*language{polish, czech, slovak, hungarian, romanian, croatian, german}
	baltic   = []*language{lithuanian, latvian, estonian}
	cyrillic = []*language{russian, ukrainian, bulgarian, serbian}
	japan    = []*language{japaneseText}
)

// languagesOf lists the languages that are written in each encoding.
var languagesOf = map[string][]*language{
	"gb18030": {chineseSimplified, chineseTraditional}, "big5": {chineseTraditional},
	"shift_jis": japan, "euc-jp": japan, "iso-2022-jp": japan, "euc-kr": {korean},
	"windows-1252": western, "iso-8859-15": western, "macintosh": western,
	"windows-1250": central, "iso-8859-2": central, "windows-1257": baltic, "iso-8859-4": baltic, "iso-8859-13": baltic,
	"windows-1251": cyrillic, "koi8-r": cyrillic, "koi8-u": cyrillic, "iso-8859-5": cyrillic, "ibm866": cyrillic, "x-mac-cyrillic": cyrillic,
	"windows-1253": {greek}, "iso-8859-7": {greek}, "windows-1254": {turkish},
	"windows-1255": {hebrew}, "iso-8859-8": {hebrew}, "iso-8859-8-i": {hebrew},
	"windows-1256": {arabic, persian}, "iso-8859-6": {arabic}, "windows-1258": {vietnamese}, "windows-874": {thai},
}

// multiByte lists the encodings whose non-ASCII characters have two bytes or more.
var multiByte = map[string]bool{"gb18030": true, "big5": true, "shift_jis": true, "euc-jp": true, "euc-kr": true, "iso-2022-jp": true}

// scored lists the encodings of step 6; of two that read a text alike the first
// is taken.
var scored = []string{
	"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
	"windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
	"windows-1257", "windows-1258", "windows-874", "koi8-r", "koi8-u", "iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-15", "ibm866",
}

// allLanguages serves the encodings that languagesOf does not know.
var allLanguages = func() []*language {
	var all []*language
	for _, name := range scored {
		all = append(all, languagesOf[name]...)
	}
	return all
}()
