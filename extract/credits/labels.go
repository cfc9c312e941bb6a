package credits

import "sort"

// label is a Chinese credit label. A bare one may stand before a name without
// a separator.
type label struct {
	text string
	role Role
	bare bool
}

// labelLists are the labels by role, simplified and traditional.
var labelLists = []struct {
	role  Role
	bare  bool
	words []string
}{
	{Source, false, []string{"来源", "來源", "稿源", "文章来源", "文章來源", "信息来源", "新闻来源", "新聞來源", "消息来源", "稿件来源", "本文来源", "来源于",
		"出处", "出處", "文章出处", "原创", "原創", "转自", "轉自", "转载自", "摘自", "信源", "媒体来源", "来源媒体", "内容来源", "作品来源", "新聞出處", "供稿单位", "发布机构", "来稿单位"}},
	{Author, false, []string{"作者", "文", "文字", "文/图", "图/文", "图／文", "文／图", "圖/文", "圖／文", "文／圖", "文/圖", "文图", "图文", "圖文", "采写", "採寫", "撰文", "撰稿", "撰稿人",
		"供稿", "供稿人", "文案", "采访", "採訪",
		"本文作者", "文章作者", "原作者", "作 者", "编译", "編譯", "特约撰稿", "主笔", "整理", "投稿人", "执笔", "口述"}},
	{Author, true, []string{"记者", "記者", "见习记者", "實習記者", "实习记者", "特约记者", "特約記者", "特派记者", "特派記者", "全媒体记者", "首席记者", "本报记者", "本報記者", "本网记者", "本刊记者", "融媒体记者",
		"融媒记者", "总台记者", "总台央视记者", "新媒体记者", "采访记者", "文字记者", "特約通訊員", "見習記者",
		"本台记者", "通讯员", "通訊員", "特约通讯员", "实习生", "實習生", "评论员", "特约评论员", "特约撰稿人"}},
	{Editor, true, []string{"编辑", "編輯", "责任编辑", "責任編輯", "责编", "責編", "网络编辑", "值班编辑", "实习编辑", "本期编辑", "新媒体编辑", "文字编辑", "见习编辑",
		"编 辑", "责 编", "执行编辑", "版面编辑", "网页编辑", "本版编辑", "栏目编辑", "首席编辑", "见习责编", "中文编辑", "英文编辑", "视频编辑", "图文编辑", "微信编辑", "内容编辑"}},
	{Editor, false, []string{"编审", "编发", "发布者", "发布人", "录入", "录入者", "責任編審", "责任编审", "錄入"}},
	{Photographer, true, []string{"摄影", "攝影", "摄影记者", "攝影記者", "图片摄影", "摄影师", "摄影报道", "拍摄", "航拍"}},
	{Photographer, false, []string{"图", "圖", "图片", "摄", "攝", "摄像", "供图"}},
	{Other, false, []string{"图片来源", "圖片來源", "图源", "图片出处", "资料来源", "資料來源", "数据来源", "视频来源", "题图来源", "封面来源", "素材来源",
		"核稿", "審稿", "审稿", "核发", "监审", "總編輯", "校对", "校對", "责任校对", "审核", "審核", "初审", "复审", "终审", "一审", "二审", "三审", "审校", "监制", "監製", "总监制", "主编", "主編",
		"副主编", "值班主任",
		"值班编委", "编委", "总编辑", "值班总编", "值班主编", "统筹", "策划", "策劃", "设计", "制图", "美编", "排版", "剪辑", "视频", "后期", "制作", "出镜", "海报", "图表", "文案策划", "设计制图", "翻译", "剪辑",
		"配音", "主播", "出品", "签发", "审签", "编务", "责任主编",
		"时间", "時間", "日期", "发布时间", "發布時間", "發佈時間", "发布日期", "发表时间", "發表時間", "发稿时间", "更新时间", "更新時間", "出版", "更新", "出版時間", "发表于", "发布于", "上传时间", "加入时间", "录入时间",
		"字号", "字號", "文字大小", "字体", "字體大小", "字体大小", "视力保护色", "栏目", "欄目", "频道", "所属分类", "分类", "分類", "类别", "点击", "點擊", "点击数", "点击量", "点击次数", "浏览", "瀏覽",
		"浏览次数", "浏览量", "阅读", "阅读量", "阅读次数", "阅读数", "人气", "访问量", "访问次数", "评论", "評論", "评论数", "关键词", "关键字", "標籤", "标签", "分享", "分享到",
		"打印", "打印本页", "收藏", "举报", "关闭", "關閉", "编辑热线", "记者热线", "投稿邮箱", "编辑邮箱", "热线", "电话", "版次", "版面", "责任", "本文栏目", "地點", "地点", "导语", "摘要", "核心提示"}},
}

// labels are all Chinese labels by their first character, longest first.
var labels = buildLabels()

func buildLabels() map[rune][]label {
	m := make(map[rune][]label, 128)
	for _, l := range labelLists {
		for _, w := range l.words {
			for _, r := range w {
				m[r] = append(m[r], label{w, l.role, l.bare})
				break
			}
		}
	}
	for _, list := range m {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].text) > len(list[j].text) })
	}
	return m
}

// nobody are placeholders for a name, such as "admin" or 佚名 (anonymous).
var nobody = set("未知", "佚名", "匿名", "网络", "網路", "本站", "本网", "本站原创", "原创", "转载", "互联网", "网友", "不详", "无", "暂无", "综合", "綜合", "整理", "admin", "administrator",
	"管理员", "系统管理员", "网站管理员", "webmaster", "root", "robot", "unknown", "小编", "编辑", "编辑部", "记者", "編輯部", "作者", "责任编辑", "本报记者", "本报", "本報", "通讯员", "责编",
	"来源", "n/a", "none", "null", "undefined",
	"打印", "关闭", "關閉", "关注", "關注", "举报", "分享", "收藏", "评论", "参与", "纠错", "点击", "阅读", "浏览", "字号", "更多", "返回", "首页", "复制", "微博", "微信", "大", "中", "小", "评论员",
	"全文", "摄影", "供稿", "投稿", "综合报道", "报道", "报导", "報導", "文", "图", "文图", "整合", "发自", "等", "转发", "扫码", "订阅", "登录", "注册", "下载", "来自", "顶部", "举 报", "讯", "消息", "提供",
	"视频", "直播", "图片", "редакция", "redakcja", "redaktion", "redacción", "la redacción", "de la redacción", "rédaction", "la rédaction", "de la rédaction",
	"redação", "da redação", "a redação", "la redazione", "dalla redazione", "der redaktion", "von der redaktion", "staff", "staff reporter", "staff writer",
	"staff reports", "newsroom", "news desk", "web desk", "editor", "editors", "author", "redazione", "guest", "agencias", "agencies", "agences",
	"agenzie", "agenturen", "agentur", "wire reports", "news services", "posts by", "view all posts", "admin user", "web admin", "noc admin",
	"site admin", "super user", "superuser", "test user", "editorial team", "editorial staff", "redakcija", "toimetus", "toimitus", "redaktionen",
	"redaksjonen", "redactie", "szerkesztőség", "redacția", "uredništvo", "редакція", "التحرير", "المحرر", "تحریریه", "redaksi", "tim redaksi",
	"ban biên tập", "กองบรรณาธิการ", "वेब डेस्क", "ডেস্ক রিপোর্ট", "अनलाइन डेस्क", "staff writers", "news staff", "author name", "name", "fact checked",
	"press release", "{{author}}", "{author}", "%author%", "[author]")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
