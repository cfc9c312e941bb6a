package page

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/text"
)

// language finds the page's language: what it declares, unless its script says
// otherwise (templates keep lang="en" on pages of any language).
func (p *Page) language(fallback string) {
	tag := p.LangTag
	if tag == "" {
		tag = p.Meta("content-language", "og:locale", "language", "dc.language")
	}
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	if i := strings.IndexAny(tag, ",; "); i >= 0 {
		tag = tag[:i]
	}
	p.LangTag = tag
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if len(primary) != 2 && len(primary) != 3 {
		primary = ""
	}
	script := scriptOf(p.Text)
	p.CJK = script == "zh" || script == "ja" || script == "ko"
	switch {
	case p.CJK && primary != "zh" && primary != "ja" && primary != "ko":
		primary = script
	case script == "el" && !greek[primary], script == "ru" && !cyrillic[primary], script == "he" && !hebrew[primary], script == "ar" && !arabic[primary]:
		primary = script
	case script == "" && (p.declaresWrongScript(primary)):
		primary = ""
	}
	if primary == "" {
		primary, _, _ = strings.Cut(strings.ToLower(fallback), "-")
	}
	if primary == "" && script == "" {
		p.GuessedLang = languageOf(p.Text)
	}
	p.Lang = primary
}

// Languages that are written in the script whose first language scriptOf names.
var (
	cyrillic = languages("ru uk be bg sr mk kk ky mn tg ba tt cv os ab ce av kv udm mhr mrj sah tyv uz az tk crh rue bxr xal myv mdf inh kbd ady lez krc kum nog alt kjh sh bs cnr ro mo ku")
	arabic   = languages("ar fa ur ps ku ug ckb sd ks bal azb az pnb pa skr glk mzn lrc kk ky uz tg tt ms ha hnd dv prs aeb arz ary apc acm ajp arq")
	hebrew   = languages("he iw yi lad")
	greek    = languages("el grc pnt")
)

// languages makes a set of primary subtags.
func languages(list string) map[string]bool {
	set := map[string]bool{}
	for tag := range strings.FieldsSeq(list) {
		set[tag] = true
	}
	return set
}

// declaresWrongScript reports whether Latin text claims a language of another script.
func (p *Page) declaresWrongScript(primary string) bool {
	switch primary {
	case "zh", "ja", "ko", "el", "he", "ru":
		return len(p.Text) > 400
	}
	return false
}

// script is a script that points to a language.
type script uint8

const (
	otherScript script = iota
	latinScript
	greekScript
	cyrillicScript
	hebrewScript
	arabicScript
	kanaScript
	hangulScript
	hanScript
	scripts // their number
)

// ranges are the blocks of Unicode of the scripts, in order; what is between is of none.
var ranges = [...]struct {
	first, last rune
	script      script
}{
	{'A', 0x24f, latinScript}, {0x370, 0x3ff, greekScript}, {0x400, 0x52f, cyrillicScript}, {0x590, 0x5ff, hebrewScript}, {0x600, 0x77f, arabicScript},
	{0x3040, 0x30ff, kanaScript}, {0xac00, 0xd7a3, hangulScript},
}

func scriptOfRune(r rune) script {
	if r >= 0x4e00 && r <= 0x9fff { // most of all
		return hanScript
	}
	for i := range ranges {
		if r <= ranges[i].last && r >= ranges[i].first {
			return ranges[i].script
		}
	}
	if text.IsWide(r) {
		return hanScript
	}
	return otherScript
}

// scriptOf names the language that a text's script points to: zh, ja, ko, el,
// ru (any Cyrillic), ar, he; "" for Latin and others. It looks at 4,000 runes.
func scriptOf(s string) string {
	var count [scripts]int
	for i, n := 0, 0; i < len(s) && n < 4000; n++ {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= 'A' {
				count[latinScript]++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		count[scriptOfRune(r)]++
		i += size
	}
	if wide := count[hanScript] + count[kanaScript] + count[hangulScript]; 3*wide > count[latinScript] && wide > 20 {
		switch {
		case count[hangulScript] > count[hanScript]+count[kanaScript]:
			return "ko"
		case count[kanaScript]*10 > count[hanScript]:
			return "ja"
		}
		return "zh"
	}
	for _, x := range [...]struct {
		script   script
		language string
	}{{greekScript, "el"}, {cyrillicScript, "ru"}, {arabicScript, "ar"}, {hebrewScript, "he"}} {
		if count[x.script] > count[latinScript] {
			return x.language
		}
	}
	return ""
}
