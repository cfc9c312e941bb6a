package body

import (
	"testing"
)

func TestChromePhrase(t *testing.T) {
	for line, want := range map[string]bool{
		"#春耕# #青石# #柳河镇#":                                           true,
		"#pool #council":                                            true,
		"#1 in the county":                                          false,
		"#春耕#青石县春耕现场会召开":                                            false,
		"登录后发表评论，请遵守法律法规":                                           true,
		"扫描下方二维码":                                                   true,
		"一审：周敏 二审：何家宁 三审：杨倩":                                        true,
		"The views expressed in this article are the author's own.": true,
		"Alle Angaben ohne Gewähr":                                  true,
		"PUEDES VER: La piscina":                                    true,
		"Views of the lake are rare here.":                          false,
		"Über den Autor":                                            true,
		"Über den Autor hinaus wirkte das Buch.":                    false,
		"Your email address will not be published.":                 true,
		"Read more: The pool":                                       true,
		"会议在柳河镇召开。":                                                 false,
	} {
		if got := ChromePhrase(line); got != want {
			t.Errorf("chromePhrase(%q) = %v", line, got)
		}
	}
}
