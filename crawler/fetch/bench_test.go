package fetch_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"pressmark/crawler/fetch"
)

// The cost of a Get beside that of net/http alone, both with the server on the
// same processors. Hosts are many, because a host has one request at a time.
func BenchmarkGet(b *testing.B) {
	page := []byte(strings.Repeat("<p>Thirty kilobytes of paragraphs.</p>\n", 800))
	small := zipped(string(page))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(small)
		default:
			_, _ = w.Write(page)
		}
	}))
	defer s.Close()
	port := s.URL[strings.LastIndex(s.URL, ":"):]

	b.Run("net/http", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				r, err := http.Get(s.URL + "/page")
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadAll(r.Body); err != nil {
					b.Fatal(err)
				}
				_ = r.Body.Close()
			}
		})
	})
	for _, path := range []string{"/page", "/gzip"} {
		for _, record := range []bool{false, true} {
			b.Run(fmt.Sprintf("Get%s,record=%v", path, record), func(b *testing.B) {
				c := client(b, named)
				var hosts atomic.Int32
				b.ReportAllocs()
				b.RunParallel(func(pb *testing.PB) {
					url := fmt.Sprintf("http://h%d.example%s%s", hosts.Add(1), port, path)
					for pb.Next() {
						r, err := c.Get(b.Context(), fetch.Request{URL: url, Record: record})
						if err != nil || len(r.Body) != len(page) {
							b.Fatal(r, err)
						}
					}
				})
			})
		}
	}
}
