package dates

// zones maps the abbreviations that pages print to minutes east of UTC.
// Ambiguous ones mean what news sites mean: IST is India's, BST Britain's, and
// CST Central time. Where the page's language names another, localZones has it.
var zones = map[string]int{
	"z": 0, "gmt": 0, "utc": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60, "mesz": 120, "hnec": 60, "hec": 120,
	"eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "irst": 210, "samt": 240, "gst": 240, "azt": 240, "get": 240, "aft": 270,
	"pkt": 300, "uzt": 300, "yekt": 300, "ist": 330, "npt": 345, "omst": 360, "mmt": 390, "ict": 420, "wib": 420, "novt": 420, "krat": 420, "hovt": 420,
	"hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "phst": 480, "wita": 480, "awst": 480, "irkt": 480, "ulat": 480, "jst": 540, "kst": 540, "wit": 540, "yakt": 540,
	"acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "vlat": 600, "magt": 660, "pett": 720, "fjt": 720, "nzst": 720, "nzdt": 780,
	"nst": -210, "ndt": -150, "ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "sst": -660, "brt": -180, "brst": -120, "art": -180, "uyt": -180, "clt": -240, "clst": -180, "bot": -240, "vet": -240, "cot": -300, "pet": -300,
	"eat": 180, "cat": 120, "sast": 120, "wat": 60,
}

// summerZones are abbreviations such as "ET" that do not say whether daylight
// saving applies; the date decides.
var summerZones = map[string]int{"et": -300, "ct": -360, "mt": -420, "pt": -480}

// localZones are the abbreviations that a language settles in another way, in minutes.
var localZones = map[string]map[string]int{
	"zh": {"cst": 480},
	"he": {"ist": 120}, "iw": {"ist": 120},
	"ga": {"ist": 60},
	"bn": {"bst": 360},
	"ar": {"ast": 180},
}

// zonePhrases name a zone in words that follow a time, in minutes.
var zonePhrases = []struct {
	words   string
	minutes int
}{
	{"北京时间", 480}, {"北京時間", 480}, {"台北時間", 480}, {"台灣時間", 480}, {"香港時間", 480}, {"日本時間", 540}, {"한국시간", 540}, {"한국시각", 540},
	{"по московскому времени", 180}, {"по Москве", 180},
}
