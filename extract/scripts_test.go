package extract_test

import (
	"context"
	"slices"
	"testing"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestScripts has an article of two short paragraphs in each of many languages: the
// council mends the bridge, the road is closed for six weeks. The titles stand in the
// head with a site's name.
func TestScripts(t *testing.T) {
	t.Parallel()
	tests := []struct{ lang, title, one, two string }{
		{"en", "Council to mend the old bridge", "The council decided on Tuesday to mend the old bridge.", "Work begins in April, and the road is closed for six weeks."},
		{"de", "Gemeinde bessert die alte Brücke aus", "Der Gemeinderat hat am Dienstag beschlossen, die alte Brücke auszubessern.", "Die Arbeiten beginnen im April, die Straße bleibt sechs Wochen gesperrt."},
		{"fr", "La commune répare le vieux pont", "Le conseil municipal a décidé mardi de réparer le vieux pont.", "Les travaux commencent en avril, et la route sera fermée pendant six semaines."},
		{"es", "El ayuntamiento repara el puente viejo", "El ayuntamiento decidió el martes reparar el puente viejo.", "Las obras empiezan en abril y la carretera estará cerrada seis semanas."},
		{"pt", "Câmara repara a ponte velha", "A câmara municipal decidiu na terça-feira reparar a ponte velha.", "As obras começam em abril e a estrada fica fechada seis semanas."},
		{"it", "Il comune ripara il vecchio ponte", "Il consiglio comunale ha deciso martedì di riparare il vecchio ponte.", "I lavori cominciano ad aprile e la strada resterà chiusa per sei settimane."},
		{"nl", "Gemeente herstelt de oude brug", "De gemeenteraad heeft dinsdag besloten de oude brug te herstellen.", "Het werk begint in april en de weg is zes weken dicht."},
		{"sv", "Kommunen lagar den gamla bron", "Kommunen beslutade på tisdagen att laga den gamla bron.", "Arbetet börjar i april, och vägen är stängd i sex veckor."},
		{"pl", "Gmina naprawi stary most", "Rada gminy zdecydowała we wtorek o naprawie starego mostu.", "Prace zaczną się w kwietniu, a droga będzie zamknięta przez sześć tygodni."},
		{"cs", "Obec opraví starý most", "Zastupitelstvo v úterý rozhodlo, že obec opraví starý most.", "Práce začnou v dubnu a silnice bude šest týdnů uzavřena."},
		{"tr", "Belediye eski köprüyü onaracak", "Belediye meclisi salı günü eski köprünün onarılmasına karar verdi.", "Çalışmalar nisanda başlıyor ve yol altı hafta kapalı kalacak."},
		{"vi", "Xã sẽ sửa cây cầu cũ", "Hội đồng xã hôm thứ Ba quyết định sửa cây cầu cũ.", "Công việc bắt đầu vào tháng Tư và con đường sẽ đóng trong sáu tuần."},
		{"id", "Desa akan memperbaiki jembatan lama", "Dewan desa pada hari Selasa memutuskan untuk memperbaiki jembatan lama.", "Pekerjaan dimulai pada bulan April dan jalan ditutup selama enam minggu."},
		{"el", "Ο δήμος επισκευάζει την παλιά γέφυρα", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να επισκευάσει την παλιά γέφυρα.", "Οι εργασίες αρχίζουν τον Απρίλιο και ο δρόμος θα μείνει κλειστός έξι εβδομάδες."},
		{"ru", "Совет отремонтирует старый мост", "Во вторник совет решил отремонтировать старый мост.", "Работы начнутся в апреле, дорога будет закрыта шесть недель."},
		{"uk", "Рада відремонтує старий міст", "У вівторок рада вирішила відремонтувати старий міст.", "Роботи почнуться у квітні, дорога буде закрита шість тижнів."},
		{"ba", "Совет иҫке күперҙе төҙөкләндерә", "Шишәмбелә совет иҫке күперҙе төҙөкләндерергә ҡарар итте.", "Эштәр апрелдә башлана, юл алты аҙнаға ябыла."},
		{"hy", "Խորհուրդը կվերանորոգի հին կամուրջը", "Խորհուրդը երեքշաբթի որոշեց վերանորոգել հին կամուրջը։", "Աշխատանքները կսկսվեն ապրիլին, իսկ ճանապարհը փակ կլինի վեց շաբաթ։"},
		{"ka", "საბჭო ძველ ხიდს შეაკეთებს", "საბჭომ სამშაბათს ძველი ხიდის შეკეთება გადაწყვიტა.", "სამუშაოები აპრილში დაიწყება და გზა ექვსი კვირით დაიკეტება."},
		{"he", "המועצה תתקן את הגשר הישן", "המועצה החליטה ביום שלישי לתקן את הגשר הישן.", "העבודות יתחילו באפריל, והכביש יהיה סגור שישה שבועות."},
		{"ar", "المجلس يصلح الجسر القديم", "قرر المجلس البلدي يوم الثلاثاء إصلاح الجسر القديم.", "تبدأ الأعمال في أبريل، ويغلق الطريق ستة أسابيع."},
		{"fa", "شورا پل قدیمی را تعمیر می\u200cکند", "شورای شهر روز سه\u200cشنبه تصمیم گرفت پل قدیمی را تعمیر کند.", "کار در فروردین آغاز می\u200cشود و جاده شش هفته بسته خواهد بود."},
		{"ur", "کونسل پرانے پل کی مرمت کرے گی", "کونسل نے منگل کو پرانے پل کی مرمت کا فیصلہ کیا۔", "کام اپریل میں شروع ہوگا اور سڑک چھ ہفتے بند رہے گی۔"},
		{"ug", "كېڭەش كونا كۆۋرۈكنى ئوڭشايدۇ", "كېڭەش سەيشەنبە كۈنى كونا كۆۋرۈكنى ئوڭشاشنى قارار قىلدى.", "ئىش ئاپرېلدا باشلىنىدۇ، يول ئالتە ھەپتە تاقىلىدۇ."},
		{"ckb", "ئەنجوومەن پردە کۆنەکە چاک دەکاتەوە", "ئەنجوومەن ڕۆژی سێشەممە بڕیاری دا پردە کۆنەکە چاک بکاتەوە.", "کارەکە لە نیسان دەست پێ دەکات و ڕێگاکە شەش هەفتە دادەخرێت."},
		{"hi", "परिषद पुराने पुल की मरम्मत करेगी", "परिषद ने मंगलवार को पुराने पुल की मरम्मत का फैसला किया।", "काम अप्रैल में शुरू होगा और सड़क छह सप्ताह बंद रहेगी।"},
		{"bn", "পরিষদ পুরোনো সেতু মেরামত করবে", "পরিষদ মঙ্গলবার পুরোনো সেতুটি মেরামত করার সিদ্ধান্ত নিয়েছে।", "কাজ এপ্রিলে শুরু হবে এবং রাস্তা ছয় সপ্তাহ বন্ধ থাকবে।"},
		{"am", "ምክር ቤቱ አሮጌውን ድልድይ ይጠግናል", "ምክር ቤቱ ማክሰኞ ዕለት አሮጌውን ድልድይ ለመጠገን ወሰነ።", "ሥራው በሚያዝያ ይጀምራል፣ መንገዱም ለስድስት ሳምንታት ይዘጋል።"},
		{"th", "สภาจะซ่อมสะพานเก่า", "สภาเทศบาลมีมติเมื่อวันอังคาร ให้ซ่อมสะพานเก่าข้ามแม่น้ำ", "งานจะเริ่มในเดือนเมษายน และถนนจะปิดเป็นเวลาหกสัปดาห์"},
		{"lo", "ສະພາຈະສ້ອມແປງຂົວເກົ່າ", "ສະພາໄດ້ຕັດສິນໃຈໃນວັນອັງຄານທີ່ຈະສ້ອມແປງຂົວເກົ່າຂ້າມແມ່ນ້ຳ", "ວຽກຈະເລີ່ມໃນເດືອນເມສາ ແລະຖະໜົນຈະປິດເປັນເວລາຫົກອາທິດ"},
		{"km", "ក្រុមប្រឹក្សានឹងជួសជុលស្ពានចាស់", "ក្រុមប្រឹក្សាបានសម្រេចនៅថ្ងៃអង្គារជួសជុលស្ពានចាស់។", "ការងារនឹងចាប់ផ្តើមនៅខែមេសា ហើយផ្លូវនឹងបិទប្រាំមួយសប្តាហ៍។"},
		{"my", "ကောင်စီက တံတားဟောင်းကို ပြင်မည်", "ကောင်စီသည် အင်္ဂါနေ့တွင် တံတားဟောင်းကို ပြင်ရန် ဆုံးဖြတ်ခဲ့သည်။", "အလုပ်ကို ဧပြီလတွင် စတင်မည်ဖြစ်ပြီး လမ်းကို ခြောက်ပတ် ပိတ်ထားမည်။"},
		{"bo", "ལྷན་ཚོགས་ཀྱིས་ཟམ་པ་རྙིང་པ་བཟོ་བཅོས་བྱེད་རྒྱུ།", "ལྷན་ཚོགས་ཀྱིས་གཟའ་མིག་དམར་ལ་ཟམ་པ་རྙིང་པ་བཟོ་བཅོས་བྱེད་རྒྱུ་ཐག་བཅད་པ་རེད།", "ལས་ཀ་ཟླ་བ་བཞི་པར་འགོ་འཛུགས་རྒྱུ་དང་ལམ་ཁ་གཟའ་འཁོར་དྲུག་ལ་རྒྱག་རྒྱུ་རེད།"},
		{"zh", "湖畔县将维修旧桥梁工程", "县议会周二决定维修横跨小河的旧桥，去年的风暴把它损坏了。", "工程四月开始，道路将封闭六个星期，公交改道行驶。"},
		{"ja", "古い橋を修理へ、道路は六週間通行止め", "町議会は火曜日、川にかかる古い橋を修理することを決めた。", "工事は四月に始まり、道路は六週間通行止めになる。"},
		{"ko", "낡은 다리 고친다, 여섯 주 통행 금지", "군의회는 화요일 강을 가로지르는 낡은 다리를 고치기로 결정했다.", "공사는 사월에 시작되며 도로는 여섯 주 동안 통제된다."},
	}
	for _, tt := range tests {
		t.Run(tt.lang, func(t *testing.T) {
			t.Parallel()
			head := "<title>" + tt.title + " | Echo</title>"
			page := `<nav><a href="/a">Echo</a> <a href="/b">Echo 2</a></nav><article><h1>` + tt.title + `</h1><p>` + tt.one + `</p><p>` + tt.two + `</p></article>`
			res := read(t, extract.Options{}, "https://echo.example/2024/bridge-4711.html", head+`<meta name="language" content="`+tt.lang+`">`, page)
			if res.Article == nil {
				t.Fatalf("refused: %+v", res.Refusal)
			}
			if res.Article.Title != tt.title {
				t.Errorf("title is %q, want %q", res.Article.Title, tt.title)
			}
			if got, want := blocks(res.Article), []string{"paragraph: " + tt.one, "paragraph: " + tt.two}; !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// TestLanguageOfText has pages that declare no language.
func TestLanguageOfText(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string][]string{
		"pl": {"Rada gminy zdecydowała we wtorek, że stary most na rzece zostanie naprawiony, a droga będzie zamknięta do lata.", "Nie wiadomo jeszcze, kto zapłaci za prace, ale wójt mówi, że pieniądze się znajdą i że most jest ważny."},
		"de": {"Der Gemeinderat hat am Dienstag beschlossen, die alte Brücke und das Wehr auszubessern, die der Sturm beschädigt hat.", "Die Kosten sind noch nicht bekannt, und der Bürgermeister will den Bund um Hilfe bitten."},
		"es": {"El ayuntamiento decidió el martes reparar el puente viejo, que la tormenta había dañado en los últimos días.", "Las obras empiezan en abril y la carretera estará cerrada por seis semanas, según una nota del alcalde."},
		"en": {one, two, three},
		"":   {"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed eiusmod tempor incididunt ut labore et dolore magna aliqua.", "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat."},
	} {
		res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://echo.example/2024/bridge-4711.html", Body: []byte(`<html><head><meta charset="utf-8"><title>Pier 12</title></head><body><article><h1>Pier 12</h1>` + paragraphs(texts...) + `</article></body></html>`)})
		if err != nil {
			t.Fatal(err)
		}
		if res.Article == nil || res.Article.Language != want {
			t.Errorf("language of %q is not %q: %+v", texts[0], want, res)
		}
	}
}
