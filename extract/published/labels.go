package published

import (
	"strings"

	"pressmark/extract/dates"
	"pressmark/extract/page"
	"pressmark/extract/text"
)

// labelKind is the meaning of the words beside a time.
type labelKind uint8

const (
	unlabelled     labelKind = iota
	labelPublished           // of publication
	labelUpdated             // of a change
	labelForeign             // of something else: when a member joined, a source was looked up
)

// labelWords are words that stand before a time, lower case, by language.
var labelWords = []struct{ lang, published, updated string }{
	{"zh", "发布|發布|發佈|发表|發表|时间|時間|日期|发稿|刊登|刊發|上传|加入|录入", "更新|修改|最后|最後"},
	{"ja", "配信|公開|掲載", "更新"},
	{"ko", "입력|등록|승인", "수정"},
	{"en", "publish|posted|created|date|published:", "updated|modified|last update|updated:"},
	{"de", "veröffentlich|erstellt|gespeichert|eingestellt|erschienen|datum|geschrieben am", "aktualisiert|geändert"},
	{"fr", "publié", "mis à jour|mise à jour|modifié"},
	{"es,pt,ca,gl", "publicado|publicada|publicat", "actualizado|actualizada|modificado|atualizado|atualizada|actualitzat"},
	{"it", "pubblicato|pubblicata|data", "aggiornat|ultima modifica|modifica il"},
	{"ro", "publicat", "actualizat"},
	{"nl,af", "gepubliceerd|geplaatst|gepubliseer", "bijgewerkt|gewijzigd|opgedateer"},
	{"da,nb,sv,is", "publisert|publicerad|publiceret|offentliggjort|birt", "oppdatert|uppdaterad|opdateret|uppfært"},
	{"fi,et", "julkaistu|avaldatud", "päivitetty|uuendatud|muudetud"},
	{"pl,cs,sk", "opublikowan|publikacja|dodano|vydáno|publikováno|publikované|zverejnené", "aktualizacja|zaktualizowano|aktualizováno|aktualizované"},
	{"hr,sl,bs,sr", "objavljeno|објављено", "ažurirano|posodobljeno|ажурирано"},
	{"ru,uk,bg,be", "опубликован|создан|опубліковано|публикувано|дата", "обновлен|изменен|оновлено|обновено"},
	{"lv,lt", "publicēts|paskelbta|publikuota", "atjaunots|atnaujinta"},
	{"el", "δημοσί|δημοσι", "ενημέρωση|ενημερώθηκε"},
	{"hu", "megjelent|közzétéve", "frissítve|módosítva"},
	{"tr,az", "yayın|giriş|eklen|dərc", "güncelle|yenilən"},
	{"ar", "نشر|النشر", "تحديث|تعديل"},
	{"fa,ur", "انتشار|منتشر|شائع", "به\u200cروز|بروزرسانی|ویرایش|اپ ڈیٹ"},
	{"he", "פורסם|פרסום", "עודכן|עדכון"},
	{"hi,mr,ne", "प्रकाशित|प्रकाशन", "अपडेट|अद्यतन|अद्ययावत"},
	{"bn", "প্রকাশ", "আপডেট|হালনাগাদ"},
	{"ta,te", "வெளியிட|ప్రచురణ|ప్రచురించ", "புதுப்பிக்க|అప్\u200cడేట్"},
	{"th", "เผยแพร่|โพสต์", "อัปเดต|อัพเดต|ปรับปรุง|แก้ไข"},
	{"vi", "ngày|xuất bản|đăng lúc", "cập nhật"},
	{"id,ms,tl,sw", "diterbitkan|dipublikasikan|diterbit|inilathala|imechapishwa", "diperbarui|diperbaharui|dikemas kini|dikemaskini|na-update|imesasishwa"},
	{"ka,hy", "გამოქვეყნ|հրապարակվ", "განახლ|թարմացվ"},
}

// Labels of all languages. A page often labels in another language than its text's.
var (
	publishedLabels = words(func(i int) string { return labelWords[i].published })
	updatedLabels   = words(func(i int) string { return labelWords[i].updated })
)

func words(of func(row int) string) []string {
	var out []string
	for i := range labelWords {
		out = append(out, strings.Split(of(i), "|")...)
	}
	return out
}

// firstLabels stand before the time of the first publication, where a later one
// is printed more prominently.
var firstLabels = []string{"first published", "originally published", "original publication", "erstveröffentlich", "zuerst veröffentlicht",
	"première publication", "publicado originalmente", "初回公開", "首发", "最初发布"}

// foreignLabels stand before times of other things: "Joined: 18.09.2008",
// "Registriert: …", "Retrieved 3 May 2019", "geboren am …".
var foreignLabels = []string{
	"joined", "registered", "member since", "registriert", "mitglied seit", "beigetreten", "inscrit le", "miembro desde", "注册", "註冊", "登録日", "가입",
	"retrieved", "accessed", "abgerufen", "consulté le", "consultado", "geboren", "born", "valid until", "expires", "gültig bis",
}

// lastLabels follow the time, in languages whose sentences end in the verb: "wurde am 14.
// Dezember 2015 um 14:48 von Heiner geschrieben", "…に公開", "…在…发表".
var lastLabels = []string{"geschrieben", "gepostet", "veröffentlicht", "publiziert", "eingestellt", "に公開", "に投稿", "に掲載", "に配信", "发表", "發表", "发布",
	"發布", "yayınlandı", "yayımlandı"}

// ownArticle are words for the article itself. A sentence that gives a time of
// publication refers to the article only if it has one of them: "This story was first
// published on …", but not "The report, published on …".
var ownArticle = []string{
	"this article", "this story", "this post", "this piece", "this entry", "this page", "this item", "article was", "story was",
	"originally published", "first published",
	"dieser artikel", "dieser beitrag", "dieser text", "dieser eintrag", "diese seite", "diese meldung", "artikel wurde", "beitrag wurde",
	"cet article", "ce texte", "este artículo", "esta nota", "este artigo", "esta matéria", "questo articolo", "dit artikel", "ten artykuł",
	"tento článek", "bu haber", "bu yazı",
	"эта статья", "ця стаття", "本文", "本帖", "本贴", "本稿", "この記事", "이 기사",
}

// labels says what the words beside a time mean. end is where the time before it ends.
func (t *timeFinder) labels(i, end int, f *dates.Found, last bool) (kind labelKind, first bool) {
	l := &t.p.Lines[i]
	before := l.Text()[min(end, f.Start):f.Start]
	kind = labelBefore(t.wordsBefore(i, before))
	if kind == unlabelled && last {
		kind = labelBehind(l.Text()[min(f.End, len(l.Text())):])
	}
	if kind == labelPublished && l.Role() == page.RoleBody && l.IsProse() && !t.p.CJK && !speaksOfItself(before) {
		kind = unlabelled
	}
	return kind, kind == labelPublished && lastOf(text.Lower(before), firstLabels) >= 0
}

// speaksOfItself reports whether the words before a time begin a sentence with a
// label, or name the article that they stand in.
func speaksOfItself(before string) bool {
	low := text.Lower(strings.TrimLeft(before, " (（[【*–—-"))
	for _, w := range publishedLabels {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	return lastOf(low, ownArticle) >= 0
}

// maxLabelLine bounds the line before a time that may be its label, in bytes.
const maxLabelLine = 40

// wordsBefore returns the words of the line before a time. If there are none, it returns
// the previous line.
func (t *timeFinder) wordsBefore(i int, s string) string {
	s = strings.TrimSpace(s)
	if s != "" || i == 0 {
		return s
	}
	above := &t.p.Lines[i-1]
	if above.Hidden() || len(above.Text()) >= maxLabelLine || strings.ContainsAny(above.Text(), "0123456789") {
		return ""
	}
	return above.Text()
}

// labelReach is how many bytes before its time a label stands; further away it is
// a word of a sentence.
const labelReach = 24

// labelBefore reads the words before a time.
func labelBefore(s string) labelKind {
	if s == "" {
		return unlabelled
	}
	if len(s) > 60 {
		s = s[len(s)-60:]
	}
	s = text.Lower(s)
	updated, published := lastOf(s, updatedLabels), lastOf(s, publishedLabels)
	if foreign := lastOf(s, foreignLabels); foreign > max(updated, published) && len(s)-foreign < labelReach {
		return labelForeign
	}
	switch {
	case updated >= 0 && updated+12 >= published && len(s)-updated < 2*labelReach:
		return labelUpdated
	case published >= 0 && len(s)-published < labelReach:
		return labelPublished
	}
	return unlabelled
}

// labelBehind reads the words behind the last time of a line.
func labelBehind(s string) labelKind {
	if len(s) < 3 || len(s) > 200 {
		return unlabelled
	}
	if len(s) > 3*labelReach {
		s = s[:text.CutAt(s, 3*labelReach)]
	}
	if strings.ContainsAny(s, "0123456789") || lastOf(text.Lower(s), lastLabels) < 0 {
		return unlabelled
	}
	return labelPublished
}

// lastOf returns the offset of the last occurrence of any word, -1 where there is none.
func lastOf(s string, words []string) int {
	last := -1
	for _, w := range words {
		if !strings.Contains(s, w) { // searching backwards is much slower
			continue
		}
		if k := strings.LastIndex(s, w); k > last {
			last = k
		}
	}
	return last
}
