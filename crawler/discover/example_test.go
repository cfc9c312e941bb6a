package discover_test

import (
	"fmt"
	"time"

	"pressmark/crawler/discover"
)

func ExampleFeed() {
	feed, err := discover.Feed([]byte(`<rss version="2.0"><channel><title>Herald</title>
		<item><title>Bridge &amp; mill</title><link>/1.html?utm_source=rss</link><pubDate>Fri, 05 Jan 2024 08:30:00 GMT</pubDate></item>
		<item><title>This one breaks o`), "https://news.example.com/feed")
	for _, it := range feed.Items {
		fmt.Println(it.URL, it.Title, it.Published.Format(time.DateOnly))
	}
	fmt.Println(len(feed.Warnings), err)
	// Output:
	// https://news.example.com/1.html Bridge & mill 2024-01-05
	// 2 <nil>
}

func ExampleExpand() {
	pages, err := discover.Expand("https://paper.example.com/{yyyy}-{mm}/{dd}/node_1.htm",
		time.Date(2024, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC))
	fmt.Println(pages, err)
	// Output: [https://paper.example.com/2024-02/29/node_1.htm https://paper.example.com/2024-02/28/node_1.htm] <nil>
}
