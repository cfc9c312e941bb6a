package newsstand

import (
	"math"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// vocabulary is a list of words, frequent ones first. A word of rank r is drawn
// about 1/r times as often as the first one (Zipf), as in natural text.
type vocabulary struct {
	words []string
	log   float64 // ln(len(words)+1)
}

// draw returns a word.
func (v *vocabulary) draw(r *rand.Rand) string {
	return v.words[min(len(v.words)-1, int(math.Exp(r.Float64()*v.log))-1)]
}

func newVocabulary(frequent string, size int, invent func(*rand.Rand) string) *vocabulary {
	v := &vocabulary{words: strings.Fields(frequent)}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // invented words, no secret
	for len(v.words) < size {
		v.words = append(v.words, invent(r))
	}
	v.log = math.Log(float64(len(v.words) + 1))
	return v
}

const frequentChinese = `的 在 和 了 是 与 对 为 将 有 工作 发展 记者 我们 进行 活动 服务 建设 市民 群众 项目 社区 企业 今年 全市 他们 开展 问题 推进
提升 文化 经济 生活 管理 安全 学校 学生 教育 医院 交通 道路 公路 大桥 江边 灯会 税务 公园 老人 孩子 志愿 中心 会议 政府 部门 负责人 表示 介绍
目前 已经 通过 加强 实现 提供 参加 组织 举行 现场 比赛 天气 降雨 洪水 水库 农村 农业 水稻 丰收 产业 技术 创新 生态 环境 保护 历史 博物馆 图书馆
周末 上午 下午 昨日 近日 同时 此外 据悉 其中 超过 达到 增长 万元 公里 小时 第一 新的 更多 大家 地方 城市 县城 乡镇 村民 居民 干部`

const frequentEnglish = `the of to and a in is that for was on said with as at by it from be he has an have are were this not but they will its
who which had their council county bridge harbour school residents new more about year road also been after would when people town first up one
river local two storm water police board last work mayor percent week season farm public hospital library fire station plan budget meeting vote
members street market children officials project state home company team festival ferry rain weather flood family service community business open`

// commonHan are the 3,755 most used Chinese characters (GB 2312, level 1).
func commonHan() []rune {
	var raw []byte
	for row := 0xB0; row <= 0xD7; row++ {
		last := 0xFE
		if row == 0xD7 {
			last = 0xF9
		}
		for cell := 0xA1; cell <= last; cell++ {
			raw = append(raw, byte(row), byte(cell))
		}
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		panic(err) // the bytes are fixed
	}
	return []rune(string(text))
}

func chineseWords() *vocabulary {
	han := commonHan()
	return newVocabulary(frequentChinese, 40_000, func(r *rand.Rand) string {
		word := make([]rune, 2+r.IntN(2))
		for i := range word {
			word[i] = han[int(float64(len(han))*math.Pow(r.Float64(), 2))]
		}
		return string(word)
	})
}

func englishWords() *vocabulary {
	starts, middles, ends := strings.Fields("b br c ch d f fl g gr h j k l m n p pl qu r s sh st t tr v w"), strings.Fields("a e i o u ea ou ai"),
		strings.Fields("ld n r st ng ck ll rt mp nd t s ter ton ment ing ed ly er")
	return newVocabulary(frequentEnglish, 40_000, func(r *rand.Rand) string {
		var b strings.Builder
		for range 1 + r.IntN(3) {
			b.WriteString(starts[r.IntN(len(starts))] + middles[r.IntN(len(middles))])
		}
		return b.String() + ends[r.IntN(len(ends))]
	})
}
