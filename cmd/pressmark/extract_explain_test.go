package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

// explainedPage mixes scripts, so that columns are aligned by width and not by bytes.
const explainedPage = `<html lang="zh"><head><title>青石县修复东岸步道 - 青石新闻</title><meta property="og:title" content="青石县修复东岸步道">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"东岸步道修复","datePublished":"2024-05-13T08:00:00+08:00","author":{"name":"林一一"}}</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">News</a></div><h1>青石县修复东岸步道</h1>
<p class="info">2024-05-14 09:30 来源：青石日报</p>
<div class="content"><p>青石县今天开始修复东岸的步道，工程预计持续三个月，期间行人须走西岸的临时便道，夜间有照明。</p>
<p>The footpath on the east bank is closed for three months, the county says, and walkers take the west bank instead.</p>
<p>县水利局表示，汛期以前完成护坡，之后铺设路面，并在沿线种植本地树种，欢迎市民来电提出意见。</p>
<p>相关阅读</p><ul><li><a href="/a/1.html">去年东岸步道因汛期受损的情况</a></li></ul></div>
<p style="display:none">hidden words</p></body></html>`

func TestExplain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(explainedPage), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := callProgram(t, "extract", file, "--url", "https://news.example.cn/a/2.html", "--explain")
	if status != 0 || errs != "" {
		t.Fatalf("status %d, %s", status, errs)
	}
	for _, want := range []string{
		"title        ", "heading of related items", "body         text of the body's box", "credit       ", "(hidden)",
		"首页", "Kind: article", "json-ld headline", "json-ld datePublished", "og:title", "rejected", "agrees", "林一一",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q", want)
		}
	}
	aligned(t, out, "Text")
	aligned(t, out, "Evidence")
	if t.Failed() {
		t.Log("\n" + out)
	}
}

// aligned checks that a column of a table begins at the same place in all rows.
func aligned(t *testing.T, out, column string) {
	t.Helper()
	at := -1
	for line := range strings.Lines(out) {
		line = strings.TrimRight(line, "\n")
		switch i := strings.Index(line, column); {
		case at < 0 && i >= 0:
			at = text.StringWidth(line[:i])
		case at < 0 || strings.HasPrefix(line, "─"):
		case line == "":
			return
		default:
			before := text.Trim(line, at)
			if text.StringWidth(before) == at && !strings.HasSuffix(before, " ") {
				t.Errorf("column %s is not aligned in %q", column, line)
			}
		}
	}
}

func TestExplainIsForOnePage(t *testing.T) {
	status, _, errs := callProgram(t, "extract", "--manifest", "pages.jsonl", "--explain")
	if status != 2 || !strings.Contains(errs, "--explain is for one page") {
		t.Errorf("status %d, %s", status, errs)
	}
}
