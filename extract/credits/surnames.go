package credits

// surnameList are the common Chinese surnames, simplified and traditional; a
// name that is glued to others is found by the surname it starts with.
const surnameList = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由揣苍荀禤麥" +
	"範張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣餘葉蘇呂盧鐘鍾譚陸賈韋鄒閆閻龍賀顧龔邵萬錢嚴湯溫齊喬龐顏莊聶魯關蘭寧紀畢單駱藍遊鮑華饒陽時農繆簡車項連蘆婁竇黨宮費衛應閔鄔邊師欒榮叢鞏遲鄺談樂儲勞諶樓滿聞厲區闞權帥樸蓋練豐國計晉門雲來闕烏況鮮戰銀賓於幹陰塗"

// compounds are surnames of two characters.
var compounds = set("欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "东方", "東方", "长孙", "宇文", "轩辕", "南宫",
	"独孤", "呼延", "拓跋", "闻人", "澹台", "申屠", "赫连", "范姜", "張簡", "歐阳")

var surnames = func() map[rune]bool {
	m := make(map[rune]bool, 700)
	for _, r := range surnameList {
		m[r] = true
	}
	return m
}()

// common are the surnames that most people bear. They weigh more where glued
// names can be parted in several ways.
var common = func() map[rune]bool {
	m := make(map[rune]bool, 200)
	for i, r := range []rune(surnameList) {
		if i < 130 {
			m[r] = true
		}
	}
	return m
}()

// looksChinese reports whether s (Han characters only) could be a Chinese name:
// a surname and one or two characters, or a compound surname.
func looksChinese(s []rune) bool {
	switch len(s) {
	case 2, 3:
		return surnames[s[0]] || len(s) == 3 && compounds[string(s[:2])]
	case 4:
		return compounds[string(s[:2])]
	}
	return false
}

// segment parts names written without separators (谭飞王艳明闫鹃). It returns
// nil where the characters do not fall into names completely.
func segment(s []rune) []string {
	n := len(s)
	if n < 4 || n > 24 {
		return nil
	}
	const bad = 1 << 20
	cost := make([]int, n+1)
	step := make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		cost[i] = bad
		for l := 2; l <= 4 && i+l <= n; l++ {
			if !looksChinese(s[i:i+l]) || cost[i+l] >= bad || n == 4 && !common[s[i]] {
				continue
			}
			c := cost[i+l] + nameCost(s[i:i+l])
			if c < cost[i] {
				cost[i], step[i] = c, l
			}
		}
	}
	if cost[0] >= bad {
		return nil
	}
	var out []string
	for i := 0; i < n; i += step[i] {
		out = append(out, string(s[i:i+step[i]]))
	}
	return out
}

// nameCost is low for names as most people have them: a common surname and two characters.
func nameCost(s []rune) int {
	c := 12
	if len(s) == 2 {
		c = 10
	}
	if !common[s[0]] && !compounds[string(s[:2])] {
		c += 5
	}
	if compounds[string(s[:2])] {
		c -= 2
	}
	return c
}
