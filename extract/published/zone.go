package published

import (
	"strings"
	"sync"
	"time"

	"pressmark/extract/page"
	"pressmark/extract/weburl"
)

// zoneOf maps a country (lower case ISO 3166 code, as in a host's last label
// or a language tag's region) to the zone in which its news sites print times.
// Countries with several zones are left out, but for those whose national
// media all use one.
var zoneOf = lazyZones(map[string]string{
	"cn": "Asia/Shanghai", "tw": "Asia/Taipei", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "sg": "Asia/Singapore", "my": "Asia/Kuala_Lumpur",
	"jp": "Asia/Tokyo", "kr": "Asia/Seoul", "th": "Asia/Bangkok", "vn": "Asia/Ho_Chi_Minh", "ph": "Asia/Manila", "id": "Asia/Jakarta",
	"in": "Asia/Kolkata", "pk": "Asia/Karachi", "bd": "Asia/Dhaka", "lk": "Asia/Colombo", "np": "Asia/Kathmandu", "kh": "Asia/Phnom_Penh",
	"la": "Asia/Vientiane", "mm": "Asia/Yangon", "am": "Asia/Yerevan", "ir": "Asia/Tehran", "il": "Asia/Jerusalem",
	"tr": "Europe/Istanbul", "sa": "Asia/Riyadh", "ae": "Asia/Dubai", "qa": "Asia/Qatar", "eg": "Africa/Cairo", "ma": "Africa/Casablanca",
	"dz": "Africa/Algiers", "tn": "Africa/Tunis",
	"de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "li": "Europe/Vaduz", "lu": "Europe/Luxembourg", "fr": "Europe/Paris",
	"be": "Europe/Brussels", "nl": "Europe/Amsterdam",
	"it": "Europe/Rome", "es": "Europe/Madrid", "pt": "Europe/Lisbon", "uk": "Europe/London", "gb": "Europe/London", "ie": "Europe/Dublin",
	"dk": "Europe/Copenhagen", "se": "Europe/Stockholm", "no": "Europe/Oslo", "fi": "Europe/Helsinki", "is": "Atlantic/Reykjavik",
	"pl": "Europe/Warsaw", "cz": "Europe/Prague", "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "ro": "Europe/Bucharest", "bg": "Europe/Sofia",
	"gr": "Europe/Athens", "cy": "Asia/Nicosia",
	"hr": "Europe/Zagreb", "rs": "Europe/Belgrade", "si": "Europe/Ljubljana", "ba": "Europe/Sarajevo", "mk": "Europe/Skopje", "al": "Europe/Tirane",
	"mt": "Europe/Malta",
	"ee": "Europe/Tallinn", "lv": "Europe/Riga", "lt": "Europe/Vilnius", "ua": "Europe/Kyiv", "by": "Europe/Minsk", "md": "Europe/Chisinau",
	"ru": "Europe/Moscow", "su": "Europe/Moscow", "ge": "Asia/Tbilisi", "az": "Asia/Baku", "kz": "Asia/Almaty", "uz": "Asia/Tashkent",
	"za": "Africa/Johannesburg", "na": "Africa/Windhoek", "ng": "Africa/Lagos", "ke": "Africa/Nairobi", "tz": "Africa/Dar_es_Salaam",
	"ug": "Africa/Kampala", "gh": "Africa/Accra", "zw": "Africa/Harare", "et": "Africa/Addis_Ababa", "sn": "Africa/Dakar",
	"ar": "America/Argentina/Buenos_Aires", "cl": "America/Santiago", "pe": "America/Lima", "uy": "America/Montevideo", "py": "America/Asuncion",
	"bo": "America/La_Paz", "ve": "America/Caracas", "ec": "America/Guayaquil", "mx": "America/Mexico_City", "br": "America/Sao_Paulo", "cu": "America/Havana",
	"iq": "Asia/Baghdad", "jo": "Asia/Amman", "lb": "Asia/Beirut", "sy": "Asia/Damascus", "kw": "Asia/Kuwait", "bh": "Asia/Bahrain",
	"om": "Asia/Muscat", "ye": "Asia/Aden", "af": "Asia/Kabul", "ly": "Africa/Tripoli", "sd": "Africa/Khartoum",
	"kg": "Asia/Bishkek", "tj": "Asia/Dushanbe", "tm": "Asia/Ashgabat", "bt": "Asia/Thimphu", "mv": "Indian/Maldives", "bn": "Asia/Brunei",
	"rw": "Africa/Kigali", "mz": "Africa/Maputo", "ci": "Africa/Abidjan", "cm": "Africa/Douala", "so": "Africa/Mogadishu",
	"cr": "America/Costa_Rica", "gt": "America/Guatemala", "hn": "America/Tegucigalpa", "ni": "America/Managua", "pa": "America/Panama",
	"sv": "America/El_Salvador", "do": "America/Santo_Domingo", "ht": "America/Port-au-Prince", "jm": "America/Jamaica",
	"nz": "Pacific/Auckland", "us": "America/New_York",
})

// countryOf maps a language to the country where most of its news sites are.
// English, Spanish and Portuguese are at home in too many.
var countryOf = map[string]string{
	"zh": "cn", "ja": "jp", "ko": "kr", "th": "th", "vi": "vn", "id": "id", "hi": "in", "ta": "in", "te": "in", "mr": "in", "bn": "bd", "ur": "pk",
	"ne": "np", "km": "kh", "lo": "la", "my": "mm", "am": "et", "fa": "ir", "he": "il", "iw": "il", "tr": "tr",
	"de": "de", "fr": "fr", "nl": "nl", "it": "it", "da": "dk", "sv": "se", "no": "no", "nb": "no", "nn": "no", "fi": "fi", "is": "is", "pl": "pl",
	"cs": "cz", "sk": "sk", "hu": "hu", "ro": "ro", "bg": "bg", "el": "gr",
	"hr": "hr", "sr": "rs", "sl": "si", "bs": "ba", "mk": "mk", "sq": "al", "et": "ee", "lv": "lv", "lt": "lt", "uk": "ua", "be": "by", "ru": "ru",
	"ka": "ge", "hy": "am", "az": "az", "kk": "kz", "ca": "es", "gl": "es", "eu": "es", "sw": "tz", "tl": "ph",
}

func lazyZones(names map[string]string) map[string]func() *time.Location {
	m := make(map[string]func() *time.Location, len(names))
	for country, name := range names {
		m[country] = sync.OnceValue(func() *time.Location {
			loc, err := time.LoadLocation(name)
			if err != nil {
				return time.UTC
			}
			return loc
		})
	}
	return m
}

// pageZone is the zone of times that are printed without one.
type pageZone struct {
	loc     *time.Location
	assumed string // what the assumption rests on; "" where the site's configuration says so
	sure    bool   // configured, or the country is plain: East Asia has one zone a country
}

// unknown says that nothing is known of the page's zone: UTC stands in.
func (z *pageZone) unknown() bool { return z.assumed == unknownZone }

const unknownZone = "nothing"

// assumption is the warning's text: what was assumed, and from what.
func (z *pageZone) assumption() string {
	if z.unknown() {
		return "assumed UTC, neither page, host nor language tells"
	}
	return "assumed " + z.loc.String() + " from " + z.assumed
}

// zone finds the zone of the page's times: the site's configuration, the
// country of the host, the region of the language tag, the language.
func zone(p *page.Page, configured *time.Location) pageZone {
	if configured != nil {
		return pageZone{loc: configured, sure: true}
	}
	host := weburl.HostOf(p.Canonical)
	if host == "" {
		host = p.Base.Hostname()
	}
	label := host[strings.LastIndexByte(host, '.')+1:]
	if load, ok := zoneOf[label]; ok {
		return pageZone{load(), "the host's country", p.CJK}
	}
	_, region, _ := strings.Cut(strings.ToLower(p.LangTag), "-")
	if i := strings.LastIndexByte(region, '-'); i >= 0 { // zh-hant-tw
		region = region[i+1:]
	}
	if load, ok := zoneOf[region]; ok && region != "us" {
		return pageZone{load(), "the language's region", p.CJK}
	}
	if load, ok := zoneOf[countryOf[p.Lang]]; ok {
		return pageZone{load(), "the language", p.CJK}
	}
	return pageZone{loc: time.UTC, assumed: unknownZone}
}
