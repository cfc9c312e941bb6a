package warc_test

import (
	"bytes"
	"fmt"
	"time"

	"pressmark/storage/warc"
)

func ExampleWriter() {
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, warc.Options{File: "herald-0001.warc.gz", Date: time.Date(2024, 1, 5, 8, 0, 0, 0, time.UTC),
		Info: warc.Info{Software: "pressmark 0.1.0", Operator: "Desk <desk@example.com>", Robots: "RFC 9309"}})
	if err != nil {
		panic(err)
	}
	at, err := w.Write(&warc.Exchange{
		URL: "https://news.example.com/1.html", Started: time.Date(2024, 1, 5, 8, 30, 0, 0, time.UTC),
		RequestHead:  []byte("GET /1.html HTTP/1.1\r\nHost: news.example.com\r\n\r\n"),
		ResponseHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
		ResponseBody: []byte("<p>Hello</p>"),
	})
	if err != nil {
		panic(err)
	}

	rec, err := warc.ReadAt(bytes.NewReader(file.Bytes()), at.Offset, at.Length)
	if err != nil {
		panic(err)
	}
	page, err := rec.Response()
	fmt.Println(page.URL, page.Status, string(page.Body), err, rec.Verify())
	// Output: https://news.example.com/1.html 200 <p>Hello</p> <nil> <nil>
}
