package dates

// dayPart is the part of the day that a word before or after an hour names.
type dayPart int32

const (
	noPart    dayPart = iota - 1
	forenoon          // am, 上午, ص: 12 is midnight
	afternoon         // pm, 下午, مساءً: hours below 12 are after noon
	midday            // 中午, दोपहर: 11 stays, 1 is 13
	night             // 夜, रात: 12 and the small hours are after midnight, 8 is 20
)

// of returns the hour of the day for an hour as written.
func (d dayPart) of(hour int) int {
	switch {
	case hour > 12:
		return hour
	case d == forenoon && hour == 12, d == night && hour == 12:
		return 0
	case d == afternoon && hour < 12, d == midday && hour < 7, d == night && hour > 4 && hour < 12:
		return hour + 12
	}
	return hour
}

// dayParts are the words of all languages. Single letters and words that mean
// something else elsewhere count in their own language alone.
var dayParts = []struct {
	part  dayPart
	words []entry
}{
	{forenoon, []entry{ // 8:30 a.m.
		{"", "am a.m πμ π.μ"},
		{"ar", "ص صباحا فجرا"}, {"fa,ps,ckb", "صبح بامداد ق.ظ پ.ن ب.ن سهار"}, {"ur,sd", "صبح قبل_دوپہر سویرے"}, {"he", "בבוקר לפנה\"צ לפני_הצהריים"},
		{"hi,mr,ne", "सुबह पूर्वाह्न सकाळी पहाटे बिहान"}, {"bn,as", "সকাল ভোর পূর্বাহ্ন সকালে ভোরে পূৰ্বাহ্ন পুৱা"}, {"gu", "સવારે સવારના"}, {"pa", "ਸਵੇਰੇ"}, {"or", "ସକାଳ ପୂର୍ବାହ୍ନ"},
		{"ta", "காலை முற்பகல்"}, {"te", "ఉదయం"}, {"kn", "ಬೆಳಗ್ಗೆ ಬೆಳಿಗ್ಗೆ"}, {"ml", "രാവിലെ"}, {"si", "පෙ.ව පෙරවරු"},
		{"km", "ព្រឹក"}, {"my", "နံနက် မနက်"}, {"lo", "ກ່ອນທ່ຽງ ເຊົ້າ"}, {"vi", "sa sáng"}, {"id,ms", "pagi pg"}, {"fil,tl", "umaga ng_umaga"}, {"am", "ጥዋት ጠዋት"}, {"ti", "ቅ.ቀ"},
		{"ru,be,uk", "утра ранку раніцы дп"}, {"bg", "сутринта пр.об"}, {"mk", "претпл"}, {"mn", "ү.ө"}, {"kk", "таңғы"}, {"ky", "тң"},
		{"hu", "de délelőtt reggel"}, {"cs,sk", "dop ráno dopoledne dopoludnia"}, {"sl", "dop zjutraj dopoldne"}, {"hr,sr,bs", "ujutro ujutru prije_podne pre_podne"}, {"pl", "rano"},
		{"lt", "priešpiet ryto"}, {"lv", "priekšp rīta"}, {"et", "hommikul"}, {"fi", "ap"}, {"sv,no,nn,nb", "fm f.m"}, {"af", "vm"}, {"is", "f.h"},
		{"tr", "öö sabah"}, {"uz", "to ertalab"}, {"tk", "go.öň"}, {"sq", "p.d paradite"}, {"es", "de_la_mañana"}, {"pt", "da_manhã"}, {"fr", "du_matin"}, {"it", "di_mattina del_mattino"}, {"ca", "del_matí"},
		{"ro", "dimineața"}, {"de", "morgens vormittags"}, {"ga", "r.n"}, {"so", "gh subaxnimo"}, {"ka", "დილის"}, {"hy", "առավոտյան"},
	}},
	{afternoon, []entry{ // 8:30 p. m.
		{"", "pm p.m μμ μ.μ"},
		{"ar", "م مساء عصرا"}, {"fa,ps,ckb", "بعدازظهر بعد_از_ظهر عصر ب.ظ غروب د.ن دوای_نیوەڕۆ"}, {"ur,sd", "شام بعد_دوپہر سہ_پہر"}, {"he", "בערב אחה\"צ אחר_הצהריים"},
		{"hi,mr,ne", "शाम अपराह्न सायंकाळी संध्याकाळी साँझ बेलुका दिउँसो"}, {"bn,as", "বিকাল বিকেল সন্ধ্যা অপরাহ্ন বিকেলে বিকালে সন্ধ্যায় অপৰাহ্ন আবেলি"}, {"gu", "સાંજે સાંજના"}, {"pa", "ਸ਼ਾਮ ਸ਼ਾਮੀਂ"}, {"or", "ଅପରାହ୍ନ ସନ୍ଧ୍ୟା"},
		{"ta", "மாலை பிற்பகல்"}, {"te", "సాయంత్రం"}, {"kn", "ಸಂಜೆ"}, {"ml", "വൈകിട്ട് വൈകുന്നേരം"}, {"si", "ප.ව පස්වරු"},
		{"km", "ល្ងាច រសៀល"}, {"my", "ညနေ"}, {"lo", "ຫຼັງທ່ຽງ ແລງ ບ່າຍ"}, {"vi", "ch chiều tối"}, {"id,ms", "sore petang ptg"}, {"fil,tl", "hapon ng_hapon"}, {"am", "ከሰዓት"}, {"ti", "ድ.ቀ"},
		{"ru,be,uk", "вечера вечора пп"}, {"bg", "следобед вечерта сл.об"}, {"mk", "попл"}, {"mn", "ү.х"}, {"kk", "кешкі"}, {"ky", "тк"},
		{"hu", "du délután este"}, {"cs,sk", "odp večer odpoledne popoludní"}, {"sl", "pop zvečer popoldne"}, {"hr,sr,bs", "popodne poslije_podne posle_podne navečer uveče"}, {"pl", "po_południu wieczorem"},
		{"lt", "popiet vakaro"}, {"lv", "pēcp vakarā"}, {"et", "õhtul"}, {"fi", "ip"}, {"sv,no,nn,nb", "em e.m"}, {"af", "nm"}, {"is", "e.h"},
		{"tr", "ös akşam öğleden_sonra"}, {"uz", "tk kechqurun"}, {"tk", "go.soň"}, {"sq", "m.d pasdite"}, {"es", "de_la_tarde"}, {"pt", "da_tarde"}, {"fr", "du_soir"}, {"it", "di_sera del_pomeriggio"}, {"ca", "de_la_tarda del_vespre"},
		{"ro", "seara după-amiază"}, {"de", "nachmittags abends"}, {"ga", "i.n"}, {"so", "gd galabnimo"}, {"ka", "საღამოს"}, {"hy", "երեկոյան"},
	}},
	{midday, []entry{ // 01:30 दोपहर
		{"ar", "ظهرا"}, {"fa", "ظهر"}, {"ur", "دوپہر"}, {"he", "בצהריים"}, {"hi,mr,ne", "दोपहर दुपारी मध्यान्ह"}, {"bn", "দুপুর দুপুরে"}, {"gu", "બપોરે"}, {"pa", "ਦੁਪਹਿਰ"},
		{"ta", "மதியம் நண்பகல்"}, {"te", "మధ్యాహ్నం"}, {"kn", "ಮಧ್ಯಾಹ್ನ"}, {"ml", "ഉച്ചയ്ക്ക്"}, {"my", "နေ့လယ်"}, {"vi", "trưa"}, {"id,ms", "siang tengah_hari"}, {"fil,tl", "tanghali ng_tanghali"},
	}},
	{night, []entry{ // 8:30 malam
		{"ar", "ليلا"}, {"fa", "شب"}, {"ur", "رات"}, {"he", "בלילה"}, {"hi,mr,ne", "रात रात्री राति"}, {"bn,as", "রাত রাতে"}, {"gu", "રાત્રે"}, {"pa", "ਰਾਤ"}, {"or", "ରାତି"},
		{"ta", "இரவு"}, {"te", "రాత్రి"}, {"kn", "ರಾತ್ರಿ"}, {"ml", "രാത്രി"}, {"km", "យប់"}, {"my", "ည"}, {"vi", "đêm"}, {"id,ms", "malam"}, {"fil,tl", "gabi ng_gabi"},
		{"ru,be,uk", "ночи ночі"}, {"hu", "éjjel"}, {"es", "de_la_noche"}, {"pt", "da_noite"}, {"de", "nachts"}, {"it", "di_notte"},
	}},
}

// eastParts are the day parts before an hour in scripts without words, the longest first.
var eastParts = []struct {
	word string
	part dayPart
}{
	{"上午", forenoon}, {"下午", afternoon}, {"晚上", night}, {"中午", midday}, {"凌晨", forenoon}, {"早上", forenoon}, {"傍晚", afternoon}, {"午夜", night},
	{"午前", forenoon}, {"午後", afternoon}, {"晚间", night}, {"晚間", night}, {"清晨", forenoon}, {"早晨", forenoon}, {"夜间", night}, {"夜間", night}, {"深夜", night}, {"未明", forenoon}, {"夕方", afternoon},
	{"오전", forenoon}, {"오후", afternoon}, {"새벽", forenoon}, {"아침", forenoon}, {"저녁", afternoon}, {"밤", night}, {"낮", midday},
	{"晚", night}, {"早", forenoon}, {"朝", forenoon}, {"夜", night},
}

// clockWords name a time of day by themselves: "14 May 2024, noon".
var clockWords = []struct {
	hour  int
	words []entry
}{
	{12, []entry{{"", "noon midday mediodía"}, {"fr", "midi"}, {"it", "mezzogiorno"}, {"pt", "meio-dia"}, {"de", "mittags"}, {"pl", "w_południe"}, {"nl", "middag"}}},
	{0, []entry{{"", "midnight medianoche"}, {"fr", "minuit"}, {"it", "mezzanotte"}, {"pt", "meia-noite"}, {"de", "mitternacht"}, {"nl", "middernacht"}}},
}

// eastClocks are those of scripts without words.
var eastClocks = []struct {
	word string
	hour int
}{{"正午", 12}, {"정오", 12}, {"자정", 0}, {"零時", 0}, {"零时", 0}}
