package picture

import (
	"strings"
	"unicode/utf8"

	"pressmark/extract/text"
)

// captionStarts are prefixes that mark a line as a caption.
var captionStarts = []string{
	"图为", "圖為", "图：", "圖：", "图:", "圖:", "图片来源", "圖片來源", "图片说明", "圖片說明", "图说", "圖說", "图源", "圖源", "资料图", "資料圖", "資料照", "资料照",
	"▲", "△", "◎图", "◎ 图", "■图", "（图", "(图", "（圖", "图片来自", "圖片來自", "图自", "图据", "图/", "圖/", "图／", "圖／", "配图", "视频截图", "网络图片", "示意图",
	"Photo:", "Photo by", "Photo credit", "Photo courtesy", "Photograph:", "Photograph by", "Picture:", "Image:", "Image credit", "Image source",
	"Foto:", "Fotos:", "Bild:", "Bildquelle", "Foto de", "Crédit photo", "Crédits photo", "Photo :", "Fot.", "Фото:", "ФОТО:", "Zdroj:",
	"写真＝", "写真：", "[写真", "사진=", "사진제공", "File photo", "FILE PHOTO", "(Photo", "(Foto", "(Fot", "©",
}

// captionEnds are endings that mark a line as a caption, compared without closing
// brackets and stops.
var captionEnds = []string{
	"摄", "攝", "供图", "供圖", "摄影", "攝影", "提供图片", "视频截图", "視頻截圖", "网络截图", "微博截图", "报道截图", "截图", "截圖", "资料图", "資料圖", "资料图片", "資料圖片",
	"資料照", "资料照片", "資料照片", "版权作品", "请勿转载", "示意图", "示意圖", "图片来自网络", "网络图片", "制图", "摄影报道", "翻摄", "翻攝", "新华社发", "新華社發", "中新社发", "人民视觉", "视觉中国", "东方IC",
	"CFP", "撮影", "자료사진", "제공", "攝影報道", "配图",
}

// captionWords reports whether the words of a line mark it as a caption.
func captionWords(s string) bool {
	if startsCaption(s) {
		return true
	}
	t := strings.TrimRight(s, "）)】]。.！ 　")
	for _, x := range captionEnds {
		if strings.HasSuffix(t, x) {
			return true
		}
	}
	if len(s) <= 90 && (strings.HasSuffix(t, "图") || strings.HasSuffix(t, "圖")) {
		return true
	}
	return endsWithCredit(s) || len(s) <= 2*shortCaption && wholeBrackets(s) || lastBrackets(s) || numbered(s)
}

// lastBrackets reports whether a line ends in a bracketed picture source: "……（圖／水利局提供）".
func lastBrackets(s string) bool {
	s = strings.TrimRight(s, "。. ")
	for _, b := range [...][2]string{{"（", "）"}, {"(", ")"}, {"【", "】"}, {"〔", "〕"}, {"[", "]"}} {
		body, ok := strings.CutSuffix(s, b[1])
		if !ok {
			continue
		}
		i := strings.LastIndex(body, b[0])
		if i < 0 {
			return false
		}
		inside := strings.TrimSpace(body[i+len(b[0]):])
		if len(inside) > 90 {
			return false
		}
		for _, x := range [...]string{"图", "圖", "资料", "資料", "档案", "檔案", "翻摄", "翻攝", "翻拍", "取自", "摄影", "攝影", "照片", "写真", "사진", "Photo", "Foto", "Image"} {
			if strings.HasPrefix(inside, x) {
				return true
			}
		}
		return strings.HasSuffix(inside, "提供") || strings.HasSuffix(inside, "摄") || strings.HasSuffix(inside, "攝")
	}
	return false
}

// numbered reports whether a short line begins with a figure's number: "图1 ……", "Fig. 2: …".
func numbered(s string) bool {
	if len(s) > 2*shortCaption {
		return false
	}
	for _, x := range [...]string{"图", "圖", "図", "그림 ", "Fig. ", "Figure ", "Abb. ", "Abbildung ", "Рис. ", "Ryc. "} {
		if rest, ok := strings.CutPrefix(s, x); ok {
			return rest != "" && (text.IsDigit(rest[0]) || strings.ContainsRune("一二三四五六七八九十①②③④⑤⑥⑦⑧⑨", firstRune(rest)))
		}
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// startsCaption reports whether a line begins with a word that marks captions.
func startsCaption(s string) bool {
	for _, x := range captionStarts {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}

// creditMarks stand between a caption in Latin, Greek or Cyrillic script and the
// name of who made the picture.
var creditMarks = []string{
	"©", "Photo:", "Photos:", "Photograph:", "Photo by ", "Photo courtesy", "Photo/", "Picture:", "(Image:", "(Photo", "(Picture", "(AP Photo",
	"(Foto", "(Pic:",
	"Image:", "Images:", "Image credit", "Image source", "Foto:", "Fotos:", "Foto ", "Bild:", "Bilder:", "Bildrechte:", "Bildquelle", "Grafik:",
	"Crédit", "Fot.", "fot.", "Zdjęcie:",
	"Фото:", "Фото ", "фото:", "Φωτ", "Credit:", "Kuva:", "Foto/", "Getty Images", "/Getty", "Shutterstock", "写真＝", "[사진", "(사진", "사진=", "사진제공",
}

// endsWithCredit reports whether the last part of a line, after a mark, is a photo credit.
func endsWithCredit(s string) bool {
	from := max(0, len(s)-120) // bytes: a mark and a name
	end := s[from:]
	var has [256]bool // the bytes of end: most marks are ruled out by their first or last one
	for i := 0; i < len(end); i++ {
		has[end[i]] = true
	}
	if !mayHoldCredit(end, &has) {
		return false
	}
	for _, x := range creditMarks {
		if !has[x[0]] || !has[x[len(x)-1]] || !strings.Contains(end, x) { // searching backwards is much slower
			continue
		}
		i := strings.LastIndex(end, x)
		if from+i > 0 && x[0] != '(' && x[0] != '[' && x[0] != '/' && wordByte(s[from+i-1]) {
			continue
		}
		tail := end[i+len(x):]
		if strings.Count(tail, " ") <= 9 && !strings.Contains(tail, ". ") {
			return true
		}
	}
	return false
}

// mayHoldCredit reports whether a line can hold a credit mark. The test is cheap and
// rules most lines out. has is the set of bytes that ends holds.
func mayHoldCredit(end string, has *[256]bool) bool {
	if has[':'] || has['/'] || has['('] || has['='] {
		return true
	}
	for _, x := range [...]string{"ot", "tt", "©", "Ф", "ф", "Φ", "真", "사"} {
		if has[x[0]] && has[x[1]] && strings.Contains(end, x) {
			return true
		}
	}
	return false
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || text.IsDigit(c) }

// startsWithCredit reports whether a line begins with a word that marks photo credits.
func startsWithCredit(s string) bool {
	for _, x := range creditStarts {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	for _, x := range creditMarks {
		if strings.HasPrefix(s, x) && endsWithCredit(s) {
			return true
		}
	}
	return wholeBrackets(s) && (strings.HasSuffix(s, "摄）") || strings.HasSuffix(s, "供图）") || strings.HasSuffix(s, "攝）"))
}

// counter reports whether a line counts the pictures of a slide show: "1/12", "Image 2 of 5".
func counter(s string) bool {
	if len(s) > 24 {
		return false
	}
	for _, word := range [...]string{"Image ", "Photo ", "Picture ", "Slide ", "Bild ", "Foto "} {
		s = strings.TrimPrefix(s, word)
	}
	first, rest := leadingDigits(s, 3)
	for _, sep := range [...]string{" of ", " von ", " / ", "/", " de ", " sur "} {
		if after, ok := strings.CutPrefix(rest, sep); ok {
			last, end := leadingDigits(after, 3)
			return first > 0 && last >= first && last > 1 && end == ""
		}
	}
	return false
}

// wholeBrackets reports whether a line stands in one pair of brackets.
func wholeBrackets(s string) bool {
	for _, b := range [...][2]string{{"（", "）"}, {"(", ")"}} {
		if strings.HasPrefix(s, b[0]) && strings.HasSuffix(s, b[1]) {
			return !strings.Contains(s[len(b[0]):len(s)-len(b[1])], b[0])
		}
	}
	return false
}

// creditStarts introduce a photographer or an agency.
var creditStarts = []string{
	"图片来源：", "图片来源:", "圖片來源：", "图源：", "图源:", "摄影：", "摄影:", "攝影：", "图/", "图／", "圖/", "圖／", "图：", "摄影/", "供图：",
	"Photo credit:", "Photo by ", "Photo:", "Photograph by ", "Photograph:", "Foto:", "Fotos:", "Bild:", "Crédit photo :", "Фото:", "Fot. ", "©",
	"Image credit:", "Credit:",
}

// onePicture reports whether the text before a mark names the picture that is described:
// 左图：…；右图：…
func onePicture(before, mark string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.HasPrefix(mark, "图") && strings.ContainsRune("左右上下中前后組组大小", r)
}

// photoCredit returns the photographer or agency that a caption names, "" where
// it names none.
func photoCredit(s string) string {
	for _, x := range creditStarts {
		if i := strings.LastIndex(s, x); i >= 0 && !onePicture(s[:i], x) {
			return strings.Trim(s[i+len(x):], " 　（）()。.")
		}
	}
	t := strings.TrimRight(s, "）)】]。. 　")
	for _, x := range [...]string{"摄影报道", "摄影", "翻摄", "摄", "攝影", "攝", "供图", "供圖", "提供"} {
		body, ok := strings.CutSuffix(t, x)
		if !ok {
			continue
		}
		body = strings.TrimRight(body, " 　／/")
		i := strings.LastIndexAny(body, "。，（(！？；）)】:：")
		if i >= 0 {
			_, n := utf8.DecodeRuneInString(body[i:])
			body = body[i+n:]
		}
		if body = strings.TrimSpace(body); body != "" && !text.IsDigit(body[0]) && utf8.RuneCountInString(body) <= 25 {
			return body
		}
	}
	return ""
}
