package newsroom

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"pressmark/extract/article"
)

// OldLayoutUntil is the day from which the portal's stories are in its newer
// layout; earlier stories keep the older one.
const OldLayoutUntil = "2011-01-01"

// portal is the layout of an old GBK portal. Quirks of its stories:
// "meta-utf8", "header-utf8" and "no-charset" declare the charset wrongly or
// not at all, "link-thumb" links a thumbnail to the picture, "lazy-src" has the
// picture's address in data-src instead of data-original.
type portal struct{ sheets }

func (portal) language() string     { return "zh" }
func (portal) delay() time.Duration { return 200 * time.Millisecond }
func (portal) compresses() bool     { return false }
func (portal) printsModified() bool { return false }
func (portal) goneStatus() int      { return http.StatusNotFound }
func (portal) pageSize() int        { return 4 }

func (portal) sections() []section {
	return []section{{"news", "新闻"}, {"society", "社会"}, {"culture", "文化"}}
}

func (portal) words() words {
	return words{
		home: "泠州在线首页", notFound: "对不起，您要访问的页面不存在！", gone: "对不起，该新闻已删除！",
		ads: []string{"黄金铺面火热招租", "专修冰箱彩电 上门服务", "泠州驾校 暑期班报名中"},
		comments: []comment{
			{"泠州网友", "2012-3-9 10:22:05", "支持，早就该管管了。"},
			{"路过打酱油", "2012-3-10 8:01:44", "沙发！"},
			{"莲叶湖边人", "2012-4-2 21:15:30", "我家就住那附近，情况属实。"},
			{"外地游子", "2012-5-1 23:48:12", "看到家乡的新闻，眼睛湿了。"},
		},
		notes: map[string][2]string{"/about.htm": {"关于本网", "泠州在线成立于1999年。"}},
	}
}

func (portal) storyPath(s *Story, part int) string {
	base := fmt.Sprintf("/%s/%s/content_%s", s.Section, s.Published.Format("2006-01/02"), s.ID)
	if part > 1 {
		return fmt.Sprintf("%s_%d.htm", base, part)
	}
	return base + ".htm"
}

func (portal) listPath(slug string, page int) string {
	if page == 1 {
		return "/" + slug + "/index.htm"
	}
	return fmt.Sprintf("/%s/index_%d.htm", slug, page)
}

func (portal) variants(s *Story, i int) []variant {
	p := s.Pictures[i]
	base := fmt.Sprintf("/images/%s/%s_%d", s.Published.Format("2006-01"), s.ID, i+1)
	files := []variant{{path: base + "." + p.Format, name: p.Name, format: p.Format, width: p.Width, height: p.Height}}
	if s.has("link-thumb") {
		files = append(files, variant{
			path: base + "_s." + p.Format, name: p.Name, format: p.Format, width: p.Width / 3, height: p.Height / 3,
		})
	}
	return files
}

// clock prints times without zeros in front, and does not say so when it cuts them.
func (portal) clock(t time.Time, p article.Precision) string {
	switch p {
	case article.Day:
		return t.Format("2006-1-2")
	case article.Minute:
		return t.Format("2006-1-2 15:04")
	}
	return t.Format("2006-1-2 ") + fmt.Sprintf("%d:%s", t.Hour(), t.Format("04:05"))
}

// creditLines are the line below the headline, time and all, for here it is
// one with the credits, and the editors' line in its brackets.
func (p portal) creditLines(s *Story) []string {
	var lines []string
	first := ""
	if s.Source != "" {
		first = "来源:" + s.Source
	}
	if len(s.Authors) > 0 {
		first += "作者:" + strings.Join(s.Authors, " ")
	}
	if first != "" {
		lines = append(lines, p.clock(s.Published, s.Precision)+first)
	}
	if len(s.Editors) > 0 {
		lines = append(lines, "[责任编辑:"+strings.Join(s.Editors, " ")+"]")
	}
	return lines
}

func (portal) contentType(s *Story) string {
	if s != nil && s.has("header-utf8") {
		return "text/html; charset=UTF-8"
	}
	return "text/html"
}

func (portal) templateOf(s *Story) string {
	if s.Published.Format("2006-01-02") < OldLayoutUntil {
		return "old"
	}
	return "article"
}

func (portal) fill(p *page) {
	p.Authors = strings.Join(p.Story.Authors, " ")
	switch {
	case p.Quirk("meta-utf8"):
		p.Charset = "utf-8"
	case p.Quirk("no-charset"):
		p.Charset = ""
	}
	for _, b := range p.Blocks {
		if b.Pic == nil {
			continue
		}
		switch {
		case p.Quirk("link-thumb"):
			b.Pic.Large = b.Pic.Src
			at := strings.LastIndexByte(b.Pic.Src, '.')
			b.Pic.Src = b.Pic.Src[:at] + "_s" + b.Pic.Src[at:]
		case p.Quirk("lazy-src"):
			b.Pic.LazySrc = b.Pic.Src
		default:
			b.Pic.Original = b.Pic.Src
		}
	}
}

func (portal) encode(html []byte) ([]byte, error) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes(html)
	if err != nil {
		return nil, fmt.Errorf("encode page as GBK: %w", err)
	}
	return gbk, nil
}

// extra finds the spacer and the logo.
func (portal) extra(_ *Site, _ *view, path string) (resource, bool, error) {
	width, height := 1, 1
	switch path {
	case "/images/blank.gif":
	case "/images/logo.gif":
		width, height = 120, 40
	default:
		return resource{}, false, nil
	}
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.RGBA{0, 51, 102, 255}})
	for i := range img.Pix {
		img.Pix[i] = byte(i / 8 % 2)
	}
	var buf bytes.Buffer
	if err := gif.Encode(&buf, img, nil); err != nil {
		return resource{}, false, fmt.Errorf("draw %s: %w", path, err)
	}
	return resource{contentType: "image/gif", modified: pressDay, body: buf.Bytes()}, true, nil
}
