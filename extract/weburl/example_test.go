package weburl_test

import (
	"errors"
	"fmt"
	"net/url"

	"pressmark/extract/weburl"
)

func ExampleNormalize() {
	s, err := weburl.Normalize("HTTPS://News.Example.com:443/a/../县/%7Edesk?utm_source=app&id=7#top")
	fmt.Println(s, err)
	// Output: https://news.example.com/%E5%8E%BF/~desk?id=7 <nil>
}

func ExampleResolve() {
	page, _ := url.Parse("https://news.example.com/city/list.html")
	for _, href := range []string{"../sport/1.html", "//img.example.com/1.jpg", "javascript:void(0)"} {
		s, err := weburl.Resolve(page, href)
		fmt.Println(s, errors.Is(err, weburl.ErrScheme))
	}
	// Output:
	// https://news.example.com/sport/1.html false
	// https://img.example.com/1.jpg false
	//  true
}

func ExampleSiteName() {
	fmt.Println(weburl.SiteName("www.news.example.com.cn"))
	// Output: news-example-com-cn
}
