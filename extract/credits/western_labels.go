package credits

import (
	"strings"

	"pressmark/extract/text"
)

// westernLabels are the labels before names in alphabets, lower case, by what
// they say of the name. A colon label needs a colon, or nothing but full names
// behind it: "by" alone starts a byline, "text" does not.
var westernLabels = buildWesternLabels()

type westernLabel struct {
	role  Role
	colon bool
}

func buildWesternLabels() map[string]westernLabel {
	m := make(map[string]westernLabel, 700)
	for _, row := range westernRows {
		for _, w := range row.words {
			m[w] = westernLabel{row.role, row.colon}
		}
	}
	return m
}

// labelStarts are the first words of the labels.
var labelStarts = func() *text.Words {
	var starts []string
	for label := range westernLabels {
		word, _, _ := strings.Cut(label, " ")
		starts = append(starts, strings.TrimRight(word, "."))
	}
	return text.NewWords(starts...)
}()

var westernRows = []struct {
	role  Role
	colon bool
	words []string
}{
	{Author, false, []string{
		"by", "written by", "posted by", "reported by", "story by", "words by", "submitted by", "published by", "created by", "contributed by", "von",
		"verfasst von",
		"geschrieben von", "gespeichert von", "erstellt von", "eingestellt von", "veröffentlicht von", "ein beitrag von", "beitrag von", "artikel von",
		"ein artikel von",
		"eine analyse von", "kommentar von", "ein kommentar von", "kolumne von", "gastbeitrag von", "interview von", "par", "propos recueillis par",
		"écrit par",
		"publié par", "rédigé par", "por", "escrito por", "publicado por", "di", "a cura di", "scritto da", "door", "geschreven door", "av", "af", "skrevet av",
		"skriven av", "rozmawiał", "rozmawiała", "материал подготовил", "материал подготовила", "του", "της", "γράφει ο", "γράφει η", "γράφουν οι", "από τον",
		"από την", "story and photos by", "reporting by", "ein bericht von", "bericht von", "reportage von", "testo di", "escribe", "napisał", "napisała",
		"беседовал",
		"беседовала", "подготовил", "подготовила", "text by", "report by", "additional text by", "authored by", "by-line", "analysis by",
		"opinion by", "review by",
		"guest post by", "מאת", "كتب", "كتبت", "بقلم", "من", "إعداد", "به قلم", "نوشته", "از قلم", "द्वारा", "লিখেছেন", "โดย", "tác giả", "bởi", "oleh", "nina",
		"deur", "door onze", "gan", "egilea", "piše", "napisao", "napisala", "пише", "от", "автор на", "scris de", "de către", "skrifar", "eftir",
		"af journalist",
		"skrevet af", "skriven af", "mwandishi", "texte de", "texte par", "par notre", "un article de", "article de", "reportage de", "reportage di",
		"articolo di",
		"intervista di", "servizio di", "texto de", "por nuestra", "un reportaje de", "reportaje de", "entrevista de", "artigo de", "reportagem de",
		"texto por",
		"tekst og foto", "von unserem", "aufgezeichnet von", "protokoll von", "analyse von", "essay von", "ein gastbeitrag von",
		"article by", "post by", "this article was written by", "this post was written by", "this article is written by", "researched by",
		"researched and written by",
		"written and researched by", "guest post from", "blog beitrag von", "blogbeitrag von",
	}},
	{Author, true, []string{
		"author", "authors", "article author", "article authors", "post author", "guest author", "about the author", "about the authors", "über den autor",
		"über die autorin", "reporter", "writer", "words", "autor", "autorin", "autoren", "text", "auteur", "autora", "redacción", "texto", "autore",
		"testo",
		"texte", "textes", "tekst", "journalist", "autorzy", "opracowanie", "opracował", "oprac", "автор", "авторы", "текст", "корреспондент", "автор статьи",
		"συντάκτης", "συντάκτρια", "επιμέλεια", "ρεπορτάζ", "κείμενο", "yazan", "yazar", "haber", "kirjoittaja", "autoři", "szerző", "írta", "penulis",
		"text und foto",
		"text und fotos", "texte et photos", "texto y fotos", "texto e fotos", "testo e foto", "tekst i zdjęcia", "текст и фото", "reportagem", "contributor",
		"correspondent", "staff writer", "redakteur", "redakteurin", "reporterin", "reporterinnen", "korrespondent", "journaliste", "periodista", "giornalista",
		"redattore", "redactor", "redactora", "escritor", "نویسنده", "خبرنگار", "گزارشگر", "الكاتب", "الكاتبة", "المؤلف", "المحرر الصحفي", "كاتب المقال", "כתב",
		"כתבת", "כותב", "कार्यालय संवाददाता", "लेखक", "रिपोर्ट", "रिपोर्टर", "संवाददाता", "প্রতিবেদক", "লেখক", "নিজস্ব প্রতিবেদক", "எழுதியவர்",
		"రచయిత", "ലേഖകൻ", "تحریر", "հեղինակ", "ავტორი", "ጸሐፊ", "ዘጋቢ", "ដោយ", "អ្នកនិពន្ធ", "ໂດຍ", "ຂຽນໂດຍ", "ရေးသားသူ", "သတင်းထောက်", "རྩོམ་པ་པོ",
		"ผู้เขียน", "เรื่อง", "รายงาน", "bài", "theo phóng viên", "pewarta", "wartawan", "laporan", "autorius", "autors", "teksts", "autor tekstu", "avtor",
		"besedilo", "autorica", "novinar", "аутор", "новинар", "teksti", "toimittaja", "text och bild", "blaðamaður", "höfundur", "ავტორი", "հեղինակ", "автори",
		"журналист", "журналіст", "матеріал підготував", "testua", "autoría", "autoria", "penulis berita", "muallif", "müəllif",
	}},
	{Editor, true, []string{
		"redakcja", "redaktor", "редактор", "editor", "editors", "redaktion", "redakteurin vom dienst", "red", "rédacteur en chef", "editora",
		"editor responsable",
		"editör", "editor berita", "penyunting", "redigering", "redaktør", "redaktör", "ansvarig utgivare", "تحرير", "المحرر", "ویراستار", "editörü", "edição",
		"curatore", "verantwoordelijke redacteur", "עריכה", "עורך", "עורכת", "संपादक", "সম্পাদনা", "সম্পাদক", "บรรณาธิการ", "biên tập", "редакция", "редактори",
		"szerkesztő", "szerkesztette", "urednik", "уредник", "toimetaja", "redaktorius",
	}},
	{Source, true, []string{
		"источник", "по материалам", "по материалам источника", "за матеріалами", "πηγή", "source", "quelle", "fuente", "fonte", "bron", "źródło", "المصدر", "منبع", "מקור", "स्रोत", "সূত্র", "ที่มา", "แหล่งที่มา", "nguồn",
		"sumber", "kaynak", "zdroj", "izvor", "извор", "джерело", "forrás", "sursa", "lähde", "källa", "kilde", "heimild", "წყარო", "աղբյուր",
		"iturria", "font",
		"allikas", "avots", "šaltinis", "fuentes",
	}},
	{Photographer, true, []string{
		"фото", "photo", "photos", "photography", "foto", "fotos", "photographer", "pictures", "zdjęcia", "fot", "fotografía", "φωτογραφίες", "bild",
		"bilder", "kuva", "kuvat",
		"fotó", "fényképek", "fotograf", "fotografin", "fotógrafo", "fotógrafa", "photographe", "fotografo", "fotografie", "fotograaf", "foto's", "nuotrauka",
		"attēls", "slika", "снимка", "фотография", "слика", "تصوير", "المصور", "عکس", "عکاس", "צילום", "צלם", "फोटो", "ছবি", "ภาพ", "ảnh",
		"fotografer", "larawan",
		"ფოტო", "լուսանկար", "fotogalerija", "argazkia", "fotografia",
	}},
	{Editor, false, []string{
		"edited by", "editing by", "edited and published by", "bearbeitet von", "redigiert von", "édité par", "editado por", "a edição de", "redigerad av",
		"redigeret af",
		"disunting oleh",
	}},
	{Photographer, false, []string{
		"photo by", "photos by", "photographed by", "photograph by", "photographs by", "photography by", "images by", "pictures by", "video by",
		"photos and video by", "fotos von",
		"foto von", "bilder von", "photos de", "photos par", "photo de", "fotos de", "foto de", "fotografía de", "fotos por", "foto di", "foto av", "foto af",
		"foto door", "foto's door", "valokuvat", "fényképezte", "fotografije",
	}},
	{Translator, false, []string{
		"translated by", "translation by", "übersetzt von", "traduit par", "traducido por", "traduzido por", "tradotto da", "vertaald door", "oversatt av",
		"oversat af",
		"översatt av", "przełożył", "przełożyła",
	}},
	{Translator, true, []string{
		"translator", "translation", "übersetzung", "übersetzer", "übersetzerin", "traduction", "traducteur", "traductrice", "traducción", "traductor",
		"traductora",
		"tradução", "tradutor", "traduzione", "traduttore", "vertaling", "tłumaczenie", "tłum", "перевод", "переводчик", "ترجمة", "مترجم", "ترجمه", "çeviri",
		"çeviren", "käännös", "översättning", "oversættelse", "oversettelse", "fordítás", "fordította", "překlad", "preklad", "prevod", "превод", "переклад",
		"μετάφραση", "תרגום", "terjemahan", "penerjemah", "dịch",
	}},
	{Contributor, false, []string{
		"additional reporting by", "with additional reporting by", "additional reporting from", "with reporting by", "with contributions from", "reviewed by",
		"medically reviewed by", "fact checked by", "fact-checked by", "expert reviewed by", "illustrations by", "illustration by", "graphics by", "graphic by",
		"data by", "research by", "produced by", "modeled by", "styled by", "contributions from", "contributions by", "mitarbeit", "unter mitarbeit von",
		"illustrationen von", "illustration von", "avec la collaboration de", "con la colaboración de",
		"con la collaborazione di", "com a colaboração de", "rozhovor vedl", "legally reviewed by", "technically reviewed by", "clinically reviewed by",
	}},
	{Contributor, true, []string{
		"contributors", "reviewer", "fact checker", "illustration", "illustrations", "illustrator", "graphics", "graphic", "grafik", "infographie",
		"infografía",
		"infografik", "producer", "research", "collaboration", "colaboración", "colaboraron", "ilustración", "ilustracja", "ilustrace", "инфографика",
		"иллюстрация",
		"additional reporting",
	}},
}
