package page

import (
	"strings"

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

// scriptOf names the language that a text's script points to: zh, ja, ko, el,
// ru (any Cyrillic), ar, he; "" for Latin and others. It looks at 4,000 runes.
func scriptOf(s string) string {
	var han, kana, hangul, greek, cyr, ara, heb, latin, n int
	for _, r := range s {
		if n++; n > 4000 {
			break
		}
		switch {
		case r < 'A':
		case r < 0x250:
			latin++
		case r >= 0x370 && r < 0x400:
			greek++
		case r >= 0x400 && r < 0x530:
			cyr++
		case r >= 0x590 && r < 0x600:
			heb++
		case r >= 0x600 && r < 0x780:
			ara++
		case r >= 0x3040 && r <= 0x30ff:
			kana++
		case r >= 0xac00 && r <= 0xd7a3:
			hangul++
		case text.IsWide(r):
			han++
		}
	}
	switch {
	case 3*(han+kana+hangul) > latin && han+kana+hangul > 20:
		switch {
		case hangul > han+kana:
			return "ko"
		case kana*10 > han:
			return "ja"
		}
		return "zh"
	case greek > latin:
		return "el"
	case cyr > latin:
		return "ru"
	case ara > latin:
		return "ar"
	case heb > latin:
		return "he"
	}
	return ""
}
