package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"pressmark/extract"
)

// TestListsOfShortHeadlines: links that one by one could be anything are a list's
// articles where many are of one make. Menus, logins and pagers are not.
func TestListsOfShortHeadlines(t *testing.T) {
	headlines := []string{"青石市改造十二座老旧小区", "市领导调研防汛工作", "青石河大桥今日正式通车", "全市中小学九月开学", "读者节周六举行", "河西新区再添公园", "我市启动消防检查", "老人迷路民警送回家", "马拉松报名开启", "供水管网改造完工"}
	const menu = "<div class=nav><a href=/>首页</a> <a href=/news/>新闻</a> <a href='/list.php?id=3'>社会</a> <a href='/login?back=http://e.example/1234567.html'>登录以后可以发表评论</a></div>"
	for _, c := range []struct {
		address string // of article number %d
		want    bool
	}{
		{"/news/%d.html", true},
		{"/show.php?id=%d", true},
		{"/NewsView.aspx?NewsID=%d&c=3", true},
		{"/index.php?id=12&news=%d", true},
		{"/node/%d", true},
		{"/2019/%d/story.html", true},
		{"/author/%d", false},
		{"/list_%d.html", false},
		{"/away?to=http://other.example/%d.html", false},
	} {
		var body strings.Builder
		for i, h := range headlines {
			fmt.Fprintf(&body, "<li><a href='"+c.address+"'>%s</a></li>", 1995+i, h)
		}
		found := 0
		for _, l := range read(t, extract.Options{}, "http://e.example/list", "<title>新闻</title>", menu+"<ul>"+body.String()+"</ul><a href=/list_2.html>下一页</a>").Links {
			if l.Article {
				found++
				if !strings.Contains(strings.Join(headlines, "|"), l.Text) {
					t.Errorf("%s: %s %q is no article", c.address, l.URL, l.Text)
				}
			}
		}
		if found != 0 != c.want || c.want && found != len(headlines) {
			t.Errorf("%s: %d articles of %d", c.address, found, len(headlines))
		}
	}
	few := read(t, extract.Options{}, "http://e.example/list", "<title>新闻</title>", "<a href=/news/101.html>市领导调研防汛工作</a><a href=/news/102.html>马拉松报名开启</a>")
	for _, l := range few.Links {
		if l.Article {
			t.Errorf("two links are no list: %+v", l)
		}
	}
}

// TestArticleLinks distinguishes article links from the others on front and section
// pages made as publishing systems make them: of the articles none may be
// missed, and of what is taken for one hardly any may be something else.
func TestArticleLinks(t *testing.T) {
	var body strings.Builder
	want, other := map[string]bool{}, map[string]bool{}
	link := func(to map[string]bool, path, text string) {
		to["https://news.echo.example"+path] = true
		fmt.Fprintf(&body, "<li><a href='%s'>%s</a></li>", path, text)
	}
	body.WriteString("<div class=nav><ul>")
	for _, s := range []string{"sport", "finance", "local", "video", "about", "special/2024", "rank"} {
		link(other, "/"+s+"/", "栏目"+s)
	}
	body.WriteString("</ul></div><ul>")
	for n := range 40 {
		day := fmt.Sprintf("%02d", n%28+1)
		link(want, "/20/07"+day+"/13/FGK7NC"+fmt.Sprint(100+n)+"01899O.html", fmt.Sprintf("湖畔市第%d座公园开工,居民步行可到湖边", n+1))
		link(want, "/content/2020/07/"+day+"/"+fmt.Sprint(7500000+n)+".html", fmt.Sprintf("全市防汛工作会议召开,第%d次部署", n+1))
		link(want, "/omn/202007"+day+"/202007"+day+"A04H"+fmt.Sprint(n)+"00.html", fmt.Sprintf("新桥第%d号桥墩完工", n+1))
		link(want, "/contents/2020/7/"+day+"-b51327b18dff4d8aa163774fcd9240"+fmt.Sprint(10+n)+".html", fmt.Sprintf("关于公布第%d批试点名单的通知", n+1))
		link(want, fmt.Sprintf("/local/bridge-over-the-mill-closes-for-%d-weeks", n+2), fmt.Sprintf("Bridge over the mill closes for %d weeks", n+2))
		link(other, fmt.Sprintf("/author/%d", 5082500+n), "湖畔晚报客户端新闻")
	}
	body.WriteString("</ul><div class=pager>")
	for n := 2; n < 9; n++ {
		link(other, fmt.Sprintf("/index_%d.html", n), fmt.Sprint(n))
	}
	body.WriteString("</div><div class=footer>")
	for _, s := range []string{"/about/contact.html", "/help/20190101.html", "/licence/31120170001.html"} {
		link(other, s, "许可证")
	}
	res := read(t, extract.Options{}, "https://news.echo.example/", "<title>湖畔新闻</title>", body.String()+"</div>")
	right, taken := 0, 0
	for _, l := range res.Links {
		if l.Article {
			taken++
			if want[l.URL] {
				right++
			} else if !other[l.URL] {
				t.Errorf("%s: no link of the page", l.URL)
			} else {
				t.Logf("no article: %s", l.URL)
			}
		} else if want[l.URL] {
			t.Errorf("missed %s", l.URL)
		}
	}
	precision, recall := float64(right)/float64(taken), float64(right)/float64(len(want))
	t.Logf("%d links, %d articles: precision %.3f, recall %.3f", len(res.Links), len(want), precision, recall)
	if precision < 0.98 || recall < 1 {
		t.Errorf("precision %.3f, recall %.3f; want 0.98 and 1", precision, recall)
	}
}
