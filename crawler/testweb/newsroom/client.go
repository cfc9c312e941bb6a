package newsroom

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"pressmark/extract/article"
)

// client is the layout of a Chinese news client. A paragraph with a
// placeholder, "1.png", follows each picture. Quirks of its stories: "named" has
// the placeholder in the picture's own paragraph, "alt" has it in the picture's
// alt alone, "styled" sets captions in a span, "h3" makes subheads of h3, "div"
// makes paragraphs of div.
type client struct{ sheets }

func (client) language() string     { return "zh" }
func (client) delay() time.Duration { return 250 * time.Millisecond }
func (client) compresses() bool     { return true }
func (client) printsModified() bool { return false }
func (client) goneStatus() int      { return http.StatusNotFound }
func (client) pageSize() int        { return 4 }

func (client) sections() []section {
	return []section{{"yaowen", "要闻"}, {"minsheng", "民生"}, {"wenlv", "文旅"}}
}

func (client) words() words {
	return words{
		home: "首页", notFound: "您访问的页面不存在", gone: "该内容已被删除",
		ads: []string{"澄江米酒 新客立减十元", "岚山脐橙 产地直发", "云屏新茶上市"},
		comments: []comment{
			{"江边钓客", "3小时前", "这段堤我从小走到大,终于修好了。"},
			{"用户8842", "昨天", "写得真细,记者辛苦。"},
			{"青埠老王", "2天前", "希望我们那边也赶紧安排上!"},
			{"橘子汽水", "5分钟前", "转给我妈看看。"},
			{"一叶扁舟", "12-01", "九块钱很良心了,就是早高峰希望再加几班。"},
		},
		notes: map[string][2]string{
			"/app/download.html": {"下载客户端", "扫码下载澄州时刻客户端。"},
			"/about.html":        {"关于我们", "澄州时刻新闻客户端。联系电话：0998-8123456。"},
		},
	}
}

func (client) storyPath(s *Story, _ int) string {
	return "/content/" + s.Published.Format("2006/01/02") + "/" + s.ID + ".html"
}

func (client) listPath(slug string, page int) string {
	if page == 1 {
		return "/channel/" + slug + "/"
	}
	return fmt.Sprintf("/channel/%s/index_%d.html", slug, page)
}

func (client) variants(s *Story, i int) []variant {
	p := s.Pictures[i]
	return []variant{{
		path: fmt.Sprintf("/files/%s/%s/%d.%s", s.Published.Format("20060102"), s.ID, i+1, p.Format),
		name: p.Name, format: p.Format, width: p.Width, height: p.Height,
	}}
}

func (client) placeholder(s *Story, i int) string {
	if s.has("alt") {
		return ""
	}
	return fileName(i)
}

// fileName is the name that a picture had on the editor's desk.
func fileName(i int) string { return strconv.Itoa(i+1) + ".png" }

func (client) clock(t time.Time, p article.Precision) string {
	switch p {
	case article.Day:
		return t.Format("2006-01-02")
	case article.Minute:
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02 15:04:05")
}

func (client) creditLines(s *Story) []string {
	var lines []string
	for _, c := range []struct {
		label string
		names []string
	}{{"来源", []string{s.Source}}, {"作者", s.Authors}, {"摄影", s.Photos}, {"编辑", s.Editors}} {
		if names := strings.Join(c.names, " "); names != "" {
			lines = append(lines, c.label+":"+names)
		}
	}
	return lines
}

func (client) fill(*page) {}

// extra finds the short links, /c/<id>.
func (c client) extra(_ *Site, v *view, path string) (resource, bool, error) {
	id, ok := strings.CutPrefix(path, "/c/")
	for _, st := range v.stories {
		if ok && st.ID == id {
			return resource{status: http.StatusMovedPermanently, location: c.storyPath(st, 1)}, true, nil
		}
	}
	if path == "/static/logo.png" {
		return resource{contentType: "image/png", modified: pressDay, body: logo(48, 48)}, true, nil
	}
	return resource{}, false, nil
}

// logo draws a masthead.
func logo(width, height int) []byte {
	f, err := drawFile("masthead", "png", width, height)
	if err != nil {
		return nil
	}
	return f.body
}
