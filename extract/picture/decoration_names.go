package picture

import (
	"strings"

	"pressmark/extract/text"
)

// decorationWords are the words of file names and classes that name a decoration.
var decorationWords = text.NewWords(
	"logo", "icon", "icons", "ico", "avatar", "qrcode", "ewm", "erweima",
	"qr", "btn", "button", "arrow", "divider", "emoji", "smiley", "gravatar",
	"favicon", "sprite", "nextpage", "prevpage", "newsletter", "newsletters", "tracking",
)

// portraitWords are the words that mark a picture as a portrait if the boxes around it
// have them.
var portraitWords = text.NewWords(
	"logo", "avatar", "qrcode", "ewm", "erweima", "qr", "gravatar",
)

// buttonWords are the names of buttons. They count only for drawings without another
// name.
var buttonWords = text.NewWords(
	"weibo", "weixin", "wechat", "qq", "qzone", "renren", "kaixin", "share", "facebook",
	"twitter", "fb", "next", "prev", "print", "close", "enlarge", "bigger", "rating",
	"star", "stars", "zoom", "email", "mail",
	"comment", "line", "dot", "bg", "banner", "rss", "plurk", "translate", "play",
)

// decorationName reports whether a file name is that of a decoration. Photographs are stored under
// numbers or long names; a button is a drawing with a short one.
func decorationName(stem, ext string) bool {
	if hasWord(stem, decorationWords) || strings.EqualFold(stem, "next_page") || strings.EqualFold(stem, "prev_page") {
		return true
	}
	return (ext == "gif" || ext == "png" || ext == "svg") && len(stem) <= 16 && hasWord(stem, buttonWords)
}

// hasWord reports whether a name has one of the words. Words end at other
// characters than letters and at a change from lower to upper case.
func hasWord(name string, words *text.Words) bool { return findWord(name, words, 0) }

// classHasWord is hasWord for classes, which may be generated: a word of up to
// three letters that a change of case cuts out of "jdxiQR" is chance.
func classHasWord(class string, words *text.Words) bool { return findWord(class, words, 3) }

func findWord(name string, words *text.Words, chance int) bool {
	var buf [16]byte
	word, cut := buf[:0], false
	for i := 0; i <= len(name); i++ {
		var c byte
		if i < len(name) {
			c = name[i]
		}
		upper := c >= 'A' && c <= 'Z'
		letter := upper || c >= 'a' && c <= 'z'
		camel := upper && i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z'
		if !letter || camel {
			if words.HasBytes(word) && (len(word) > chance || !camel && !cut) {
				return true
			}
			word, cut = word[:0], camel
		}
		if letter && len(word) < cap(word) {
			word = append(word, c|0x20)
		}
	}
	return false
}
