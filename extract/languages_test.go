package extract_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pressmark/extract"
	"pressmark/extract/article"
)

// TestLanguages reads a small page in each of many languages: headline, byline,
// printed time and language must come out as they are written. The times of all
// pages are of 14 May 2024; hosts have the country whose zone holds.
func TestLanguages(t *testing.T) {
	for _, tt := range []struct {
		lang, host, title, byline, date string
		text                            string // paragraphs, parted by "|"
		authors, published              string
	}{
		{"de", "seeblatt.example.de", "Fähre zur Insel fährt seltener", "Von Anna Muster und Max Beispiel", "14. Mai 2024, 20:30 Uhr",
			"Die Fähre zur Insel fährt bis zum Herbst nur noch zweimal am Tag, weil der Steg im Hafen nach dem Sturm repariert werden muss.|Der Hafenmeister sagte am Dienstag, drei der zwölf Pfähle seien verschoben und müssten vor dem Winter ersetzt werden.",
			"Anna Muster,Max Beispiel", "2024-05-14T20:30:00+02:00"},
		{"fr", "lac.example.fr", "Le bac de l'île circulera moins souvent", "Par Jeanne Exemple et Paul Modèle", "Publié le 14 mai 2024 à 20 h 30",
			"Le bac de l'île ne circulera plus que deux fois par jour jusqu'à l'automne, car la jetée du port doit être réparée après la tempête.|Trois des douze pieux ont bougé et doivent être remplacés avant l'hiver, a expliqué mardi le capitaine du port.",
			"Jeanne Exemple,Paul Modèle", "2024-05-14T20:30:00+02:00"},
		{"es", "lago.example.es", "El barco de la isla saldrá menos veces", "Por Ana Ejemplo", "14 de mayo de 2024, 8:30 p. m.",
			"El barco de la isla saldrá solo dos veces al día hasta el otoño porque hay que reparar el muelle del puerto tras la tormenta.|Tres de los doce pilotes se han movido y deben cambiarse antes del invierno, explicó el martes la capitana del puerto.",
			"Ana Ejemplo", "2024-05-14T20:30:00+02:00"},
		{"it", "lago.example.it", "Il traghetto per l'isola farà meno corse", "di Carla Esempio", "martedì 14 maggio 2024 alle ore 20:30",
			"Il traghetto per l'isola farà soltanto due corse al giorno fino all'autunno, perché il molo del porto va riparato dopo la tempesta.|Tre dei dodici pali si sono spostati e vanno sostituiti prima dell'inverno, ha spiegato martedì il comandante del porto.",
			"Carla Esempio", "2024-05-14T20:30:00+02:00"},
		{"pt", "lago.example.pt", "Barco da ilha fará menos viagens", "Por Rui Exemplo", "14 de maio de 2024 às 20h30",
			"O barco da ilha fará apenas duas viagens por dia até ao outono, porque o cais do porto tem de ser reparado depois da tempestade.|Três das doze estacas deslocaram-se e têm de ser substituídas antes do inverno, explicou na terça-feira a capitã do porto.",
			"Rui Exemplo", "2024-05-14T20:30:00+01:00"},
		{"nl", "meer.example.nl", "Veerboot naar het eiland vaart minder vaak", "Door Jan Voorbeeld", "14 mei 2024 om 20.30 uur",
			"De veerboot naar het eiland vaart tot de herfst nog maar twee keer per dag, omdat de steiger in de haven na de storm hersteld moet worden.|Drie van de twaalf palen zijn verschoven en moeten voor de winter vervangen worden, zei de havenmeester dinsdag.",
			"Jan Voorbeeld", "2024-05-14T20:30:00+02:00"},
		{"sv", "sjo.example.se", "Färjan till ön går mer sällan", "Av Anna Exempel", "14 maj 2024 kl. 20.30",
			"Färjan till ön går bara två gånger om dagen fram till hösten, eftersom bryggan i hamnen måste lagas efter stormen i april.|Tre av de tolv pålarna har flyttat sig och måste bytas ut före vintern, sade hamnkaptenen på tisdagen efter ett möte.",
			"Anna Exempel", "2024-05-14T20:30:00+02:00"},
		{"fi", "jarvi.example.fi", "Saaren lautta kulkee harvemmin", "Teksti: Matti Malli", "14.5.2024 klo 20.30",
			"Saaren lautta kulkee syksyyn asti vain kahdesti päivässä, koska sataman laituri on korjattava huhtikuun myrskyn jälkeen.|Kolme kahdestatoista paalusta on siirtynyt, ja ne on vaihdettava ennen talvea, sataman päällikkö kertoi tiistaina.",
			"Matti Malli", "2024-05-14T20:30:00+03:00"},
		{"pl", "jezioro.example.pl", "Prom na wyspę będzie kursował rzadziej", "Autor: Jan Wzór", "wtorek, 14 maja 2024, godz. 20:30",
			"Prom na wyspę będzie kursował do jesieni tylko dwa razy dziennie, ponieważ po burzy trzeba naprawić pomost w porcie.|Trzy z dwunastu pali przesunęły się i trzeba je wymienić przed zimą, powiedział we wtorek kapitan portu.",
			"Jan Wzór", "2024-05-14T20:30:00+02:00"},
		{"cs", "jezero.example.cz", "Přívoz na ostrov bude jezdit méně", "Autor: Jana Vzorová", "14. května 2024 20:30",
			"Přívoz na ostrov bude do podzimu jezdit jen dvakrát denně, protože se po bouři musí opravit molo v přístavu na severu.|Tři z dvanácti pilotů se posunuly a musí se vyměnit před zimou, řekl v úterý vedoucí přístavu po dlouhém jednání.",
			"Jana Vzorová", "2024-05-14T20:30:00+02:00"},
		{"hu", "to.example.hu", "Ritkábban jár a sziget kompja", "Írta: Kovács Minta", "2024. május 14., kedd 20:30",
			"A sziget kompja őszig csak naponta kétszer jár, mert a vihar után meg kell javítani a kikötő mólóját a város északi részén.|A tizenkét cölöpből három elmozdult, és a tél előtt ki kell cserélni őket, mondta kedden a kikötő vezetője.",
			"Kovács Minta", "2024-05-14T20:30:00+02:00"},
		{"ro", "lac.example.ro", "Feribotul spre insulă va circula mai rar", "Autor: Ion Exemplu", "14 mai 2024, ora 20:30",
			"Feribotul spre insulă va circula doar de două ori pe zi până la toamnă, pentru că debarcaderul trebuie reparat după furtună.|Trei dintre cei doisprezece piloni s-au mișcat și trebuie înlocuiți înainte de iarnă, a spus marți șeful portului.",
			"Ion Exemplu", "2024-05-14T20:30:00+03:00"},
		{"el", "limni.example.gr", "Το πλοίο του νησιού θα κάνει λιγότερα δρομολόγια", "Συντάκτης: Γιώργος Παράδειγμα", "14 Μαΐου 2024, 08:30 μ.μ.",
			"Το πλοίο του νησιού θα κάνει μόνο δύο δρομολόγια την ημέρα μέχρι το φθινόπωρο, επειδή πρέπει να επισκευαστεί η αποβάθρα.|Τρεις από τους δώδεκα πασσάλους μετακινήθηκαν και πρέπει να αλλάξουν πριν από τον χειμώνα, είπε ο λιμενάρχης.",
			"Γιώργος Παράδειγμα", "2024-05-14T20:30:00+03:00"},
		{"ru", "ozero.example.ru", "Паром на остров будет ходить реже", "Автор: Иван Примеров", "14 мая 2024, 20:30",
			"Паром на остров будет ходить до осени только два раза в день, потому что после бури нужно починить причал в гавани.|Три из двенадцати свай сдвинулись, и их нужно заменить до зимы, сказал во вторник начальник порта.",
			"Иван Примеров", "2024-05-14T20:30:00+03:00"},
		{"uk", "ozero.example.ua", "Пором на острів ходитиме рідше", "Автор: Іван Прикладенко", "14 травня 2024 р. о 20:30",
			"Пором на острів ходитиме до осені лише двічі на день, бо після бурі треба полагодити причал у гавані на півночі міста.|Три з дванадцяти паль зсунулися, і їх треба замінити до зими, сказав у вівторок начальник порту після наради.",
			"Іван Прикладенко", "2024-05-14T20:30:00+03:00"},
		{"bg", "ezero.example.bg", "Фериботът до острова ще пътува по-рядко", "Автор: Иван Примеров", "14 май 2024 г., 20:30 ч.",
			"Фериботът до острова ще пътува само два пъти на ден до есента, защото кеят в пристанището трябва да се поправи след бурята.|Три от дванадесетте пилота са се разместили и трябва да се сменят преди зимата, каза във вторник началникът.",
			"Иван Примеров", "2024-05-14T20:30:00+03:00"},
		{"tr", "gol.example.tr", "Ada vapuru daha az sefer yapacak", "Yazan: Ali Örnek", "14 Mayıs 2024 Salı 20:30",
			"Ada vapuru sonbahara kadar günde yalnızca iki sefer yapacak, çünkü fırtınadan sonra limandaki iskelenin onarılması gerekiyor.|On iki kazıktan üçü yerinden oynadı ve kıştan önce değiştirilmesi gerekiyor, dedi liman başkanı salı günü.",
			"Ali Örnek", "2024-05-14T20:30:00+03:00"},
		{"ar", "buhayra.example.eg", "عبّارة الجزيرة ستقلل رحلاتها", "بقلم أحمد المثال", "١٤ مايو ٢٠٢٤ ٨:٣٠ مساءً",
			"ستعمل عبّارة الجزيرة مرتين في اليوم فقط حتى الخريف لأن رصيف الميناء يحتاج إلى إصلاح بعد العاصفة التي ضربت المدينة.|وقال رئيس الميناء يوم الثلاثاء إن ثلاث دعائم من أصل اثنتي عشرة تحركت ويجب استبدالها قبل الشتاء المقبل.",
			"أحمد المثال", "2024-05-14T20:30:00+03:00"},
		{"he", "agam.example.il", "המעבורת לאי תפליג פחות", "מאת: דנה לדוגמה", "יום שלישי, 14 במאי 2024 בשעה 20:30",
			"המעבורת לאי תפליג רק פעמיים ביום עד הסתיו, משום שצריך לתקן את המזח בנמל אחרי הסערה שפגעה בעיר בחודש שעבר.|שלושה מתוך שנים עשר עמודים זזו ממקומם ויש להחליפם לפני החורף, אמר ביום שלישי מנהל הנמל לאחר ישיבה ארוכה.",
			"דנה לדוגמה", "2024-05-14T20:30:00+03:00"},
		{"fa", "daryache.example.ir", "کشتی جزیره کمتر حرکت می\u200cکند", "نویسنده: علی نمونه", "سه\u200cشنبه ۲۵ اردیبهشت ۱۴۰۳ ساعت ۲۰:۳۰",
			"کشتی جزیره تا پاییز تنها روزی دو بار حرکت می\u200cکند، زیرا اسکله بندر پس از توفان ماه گذشته باید تعمیر شود.|رئیس بندر روز سه\u200cشنبه گفت سه ستون از دوازده ستون جابه\u200cجا شده\u200cاند و باید پیش از زمستان عوض شوند.",
			"علی نمونه", "2024-05-14T20:30:00+03:30"},
		{"hi", "jheel.example.in", "द्वीप की नाव अब कम चलेगी", "लेखक: राम उदाहरण", "१४ मई २०२४, शाम ८:३० बजे",
			"द्वीप की नाव शरद ऋतु तक दिन में केवल दो बार चलेगी क्योंकि तूफान के बाद बंदरगाह के घाट की मरम्मत करनी है।|बारह में से तीन खंभे खिसक गए हैं और उन्हें सर्दी से पहले बदलना होगा, बंदरगाह प्रमुख ने मंगलवार को कहा।",
			"राम उदाहरण", "2024-05-14T20:30:00+05:30"},
		{"bn", "hrod.example.bd", "দ্বীপের নৌকা কম চলবে", "লেখক: রহিম নমুনা", "প্রকাশ: ১৪ মে ২০২৪, ২০: ৩০",
			"দ্বীপের নৌকা শরৎ পর্যন্ত দিনে মাত্র দুবার চলবে, কারণ ঝড়ের পর বন্দরের ঘাট মেরামত করতে হবে বলে জানানো হয়েছে।|বারোটি খুঁটির মধ্যে তিনটি সরে গেছে এবং শীতের আগে সেগুলো বদলাতে হবে, মঙ্গলবার বন্দরের প্রধান জানিয়েছেন।",
			"রহিম নমুনা", "2024-05-14T20:30:00+06:00"},
		{"th", "talesap.example.th", "เรือข้ามฟากไปเกาะจะวิ่งน้อยลง", "ผู้เขียน: สมชาย ตัวอย่าง", "14 พ.ค. 2567 | 20:30 น.",
			"เรือข้ามฟากไปเกาะจะวิ่งเพียงวันละสองเที่ยวจนถึงฤดูใบไม้ร่วง เพราะต้องซ่อมท่าเรือหลังพายุที่พัดเข้าเมืองเมื่อเดือนที่แล้ว|เสาสามต้นจากสิบสองต้นเคลื่อนที่และต้องเปลี่ยนก่อนฤดูหนาว หัวหน้าท่าเรือกล่าวเมื่อวันอังคารหลังการประชุมที่ยาวนาน",
			"สมชาย ตัวอย่าง", "2024-05-14T20:30:00+07:00"},
		{"vi", "ho.example.vn", "Phà ra đảo sẽ chạy ít hơn", "Tác giả: Nguyễn Văn Mẫu", "Thứ Ba, 14/05/2024 08:30 CH",
			"Phà ra đảo chỉ chạy hai chuyến mỗi ngày cho đến mùa thu vì cầu cảng phải được sửa chữa sau cơn bão tháng trước.|Ba trong mười hai cọc đã dịch chuyển và phải được thay trước mùa đông, người đứng đầu cảng nói hôm thứ Ba.",
			"Nguyễn Văn Mẫu", "2024-05-14T20:30:00+07:00"},
		{"id", "danau.example.id", "Feri ke pulau akan lebih jarang berlayar", "Penulis: Budi Contoh", "Selasa, 14 Mei 2024 | 20:30 WIB",
			"Feri ke pulau hanya akan berlayar dua kali sehari sampai musim gugur karena dermaga di pelabuhan harus diperbaiki setelah badai.|Tiga dari dua belas tiang telah bergeser dan harus diganti sebelum musim hujan, kata kepala pelabuhan pada hari Selasa.",
			"Budi Contoh", "2024-05-14T20:30:00+07:00"},
		{"ja", "mizuumi.example.jp", "島への渡し船が減便へ", "文：山田 太郎", "令和6年5月14日 午後8時30分",
			"港の桟橋を嵐のあとに修理するため、島への渡し船は秋まで一日二便だけの運航になると港湾局が火曜日に発表した。|十二本の杭のうち三本がずれており、冬が来る前に取り替える必要があると港の責任者は会議のあとに説明した。",
			"山田 太郎", "2024-05-14T20:30:00+09:00"},
		{"ko", "hosu.example.kr", "섬으로 가는 배가 줄어든다", "김예시 기자", "2024년 5월 14일 오후 8시 30분",
			"지난달 폭풍으로 부서진 항구의 부두를 고쳐야 하기 때문에 섬으로 가는 배는 가을까지 하루 두 번만 운항한다고 항만청이 밝혔다.|말뚝 열두 개 가운데 세 개가 움직여 겨울이 오기 전에 바꾸어야 한다고 항만청장이 화요일 회의 뒤에 설명했다.",
			"김예시", "2024-05-14T20:30:00+09:00"},
		{"zh", "hupan.example.cn", "湖心岛渡轮将减少班次", "湖畔日报记者 王小文", "2024年5月14日 20:30",
			"由于码头在上个月的风暴中受损，往返湖心岛的渡轮在秋天之前每天只开两班，市轮渡公司星期二宣布了这一消息。|工程人员检查后发现，十二根桩柱中有三根移位，必须在冬季来临之前更换，预计需要两个月的时间。",
			"王小文", "2024-05-14T20:30:00+08:00"},
		{"zh-TW", "hupan.example.tw", "湖心島渡輪將減少班次", "記者王小文／湖北報導", "113年5月14日 20:30",
			"由於碼頭在上個月的風暴中受損，往返湖心島的渡輪在秋天之前每天只開兩班，市輪渡公司星期二宣布了這一消息。|工程人員檢查後發現，十二根樁柱中有三根移位，必須在冬季來臨之前更換，預計需要兩個月的時間。",
			"王小文", "2024-05-14T20:30:00+08:00"},
		{"da", "soe.example.dk", "Færgen til øen sejler sjældnere", "Af Anna Eksempel", "14. maj 2024 kl. 20.30",
			"Færgen til øen sejler kun to gange om dagen frem til efteråret, fordi molen i havnen skal repareres efter stormen i april.|Tre af de tolv pæle har flyttet sig og skal udskiftes inden vinteren, sagde havnechefen tirsdag efter et møde i byrådet.",
			"Anna Eksempel", "2024-05-14T20:30:00+02:00"},
		{"nb", "sjo.example.no", "Fergen til øya går sjeldnere", "Av Kari Eksempel", "14. mai 2024 kl. 20:30",
			"Fergen til øya går bare to ganger om dagen fram til høsten, fordi kaia i havna må repareres etter stormen i april.|Tre av de tolv pælene har flyttet seg og må byttes før vinteren, sa havnesjefen på tirsdag etter et møte i kommunen.",
			"Kari Eksempel", "2024-05-14T20:30:00+02:00"},
		{"hr", "jezero.example.hr", "Trajekt za otok vozit će rjeđe", "Autor: Ana Primjer", "14. svibnja 2024. u 20:30",
			"Trajekt za otok vozit će do jeseni samo dvaput dnevno jer se nakon oluje mora popraviti pristanište u luci na sjeveru grada.|Tri od dvanaest pilota pomaknula su se i moraju se zamijeniti prije zime, rekao je u utorak upravitelj luke nakon sastanka.",
			"Ana Primjer", "2024-05-14T20:30:00+02:00"},
		{"sr", "jezero.example.rs", "Трајект за острво возиће ређе", "Аутор: Иван Примеровић", "14. мај 2024. у 20:30",
			"Трајект за острво возиће до јесени само два пута дневно јер се после олује мора поправити пристаниште у луци на северу града.|Три од дванаест шипова померила су се и морају се заменити пре зиме, рекао је у уторак управник луке после састанка.",
			"Иван Примеровић", "2024-05-14T20:30:00+02:00"},
		{"ur", "jheel.example.pk", "جزیرے کی کشتی کم چلے گی", "تحریر: علی نمونہ", "۱۴ مئی ۲۰۲۴، رات ۸:۳۰ بجے",
			"جزیرے کی کشتی خزاں تک دن میں صرف دو بار چلے گی کیونکہ طوفان کے بعد بندرگاہ کے گھاٹ کی مرمت ضروری ہے۔|بارہ میں سے تین ستون اپنی جگہ سے ہٹ گئے ہیں اور انہیں سردیوں سے پہلے بدلنا ہوگا، بندرگاہ کے سربراہ نے منگل کو بتایا۔",
			"علی نمونہ", "2024-05-14T20:30:00+05:00"},
		{"hy", "lich.example.am", "Կղզու լաստանավը ավելի հազվադեպ կգնա", "Հեղինակ՝ Արամ Օրինակյան", "14 մայիսի 2024, 20:30",
			"Կղզու լաստանավը մինչև աշուն օրական միայն երկու անգամ կգնա, քանի որ փոթորկից հետո պետք է նորոգել նավահանգստի կառամատույցը։|Տասներկու ցցերից երեքը տեղաշարժվել են և պետք է փոխարինվեն մինչև ձմեռ, երեքշաբթի օրը ասաց նավահանգստի պետը։",
			"Արամ Օրինակյան", "2024-05-14T20:30:00+04:00"},
		{"ka", "tba.example.ge", "კუნძულის ბორანი უფრო იშვიათად ივლის", "ავტორი: გიორგი მაგალითაძე", "14 მაისი 2024, 20:30",
			"კუნძულის ბორანი შემოდგომამდე დღეში მხოლოდ ორჯერ ივლის, რადგან ქარიშხლის შემდეგ ნავსადგურის ნავმისადგომი უნდა შეკეთდეს.|თორმეტი ხიმინჯიდან სამი გადაადგილდა და ზამთრამდე უნდა შეიცვალოს, თქვა სამშაბათს ნავსადგურის უფროსმა.",
			"გიორგი მაგალითაძე", "2024-05-14T20:30:00+04:00"},
		{"am", "hayk.example.et", "ወደ ደሴቱ የሚሄደው ጀልባ ጉዞውን ይቀንሳል", "ጸሐፊ፡ አበበ ምሳሌ", "14 ሜይ 2024 20:30",
			"ወደ ደሴቱ የሚሄደው ጀልባ እስከ መኸር ድረስ በቀን ሁለት ጊዜ ብቻ ይጓዛል፣ ምክንያቱም ከማዕበሉ በኋላ የወደቡ መውረጃ መጠገን አለበት።|ከአሥራ ሁለቱ ምሰሶዎች ሦስቱ ከቦታቸው ተንቀሳቅሰዋል፤ ከክረምት በፊትም መቀየር አለባቸው ሲሉ የወደቡ ኃላፊ ማክሰኞ ተናግረዋል።",
			"አበበ ምሳሌ", "2024-05-14T20:30:00+03:00"},
		{"km", "tonle.example.kh", "កាណូតទៅកោះនឹងរត់តិចជាងមុន", "ដោយ៖ សុខ គំរូ", "១៤ ឧសភា ២០២៤ ២០:៣០",
			"កាណូតឆ្លងទៅកោះនឹងរត់តែពីរដងក្នុងមួយថ្ងៃរហូតដល់រដូវស្លឹកឈើជ្រុះ ពីព្រោះផែត្រូវជួសជុលក្រោយព្យុះកាលពីខែមុន។|សសរបីក្នុងចំណោមដប់ពីរបានរើចេញពីកន្លែង ហើយត្រូវប្តូរមុនរដូវរងា ប្រធានកំពង់ផែបាននិយាយកាលពីថ្ងៃអង្គារ។",
			"សុខ គំរូ", "2024-05-14T20:30:00+07:00"},
		{"lo", "nong.example.la", "ເຮືອຂ້າມຟາກໄປເກາະຈະແລ່ນໜ້ອຍລົງ", "ໂດຍ: ສົມສັກ ຕົວຢ່າງ", "14 ພຶດສະພາ 2024, 20:30",
			"ເຮືອຂ້າມຟາກໄປເກາະຈະແລ່ນພຽງມື້ລະສອງຖ້ຽວຈົນຮອດລະດູໃບໄມ້ຫຼົ່ນ ເພາະຕ້ອງສ້ອມແປງທ່າເຮືອຫຼັງຈາກພາຍຸໃນເດືອນແລ້ວ|ເສົາສາມຕົ້ນໃນສິບສອງຕົ້ນເຄື່ອນທີ່ ແລະ ຕ້ອງປ່ຽນກ່ອນລະດູໜາວ ຫົວໜ້າທ່າເຮືອກ່າວໃນວັນອັງຄານຫຼັງຈາກກອງປະຊຸມ",
			"ສົມສັກ ຕົວຢ່າງ", "2024-05-14T20:30:00+07:00"},
		{"my", "ine.example.mm", "ကျွန်းသို့သွားသော ကူးတို့သင်္ဘော ခေါက်ရေလျှော့မည်", "ရေးသားသူ: မောင်နမူနာ", "၁၄ မေ ၂၀၂၄ ၂၀:၃၀",
			"ကျွန်းသို့သွားသော ကူးတို့သင်္ဘောသည် ဆောင်းဦးရာသီအထိ တစ်ရက်လျှင် နှစ်ခေါက်သာ ပြေးဆွဲမည်ဖြစ်ပြီး မုန်တိုင်းအပြီးတွင် ဆိပ်ခံတံတားကို ပြင်ဆင်ရမည်။|တိုင် ဆယ့်နှစ်တိုင်အနက် သုံးတိုင် ရွေ့သွားပြီး ဆောင်းမတိုင်မီ အစားထိုးရမည်ဟု ဆိပ်ကမ်းအကြီးအကဲက အင်္ဂါနေ့တွင် ပြောသည်။",
			"မောင်နမူနာ", "2024-05-14T20:30:00+06:30"},
		{"bo", "mtsho.example.cn", "མཚོ་གླིང་གི་གྲུ་གཟིངས་ཉུང་དུ་འགྲོ་རྒྱུ", "", "༢༠༢༤-༠༥-༡༤ ༢༠:༣༠",
			"མཚོ་གླིང་དུ་འགྲོ་བའི་གྲུ་གཟིངས་སྟོན་ཀ་བར་ཉིན་རེར་ཐེངས་གཉིས་ལས་མི་འགྲོ་བ་དང་། རླུང་འཚུབ་རྗེས་གྲུ་ཁའི་ཟམ་པ་བཟོ་བཅོས་བྱེད་དགོས།|ཀ་བ་བཅུ་གཉིས་ལས་གསུམ་གནས་ནས་འགུལ་འདུག་པས་དགུན་ཁའི་སྔོན་ལ་བརྗེ་དགོས་ཞེས་གྲུ་ཁའི་འགོ་འཛིན་གྱིས་གཟའ་མིག་དམར་ཉིན་བཤད་སོང་།",
			"", "2024-05-14T20:30:00+08:00"},
		{"ta", "eri.example.in", "தீவுக்கான படகு குறைவாக இயங்கும்", "எழுதியவர்: குமார் மாதிரி", "14 மே 2024, 20:30",
			"தீவுக்கான படகு இலையுதிர் காலம் வரை ஒரு நாளைக்கு இரண்டு முறை மட்டுமே இயங்கும், ஏனெனில் புயலுக்குப் பின் துறைமுகத்தின் மேடை பழுதுபார்க்கப்பட வேண்டும்.|பன்னிரண்டு தூண்களில் மூன்று நகர்ந்துள்ளன, குளிர்காலத்திற்கு முன் அவை மாற்றப்பட வேண்டும் என்று துறைமுகத் தலைவர் செவ்வாய்க்கிழமை கூறினார்.",
			"குமார் மாதிரி", "2024-05-14T20:30:00+05:30"},
		{"ne", "tal.example.np", "टापुको डुङ्गा कम चल्ने", "लेखक: राम नमुना", "१ जेठ २०८१, २०:३०",
			"टापुको डुङ्गा शरद ऋतुसम्म दिनमा दुई पटक मात्र चल्नेछ किनभने आँधीपछि बन्दरगाहको घाट मर्मत गर्नुपर्छ भनी जानकारी दिइएको छ।|बाह्रमध्ये तीन खम्बा सरेका छन् र जाडोअघि तिनलाई फेर्नुपर्छ, बन्दरगाह प्रमुखले मंगलबार बैठकपछि बताए।",
			"राम नमुना", "2024-05-14T20:30:00+05:45"},
	} {
		body := "<p>" + strings.ReplaceAll(tt.text, "|", "</p><p>") + "</p>"
		markup := `<!doctype html><html lang="` + tt.lang + `"><head><meta charset="utf-8"><title>` + tt.title + `</title></head><body><header><nav><a href="/">1</a></nav></header>` +
			`<main><article><h1>` + tt.title + `</h1><p class="byline">` + tt.byline + `</p><p class="date">` + tt.date + `</p>` + body + body2(tt.text) + `</article></main></body></html>`
		res, err := extract.New(extract.Options{}).Extract(context.Background(), article.Page{URL: "https://www." + tt.host + "/news/story-17", Body: []byte(markup), Fetched: time.Date(2024, 5, 20, 0, 0, 0, 0, time.UTC)})
		if err != nil || res.Article == nil {
			t.Errorf("%s: no article: %v %+v", tt.lang, err, res.Refusal)
			continue
		}
		a := res.Article
		if got, _, _ := strings.Cut(tt.lang, "-"); a.Language != tt.lang && a.Language != got {
			t.Errorf("%s: language %q", tt.lang, a.Language)
		}
		if a.Title != tt.title {
			t.Errorf("%s: title %q", tt.lang, a.Title)
		}
		if a.Published == nil || *a.Published != tt.published {
			t.Errorf("%s: published %s, want %s", tt.lang, deref(a.Published), tt.published)
		}
		if strings.Join(a.Credits.Authors, ",") != tt.authors {
			t.Errorf("%s: authors %q, want %s", tt.lang, a.Credits.Authors, tt.authors)
		}
	}
}

// body2 is the text's first paragraph once more with the second before it: a
// third and a fourth paragraph, so that the page is no short notice.
func body2(text string) string {
	first, second, _ := strings.Cut(text, "|")
	return "<p>" + second + " " + first + "</p>"
}

func deref(s *string) string {
	if s == nil {
		return "nothing"
	}
	return *s
}
