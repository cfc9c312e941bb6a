package discover_test

import (
	"testing"

	"pressmark/crawler/discover"
)

func TestRefresh(t *testing.T) {
	const base = "https://news.example/a/"
	for element, want := range map[string]string{
		`<meta http-equiv="refresh" content="0; url=/b/1.html">`:                  "https://news.example/b/1.html",
		`<META content='0;URL=index.html' HTTP-EQUIV=Refresh>`:                    "https://news.example/a/index.html",
		`<meta http-equiv=refresh content=0;url=https://b.example/x?a=1&#38;b=2>`: "https://b.example/x?a=1&b=2",
		`<meta http-equiv="refresh" content="5; 'https://b.example/'">`:           "https://b.example/",
		`<meta http-equiv="refresh" content="300">`:                               "",
		`<meta http-equiv="refresh" content="300; url=/a/">`:                      "",
		`<meta http-equiv="refresh" content="0; url=javascript:history.back()">`:  "",
		`<meta http-equiv="refresh">`:                                             "",
		`<meta http-equiv="content-type" content="0; url=/b">`:                    "",
		`<p>Write http-equiv=refresh and content="0; url=/b".</p>`:                "",
	} {
		if got := discover.Refresh([]byte("<html><head>"+element+"</head><body></body></html>"), base); got != want {
			t.Errorf("%s leads to %q, want %q", element, got, want)
		}
	}
}
