package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressmark/extract/text"
)

// labelAt returns the length of the label at the start of s that introduces a
// picture's credit, its sign and the space behind it included, 0 if there is none:
//
//	"Photo: ", "Image source, ", "Fot. ", "Crédit photo : ", "写真＝", "사진 출처 = ", "Photo by "
func labelAt(s string) int {
	n, last := 0, ""
	for words := 0; words < 3; words++ {
		w := labelWord(s[n:])
		if w == 0 {
			break
		}
		last = strings.ToLower(s[n : n+w])
		n += w
		if end := signAfter(s[n:], last); end > 0 {
			return n + end
		}
		rest := strings.TrimLeft(s[n:], " ")
		if len(rest) == len(s[n:]) { // no space behind the word
			return 0
		}
		n = len(s) - len(rest)
	}
	if n == 0 || last == "" {
		return 0
	}
	// "Photo by Ann", "Foto de Ana", "Fot. Jan", "Photo Ann Poe"
	rest := s[n:]
	for _, by := range [...]string{"by ", "By ", "BY ", "von ", "de ", "par ", "por ", "di ", "door ", "av ", "af ", "courtesy of ", "courtesy ",
		"provided by ", "via "} {
		if after, ok := strings.CutPrefix(rest, by); ok && !unicode.IsLower(firstRune(after)) {
			return len(s) - len(after)
		}
	}
	if bareLabels[last] && unicode.IsUpper(firstRune(rest)) {
		return n
	}
	return 0
}

// labelWord returns the length of the label word at the start of s, 0 if it begins with none.
func labelWord(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		inside := n > 0 && (r == '.' || r == '\'' || r == '’')
		if !inside && !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		n += size
		if n > 40 {
			return 0
		}
	}
	word := strings.ToLower(s[:n])
	if labelWords[word] {
		return n
	}
	if w := strings.TrimRight(word, ".'’"); w != word && labelWords[w] {
		return len(strings.TrimRight(s[:n], ".'’"))
	}
	if n > 0 && text.IsWide(firstRune(s)) {
		return wideLabel(s)
	}
	return 0
}

// wideLabel returns the length of a label in a script without spaces.
func wideLabel(s string) int {
	for _, w := range wideLabels {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// signAfter returns the length of the sign that closes a label, with the spaces around it.
func signAfter(s, word string) int {
	t := strings.TrimLeft(s, " \u00a0")
	r, size := utf8.DecodeRuneInString(t)
	switch r {
	case ':', '：', '=', '＝', '﹕':
	case ',', '|':
		if word != "source" && word != "credit" && word != "caption" {
			return 0
		}
	case '/', '／':
		if len(t) != len(s) || len(t) == size || t[size] == ' ' {
			return 0
		}
	default:
		return 0
	}
	rest := strings.TrimLeft(t[size:], " \u3000")
	return len(s) - len(rest)
}

// labelWords are the words of labels, lower case: picture, photograph, drawing,
// source, credit and the like.
var labelWords = wordSet(`
photo photos photograph photographs photographer photography picture pictures pic image images credit credits source courtesy illustration illustrations graphic graphics screenshot screengrab copyright artwork
foto fotos bild bilder bildquelle bildquellen quelle quellen bildrechte bildnachweis bildautor grafik infografik illustration archivfoto archivbild symbolfoto symbolbild fotograf fotografin urheber montage zeichnung karte
crédit crédits credit-photo infographie dessin cliché photographe
fotografía fotografías imagen imágenes crédito créditos fuente ilustración infografía cortesía
fotografia imagem imagens reprodução divulgação fonte ilustração
immagine immagini crediti fotografie illustrazione
foto's beeld bron afbeelding illustratie
bilde billede källa kilde illustrasjon illustrering fotografi kuva kuvat lähde kuvituskuva piirros mynd ljósmynd
fot fot. fotot zdjęcie zdjęcia źródło grafika rys rys.
zdroj autor snímek ilustrace obrázok ilustrácia
fotó fotók kép forrás illusztráció fénykép
sursă sursa imagine
fotografija slika izvor vir ilustracija
фото снимка снимок источник изображение иллюстрация скриншот фотография джерело світлина зображення здымак крыніца извор слика автор сурет дереккөз зураг
φωτ φωτ. φωτογραφία φωτό πηγή εικόνα φωτογραφίες
fotoğraf kaynak görsel şəkil mənbə
nuotr nuotr. nuotrauka šaltinis attēls avots pilt allikas
burimi ritratt grianghraf pictiúr llun argazkia imatge imaxe font
gambar sumber larawan ảnh nguồn hình picha chanzo isithombe izithombe umfanekiso setshwantsho senepe aworan hoto surat manba
الصورة صورة تصوير المصدر عدسة عکس منبع عکاس تصویر فوٹو ماخذ
צילום תמונה קרדיט מקור איור תצלום
फोटो फ़ोटो तस्वीर चित्र स्रोत साभार छायाचित्र तस्बिर ছবি সূত্র படம் புகைப்படம் ఫోటో ചിത്രം ફોટો તસવીર ਫੋਟੋ ඡායාරූප
ภาพ ที่มา ภาพจาก เครดิตภาพ รูป រូបភាព ប្រភព ຮູບ ဓာတ်ပုံ
ფოტო წყარო լուսանկարը լուս աղբյուրը ፎቶ
사진 출처 사진출처 사진제공 자료사진 이미지 자료 그래픽 일러스트
`)

// wideLabels are those of Japanese and Chinese, longest first.
var wideLabels = []string{"写真提供", "画像提供", "資料提供", "写真・", "图片来源", "圖片來源", "写真", "画像", "撮影", "提供", "出典", "出所", "圖", "图", "摄影", "攝影"}

// bareLabels are followed by a name without any sign.
var bareLabels = wordSet("photo photos foto fotos fot fot. фото fotografía fotó kuva photograph nuotr nuotr. foto's fotoğraf")
