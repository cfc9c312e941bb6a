package credits

import (
	"strings"
	"testing"
)

// show prints credits for comparison: "source; authors; editors; photographers".
func show(c Credits) string {
	return strings.TrimRight(strings.Join([]string{c.Source, strings.Join(c.Authors, ","), strings.Join(c.Editors, ","), strings.Join(c.Photographers, ",")}, ";"), ";")
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"来源:湖畔客户端", "湖畔客户端"},
		{"作者:林小一 向立远 杨蒋文", ";林小一,向立远,杨蒋文"},
		{"编辑:杨伶文", ";;杨伶文"},
		{"2012-01-12 18:39 来源: 湖畔网 作者: 编辑: 毛长文", "湖畔网;;毛长文"},
		{"2012-01-12 作者：赵春文 出处：每日湖畔新闻 【转载】 责任编辑：何顺文", "每日湖畔新闻;赵春文;何顺文"},
		{"作者： 城北月谈记者谭飞王艳明闫鹃 稿源： 《城北月谈》 2012-01-16 18:22", "《城北月谈》;谭飞,王艳明,闫鹃"},
		{"发布时间： 2012-01-17 20:52 来源： 湖畔网 陈祎", "湖畔网;陈祎"},
		{"2019-09-08 00:20:15 来源: 每日湖畔新闻 举报", "每日湖畔新闻"},
		{"12:11来源：湖畔晚报", "湖畔晚报"},
		{"2012-1-17 13:08:57 来源:湖畔网 栏目:国内新闻 【大 中 小】", "湖畔网"},
		{"http://www.example.cn 2012年01月17日 12:16 来源：湖畔日报 字号：大 中 小", "湖畔日报"},
		{"编辑：黄静文 作者： 【打印】", ";;黄静文"},
		{"责任编辑：罗崇纬_NB12082", ";;罗崇纬"},
		{"本文来源：湖畔网 责任编辑：杨倩_NF4425", "湖畔网;;杨倩"},
		{"责任编辑：韩保林 PK155", ";;韩保林"},
		{"责任编辑：HN666", ""},
		{"【责任编辑:张樵文 】", ";;张樵文"},
		{"（责任编辑：周雁）", ";;周雁"},
		{"（責任編輯 余淩文）", ";;余淩文"},
		{"[编辑： 陈浩 ]频道精选", ";;陈浩"},
		{"[编辑：dakang]", ";;dakang"},
		{"湖畔网编辑：谢晓", ";;谢晓"},
		{"2012-01-17 19:34 来源：湖畔网 作者：李晓文 湖畔网编辑：刘景", "湖畔网;李晓文;刘景"},
		{"编辑|禤志文", ";;禤志文"},
		{"责编丨蒋　凌", ";;蒋凌"},
		{"责任编辑：林小文（见习）", ";;林小文"},
		{"来源：湖畔日报作者：蒋　凌责任编辑：韩保林 PK155", "湖畔日报;蒋凌;韩保林"},
		{"来源 | 湖畔日报 作者 | 林小文 何家文 编辑 | 杨倩_NF4425", "湖畔日报;林小文,何家文;杨倩"},
		{"石佳/湖畔青年报", "湖畔青年报;石佳"},
		{"作者：未知 责任编辑：棒棒不是糖", ";;棒棒不是糖"},
		{"采写：湖畔都市报见习记者 林子文", ";林子文"},
		{"湖畔新闻记者 贺梨文", ";贺梨文"},
		{"記者：邱雯文 羅執文 台北報導", ";邱雯文,羅執文"},
		{"发布者：李宝文 时间：2012-01-12 15:34:35 来源：湖畔牛网", "湖畔牛网;;李宝文"},
		{"记者 李宝文", ";李宝文"},
		{"本版文/记者李小莎黎史翔王进雨程小磊实习生吉小喆高小娟", ";李小莎,黎史翔,王进雨,程小磊,吉小喆,高小娟"},
		{"文/图 刘玺文 易赛文", ";刘玺文,易赛文"},
		{"文\\\\记者龚夷文", ";龚夷文"},
		{"图片来源：湖畔大学官网", ""},
		{"发布日期：2016-11-22 浏览次数： 信息来源：省发改委", "省发改委"},
		{"来源：湖畔新闻·湖畔号·政务", "湖畔新闻·湖畔号·政务"},
		{"记者：张三、李四 通讯员：王五 摄影：赵六", ";张三,李四,王五;;赵六"},
		{"校对：王五 编审：张三文", ";;张三文"},
		{"记者从湖畔市会议上获悉,今年全市将新建学校", ""},
		{"编辑部的故事", ""},
		{"投稿邮箱：news@example.com", ""},
		{"By Jane Doe", ";Jane Doe"},
		{"Por Rui Matos, em 15/10/2024", ";Rui Matos"},
		{"By JANE DOE, JOHN ROE and MARY MAJOR", ";JANE DOE,JOHN ROE,MARY MAJOR"},
		{"By JANE DOE AND TOM ROE", ";JANE DOE,TOM ROE"},
		{"By DAN ROE, JA DOE", ";DAN ROE,JA DOE"},
		{"Por Joana Exemplo, da Redação", ";Joana Exemplo"},
		{"By Jane Doe | Lakeside News", ";Jane Doe"},
		{"By Jane Doe, Staff Reporter", ";Jane Doe"},
		{"By Jane Doe in Lakeside", ";Jane Doe"},
		{"By Jane Doe jane.doe@example.com", ";Jane Doe"},
		{"Written by Jane Doe", ";Jane Doe"},
		{"By STAFF REPORTER", ""},
		{"by the end of the year", ""},
		{"Von Felix Muster und Jörg Beispiel, dpa", ";Felix Muster,Jörg Beispiel,dpa"},
		{"Von Christian Muster, Redakteur", ";Christian Muster"},
		{"von Dr. Max Muster", ";Dr. Max Muster"},
		{"Eine Analyse von Frank Muster-Beispiel", ";Frank Muster-Beispiel"},
		{"Par Denis Exemple et Marie d'Exemple", ";Denis Exemple,Marie d'Exemple"},
		{"Por Luna Ejemplo y Juan de la Muestra", ";Luna Ejemplo,Juan de la Muestra"},
		{"di Viviana Esempio", ";Viviana Esempio"},
		{"a cura di Viviana Esempio", ";Viviana Esempio"},
		{"Door Jan van der Voorbeeld", ";Jan van der Voorbeeld"},
		{"Autor: Piotr Przykład", ";Piotr Przykład"},
		{"Redakcja: Anna Przykład", ";;Anna Przykład"},
		{"Текст: Иван Примеров", ";Иван Примеров"},
		{"Автор: Иван Примеров и Анна Образцова", ";Иван Примеров,Анна Образцова"},
		{"Συντάκτης: Γιώργος Παράδειγμα", ";Γιώργος Παράδειγμα"},
		{"Photo: Jane Doe", ";;;Jane Doe"},
		{"Source: Lakeside Gazette", "Lakeside Gazette"},
		{"【文/湖畔者网 王小文】", ";王小文"},
		{"石佳/湖畔青年报", "湖畔青年报;石佳"},
		{"作者：李文（湖畔大学教授）", ";李文"},
		{"編譯／李文 核稿／張三", ";李文"},
		{"撰文・李文", ";李文"},
		{"一审:李文 二审:张三", ""},
		{"新闻 | 图片 | 直播 | 视频", ""},
		{"凡注明“来源：湖畔网”的作品,版权归湖畔网所有", ""},
		{"(本文来源：湖畔网 作者：黄靖宇)", "湖畔网;黄靖宇"},
		{"Story by Jane Doe; photos by John Roe", ";Jane Doe;;John Roe"},
		{"By Jane Doe, The Lakeside Gazette", ";Jane Doe"},
		{"Von Max Muster, Seestadt", ";Max Muster"},
		{"Texte : Jean Exemple", ";Jean Exemple"},
		{"Autor: Max Muster Quelle: Seeblatt", "Seeblatt;Max Muster"},
		{"ByJane Doe", ";Jane Doe"},
		{"Автор: Редакция", ""},
		{"김철수·이영희 기자", ";김철수,이영희"},
		{"박준문 기자", ";박준문"},
		{"Text messages are free", ""},
		{"Text und Fotos: Max Muster", ";Max Muster"},
		{"Von unserem Redakteur Max Muster", ";Max Muster"},
		{"Reportage von Max Muster", ";Max Muster"},
		{"By Jane Doe For the Echo", ";Jane Doe"},
		{"Words: Jane Doe Pictures: John Roe", ";Jane Doe;;John Roe"},
		{"Tekst: Anna Przykład, zdjęcia: Jan Wzór", ";Anna Przykład;;Jan Wzór"},
		{"Беседовала Анна Образцова", ";Анна Образцова"},
		{"Escribe Luna Ejemplo", ";Luna Ejemplo"},
		{"Escribe a la redacción", ""},
		{"김철수 선임기자", ";김철수"},
		{"글·사진 김철수 기자", ";김철수"},
		{"기자명 김철수 기자", ";김철수"},
		{"김철수 특파원", ";김철수"},
		{"取材・文／山田太郎", ";山田太郎"},
		{"文・写真：佐々木みどり", ";佐々木みどり"},
		{"By Jane Doe, housing reporter", ";Jane Doe"},
		{"来源｜湖畔观察（ID：hpgc）", "湖畔观察"},
		{"来 源：湖畔日报　作 者：张　三　责 任 编 辑：李小文", "湖畔日报;张三;李小文"},
		{"编 辑 | 李 四　　责 编 | 王　五　　审 核 | 赵六", ";;李四,王五"},
		{"记 者 张 晓 文", ";张晓文"},
		{"记者：张 三 李 四", ";张三,李四"},
		{"撰文：何家文出版：2019-03-06 07:48更新：2019-03-06 09:00", ";何家文"},
		{"今 天 来 源 源 不 断", ""},
		{"编辑 王小文 校对 李华文", ";;王小文"},
		{"编辑：王小文　校对：李华文　审核：张强", ";;王小文"},
		{"值班编委：张强 责任编辑：王小文", ";;王小文"},
		{"文/本报记者 王小文 图/本报记者 李华文", ";王小文;;李华文"},
		{"融媒体记者：王小文", ";王小文"},
		{"供稿：湖畔市委宣传部", ""},
		{"通讯员 王小文 湖畔市教育局", ";王小文"},
		{"2024-05-14 08:30 湖畔晚报 作者 王小文", ";王小文"},
		{"作者：王小文（湖畔大学）", ";王小文"},
		{"記者王小文台北報導", ";王小文"},
		{"见习记者 王小文 报道", ";王小文"},
		{"圖／文：王小文", ";王小文"},
		{"拍摄：李华文 剪辑：张强", ";;;李华文"},
		{"责任编辑：阿依古丽·买买提", ";;阿依古丽·买买提"},
		{"Por Ana Exemplo, O Cinzento — Pedra Cinzenta", ";Ana Exemplo"},
		{"Von der Leyen in Paris", ""},
		{"By Robert (Bob) Poe", ";Robert (Bob) Poe"},
		{"By Jane Roe Photos by John Poe", ";Jane Roe;;John Poe"},
		{"By Dr. Jane Roe, M.D.", ";Dr. Jane Roe"},
		{"By ABBY MOOR Associated Press", ";ABBY MOOR"},
		{"By JANE DOE, Staff Writer", ";JANE DOE"},
		{"من أحمد المنصور", ";أحمد المنصور"},
		{"من المقرر أن يتم إصلاح الرصيف", ""},
		{"بقلم أحمد المنصور", ";أحمد المنصور"},
		{"נכתב על ידי", ""},
		{"מאת: דנה כהן", ";דנה כהן"},
		{"نویسنده: علی رضایی", ";علی رضایی"},
		{"लेखक: राम कुमार", ";राम कुमार"},
		{"โดย สมชาย ใจดี", ";สมชาย ใจดี"},
		{"Tác giả: Nguyễn Văn A", ";Nguyễn Văn A"},
		{"Penulis: Budi Santoso, Editor: Siti Aminah", ";Budi Santoso;Siti Aminah"},
		{"(Reporting by Abby Moor in Harbour; editing by Tom Reed)", ";Abby Moor;Tom Reed"},
		{"Von Hartmann von der Aue", ";Hartmann von der Aue"},
		{"By Jane Doe, DVM. Reviewed by Molly Poe, DVM", ";Jane Doe"},
		{"Written by Ann Holliday-Poe, MD*", ";Ann Holliday-Poe"},
		{"by Dr. Ann Poe, PhD and Jane Roe, MPH", ";Dr. Ann Poe,Jane Roe"},
		{"By Jane Doe, Chief Marketing Officer, AI at Work, Lakesoft", ";Jane Doe"},
		{"By Jane Doe, Home Security Expert & John Roe, Security Expert", ";Jane Doe,John Roe"},
		{"Text: Anna Muster, Fotos: Max Beispiel, Redaktion: Eva Test", ";Anna Muster;Eva Test;Max Beispiel"},
		{"Teksti: Matti Malli Kuvat: Liisa Malli", ";Matti Malli;;Liisa Malli"},
		{"By Jane DoeStaff", ";Jane Doe"},
		{"By Andrew RoeTwitter", ";Andrew Roe"},
		{"By The Lakeside Editors", ";The Lakeside Editors"},
		{"By Jane Doe (Lakeside Herald)", ";Jane Doe"},
		{"Por Ana Ejemplo y agencias", ";Ana Ejemplo"},
		{"Max Muster am", ""},
		{"Von Max Muster am", ";Max Muster"},
		{"By John O'Brien and Mary-Jane McDoe", ";John O'Brien,Mary-Jane McDoe"},
		{"By Staff and wire reports", ""},
	} {
		got, _ := Parse(tt.in)
		if s := show(got); s != tt.want {
			t.Errorf("Parse(%q) = %q, want %q", tt.in, s, tt.want)
		}
	}
}

func TestParseOtherRoles(t *testing.T) {
	for _, tt := range []struct {
		in                                  string
		translators, contributors, agencies string
	}{
		{"By Jane Doe; translated by Ann Poe", "Ann Poe", "", ""},
		{"Texte : Jean Exemple, traduction : Anne Modèle", "Anne Modèle", "", ""},
		{"By Jane Doe. Medically reviewed by Molly Poe, MD", "", "Molly Poe", ""},
		{"By Jane Doe, with additional reporting by John Roe", "", "John Roe", ""},
		{"By ABBY MOOR Associated Press", "", "", "Associated Press"},
		{"Von Felix Muster, dpa", "", "", "dpa"},
		{"Par Jean Exemple avec AFP", "", "", "AFP"},
	} {
		c, _ := Parse(tt.in)
		got := [3]string{strings.Join(c.Translators, ","), strings.Join(c.Contributors, ","), strings.Join(c.Agencies, ",")}
		if got != [3]string{tt.translators, tt.contributors, tt.agencies} {
			t.Errorf("Parse(%q) = %q", tt.in, got)
		}
	}
}

func TestWesternTail(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"The pier is shut. (Reporting by Jane Doe in Lakeside; editing by John Roe)", ";Jane Doe;John Roe"},
		{"(Reporting by Jane Doe; Editing by Tom Roe and Ann Poe)", ";Jane Doe;Tom Roe,Ann Poe"},
		{"The pier (the old one) is shut.", ""},
		{"It costs much (by the standards of the town)", ""},
		{"It is shut (source: harbour board).", "harbour board"},
	} {
		got, start := WesternTail(tt.in)
		if s := show(got); s != tt.want || (start >= 0) != (tt.want != "") {
			t.Errorf("WesternTail(%q) = %q %d, want %q", tt.in, s, start, tt.want)
		}
	}
}

func TestLabel(t *testing.T) {
	for line, want := range map[string]bool{"Written by": true, "Autor:": true, "WRITTEN BY": true, "By Jane Doe": false, "Edited by": false, "Sport": false} {
		if got := Label(line); got != want {
			t.Errorf("Label(%q) = %v", line, got)
		}
	}
}

func TestDateline(t *testing.T) {
	for _, tt := range []struct{ in, want, source string }{
		{"本报讯（记者 裴剑文）今日有网友称,湖畔公园的灯坏了。", "裴剑文", ""},
		{"湖畔社城北12月9日电（记者唐霁）城北9日再次下雪。", "唐霁", ""},
		{"长湖网10月4日讯（记者陈智 整合） 长假过半。", "陈智", ""},
		{"楚湖都市報訊 （記者嚴瓏 通訊員黃冬文 涂曉文）7天的準備。", "嚴瓏,黃冬文,涂曉文", ""},
		{"〔記者魏怡文／台北報導〕流感疫情升溫。", "魏怡文", ""},
		{"【台湖醒報／林歆文】母嬰醫療評鑑。", "林歆文", "台湖醒報"},
		{"（中湖社記者陳小文台北11日電）天氣轉涼。", "陳小文", "中湖社"},
		{"【湖報╱記者張三文／台中報導】市場開張。", "張三文", "湖報"},
		{"記者孫慶文／嘉義報導", "孫慶文", ""},
		{"本报讯（记 者 张  三 通 讯 员 李小文）今日有网友称。", "张三,李小文", ""},
		{"◎ 記者王小文/採訪報導", "王小文", ""},
		{"湖畔娱乐1月17日报道 (文/小易)近日，", "小易", ""},
		{"记者李琛文、通讯员陈发文报道：今年。", "李琛文,陈发文", ""},
		{"记者从会议上获悉，今年将建校。", "", ""},
		{"昨日，湖畔新闻记者（化名王小）来到现场。", "", ""},
		{"The council met (reporter John).", "", ""},
		{"【王小文、李大華／綜合報導】市場開張", "王小文,李大華", ""},
		{"【王小文╱湖北報導】市場開張", "王小文", ""},
		{"中湖网湖畔5月14日电 (王小文)近日", "王小文", ""},
		{"湖畔讯（王小文 李华文）近日", "王小文,李华文", ""},
		{"本报讯 记者王小文 近日从市教育局获悉", "王小文", ""},
		{"【本報記者王小文台北報導】市場", "王小文", ""},
		{"（中湖社台北14日電）天氣轉涼", "", ""},
		{"〔即時新聞／綜合報導〕市場", "", ""},
		{"据湖畔社拉萨电（记者 格桑边觉）近日", "格桑边觉", ""},
		{"湖畔网讯 实习生吴小丽、记者喻小亮报道：1月15日，会议召开。", "吴小丽,喻小亮", ""},
		{"本报记者罗小科苏盈文发自北京", "罗小科,苏盈文", ""},
		{"湖畔新闻·城北商报记者马小峰/文受访者供图", "马小峰", ""},
		{"湖畔新闻·城北商报记者马小峰", "", ""},
	} {
		a, s := Dateline(tt.in)
		if got := strings.Join(a, ","); got != tt.want || s != tt.source {
			t.Errorf("Dateline(%q) = %q %q, want %q %q", tt.in, got, s, tt.want, tt.source)
		}
	}
}

func TestTail(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		bare     bool
	}{
		{"产品和风味等项目为主。（记者左娅）", ";左娅", false},
		{"提升其防范意识。(文/图 刘玺文 易赛文)", ";刘玺文,易赛文", false},
		{"专利超过1100项。（编辑 张颖）", ";;张颖", false},
		{"点击进入。（湖畔网编辑：刘景）", ";;刘景", false},
		{"全年预计扭亏。(湖畔网/陈祎)", "湖畔网;陈祎", false},
		{"轻松换新。(李楠)", ";李楠", true},
		{"只需要同路人。（作者系媒体评论员）", "", false},
		{"图为现场。（资料图）", "", false},
		{"没有括号。", "", false},
		{"全部完成。（王小文 李华文）", ";王小文,李华文", true},
		{"全部完成。（王小文報導）", ";王小文", false},
		{"全部完成。（王小文／综合报道）", ";王小文", false},
		{"全部完成。（王小文摄）", ";;;王小文", false},
		{"全部完成。（计划中）", "", false},
		{"年底前完成。（湖畔日报 2019-03-06 07:48 编辑 张三）", "湖畔日报;;张三", false},
		{"年底前完成。（湖畔日报 2019年3月6日）", "湖畔日报", false},
		{"年底前完成。（湖畔日报 大楼）", "", false},
	} {
		c, bare, start := Tail(tt.in)
		if got := show(c); got != tt.want || bare != tt.bare || (start >= 0) != (tt.want != "") {
			t.Errorf("Tail(%q) = %q %v %d, want %q %v", tt.in, got, bare, start, tt.want, tt.bare)
		}
	}
}

func TestJapanese(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"山田太郎、佐藤花子", "山田太郎,佐藤花子"},
		{"文：山田 太郎", "山田 太郎"},
		{"取材・文／佐々木みどり", "佐々木みどり"},
		{"山田太郎記者", "山田太郎"},
		{"湖畔新聞社", ""},
		{"社会部", ""},
		{"記事一覧", ""},
		{"この記事を書いた人", ""},
		{"山田太郎、湖畔新聞", ""},
		{"", ""},
	} {
		if got := strings.Join(Japanese(tt.in), ","); got != tt.want {
			t.Errorf("Japanese(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestImprint(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"（湖畔日报 2019-03-06 07:48 编辑 张三）湖畔市今年将新建公园。", "湖畔日报;;张三"},
		{"（湖畔日报　编 辑：张 三）湖畔市今年将新建公园。", "湖畔日报;;张三"},
		{"（湖畔社 2019年3月6日）湖畔市今年将新建公园。", "湖畔社"},
		{"湖畔市（湖畔日报 2019-03-06）今年将新建公园。", ""},
		{"（2019-03-06 湖畔）湖畔市今年将新建公园。", ""},
		{"（湖畔日报 大楼）湖畔市今年将新建公园。", ""},
	} {
		got, ok := Imprint(tt.in)
		if s := show(got); s != tt.want || ok != (tt.want != "") {
			t.Errorf("Imprint(%q) = %q %v, want %q", tt.in, s, ok, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"谭飞王艳明闫鹃", "谭飞,王艳明,闫鹃"},
		{"欧阳修远、上官云", "欧阳修远,上官云"},
		{"蒋　凌 王 艳", "蒋凌,王艳"},
		{"王艳李明", "王艳,李明"},
		{"张三和李四", "张三,李四"},
		{"棒棒不是糖", "棒棒不是糖"},
		{"Jane Doe, Jane Doe", "Jane Doe"},
		{"https://example.com/a", ""},
		{"@handle", ""},
		{"", ""},
	} {
		if got := strings.Join(Names(tt.in), ","); got != tt.want {
			t.Errorf("Names(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"来源: 湖畔网 作者: 编辑: 毛长文", "By Jane Doe and John Roe", "（中湖社記者陳小文台北11日電）", "文\\\\记者龚夷文", "박준문 기자", "oprac. A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := Parse(s)
		if !ok && !c.Empty() && c.Labels > 0 {
			t.Fatalf("not ok, but %+v", c)
		}
		Dateline(s)
		Imprint(s)
		Japanese(s)
		if _, _, start := Tail(s); start >= len(s) {
			t.Fatalf("start %d of %q", start, s)
		}
		for _, n := range Names(s) {
			if n == "" || len(n) > len(s)+8 {
				t.Fatalf("name %q of %q", n, s)
			}
		}
		CleanSource(s)
	})
}
