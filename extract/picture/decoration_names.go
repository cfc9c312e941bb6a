package picture

import (
	"strings"
)

// decorationWords are the words of file names and classes that name a decoration.
var decorationWords = map[string]bool{
	"logo": true, "icon": true, "icons": true, "ico": true, "avatar": true, "qrcode": true, "ewm": true, "erweima": true,
	"qr": true, "btn": true, "button": true, "arrow": true, "divider": true, "emoji": true, "smiley": true, "gravatar": true,
	"favicon": true, "sprite": true, "nextpage": true, "prevpage": true, "newsletter": true, "newsletters": true, "tracking": true,
}

// portraitWords are the words that mark a picture as a portrait if the boxes around it
// have them.
var portraitWords = map[string]bool{
	"logo": true, "avatar": true, "qrcode": true, "ewm": true, "erweima": true, "qr": true, "gravatar": true,
}

// buttonWords are the names of buttons. They count only for drawings without another
// name.
var buttonWords = map[string]bool{
	"weibo": true, "weixin": true, "wechat": true, "qq": true, "qzone": true, "renren": true, "kaixin": true, "share": true, "facebook": true,
	"twitter": true, "fb": true, "next": true, "prev": true, "print": true, "close": true, "enlarge": true, "bigger": true, "rating": true,
	"star": true, "stars": true, "zoom": true, "email": true, "mail": true,
	"comment": true, "line": true, "dot": true, "bg": true, "banner": true, "rss": true, "plurk": true, "translate": true, "play": true,
}

// decorationName recognizes decorations by file name. Photographs are stored under
// numbers or long names; a button is a drawing with a short one.
func decorationName(stem, ext string) bool {
	if hasWord(stem, decorationWords) || strings.EqualFold(stem, "next_page") || strings.EqualFold(stem, "prev_page") {
		return true
	}
	return (ext == "gif" || ext == "png" || ext == "svg") && len(stem) <= 16 && hasWord(stem, buttonWords)
}

// hasWord reports whether a name has one of the words. Words end at other
// characters than letters and at a change from lower to upper case.
func hasWord(name string, words map[string]bool) bool { return findWord(name, words, 0) }

// classHasWord is hasWord for classes, which may be generated: a word of up to
// three letters that a change of case cuts out of "jdxiQR" is chance.
func classHasWord(class string, words map[string]bool) bool { return findWord(class, words, 3) }

func findWord(name string, words map[string]bool, chance int) bool {
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
			if words[string(word)] && (len(word) > chance || !camel && !cut) {
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
