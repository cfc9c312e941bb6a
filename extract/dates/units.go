package dates

// units are the units of relative times, in seconds. count is the number that a
// word holds by itself ("ساعتين": two hours), ago is set where the word says
// "ago" too. Months and years count by the calendar.
var units = []struct {
	seconds int
	count   uint8
	ago     bool
	words   []entry
}{
	{1, 0, false, []entry{{"", "second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondi секунд секунды секунду sekund sekunder sekundy sekund sekúnd δευτερόλεπτα saniye detik giây ثانية ثوان ثواني ثانیه שניות सेकंड সেকেন্ড segon segons секунди"}}},
	{60, 0, false, []entry{
		{"", "minute minutes min mins mn minuten minuut minuto minutos minuti минут минуты минуту мин minut minuty minutę λεπτά λεπτό minuter minutter dakika minuts minutu minută minuutti minuuttia minuti minuto minutou minutami minutě minútou minútami minutama minutach perccel perce perc хвилин хвилини хвилину хвіліну хвіліны хвілін минута минути dəqiqə daqiqa мүнөт munud mionaid mionaidean nóiméad"},
		{"", "menit minit phút นาที ນາທີ នាទី မိနစ် دقيقة دقائق دقیقه دقيقه دقيقې منٹ منٽ מינוט דקות मिनट मिनिट मिनेट মিনিট મિનિટ ਮਿੰਟ ମିନିଟ୍ நிமிடங்களுக்கு நிமிடம் நிமிடங்கள் நிமிடத்திற்கு నిమిషాల నిమిషం ನಿಮಿಷಗಳ ನಿಮಿಷದ മിനിറ്റ് මිනිත්තු ደቂቃ ደቂቃዎች ደቒቕ წუთის րոպե минутын минут дақиқа minūtēm minūtes minutę minutes minučių minutę minúta mínútum mínútur mínútu daqiiqadood daqiiqad daqiiqo minutt minût minûts munut vunut mhionaid iminithi amaminithi minutsi minutti minuttir dakiko mintuna minti minutë minuta minuto minuter xulek خولەک مىنۇت"},
		{"sw", "dakika"}, {"fa", "دقیقه"}, {"hu", "perc"}, {"et", "minuti minutit"}, {"lb", "minutt minutten"},
	}},
	{60, 0, true, []entry{{"", "मिनिटापूर्वी मिनिटांपूर्वी นาทีที่แล้ว นาทีที่ผ่านมา นาทีก่อน ນາທີກ່ອນ នាទីមុន perce perccel_ezelőtt"}}},
	{3600, 0, false, []entry{
		{"", "hour hours hr hrs stunde stunden std heure heures hora horas ora ore час часа часов godzin godziny godzinę ώρες ώρα timme timmar timer time tímar uur ure saat hores oră tunti tuntia tunnin tunni tundi hodinou hodinami hodin hodiny urami uro uri urama órával óra години годину годин гадзіну гадзіны гадзін сағат саат соат saata сата сати sati sat sata eur tími tímar uair_an_chloig uair_a_thìde uairean_a_thìde oris ihora sagat klukkustundum klukkustund klukkustundir uair awr ordu orë"},
		{"", "jam giờ tiếng ชั่วโมง ຊົ່ວໂມງ ម៉ោង နာရီ ساعة ساعات ساعت ساعتونه گھنٹے گھنٹہ گھنٹا ڪلاڪ שעות घंटे घंटा घण्टे घण्टा तास ঘণ্টা ঘন্টা કલાક ਘੰਟੇ ਘੰਟਾ ଘଣ୍ଟା மணிநேரம் மணி_நேரத்திற்கு மணிநேரத்திற்கு గంటల గంట ಗಂಟೆಗಳ ಗಂಟೆ മണിക്കൂർ පැය ሰዓት ሰዓታት ሰዓቶች საათის ժամ цагийн цаг сәгать sagat soat stundām stundas stundų valandas valandą valandų saacadood saacad sigħat siegħa stonnen stonn oras سائەت saet saetan کاتژمێر"},
		{"sw", "saa"}, {"ha", "awa awanni"}, {"no,nn", "timar"}, {"zu", "ihora"},
	}},
	{3600, 0, true, []entry{{"", "तासापूर्वी तासांपूर्वी ชั่วโมงที่แล้ว ชั่วโมงที่ผ่านมา ชั่วโมงก่อน ชม.ที่แล้ว ຊົ່ວໂມງກ່ອນ ម៉ោងមុន órája"}}},
	{3600, 1, false, []entry{{"", "שעה"}, {"he", "כשעה"}}},
	{3600, 2, false, []entry{{"", "ساعتين ساعتان שעתיים sagħtejn"}}},
	{60, 1, false, []entry{{"", "דקה"}}},
	{60, 2, false, []entry{{"", "دقيقتين דקותיים"}}},
	{86400, 0, false, []entry{
		{"", "day days tag tage tagen jour jours día días dia dias giorno giorni день дня дней дні днів дзён dni dnia dzień dnů dny dnem dňami dnevi dnem ημέρες ημέρα μέρες dag dagar dager dage dagen dae døgn dögum gün dies zile zi päivä päivää päeva dana dan nappal nap ден дена күн kun көн dienas dienām diena дни дня дзень дана diwrnod ddiwrnod deiz latha làithean dagur di dis lá dienas dienai dieną dienų dňom dnevom dnevoma degi zornade zornadis ورځ يوما መዓልቲ நாளுக்கு egun ditë deeg"},
		{"", "hari ngày วัน ມື້ ថ្ងៃ ရက် يوم أيام روز ورځې دن دنوں ڏينهن ימים दिन दिवस দিন দিনের દિવસ ਦਿਨ ଦିନ நாட்களுக்கு நாட்கள் రోజుల రోజు ದಿನಗಳ ದಿನದ ദിവസം දින ቀናት ቀን დღის օր өдрийн хоног рӯз maalmood maalin ġranet araw كۈن roj ڕۆژ"},
		{"sw", "siku"}, {"ha", "kwana kwanaki"},
	}},
	{86400, 0, true, []entry{{"", "दिवसापूर्वी दिवसांपूर्वी วันที่แล้ว วันที่ผ่านมา วันก่อน ມື້ກ່ອນ ថ្ងៃមុន napja"}}},
	{86400, 1, false, []entry{{"he", "יום"}}},
	{86400, 2, false, []entry{{"", "يومين יומיים jumejn"}}},
	{week, 0, false, []entry{
		{"", "week weeks woche wochen semaine semaines semana semanas settimana settimane неделю недели недель неделя tydzień tygodnie tygodni εβδομάδες εβδομάδα vecka veckor uke uker uge uger weken weke hafta setmana setmanes săptămână săptămâni viikko viikkoa nädala nädalat týdnem týdny týždňom týždňami tednom tedni tjedan tjedna sedmicu sedmice sedmica nedelje недеље недеља héttel hét veke veker vika vikur seachtaine tednoma tjedana nedelja savaičių sizhun emna emnas setemane setemanis hepde أسبوعا ሰሙን ಸಪ್ತಾಹ тиждень тижні тижнів тыдзень тыдні тыдняў седмица седмици апта həftə hafta sheachtain seachtain seachdainean seachdain wythnos aste javë woch wochen nedēļām nedēļas savaites savaitę vikum viku"},
		{"", "minggu tuần สัปดาห์ ອາທິດ សប្ដាហ៍ សប្តាហ៍ ပတ် أسبوع أسابيع هفته اونۍ ہفتے ہفتہ هفتا هفتو שבועות सप्ताह हफ्ते हप्ता आठवडे সপ্তাহ અઠવાડિયા અઠવાડિયાં ਹਫ਼ਤੇ ਹਫ਼ਤਾ ସପ୍ତାହ வாரங்களுக்கு வாரத்திற்கு வாரம் వారాల వారం ವಾರಗಳ ವಾರದ ആഴ്ച ആഴ്ച സති ሳምንት ሳምንታት კვირის շաբաթ ҳафта атна долоо_хоногийн toddobaad ġimgħat ġimgħa linggo ھەپتە"},
		{"sw", "wiki"}, {"ha", "mako makonni"},
	}},
	{week, 0, true, []entry{{"", "आठवड्यापूर्वी आठवड्यांपूर्वी สัปดาห์ที่แล้ว สัปดาห์ที่ผ่านมา ອາທິດກ່ອນ hete"}}},
	{week, 1, false, []entry{{"", "שבוע"}}},
	{week, 2, false, []entry{{"", "أسبوعين שבועיים"}}},
	{month, 0, false, []entry{
		{"", "month months monat monate monaten mois mes meses mês mese mesi месяц месяца месяцев miesiąc miesiące miesięcy μήνες μήνα månad månader måned måneder maanden maand maande ay mesos lună luni kuukausi kuukautta kuud měsícem měsíci mesiacom mesiacmi mesecem meseci mjesec mjeseca mjeseci meseca месеца месеци месец hónappal hónap місяць місяці місяців месяцы месяцаў ай oy muaj méint mēnešiem mēneša mėnesius mėnesį mánuðum mánuði hilabete kuu månadar mís mhí mhìos mìosan mí miz viz mais aý mánað mánaðir mėnesių mesecema fis mis inyanga izinyanga شهرا ወርሒ মাহ ཟླཝ"},
		{"", "bulan tháng เดือน ເດືອນ ខែ လ شهر أشهر شهور ماه مياشتې مياشت مہینے مہینہ مهينا חודשים महीने महीना महिना माह মাস মাসের મહિના ਮਹੀਨੇ ਮਹੀਨਾ ମାସ மாதங்களுக்கு மாதத்திற்கு மாதத்துக்கு మాసాల నెలల నెల ತಿಂಗಳುಗಳ ತಿಂಗಳ മാസം මාස ወር ወራት თვის ամիս сарын моҳ bilood bil xhur buwan ئاي"},
		{"sw", "mwezi miezi"}, {"ha", "wata watanni"},
	}},
	{month, 0, true, []entry{{"", "महिन्यापूर्वी महिन्यांपूर्वी เดือนที่แล้ว เดือนที่ผ่านมา ເດືອນກ່ອນ ខែមុន hónapja"}}},
	{month, 1, false, []entry{{"", "חודש"}}},
	{month, 2, false, []entry{{"", "شهرين חודשיים xahrejn"}}},
	{year, 0, false, []entry{
		{"", "year years jahr jahre jahren an ans año años ano anos anno anni год года лет rok roku roky rokom rokmi lata lat χρόνια έτη år aar jaar jaren yıl any anys ani vuosi vuotta aastat aasta lety letom leti leta godinu godine godina године година evvel évvel év рік роки років гады гадоў година години жыл yil il bliana bhliain vit vjet joer gadiem gada aasta rokem έτος onn onns letoma bhliadhna bhliadhnaichean bliain bloaz vloaz agns ọdún unyaka iminyaka বছৰৰ blwyddyn flynedd o_flynyddoedd metus metų árum ári urte"},
		{"", "tahun năm ปี ປີ ឆ្នាំ နှစ် سنة سنوات عام أعوام سال کاله کال שנים साल वर्ष বছর বছরের વર્ષ ਸਾਲ ବର୍ଷ ஆண்டுகளுக்கு ஆண்டிற்கு వర్షాల సంవత్సరాల సంవత్సరం ವರ್ಷಗಳ ವರ್ಷದ വർഷം වසර ዓመት ዓመታት წლის տարի жилийн сол ел ýyl sannadood sannad snin sena taon يىل"},
		{"bg,mk", "години година"}, {"sw", "mwaka miaka"}, {"ha", "shekara shekaru"},
	}},
	{year, 0, true, []entry{{"", "वर्षापूर्वी वर्षांपूर्वी ปีที่แล้ว ปีที่ผ่านมา ປີກ່ອນ ឆ្នាំមុន éve"}}},
	{year, 1, false, []entry{{"", "שנה"}}},
	{year, 2, false, []entry{{"", "سنتين عامين שנתיים sentejn"}}},
}

const (
	week  = 7 * 86400
	month = 30 * 86400
	year  = 365 * 86400
)

// shortUnits are abbreviations that are units only beside "ago" or "vor": 5m ago, il y a 3 j.
var shortUnits = map[string]int{
	"s": 1, "m": 60, "м": 60, "ч": 3600, "godz": 3600, "val": 3600, "óra": 3600, "d": 86400, "j": 86400, "dn": 86400, "дн": 86400, "w": week, "wk": week, "wks": week, "sem": week,
	"mo": month, "mos": month, "мес": month, "y": year, "yr": year, "yrs": year,
}

// agoWords stand behind the number and its unit.
var agoWords = []entry{
	{"", "ago fa назад тому таму temu geleden gelede sedan siden sidan síðan önce öncə evvel əvvəl atrás sitten tagasi ezelőtt më_parë yn_ôl ó_shin air_ais nazaj nazad lalu yang_lalu ang_nakalipas ang_nakaraan ang_nakararaan nakaraan trước kahor oldin avval бұрын бурын мурун öň элек өмнө առաջ წინ пеш"},
	{"", "iliyopita zilizopita uliopita yaliyopita da_suka_gabata da_ya_gabata da_ta_gabata suka_gabata ilu eledlule edlule ezedlule indaûr በፊት ئىلگىرى لەمەوبەر"},
	{"", "पहले पूर्व पहिले अघि अगाडि আগে পূর্বে পূৰ্বে আগতে પહેલાં પહેલા ਪਹਿਲਾਂ ਪਹਿਲਾ ପୂର୍ବେ ପୂର୍ବରୁ ଆଗରୁ முன்பு முன் முன்னர் క్రితం ಹಿಂದೆ മുമ്പ് മുൻപ് മുന്പ് පෙර කට_පෙර ที่แล้ว ที่ผ่านมา ก่อน ກ່ອນ មុន ပြီးခဲ့သော"},
	{"", "پہلے پیش مخکې پهرين"}, {"fa,ur,ps", "قبل"}, {"br", "zo"}, {"et", "eest"}, {"yo", "sẹ́yìn"}, {"zu", "odlule"}, {"dz", "ཧེ_མ"}, {"sk,cs", "dozadu"},
}

// sinceWords stand before the number.
var sinceWords = []entry{
	{"", "vor hace há πριν för přede fyrir duela acum prije před pred преди pirms prieš viru virun منذ قبل לפני przed ቅድሚ ከ ပြီးခဲ့သည့် antaŭ"},
	{"gl", "hai"}, {"ca,oc", "fa"}, {"sr,bs,hr", "pre пре"}, {"mk", "пред"}, {"rm", "avant"}, {"ku", "berî"}, {"sv,no,nn,da", "for"},
}

// dayWords are the words for days near the capture. Index: days before today.
var dayWords = [][]entry{
	{
		{"", "today heute aujourd'hui hoy hoje oggi сегодня сёння сьогодні dziś dzisiaj σήμερα vandaag idag i_dag í_dag dnes bugün bu_gün bugun avui hoxe azi astăzi tänään täna danas danes данас днес денес бүгін бүгүн бүген šodien šiandien gaur inniu heddiw maanta vandag আজি དེ_རིང"},
		{"", "hari_ini ngayong_araw hôm_nay วันนี้ ມື້ນີ້ ថ្ងៃនេះ ថ្ងៃ_នេះ ယနေ့ ဒီနေ့ اليوم امروز نن آج اڄ היום आज আজ આજે ਅੱਜ ଆଜି இன்று నేడు ఈ_రోజు ಇಂದು ഇന്ന് අද ዛሬ ሎሚ დღეს այսօր өнөөдөр имрӯз بۈگۈن ئەمڕۆ îro namhlanje illum"},
		{"hu", "ma"}, {"sq", "sot"}, {"sw", "leo"}, {"ha", "yau"}, {"lb", "haut"}, {"rm", "oz"}, {"tl,fil", "ngayon"},
	},
	{
		{"", "yesterday gestern ayer ontem ieri вчера вчора учора wczoraj χθες χτες gisteren igår i_går í_gær igaar včera včeraj dün dünən ahir onte eilen eile tegnap jučer juče јуче кеше кечээ кичә vakar atzo inné ddoe shalay gister gëschter kecha"},
		{"", "kemarin semalam kahapon hôm_qua เมื่อวาน เมื่อวานนี้ ມື້ວານ ມື້ວານນີ້ ម្សិលមិញ မနေ့က أمس امس البارحة دیروز پرون گزشتہ_کل אתמול बीते_कल कल काल हिजो গতকাল কালি ગઈકાલે ગઇકાલે ਕੱਲ੍ਹ ନେଟୁ நேற்று నిన్న ನಿನ್ನೆ ഇന്നലെ ඊයේ ትናንት ትማሊ გუშინ երեկ өчигдөр дирӯз تۈنۈگۈن دوێنێ izolo lbieraħ ଗତକାଲି ਬੀਤਿਆ_ਕੱਲ੍ਹ ڪل ཁས_ས ụnyaahụ"},
		{"fr", "hier"}, {"sq", "dje"}, {"sw", "jana"}, {"ha", "jiya"}, {"rm", "ier"}, {"ku", "duh"}, {"ur", "کل"}, {"br", "decʼh"},
	},
	{
		{"", "vorgestern anteayer anteontem avant-hier позавчера позавчора przedwczoraj προχθές eergisteren förrgår i_förrgår i_forgårs předevčírem predvčerom tegnapelőtt prekjučer prekjuče toissapäivänä toissa_päivänä üleeile пазаўчора завчера онзи_ден аднавчора antonte abans-d'ahir l'altro_ieri herenegun alaltăieri aizvakar užvakar í_fyrradag evvelsi_gün juzi уржигдар გუშინწინ алдыңгүні"},
		{"", "kelmarin_dulu hôm_kia เมื่อวานซืน أول_أمس پریروز שלשום परसों अस्ति গত_পরশু ಮೊನ್ನೆ మొన్న മിനിഞ്ഞാന്ന് පෙරේදා گزشتہ_پرسوں kelmarin kemarin_dulu"},
	},
}

// ones are the words that stand for the number before a unit.
var ones = []entry{{"", "a an un una uno une um uma een en ett et eine einer einem μία μια ένα bir o jedną jednu"}}
