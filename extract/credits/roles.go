package credits

import (
	"strings"
	"unicode"
)

// agencies are news agencies as bylines name them, lower case.
var agencies = set("associated press", "the associated press", "ap", "reuters", "thomson reuters", "afp", "agence france-presse", "dpa",
	"deutsche presse-agentur", "apa", "sda", "keystone-sda", "keystone", "epd", "kna", "sid", "ots",
	"efe", "europa press", "ansa", "adnkronos", "lusa", "anp", "belga", "ritzau", "ntb", "tt", "stt", "pap", "čtk", "ctk", "tasr", "mti", "agerpres",
	"bta", "tanjug", "hina", "sta", "tass", "тасс", "риа новости", "интерфакс", "укринформ", "уніан",
	"ukrinform", "interfax", "upi", "pa media", "press association", "pa", "canadian press", "the canadian press", "aap", "australian associated press",
	"pti", "press trust of india", "ani", "ians", "uni", "bernama", "antara", "kyodo", "kyodo news", "yonhap", "xinhua",
	"bloomberg", "bloomberg news", "cnn wire", "tribune news service", "anadolu ajansı", "anadolu agency", "aa", "dha", "iha", "wam", "spa", "irna",
	"isna", "mena", "bss", "unb", "ats", "telam", "notimex", "agência brasil", "agência lusa", "dow jones", "mcclatchy")

// withoutAgency takes an agency off the end of a name ("ABBY MOOR Associated
// Press") and notes those that stand among the names.
func withoutAgency(names, noted []string) (people, found []string) {
	for _, n := range names {
		low := strings.ToLower(n)
		if agencies[low] {
			noted = Merge(noted, []string{n})
			people = append(people, n)
			continue
		}
		words := strings.Fields(n)
		for k := 1; k < len(words)-1 && k <= 3; k++ { // a full name stays before the agency
			if agency := strings.Join(words[len(words)-k:], " "); len(words)-k >= 2 && agencies[strings.ToLower(agency)] {
				n = strings.Join(words[:len(words)-k], " ")
				noted = Merge(noted, []string{agency})
				break
			}
		}
		people = append(people, n)
	}
	return people, noted
}

// Agencies reports whether all names are those of news agencies.
func Agencies(names []string) bool {
	for _, n := range names {
		if !agencies[strings.ToLower(n)] {
			return false
		}
	}
	return len(names) > 0
}

// degrees follow a name and are no name.
var degrees = set("phd", "ph.d", "md", "m.d", "do", "dvm", "vmd", "mph", "rn", "bsn", "msn", "mba", "esq", "cpa", "cfa", "cfp", "jd", "j.d", "llm",
	"ma", "m.a", "ms", "m.s", "msc", "bsc", "bs", "ba", "b.a", "lvt", "vts", "dds", "dmd", "lcsw", "rd", "rdn", "cscs",
	"facs", "facp", "obe", "mbe", "cbe", "dphil", "edd", "psyd", "pharmd", "cpt", "np", "pa-c", "lmft", "dacvb", "mbbs", "frcs", "jr", "sr", "ii", "iii",
	"pt", "dpt", "cissp", "pmp")

// roleWords are words of an occupation. What follows a name and has one is no name.
var roleWords = set("manager", "director", "expert", "officer", "editor", "reviewer", "columnist", "specialist", "consultant", "professor",
	"producer", "founder", "co-founder", "cofounder", "ceo", "cto", "cfo", "coo", "cmo", "president", "chairman", "head", "analyst", "strategist",
	"writer",
	"author", "contributor", "reporter", "correspondent", "journalist", "photographer", "designer", "developer", "engineer", "researcher", "scientist",
	"lecturer", "fellow", "attorney", "lawyer", "partner", "coach", "trainer", "teacher", "dietitian", "nutritionist", "therapist", "veterinarian",
	"physician", "psychologist", "marketing", "staff", "team", "comments", "read", "minutes", "mins", "size", "intern", "trainee", "lead", "senior",
	"junior", "assistant", "associate", "executive", "chief", "vice", "critic", "blogger", "host", "anchor", "freelance", "special", "updated",
	"reviewed", "checked", "university", "institute",
	"redakteur", "redakteurin", "chefredakteur", "chefredakteurin", "leiter", "leiterin", "geschäftsführer", "rechtsanwalt", "fachanwalt",
	"korrespondent", "korrespondentin", "reporterin", "volontärin", "volontär", "projektleiter", "projektleiterin", "pressesprecher", "pressesprecherin",
	"referent", "referentin", "mitarbeiter", "mitarbeiterin", "journalistin", "journaliste", "rédacteur", "rédactrice", "directeur", "directrice",
	"chef", "correspondant", "correspondante", "envoyé", "envoyée",
	"periodista", "redactor", "redactora", "corresponsal", "profesor", "profesora", "jornalista", "repórter", "editora", "giornalista", "redattore",
	"direttore", "professore", "dziennikarz", "dziennikarka", "redaktor", "корреспондент", "журналист", "редактор", "обозреватель", "δημοσιογράφος")

// withoutRoles drops what follows a full name and is none: a degree, an
// occupation, a place or a paper ("Max Muster, Seestadt", "Jane Doe, The Lakeside
// Gazette"). Agencies (dpa, AFP) stay.
func withoutRoles(names []string) []string {
	if len(names) == 0 || !strings.Contains(names[0], " ") {
		return names
	}
	out := names[:1:1]
	described := false // the words of an occupation have begun: "Chief Officer, AI at Work"
	for _, n := range names[1:] {
		oneWord := !strings.Contains(n, " ")
		switch {
		case followsName(n):
			described = described || !oneWord
		case !described || !oneWord || agencies[strings.ToLower(n)]:
			out = append(out, n)
		}
	}
	return out
}

// followsName reports whether a value among names says something of the name before it.
func followsName(n string) bool {
	words := strings.Fields(n)
	first := strings.ToLower(words[0])
	switch {
	case agencies[strings.ToLower(n)]:
		return false
	case len(words) == 1:
		titled := unicode.IsUpper(firstRune(n)) && strings.ToUpper(n) != n
		return titled || degree(n)
	case article[first], affiliation(n):
		return true
	}
	for _, w := range words {
		if w = strings.ToLower(strings.Trim(w, ".,*")); roleWords[w] || degrees[w] {
			return true
		}
	}
	return false
}

func degree(w string) bool { return degrees[strings.ToLower(strings.Trim(w, ".,*"))] }

// occupation reports whether words that follow a name end in an occupation: "WCI
// Columnist", "Home Security Expert".
func occupation(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || isGiven(words[0]) {
		return false
	}
	return roleWords[strings.ToLower(strings.Trim(words[len(words)-1], ".,*"))]
}

// Occupation reports whether a sentence contains a word for an occupation.
func Occupation(sentence string) bool {
	for w := range strings.FieldsSeq(sentence) {
		if w = strings.ToLower(strings.Trim(w, ".,;:*")); roleWords[w] || titles[w] && w != "by" && w != "with" {
			return true
		}
	}
	return false
}

// WithoutFirms removes firms and papers that follow people in a list of names.
func WithoutFirms(names []string) []string {
	if len(names) < 2 || !PersonLike(names[0]) {
		return names
	}
	out := names[:1:1]
	for _, n := range names[1:] {
		if agencies[strings.ToLower(n)] || !affiliation(n) {
			out = append(out, n)
		}
	}
	return out
}
