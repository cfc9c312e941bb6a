package dates

import "strings"

// class says what a word means in a time.
type class uint8

const (
	wOther   class = iota
	wMonth         // val: 1 to 12
	wWeekday       // "Friday"
	wGlue          // stands between a date and its time: "at", "um", "kl"
	wOrdinal       // after a day's number: "th", "er"
	wHalf          // val: 0 for am, 12 for pm
	wZone          // val: minutes east of UTC; summer set for "ET"
	wHourSep       // "h" between hour and minute
	wUnit          // unit of a relative time; val: seconds
	wAgo           // "ago" after the number
	wSince         // "vor", "hace" before the number
	wDay           // "yesterday"; val: days before today
)

type word struct {
	val    int32
	class  class
	summer bool
	one    bool     // stands for the number before a unit: "an hour ago"
	spelt  spelling // which of the words that count by themselves it is
}

// spelling is a word that means something beside its class.
type spelling uint8

const (
	speltIl spelling = iota + 1 // "il y a"
	speltY
	speltA
	speltApo // "πριν από"
	speltAgo // August in Italian, too
	speltOre // "at" and "hours" in Italian
	speltUur
	speltThang // "month" in Vietnamese, before its number
)

// ones are the words that stand for the number before a unit.
const ones = "a an un una uno une um uma een en ett et eine einer einem μία μια ένα bir"

var spellings = map[string]spelling{"il": speltIl, "y": speltY, "a": speltA, "από": speltApo, "ago": speltAgo, "ore": speltOre, "uur": speltUur, "tháng": speltThang}

// months lists the names of the months in the order of the year, one language
// a line; "/" parts spellings of one month (cases, abbreviations).
var months = []string{
	"january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec",
	"januar/jänner/jaenner/jän februar/feber/febr/feb märz/maerz/mrz/mär april mai juni juli august/aug september oktober/okt november dezember/dez",
	"janvier/janv/jan février/fevrier/févr/fév/fevr mars avril/avr mai juin/jui juillet/juil août/aout septembre/sept octobre novembre décembre/decembre/déc",
	"enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre noviembre diciembre/dic",
	"janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez",
	"gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre dicembre/dic",
	"januari februari maart/mrt april mei juni juli augustus september oktober/okt november december",
	"stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru",
	"января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек",
	"січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт травня/травень/трав червня/червень/черв липня/липень/лип серпня/серпень/серп вересня/вересень/вер жовтня/жовтень/жовт листопада/листопад/лист грудня/грудень/груд",
	"ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ/μάρ απριλίου/απρίλιος/απρ μαΐου/μαίου/μάιος/μαϊ/μάι ιουνίου/ιούνιος/ιουν/ιούν ιουλίου/ιούλιος/ιουλ/ιούλ αυγούστου/αύγουστος/αυγ/αύγ σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε/νοέ δεκεμβρίου/δεκέμβριος/δεκ",
	"januari februari mars april maj juni juli augusti september oktober november december",
	"januar februar marts/mars april maj/mai juni juli august september oktober november desember/december/des",
	"tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu",
	"ledna/leden/led února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě června/červen/čvn července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj listopadu prosince/prosinec",
	"januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august septembra/september októbra/október novembra/november decembra/december",
	"január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus szeptember/szept október november december",
	"ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie",
	"ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara",
	"siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studeni/studenog prosinca/prosinac",
	"januara februara marta aprila maja juna jula avgusta/avgust septembra oktobra novembra decembra",
	"јануара/јануар фебруара/фебруар марта/март априла/април маја/мај јуна/јун јула/јул августа/август септембра/септембар октобра/октобар новембра/новембар децембра/децембар",
	"януари февруари март април май юни юли август септември октомври ноември декември",
	"sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
	"janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
	"jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
	"gener/gen febrer/febr març abril maig juny juliol agost setembre octubre novembre desembre",
	"xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
	"januari februari maret april mei juni juli agustus september oktober/okt november/nop desember",
	"januari februari mac april mei jun julai ogos september oktober november disember",
	"januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
	"enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
	"يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
	"ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
	"जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर/अक्तूबर नवंबर दिसंबर",
	"มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค",
}

// Weekdays are skipped between the parts of a time. They need no values.
const weekdays = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun " +
	"montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so " +
	"lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo " +
	"segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela " +
	"понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок вівторок середа четвер пʼятниця субота неділя " +
	"δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag " +
	"pondělí úterý středa čtvrtek pátek sobota neděle pazartesi salı çarşamba perşembe cuma cumartesi pazar"

// glue stands between the date and the time of day.
const glue = "at on um am à a às as las los la le de del den der um uhr kl klo klokken alle ore ora o godz godzina godzinie g г года roku r v ve " +
	"в о στις ώρα om uur hrs saat t the of time hours jam pukul wib da of and updated posted i am pm năm lúc เวลา พ.ศ ค.ศ"

// ordinals follow the number of a day.
const ordinals = "st nd rd th er re º ª ste de e an na a"

type unit struct {
	seconds int
	words   string
}

var units = []unit{
	{1, "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondi секунд секунды секунду sekund δευτερόλεπτα"},
	{60, "minute minutes min mins mn minuten minuto minutos minuti минут минуты минуту мин minut minuty minutę λεπτά λεπτό minuter minutter dakika"},
	{3600, "hour hours hr hrs stunde stunden std heure heures hora horas ora ore час часа часов godzin godziny godzinę ώρες ώρα timme timmar timer uur saat"},
	{86400, "day days tag tage tagen jour jours día días dia dias giorno giorni день дня дней dni dzień ημέρες ημέρα μέρες dag dagar dager dage dagen gün"},
	{7 * 86400, "week weeks woche wochen semaine semaines semana semanas settimana settimane неделю недели недель tydzień tygodnie tygodni εβδομάδες vecka veckor uke uker uge uger weken hafta"},
	{30 * 86400, "month months monat monate monaten mois mes meses mês mese mesi месяц месяца месяцев miesiąc miesiące miesięcy μήνες månad månader måneder maanden ay"},
	{365 * 86400, "year years jahr jahre jahren an ans año años ano anos anno anni год лет года rok lata lat χρόνια år jaar jaren yıl"},
}

const (
	agoWords   = "ago fa назад temu geleden sedan siden önce atrás тому"
	sinceWords = "vor hace há πριν för"
)

var dayWords = []string{ // index: days before today
	"today heute aujourd'hui hoy hoje oggi сегодня dziś dzisiaj σήμερα vandaag idag dnes bugün",
	"yesterday gestern hier ayer ontem ieri вчера wczoraj χθες χτες gisteren igår včera dün",
}

// zones maps the abbreviations that pages print to minutes east of UTC.
// Ambiguous ones mean what news sites mean: IST is India's, BST Britain's, and
// CST Central time; China's CST is settled by the language (see zoneIn).
var zones = map[string]int{
	"z": 0, "gmt": 0, "utc": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "hnec": 60,
	"eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "ist": 330, "npt": 345, "pkt": 300, "ict": 420, "wib": 420, "wita": 480, "wit": 540,
	"hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630,
	"nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180, "eat": 180, "cat": 120, "sast": 120, "wat": 60, "gst": 240,
}

// summerZones are named without season; the season is reckoned from the date.
var summerZones = map[string]int{"et": -300, "ct": -360, "mt": -420, "pt": -480}

// vocabulary is every word above by its lower-case spelling. A word with two
// meanings keeps the first one entered; the order below is the order of trust.
var vocabulary = buildVocabulary()

func buildVocabulary() map[string]word {
	v := make(map[string]word, 1400)
	add := func(list string, w word) {
		for _, s := range strings.Fields(list) {
			if _, known := v[s]; !known {
				v[s] = w
			}
		}
	}
	add("am a.m πμ π.μ", word{class: wHalf, val: 0})
	add("pm p.m μμ μ.μ", word{class: wHalf, val: 12})
	for _, line := range months {
		for i, names := range strings.Fields(line) {
			add(strings.ReplaceAll(names, "/", " "), word{class: wMonth, val: int32(i + 1)})
		}
	}
	for name, minutes := range zones {
		add(name, word{class: wZone, val: int32(minutes)})
	}
	for name, minutes := range summerZones {
		add(name, word{class: wZone, val: int32(minutes), summer: true})
	}
	add("h", word{class: wHourSep})
	for i, list := range dayWords {
		add(list, word{class: wDay, val: int32(i)})
	}
	add(agoWords, word{class: wAgo})
	add(sinceWords, word{class: wSince})
	for _, u := range units {
		add(u.words, word{class: wUnit, val: int32(u.seconds)})
	}
	add(weekdays, word{class: wWeekday})
	add(ordinals, word{class: wOrdinal})
	add(glue, word{class: wGlue})
	for _, s := range strings.Fields(ones) {
		w := v[s]
		w.one = true
		v[s] = w
	}
	for s, id := range spellings {
		w := v[s]
		w.spelt = id
		v[s] = w
	}
	return v
}

// asciiWord returns what a word of ASCII letters means. Nearly all words of a
// text mean nothing, and their shape tells: the vocabulary has words in only
// some of the shapes.
func asciiWord(s string) word {
	if len(s) > maxShape || !shapes.has(shapeOf(s)) {
		return word{}
	}
	var low [maxShape]byte
	for i := range len(s) {
		low[i] = s[i] | 0x20
	}
	return vocabulary[string(low[:len(s)])]
}

// maxShape is the length of the longest ASCII word of the vocabulary.
const maxShape = 15

// shapeOf is made of a word's first, middle and last letter, in any case, and
// its length.
func shapeOf(s string) uint16 {
	n := len(s)
	return (uint16(s[0]&31)<<10 | uint16(s[n/2]&31)<<5 | uint16(s[n-1]&31)) ^ uint16(n)<<11
}

// shapeSet is a set of shapes.
type shapeSet [1 << 10]uint64

func (s *shapeSet) has(shape uint16) bool { return s[shape>>6]>>(shape&63)&1 != 0 }

// shapes are those of the vocabulary's words.
var shapes = shapesOf(vocabulary)

func shapesOf(words map[string]word) *shapeSet {
	set := new(shapeSet)
	for w := range words {
		if len(w) <= maxShape {
			set[shapeOf(w)>>6] |= 1 << (shapeOf(w) & 63)
		}
	}
	return set
}
