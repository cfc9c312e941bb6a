package discover_test

import (
	"net/http"
	"testing"

	"pressmark/crawler/discover"
	"pressmark/extract/weburl"
)

func TestRefresh(t *testing.T) {
	const base = "https://news.example/a/"
	for element, want := range map[string]string{
		`<meta http-equiv="refresh" content="0; url=/b/1.html">`:                                                  "https://news.example/b/1.html",
		`<META content='0;URL=index.html' HTTP-EQUIV=Refresh>`:                                                    "https://news.example/a/index.html",
		`<meta http-equiv=refresh content=0;url=https://b.example/x?a=1&#38;b=2>`:                                 "https://b.example/x?a=1&b=2",
		`<meta http-equiv="refresh" content="5; 'https://b.example/'">`:                                           "https://b.example/",
		`<meta http-equiv="refresh" content="300">`:                                                               "",
		`<meta http-equiv="refresh" content="300; url=/a/">`:                                                      "",
		`<meta http-equiv="refresh" content="0; url=javascript:history.back()">`:                                  "",
		`<meta http-equiv="refresh">`:                                                                             "",
		`<meta http-equiv="content-type" content="0; url=/b">`:                                                    "",
		`<base href="/c/"><meta http-equiv="refresh" content="0; url=1.html">`:                                    "https://news.example/c/1.html",
		`<base href="/c/"><base href="/d/"><meta http-equiv="refresh" content="0; url=1.html">`:                   "https://news.example/c/1.html",
		`<meta http-equiv="refresh" content="0; url=1.html"><base href="/c/">`:                                    "https://news.example/c/1.html",
		`<!-- <meta http-equiv="refresh" content="0; url=/x"> --><meta http-equiv="refresh" content="0; url=/b">`: "https://news.example/b",
		`<!-- <meta http-equiv="refresh" content="0; url=/x"> -->`:                                                "",
		`<script>var s='<meta http-equiv="refresh" content="0; url=/x">'</script>`:                                "",
		`<title><meta http-equiv="refresh" content="0; url=/x"></title>`:                                          "",
		`<noscript><meta http-equiv="refresh" content="0; url=/b"></noscript>`:                                    "https://news.example/b",
		`<meta http-equiv="refresh" content=".5;url=/b">`:                                                         "https://news.example/b",
		`<meta http-equiv="refresh" content="0000;url=/b">`:                                                       "https://news.example/b",
		`<meta http-equiv="refresh" content="1.5.5 url=/b">`:                                                      "https://news.example/b",
		`<meta http-equiv="refresh" content="0 url=/b">`:                                                          "https://news.example/b",
		`<meta http-equiv="refresh" content="0,/b">`:                                                              "https://news.example/b",
		`<meta http-equiv="refresh" content="0; url = &quot;/b&quot; x">`:                                         "https://news.example/b",
		`<meta http-equiv="refresh" content="0; url='/b">`:                                                        "https://news.example/b",
		`<meta http-equiv="refresh" content="0; urls/b">`:                                                         "https://news.example/a/urls/b",
		`<meta http-equiv="refresh" content="0; url='">`:                                                          "",
		`<meta http-equiv="refresh" content="url=/b">`:                                                            "",
		`<meta http-equiv="refresh" content="0x; url=/b">`:                                                        "",
		`<meta http-equiv="refresh" content="-1; url=/b">`:                                                        "",
		`<meta http-equiv="refresh" data-x="a>b" content="0;url=/b">`:                                             "https://news.example/b",
		`<meta http-equiv="refresh" content="300"><meta http-equiv="refresh" content="0;url=/b">`:                 "https://news.example/b",
		`<p>Write http-equiv=refresh and content="0; url=/b".</p>`:                                                "",
	} {
		if got := discover.Refresh([]byte("<html><head>"+element+"</head><body></body></html>"), nil, base); got != want {
			t.Errorf("%s leads to %q, want %q", element, got, want)
		}
	}
}

// TestRefreshHeader: the header field counts before the page, against the page's own
// address, and a page in GBK asks for its query in GBK.
func TestRefreshHeader(t *testing.T) {
	const base, page = "https://news.example/a/", `<base href=/c/><meta http-equiv=refresh content="0;url=1.html">`
	for field, want := range map[string]string{
		"0; url=/b":  "https://news.example/b",
		"0;url=2":    "https://news.example/a/2",
		"5":          "https://news.example/c/1.html",
		"junk":       "https://news.example/c/1.html",
		"":           "https://news.example/c/1.html",
		"0; url=/a/": "",
	} {
		if got := discover.Refresh([]byte(page), http.Header{"Refresh": {field}}, base); got != want {
			t.Errorf("Refresh: %s leads to %q, want %q", field, got, want)
		}
	}
	gbk := http.Header{"Content-Type": {"text/html; charset=gbk"}}
	if got := discover.Refresh([]byte("<meta http-equiv=refresh content='0;url=?c=\xd0\xc2'>"), gbk, base); got != "https://news.example/a/?c=%D0%C2" {
		t.Errorf("query in GBK: %q", got)
	}
}

// FuzzRefresh: what comes out is an address in normal form.
func FuzzRefresh(f *testing.F) {
	f.Add([]byte(`<base href="/c/"><meta http-equiv="refresh" content="0; url=1.html">`), "5; url='/b'")
	f.Add([]byte("<noscript><meta http-equiv=refresh content='.5 url=\xd0\xc2'>"), "")
	f.Fuzz(func(t *testing.T, body []byte, field string) {
		to := discover.Refresh(body, http.Header{"Refresh": {field}}, "https://news.example/a/")
		if again, err := weburl.Normalize(to); to != "" && (err != nil || again != to) {
			t.Errorf("%q, %v", to, err)
		}
	})
}
