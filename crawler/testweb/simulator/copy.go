package simulator

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// writer makes the copy of generated stories. It is no literature, but it has
// the length, the punctuation and the vocabulary of news, so that an extractor
// takes it for an article.
type writer struct {
	rng  *rand.Rand
	lang language
}

// language is what the copy of one language is made of. In sentences and
// titles {p} stands for a place, {h} for a person, {o} for a body and {n} for
// a number.
type language struct {
	places, persons, bodies []string
	titles, sentences       []string
	captions                []string
	joint                   string // between sentences
}

func english() language {
	return language{
		places: []string{
			"Harle Bridge", "Stanmoor", "Oxley Green", "West Dunning", "Carrick Sands", "Millom Cross", "Tarn End",
			"Loxwell", "Ferny Hill", "Bracken Vale", "North Quay", "Ashby Fold",
		},
		persons: []string{
			"Nora Whitlock", "Samir Aziz", "Bethan Pugh", "Callum Reid", "Odette Barnes", "Piotr Zielinski",
			"Grace Achebe", "Hugh Lanyon", "Mina Castell", "Rory Feld",
		},
		bodies: []string{
			"the parish council", "the harbour trust", "the county's highways team", "the school governors",
			"the wildlife trust", "the fire service", "the drainage board", "the allotment society",
		},
		titles: []string{
			"{p} bridge to close for {n} nights while bearings are replaced",
			"Plans for {n} homes at {p} go out to consultation",
			"{p} market returns after {n} years with a longer list of stalls",
			"Volunteers clear {n} tonnes of driftwood from the shore at {p}",
			"School at {p} wins {n} more places after parents' campaign",
			"Bus route through {p} saved by {n} signatures",
			"{h} named volunteer of the year for work at {p}",
			"Lifeboat crew at {p} called out {n} times in a month",
		},
		sentences: []string{
			"The decision was announced on Tuesday evening by {o} after a meeting that lasted nearly {n} minutes.",
			"{h}, who has lived in {p} for {n} years, said that nobody on the street had expected it so soon.",
			"Work is due to begin within {n} weeks, and residents of {p} have been told to expect some noise in the mornings.",
			"“We counted {n} people in the hall, and not one of them was there for the biscuits,” said {h}.",
			"A report prepared for {o} puts the cost at a little under £{n},000, most of it already set aside.",
			"Traffic will be sent by way of {p} until the barriers come down, which could take {n} days.",
			"{h} told the meeting that the figures had been checked twice and would be published in full.",
			"Members of {o} voted by a clear majority, with {n} in favour and a handful against.",
			"It is the third time in {n} years that the question has come up, and the first that it was answered.",
			"Anyone who wishes to comment has {n} days to write to the office in {p}, or may speak at the next meeting.",
		},
		captions: []string{"The scene at {p} on Wednesday morning.", "{h} at {p}.", "Work under way near {p}."},
		joint:    " ",
	}
}

func chinese() language {
	return language{
		places:  []string{"青石镇", "东溪社区", "柏树湾", "龙门街道", "枫林村", "南河大桥", "望江新城", "石泉县", "云岭乡", "白杨路"},
		persons: []string{"方若谷", "葛云开", "贾素心", "潘立冬", "邹景行", "骆小川", "欧阳静", "陶一鸣", "白望舒", "田守诚"},
		bodies:  []string{"市住建局", "县水务局", "街道办事处", "市公交公司", "区教育局", "镇卫生院", "市园林中心", "村委会"},
		titles: []string{
			"{p}完成管网改造 {n}户居民用上直供水",
			"{p}新增{n}个停车位 本月底投入使用",
			"{h}:在{p}守了{n}年的护林人",
			"{p}举办邻里节 {n}道家常菜摆上长桌",
			"{p}至城区公交加密 发车间隔缩短到{n}分钟",
			"{p}{n}亩油茶开园 村民家门口增收",
			"{p}夜校开班 {n}门课程供市民选择",
		},
		sentences: []string{
			"记者日前从{o}获悉,{p}的这项工程历时{n}天,已于上周全部完工并通过验收。",
			"“以前出门要绕{n}分钟的路,现在下楼就到。”家住{p}的{h}说,邻居们都觉得方便了不少。",
			"据{o}有关负责人介绍,项目共投入资金{n}万元,其中一半以上用于改善老旧设施。",
			"在{p},工作人员挨家挨户上门走访,收集意见建议{n}条,逐条登记、逐条答复。",
			"{h}告诉记者,最难的是头一个月,大家意见不一,前前后后开了{n}次碰头会才定下方案。",
			"下一步,{o}将总结{p}的做法,在全市另外{n}个点位推广。",
			"当天上午,{p}来了{n}多名志愿者,有的搬运物资,有的维持秩序,现场忙而不乱。",
			"{o}提醒,施工期间请过往车辆减速慢行,如有疑问可在工作日拨打服务电话咨询。",
			"数据显示,今年以来当地同类事项的办理时间平均缩短了{n}个小时,群众满意度明显提升。",
		},
		captions: []string{"图为{p}一角", "{h}在{p}查看进展", "{p}施工现场"},
	}
}

func pick(rng *rand.Rand, from []string) string { return from[rng.IntN(len(from))] }

func (w writer) fill(pattern string) string {
	for strings.Contains(pattern, "{") {
		pattern = strings.Replace(pattern, "{p}", pick(w.rng, w.lang.places), 1)
		pattern = strings.Replace(pattern, "{h}", pick(w.rng, w.lang.persons), 1)
		pattern = strings.Replace(pattern, "{o}", pick(w.rng, w.lang.bodies), 1)
		pattern = strings.Replace(pattern, "{n}", fmt.Sprint(12+w.rng.IntN(480)), 1)
	}
	if w.lang.joint == "" { // Chinese copy has wide punctuation
		pattern = strings.NewReplacer(",", "，", ":", "：").Replace(pattern)
	}
	return pattern
}

func (w writer) title() string   { return w.fill(pick(w.rng, w.lang.titles)) }
func (w writer) caption() string { return w.fill(pick(w.rng, w.lang.captions)) }

// paragraph has two or three sentences, no sentence twice.
func (w writer) paragraph() string {
	order := w.rng.Perm(len(w.lang.sentences))
	var out []string
	for _, i := range order[:2+w.rng.IntN(2)] {
		out = append(out, w.fill(w.lang.sentences[i]))
	}
	return strings.Join(out, w.lang.joint)
}
