package credits

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// japaneseAffixes stand around a name and are no part of it.
var japaneseAffixes = struct{ before, after []string }{
	[]string{"取材・文", "文・写真", "執筆者", "執筆", "著者", "筆者", "記者", "文", "取材"},
	[]string{"記者", "さん", "氏", "編集委員", "論説委員", "特派員", "ライター"},
}

// JapaneseByline reads a line that begins with a label and a separator: "取材・文／山田太郎".
func JapaneseByline(line string) []string {
	for _, w := range japaneseAffixes.before {
		rest, ok := strings.CutPrefix(line, w)
		if !ok {
			continue
		}
		for _, sep := range []string{"／", "/", "：", ":", "＝"} {
			if value, ok := strings.CutPrefix(strings.TrimLeft(rest, " \u3000"), sep); ok {
				return Japanese(value)
			}
		}
	}
	return nil
}

// Japanese splits an element's text into names of Japanese people: "山田太郎、佐藤花子",
// "文：山田 太郎", "山田太郎記者". It returns nil where a part is no such name: words
// end in kana, and desks and papers in what they are.
func Japanese(text string) []string {
	var names []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,／/|｜；;（）()【】[]", r) }) {
		part = strings.TrimSpace(part)
		if slices.Contains(japaneseAffixes.before, part) {
			continue // 取材・文／…
		}
		for _, w := range japaneseAffixes.before {
			if rest, ok := strings.CutPrefix(part, w); ok && rest != "" {
				part = strings.TrimLeft(rest, "：:＝=・ \u3000")
				break
			}
		}
		for _, w := range japaneseAffixes.after {
			part = strings.TrimSpace(strings.TrimSuffix(part, w))
		}
		if !japaneseName(part) {
			return nil
		}
		names = Merge(names, []string{part})
	}
	return names
}

// japaneseName reports whether s looks like a full name: three to seven characters, Han
// characters first, with at most one space.
func japaneseName(s string) bool {
	bare := strings.NewReplacer(" ", "", "\u3000", "").Replace(s)
	if n := utf8.RuneCountInString(bare); n < 3 || n > 7 || len(bare) < len(s)-3 || !isHan(firstRune(bare)) {
		return false
	}
	for _, r := range bare {
		if !isHan(r) && !(r >= 0x3041 && r <= 0x30FC) && r != '々' {
			return false
		}
	}
	for _, w := range []string{"新聞", "通信", "編集", "取材", "報道", "支局", "本社", "記事", "一覧", "社会", "政治", "経済", "写真", "関連", "速報", "地域", "配信", "公開"} {
		if strings.Contains(bare, w) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(bare)
	return !strings.ContainsRune("部社局課会者", last) && !looksMedium(bare)
}
