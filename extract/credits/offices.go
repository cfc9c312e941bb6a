package credits

import (
	"strings"
	"unicode/utf8"
)

// officeEnds are the endings of the names of offices and institutions, which are not
// people.
var officeEnds = []string{"宣传部", "委员会", "政府", "局", "厅", "办公室", "研究院", "医院", "学校", "小学", "中学", "大学", "学院", "公司", "集团", "中心", "协会", "法院", "检察院", "总队",
	"支队", "大队", "街道", "社区", "村委会", "办事处", "管委会", "组织部", "统战部", "工会", "团委", "党委"}

// offices reports whether a value is the name of an office: four characters or more with
// such an ending.
func offices(s string) bool {
	if utf8.RuneCountInString(s) < 4 {
		return false
	}
	for _, e := range officeEnds {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func withoutOffices(names []string) []string {
	out := names[:0:0]
	for _, n := range names {
		if !offices(n) {
			out = append(out, n)
		}
	}
	return out
}

// words start with a character that is also a surname, and are no names.
var words = set("信息", "时间", "安全", "平台", "应用", "方面", "高度", "黄金", "金融", "石油", "关于", "关系", "对于", "项目", "程序", "时候", "时期", "时代", "成功", "成为", "文化", "文章",
	"文字", "全国", "全部", "全面", "古代",
	"左右", "曾经", "经过", "常见", "路上", "温度", "连续", "连日", "单位", "计划", "海外", "海口", "成都", "安徽", "江苏", "江西", "云南", "贵州", "贵阳", "宁夏", "宁波", "温州", "金华", "常州", "常德",
	"郑州", "徐州", "沈阳", "石家庄", "梅州", "柳州", "包头", "武汉",
	"高雄", "台北", "台中", "台南", "嘉義", "桃園", "新竹", "花蓮", "台東", "屏東", "宜蘭", "雲林", "彰化", "苗栗", "南投", "雷州", "白宫", "年度", "乐享", "强国", "支持", "向记者", "时评", "方法",
	"水平", "商务", "路透", "牛市", "相关", "有关", "申请", "申报", "证书", "解放", "解答", "解读", "解析", "报名", "章程", "包括", "古今", "明星", "连载", "巴黎", "荣誉", "项目部", "顾问", "管理",
	"路线", "应急", "应聘")

// verbs are the words that follow 记者 in a sentence, where they start with a
// character that is a surname, too.
var verbs = []string{"从", "昨", "今", "获悉", "了解", "看到", "注意", "来到", "来自", "采访", "时", "现场", "向", "在", "于", "和", "与", "通过", "发现", "走访", "查", "连线", "调查",
	"问", "问题", "节", "会", "证", "团", "站", "热线", "应", "对", "就", "曾"}

func verbal(name string) bool {
	for _, v := range verbs {
		if strings.HasPrefix(name, v) && (len(v) > 3 || !surnames[firstRune(v)]) {
			return true
		}
	}
	switch name {
	case "来到", "来自", "连线", "时间", "向他", "向她", "应邀", "查询", "查阅", "查看", "时说", "于昨日", "于今日", "和他", "和她", "和同事", "从", "对此":
		return true
	}
	return false
}

// plausible reports whether all names look like people's. A bare label must be
// followed by such names: 记者李四, but not 记者从会议上获悉.
func plausible(names []string) bool {
	for _, n := range names {
		rs := []rune(n)
		if allHan(rs) && !looksChinese(rs) || len(rs) > 8 || verbal(n) || words[n] {
			return false
		}
	}
	return len(names) > 0
}
