package crawler_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/testweb/paper"
	"pressmark/storage/ledger"
)

const bridge = "/2024/03/08/council-takes-up-the-bridge-7.html"

var began = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// TestWallsReplaceNothing: what comes with status 200 in place of an article is no
// revision of it, however often it comes.
func TestWallsReplaceNothing(t *testing.T) {
	wall := func(title, text string) paper.Sheet {
		return paper.Sheet{Body: fmt.Sprintf("<!DOCTYPE html><html><head><title>%[1]s</title></head><body><h1>%[1]s</h1><p>%[2]s</p></body></html>", title, text)}
	}
	for _, tt := range []struct {
		name string
		now  paper.Sheet
	}{
		{"maintenance", wall("We will be back soon", "Our website is having some work done tonight. Thank you for your patience while our engineers look after the presses and the servers, which both need oil from time to time.")},
		{"region", wall("Unavailable for your region", "This content is not offered to readers in the place where you are. Our lawyers have asked us to leave it at that, and we hope that you understand their reasons.")},
		{"access", wall("Access denied", "You do not have permission to open this document on this server. Reference number 18.7f2a1c02.")},
		{"check", wall("安全验证", "请完成安全验证后继续访问。系统检测到您的网络环境存在异常，为保障您的账号安全，请点击下方按钮完成验证，验证通过后将自动跳转到您要访问的页面。")},
		{"not there", wall("页面不存在", "您访问的页面不存在或已被删除，请检查您输入的网址是否正确，或者返回首页继续浏览其他内容，也可以通过站内搜索查找相关信息。")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := paper.Start(t, nil), t.TempDir()
			p.Set("/", paper.List("", bridge))
			p.Set(bridge, paper.Story(7, "", ""))
			p.Run(t, began, dir, "/", true)
			before := p.Article(t, dir, bridge)
			p.Set(bridge, tt.now)
			for _, hours := range []int{2, 8, 30, 24 * 8, 24 * 40, 24 * 80} {
				s := p.Run(t, began.Add(time.Duration(hours)*time.Hour), dir, "/", true)
				if s.Revised > 0 {
					t.Fatalf("revised after %d hours", hours)
				}
			}
			if a := p.Article(t, dir, bridge); a.ContentHash != before.ContentHash || a.Revision != 1 {
				t.Errorf("the article is now %q, revision %d", a.Title, a.Revision)
			}
			rec := p.Log(t, dir)[bridge]
			if rec.Outcome == ledger.Archived || rec.Reason == ledger.ReasonSameContent || rec.Due.IsZero() {
				t.Errorf("%+v", rec)
			}
			p.Set(bridge, paper.Story(7, "", ""))
			p.Run(t, rec.Due.Add(time.Minute), dir, "/", true)
			if rec := p.Log(t, dir)[bridge]; rec.Outcome != ledger.Unchanged || rec.Suspect != "" || rec.Tries != 0 {
				t.Errorf("back again: %+v", rec)
			}
		})
	}
}

// TestOtherStoryCountsOnTheSecondLook: a full article in place of another is suspect
// once, and a revision if it is still there; a correction counts at once.
func TestOtherStoryCountsOnTheSecondLook(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	p.Set("/", paper.List("", bridge))
	_, first := report(3, "")
	p.Set(bridge, first)
	p.Run(t, began, dir, "/", true)
	corrected := first
	corrected.Body = strings.Replace(corrected.Body, "</article>", "<p>Correction: an earlier version of this report gave the wrong number of boats.</p></article>", 1)
	p.Set(bridge, corrected)
	if s := p.Run(t, began.Add(2*time.Hour), dir, "/", true); s.Revised != 1 {
		t.Errorf("the correction: %+v", s)
	}
	_, other := report(8, "")
	p.Set(bridge, other)
	p.Run(t, began.Add(7*time.Hour), dir, "/", true)
	if rec := p.Log(t, dir)[bridge]; rec.Outcome != ledger.Unchanged || rec.Reason != ledger.ReasonSuspect || rec.Suspect == "" {
		t.Errorf("the first look: %+v", rec)
	}
	if s := p.Run(t, began.Add(25*time.Hour), dir, "/", true); s.Revised != 1 {
		t.Errorf("the second look: %+v", p.Log(t, dir)[bridge])
	}
}

// TestCanonicalIsProved: a template that names one address for all pages costs no
// article; an address that shows the same text is the article's.
func TestCanonicalIsProved(t *testing.T) {
	for _, tt := range []struct {
		name string
		at   string // the canonical address, with %d for the story
		has  func(p *paper.Paper, n int) *paper.Sheet
		want []string
	}{
		{"a section", "/news/", func(*paper.Paper, int) *paper.Sheet { s := paper.List(""); return &s }, []string{"/show.php?id=1", "/show.php?id=2", "/show.php?id=3"}},
		{"not there", "/show.php", nil, []string{"/show.php?id=1", "/show.php?id=2", "/show.php?id=3"}},
		{"the latest story", "/show.php", func(*paper.Paper, int) *paper.Sheet { _, s := report(3, ""); return &s }, []string{"/show.php", "/show.php?id=1", "/show.php?id=2"}},
		{"the same text", "/story/%d", func(_ *paper.Paper, n int) *paper.Sheet { _, s := report(n, ""); return &s }, []string{"/story/1", "/story/2", "/story/3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, dir := paper.Start(t, nil), t.TempDir()
			var entries [][2]string
			for n := 1; n <= 3; n++ {
				at := tt.at
				if strings.Contains(at, "%") {
					at = fmt.Sprintf(at, n)
				}
				headline, page := report(n, "<link rel=canonical href="+p.URL+at+">")
				path := fmt.Sprintf("/show.php?id=%d", n)
				p.Set(path, page)
				entries = append(entries, [2]string{path, headline})
				if tt.has != nil {
					p.Set(at, *tt.has(p, n))
				}
			}
			p.Set("/", paper.Front(nil, entries...))
			p.Run(t, time.Now(), dir, "/", false)
			if got := p.Archived(t, dir); !slices.Equal(got, tt.want) {
				t.Errorf("archived %q, want %q", got, tt.want)
			}
		})
	}
}

// TestAliasStandsIn: an article whose own address is not there is not gone while an
// alias of it answers.
func TestAliasStandsIn(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	const own, other = "/story/1", "/2024/03/08/what-the-storm-means.html"
	_, page := report(1, "<link rel=canonical href="+p.URL+own+">")
	p.Set("/", paper.List("", other))
	p.Set(other, page)
	p.Set(own, page)
	p.Run(t, began, dir, "/", true)
	if got := p.Archived(t, dir); !slices.Equal(got, []string{own}) {
		t.Fatalf("archived %q", got)
	}
	p.Remove(own)
	if s := p.Run(t, began.Add(2*time.Hour), dir, "/", true); s.Gone > 0 {
		t.Errorf("gone while %s answers: %+v", other, p.Log(t, dir)[own])
	}
	p.Set(other, paper.Sheet{Serve: http.NotFound})
	if s := p.Run(t, began.Add(7*time.Hour), dir, "/", true); s.Gone != 1 {
		t.Errorf("not gone: %+v", p.Log(t, dir)[own])
	}
}

// TestArchivedArticleIsNamed: a run for an article that is archived asks whether it
// has changed, and records what is there instead.
func TestArchivedArticleIsNamed(t *testing.T) {
	p, dir := paper.Start(t, nil), t.TempDir()
	page := paper.Story(7, "", "")
	page.ETag = `"a"`
	p.Set(bridge, page)
	p.Run(t, began, dir, bridge, false)
	p.Run(t, began.Add(time.Hour), dir, bridge, false)
	if rec := p.Log(t, dir)[bridge]; rec.Reason != ledger.ReasonNotModified || rec.Visits != 2 {
		t.Errorf("unchanged: %+v", rec)
	}
	p.Set(bridge, paper.Sheet{Body: "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing the site.</p></body></html>"})
	s := p.Run(t, began.Add(2*time.Hour), dir, bridge, false)
	if rec := p.Log(t, dir)[bridge]; s.Failed != 1 || rec.Outcome != ledger.Failed || rec.Article == "" {
		t.Errorf("refused: %+v, %+v", rec, s)
	}
}
