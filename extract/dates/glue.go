package dates

// weekdays are skipped between the parts of a time. They need no values.
var weekdays = []entry{
	{"", "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"},
	{"", "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"},
	{"", "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"},
	{"", "segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì sabato domenica dilluns dimarts dimecres dijous divendres dissabte diumenge luns mércores xoves venres"},
	{"", "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vrydag saterdag sondag poniedziałek wtorek środa czwartek piątek sobota niedziela"},
	{"", "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок вівторок середа четвер пʼятниця п'ятниця субота неділя панядзелак аўторак серада чацвер пятніца нядзеля"},
	{"", "понеделник сряда четвъртък петък събота неделя четврток петок сабота недела понедељак уторак четвртак петак недеља ponedjeljak ponedeljak utorak srijeda sreda četvrtak petak subota nedjelja nedelja ponedeljek torek četrtek petek"},
	{"", "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag tysdag laurdag"},
	{"", "mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur sunnudagur maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev"},
	{"", "pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa pazartesi salı çarşamba perşembe cuma cumartesi pazar luni marți miercuri joi vineri sâmbătă duminică"},
	{"", "hétfő kedd szerda csütörtök péntek szombat vasárnap pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena"},
	{"", "asteartea astelehena asteazkena osteguna ostirala larunbata igandea dydd llun mawrth mercher iau gwener sadwrn sul dé luain máirt céadaoin déardaoin aoine sathairn domhnaigh méindeg dënschdeg mëttwoch donneschdeg freideg samschdeg sonndeg"},
	{"sq", "e hënë martë mërkurë enjte premte shtunë diel"}, {"sr,hr,bs", "uto sri čet pet sub ned"}, {"da,no", "tirs tors lør søn ons fre"},
	{"", "bazar_ertəsi çərşənbə_axşamı çərşənbə cümə_axşamı cümə şənbə bazar dushanba seshanba chorshanba payshanba juma shanba yakshanba дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби"},
	{"", "душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе даваа мягмар лхагва пүрэв баасан бямба ням гараг гариг сишәмбе чәршәмбе дүшәмбе пәнҗешәмбе җомга шимбә якшәмбе sişenbe duşenbe çarşenbe penşenbe anna şenbe ýekşenbe"},
	{"", "ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი კვირა երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի"},
	{"", "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يوم دوشنبه سه\u200cشنبه سه_شنبه چهارشنبه پنجشنبه پنج\u200cشنبه جمعه شنبه یکشنبه یک\u200cشنبه پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار درېنۍ يونۍ دونۍ څلرنۍ پينځنۍ دووشەممە سێشەممە چوارشەممە پێنجشەممە هەینی شەممە یەکشەممە"},
	{"", "ראשון שני שלישי רביעי חמישי שישי שבת יום سەيشەنبە دۈشەنبە چارشەنبە پەيشەنبە جۈمە شەنبە يەكشەنبە"},
	{"", "सोमवार मंगलवार मंगळवार बुधवार गुरुवार शुक्रवार शनिवार रविवार सोमबार मङ्गलबार मंगलबार बुधबार बिहिबार शुक्रबार शनिबार आइतबार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার সোমবাৰ মঙ্গলবাৰ বুধবাৰ বৃহস্পতিবাৰ শুক্ৰবাৰ শনিবাৰ দেওবাৰ"},
	{"", "સોમવાર મંગળવાર બુધવાર ગુરુવાર શુક્રવાર શનિવાર રવિવાર ਸੋਮਵਾਰ ਮੰਗਲਵਾਰ ਬੁੱਧਵਾਰ ਵੀਰਵਾਰ ਸ਼ੁੱਕਰਵਾਰ ਸ਼ਨੀਵਾਰ ਐਤਵਾਰ ସୋମବାର ମଙ୍ଗଳବାର ବୁଧବାର ଗୁରୁବାର ଶୁକ୍ରବାର ଶନିବାର ରବିବାର"},
	{"", "திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ஞாயிறு సోమవారం మంగళవారం బుధవారం గురువారం శుక్రవారం శనివారం ఆదివారం ಸೋಮವಾರ ಮಂಗಳವಾರ ಬುಧವಾರ ಗುರುವಾರ ಶುಕ್ರವಾರ ಶನಿವಾರ ಭಾನುವಾರ തിങ്കളാഴ്ച ചൊവ്വാഴ്ച ബുധനാഴ്ച വ്യാഴാഴ്ച വെള്ളിയാഴ്ച ശനിയാഴ്ച ഞായറാഴ്ച ചൊവ്വ ബുധൻ തിങ്കൾ വ്യാഴം വെള്ളി ശനി ഞായർ"},
	{"", "සඳුදා අඟහරුවාදා බදාදා බ්\u200dරහස්පතින්දා සිකුරාදා සෙනසුරාදා ඉරිදා วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์ ວັນຈັນ ວັນອັງຄານ ວັນພຸດ ວັນພະຫັດ ວັນສຸກ ວັນເສົາ ວັນອາທິດ"},
	{"", "ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អាទិត្យ ថ្ងៃចន្ទ ថ្ងៃអង្គារ ថ្ងៃពុធ ថ្ងៃព្រហស្បតិ៍ ថ្ងៃសុក្រ ថ្ងៃសៅរ៍ ថ្ងៃអាទិត្យ တနင်္လာ အင်္ဂါ ဗုဒ္ဓဟူး ကြာသပတေး သောကြာ စနေ တနင်္ဂနွေ တနင်္လာနေ့ အင်္ဂါနေ့ ဗုဒ္ဓဟူးနေ့ ကြာသပတေးနေ့ သောကြာနေ့ စနေနေ့ တနင်္ဂနွေနေ့"},
	{"", "ሰኞ ማክሰኞ ረቡዕ ሐሙስ ዓርብ ቅዳሜ እሑድ ሰኑይ ሰሉስ ሓሙስ ዓርቢ ቀዳም ሰንበት གཟའ མིག དམར ལྷག ཕུར བུ སངས སྤེན ཉི མ"},
	{"", "senin selasa rabu kamis jumat jum'at sabtu isnin khamis jumaat ahad jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili miyerkules huwebes biyernes sabado linggo isniin talaado arbaco khamiis jimco sabti axad ulwesibili"},
	{"ha", "litinin talata laraba alhamis jumma'a asabar lahadi"}, {"vi", "thứ hai ba tư sáu bảy chủ nhật cn"}, {"mt", "it tnejn tlieta erbgħa ħamis ġimgħa sibt ħadd il is l"},
	{"ig", "mọnde tiuzdee wenezdee tọọzdee fraịdee satọdee sọnde"}, {"so", "talaado"},
}

// glue stands between the date and the time of day, or between the parts of the date.
var glue = []entry{
	{"", "at on um am à a às as las los la le de del den der uhr kl klo klokken klukkan alle ore ora o godz godzina godzinie g г roku r р v ve в во у о об ob st u në në_orën la_ora στις ώρα om uur hrs saat t the of time hours jam pukul da di"},
	{"", "and updated posted i pm năm ngày lúc vào เวลา ที่ วันที่ พ.ศ ค.ศ น kell klokka kello klockan ml ilm m metų d gada gads dal dhen ta yn ag aig ng nang pada tanggal ika ko ee na ní ob ur val hod hodin година ч год року года оны өдөр өдрийн сар ж жыл жылы жылғы ел елның сәгатьтә сағат соати սկ թ թվականի ժամը წ წელს წლის yil yili ýyl ýylyň nji njy sagat"},
	{"", "في على الساعة ساعت ساعة مورخ مورخه تاریخ ء ه هـ ميلادي میلادی هجري هجرية هجریه هجری ش شمسی خورشیدی عیسوی کو بجے کی د په کال مه ی بروز ki על בשעה ב ה"},
	{"", "को बजे के दिन रोजी वाजता सन ई गते এ টায় টা মিনিট মিনিটে তারিখ সাল খ্রিষ্টাব্দ বঙ্গাব্দ રોજ વાગ્યે ਨੂੰ ਵਜੇ ଠାରେ ରେ அன்று ஆம் தேதி மணி மணிக்கு கி కి గంటలకు న ರಂದು ಸಮಯಕ್ಕೆ ന് ന് ആം තිත්  දින පෙ දිනය"},
	{"", "ទី ថ្ងៃទី ថ្ងៃ ឆ្នាំ ម៉ោង នៅម៉ោង នៅ នាទី វេលា ວັນທີ ປີ ເວລາ ໂມງ ခုနှစ် ရက် ရက်နေ့ နာရီ မိနစ် ቀን ዓ.ም ሰዓት ላይ ལོ ལོའི སྤྱི པའི པ པོ པོའི བ ཚེས ཉིན ཆུ ཚོད སྐར"},
	{"ca", "les"}, {"fur,it,ca", "dal del"}, {"yo", "oṣù"}, {"de,cy", "am"}, {"sw", "saa tarehe"}, {"sq", "ora"}, {"eo", "la je"},
}

// ordinals follow the number of a day.
var ordinals = []entry{
	{"", "st nd rd th er re º ª ste de e an na a en mh nda го е ое ої ই শে লা রা ঠা তারিখে వ ನೇ ನೆಯ ആം ની મી લી જી થી ਵੀਂ ء مه ام م ی ي ê ye é ان"},
}

// monthMarkers stand before the number of a month: ngày 17 tháng 1 năm 2012.
var monthMarkers = []entry{{"", "tháng thg ཟླ"}, {"vi", "th"}}

// afterMonth stands behind the number of a month: 2024 оны 5-р сарын 14.
var afterMonth = []entry{{"", "сарын сар айының айы"}}

// tibetanNumbers are the ordinals of the months, from the first on.
const tibetanNumbers = "དང གཉིས གསུམ བཞི ལྔ དྲུག བདུན བརྒྱད དགུ བཅུ བཅུ_གཅིག བཅུ_གཉིས"

// yearMarks stand for "year" beside its number.
var yearMarks = []entry{{"eu", "ko"}, {"", "năm г года року roku р оны gada metų m жыл жылы жылғы ж ел yil ýyl թ წელი წ ခုနှစ် ឆ្នាំ ປີ พ.ศ ค.ศ ዓ.ም کال سال سنة عام ལོ ལོའི"}}

// hourMarks follow the number of an hour: 10h15, 20 Uhr, 8 giờ 30.
var hourMarks = []entry{
	{"", "h hrs uhr giờ óra ժամը val hod ч часов час година uur klst"},
	{"vi", "g"}, {"bn,as", "টা টায় টার"}, {"lv", "plkst"}, {"fr", "heures heure"}, {"es", "horas hs"}, {"pt", "horas hs"}, {"bo,dz", "ཆུ"}, {"sr,hr,bs", "sati časova"}, {"ca", "hores"}, {"sl", "uri"}, {"cs,sk", "hodin hodín"}, {"my", "နာရီ"}, {"km", "នាទី"}, {"th", "นาฬิกา โมง"}, {"fi", "klo"},
}
