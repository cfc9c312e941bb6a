package fetch_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"pressmark/crawler/fetch"
	"pressmark/crawler/inflight"
	"pressmark/crawler/pace"
)

// raw answers with bytes of its own making, and closes the connection.
func raw(response string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(c, response)
		_ = c.Close()
	}
}

func encoded(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(body)
	}
}

func deflated(s string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.Bytes()
}

// bomb is a gzip file that holds n MiB of zeroes.
func bomb(n int) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	for range n {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	_ = w.Close()
	return b.Bytes()
}

// wrongSum is a gzip file whose checksum does not fit.
func wrongSum(gz []byte) []byte {
	b := bytes.Clone(gz)
	b[len(b)-8] ^= 0xff
	return b
}

func typed(contentType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}
}

func TestBodies(t *testing.T) {
	const page = "<html><p>Über die Brücke</p></html>"
	long := strings.Repeat("abcdefghij", 10_000)
	noise := make([]byte, 40_000)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i*7)
	}
	gz := zipped(page)
	plainAs := func(coding string) http.HandlerFunc { return encoded(coding, []byte(page)) }
	status := func(code int, f http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code); f(w, r) }
	}

	tests := []struct {
		name      string
		handler   http.HandlerFunc
		kind      fetch.Kind
		maxBody   int64
		code      string
		truncated string
		ended     bool   // it shows its own end, though the connection ended before
		whole     bool   // though truncated, it came whole over the wire, and is recorded so
		body      string // "-": not looked at
	}{
		{name: "plain", handler: text(page), body: page},
		{name: "empty", handler: text(""), body: ""},
		{name: "chunked", handler: func(w http.ResponseWriter, _ *http.Request) {
			for _, part := range []string{long[:7], long[7:5000], long[5000:]} {
				_, _ = io.WriteString(w, part)
				_ = http.NewResponseController(w).Flush()
			}
		}, body: long},
		{name: "until the connection closes", handler: raw("HTTP/1.0 200 OK\r\n\r\n" + long), body: long},
		{name: "gzip", handler: encoded("gzip", gz), body: page},
		{name: "x-gzip, upper case", handler: encoded("X-GZIP", gz), body: page},
		{name: "gzip of two members", handler: encoded("gzip", append(bytes.Clone(gz), gz...)), body: page + page},
		{name: "gzip and a line end after it", handler: encoded("gzip", append(bytes.Clone(gz), "\r\n"...)), body: page},
		{name: "gzip and padding after it", handler: encoded("gzip", append(bytes.Clone(gz), make([]byte, 9)...)), body: page},
		{name: "gzip and half a head after it", handler: encoded("gzip", append(bytes.Clone(gz), gz[:5]...)), truncated: "disconnect", whole: true, body: page},
		{name: "gzip and bytes after it", handler: encoded("gzip", append(bytes.Clone(gz), "trailing bytes of no meaning"...)), body: page},
		{name: "deflate", handler: encoded("deflate", deflated(page)), body: page},
		{name: "raw deflate", handler: encoded("deflate", deflated(page)[2:len(deflated(page))-4]), body: page},
		{name: "gzip of gzip", handler: encoded("gzip, gzip", zipped(string(gz))), body: page},
		{name: "plain, announced as gzip", handler: plainAs("gzip"), body: page},
		{name: "identity", handler: plainAs("identity"), body: page},
		{name: "a charset as coding", handler: plainAs("UTF-8"), body: page},
		{name: "another charset as coding", handler: plainAs("gb2312"), body: page},
		{name: "the coding of an upload, and one", handler: encoded("aws-chunked, gzip", gz), body: page},
		{name: "a coding not asked for", handler: encoded("br", []byte("\x0b\x02\x80abcde\x03")), body: "abcde"},
		{name: "a coding nobody knows", handler: encoded("compress", []byte("\x1f\x9d\x90")), code: fetch.CodeBadEncoding, body: "-"},
		{name: "hundreds of codings", handler: encoded(strings.Repeat("gzip,", 300), gz), code: fetch.CodeBadEncoding, body: "-"},
		{name: "gzip without its trailer", handler: encoded("gzip", gz[:len(gz)-8]), truncated: "disconnect", whole: true, body: page},
		{name: "gzip with a wrong checksum", handler: encoded("gzip", wrongSum(gz)), truncated: "disconnect", whole: true, body: page},
		{name: "gzip cut off", handler: encoded("gzip", zipped(long)[:200]), truncated: "disconnect", whole: true, body: "-"},
		{name: "sitemap without its trailer", kind: fetch.Source, handler: typed("application/gzip", gz[:len(gz)-8]), truncated: "disconnect", whole: true, body: page},
		{name: "image with a wrong checksum", kind: fetch.Image, handler: encoded("gzip", wrongSum(gz)), code: fetch.CodeCutBody, truncated: "disconnect", whole: true, body: "-"},
		{name: "gzip cut off by the connection's end", handler: raw("HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(zipped(long + string(noise))[:400])), truncated: "disconnect", body: "-"},
		{name: "gzip cut in its header", handler: encoded("gzip", gz[:5]), code: fetch.CodeCutBody, truncated: "disconnect", whole: true, body: "-"},
		{name: "gzip broken", handler: encoded("gzip", append(bytes.Clone(gz[:12]), noise...)), truncated: "disconnect", whole: true, body: "-"},
		{name: "gzip broken from the start", handler: encoded("gzip", append(bytes.Clone(gz[:10]), 0xff, 0xff)), code: fetch.CodeBadEncoding, body: "-"},
		{name: "shorter than announced", handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), code: fetch.CodeCutBody, truncated: "disconnect", body: "short"},
		{name: "shorter than announced, and whole", handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n" + page + "\r\n"), ended: true, body: page + "\r\n"},
		{name: "the length before gzip", handler: raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4096\r\n\r\n" + string(zipped("a part"))), ended: true, body: "a part"},
		{name: "no last chunk", handler: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n", len(page), page)), ended: true, body: page},
		{name: "sitemap, shorter than announced, and whole", kind: fetch.Source, handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n<urlset/></urlset>"), ended: true, body: "<urlset/></urlset>"},
		{name: "image, shorter than announced", kind: fetch.Image, handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n" + page), code: fetch.CodeCutBody, truncated: "disconnect", body: page},
		{name: "longer than announced", handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nshortlong"), body: "short"},
		{name: "chunks cut off", handler: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n5\r\nsh"), code: fetch.CodeCutBody, truncated: "disconnect", body: "shortsh"},
		{name: "chunks broken", handler: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nzz\r\n"), code: fetch.CodeCutBody, truncated: "disconnect", body: "short"},
		{name: "as large as allowed", handler: text(long), maxBody: int64(len(long)), body: long},
		{name: "large, of known length", handler: typed("text/html", bytes.Repeat([]byte(long), 35)), body: strings.Repeat(long, 35)},
		{name: "large, cut off", handler: raw("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + strings.Repeat(long, 15)), code: fetch.CodeCutBody, truncated: "disconnect", body: strings.Repeat(long, 15)},
		{name: "large, of unknown length", handler: raw("HTTP/1.0 200 OK\r\n\r\n" + strings.Repeat(long, 85)), body: strings.Repeat(long, 85)},
		{name: "announced too large", handler: typed("text/html", []byte(long)), maxBody: int64(len(long)) - 1, code: fetch.CodeTooLarge, truncated: "length", body: "-"},
		{name: "too large", handler: raw("HTTP/1.0 200 OK\r\n\r\n" + long), maxBody: 1000, code: fetch.CodeTooLarge, truncated: "length", body: long[:1000]},
		{name: "too large decoded", handler: encoded("gzip", zipped(long)), maxBody: 5000, code: fetch.CodeTooLarge, truncated: "length", whole: true, body: long[:5000]},
		{name: "bomb", handler: encoded("gzip", bomb(4)), code: fetch.CodeBomb, truncated: "length", whole: true, body: "-"},
		{name: "bomb in a bomb", handler: encoded("gzip, gzip", zipped(string(bomb(4)))), code: fetch.CodeBomb, truncated: "length", whole: true, body: "-"},
		{name: "compressed sitemap", kind: fetch.Source, handler: typed("application/gzip", gz), body: page},
		{name: "compressed sitemap, compressed again", kind: fetch.Source, handler: encoded("gzip", zipped(string(gz))), body: page},
		{name: "compressed sitemap is a bomb", kind: fetch.Source, handler: typed("application/x-gzip", bomb(4)), code: fetch.CodeBomb, truncated: "length", whole: true, body: "-"},
		{name: "gzip, not announced", handler: typed("text/html", gz), body: page},
		{name: "gzip file as an image stays one", kind: fetch.Image, handler: typed("application/gzip", gz), body: string(gz)},
		{name: "film for a page", handler: typed("video/mp4", []byte("ftyp")), code: fetch.CodeUnwantedType, truncated: "length", body: "-"},
		{name: "film for a source", kind: fetch.Source, handler: typed("video/mp4", []byte("ftyp")), body: "ftyp"},
		{name: "page without a type it should have", handler: typed("application/octet-stream", []byte(page)), body: page},
		{name: "error page", handler: status(404, text(page)), body: page},
		{name: "not HTTP", handler: raw("SSH-2.0-OpenSSH_9.2\r\n"), code: fetch.CodeBadResponse, body: "-"},
		{name: "a status that is none", handler: raw("HTTP/1.1 000 Unknown\r\nContent-Length: 5\r\n\r\nwhole"), code: fetch.CodeBadResponse, body: "-"},
		{name: "nothing at all", handler: raw(""), code: fetch.CodeConnect, body: "-"},
		{name: "head too large", handler: raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 400<<10) + "\r\n\r\n"), code: fetch.CodeHeaderTooLarge, body: "-"},
		{name: "head that never ends", handler: raw("HTTP/1.1 200 OK\r\nX: y\r\n"), code: fetch.CodeConnect, body: "-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := site(t, map[string]http.HandlerFunc{"/x": tt.handler})
			r, err := client(t).Get(t.Context(), fetch.Request{URL: s.URL + "/x", Kind: tt.kind, MaxBody: tt.maxBody, Record: true})
			if got := fetch.Code(err); got != tt.code || err != nil && got == "" {
				t.Fatalf("code %q (%v), want %q", got, err, tt.code)
			}
			if r == nil {
				if tt.body != "-" {
					t.Fatal("no response")
				}
				return
			}
			if tt.body != "-" && string(r.Body) != tt.body {
				t.Errorf("body %.40q… of %d bytes, want %.40q… of %d", r.Body, len(r.Body), tt.body, len(tt.body))
			}
			if recorded := r.Hops[len(r.Hops)-1].Truncated; r.Truncated != tt.truncated || (recorded == "") != (tt.truncated == "" && !tt.ended || tt.whole) {
				t.Errorf("truncated %q, recorded %q, want %q, recorded whole: %v", r.Truncated, recorded, tt.truncated, tt.whole)
			}
			if len(r.Body) > 33<<20 {
				t.Errorf("%d bytes in memory", len(r.Body))
			}
		})
	}
}

func TestErrorPageIsCutQuietly(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/x": raw("HTTP/1.0 500 Oops\r\n\r\n" + strings.Repeat("x", 2<<20))})
	r, err := client(t).Get(t.Context(), fetch.Request{URL: s.URL + "/x"})
	if err != nil || r.Status != 500 || len(r.Body) != 1<<20 || r.Truncated != "length" {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestTimeLimits: each limit ends a request by itself, with what had come.
func TestTimeLimits(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	flush := func(w http.ResponseWriter, s string) {
		_, _ = io.WriteString(w, s)
		_ = http.NewResponseController(w).Flush()
	}
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			flush(w, ".")
			time.Sleep(5 * time.Millisecond)
		}
	}
	tests := []struct {
		name    string
		limits  fetch.Limits
		handler http.HandlerFunc
		body    bool // some of it came
	}{
		{"no head", fetch.Limits{HeaderWait: 50 * time.Millisecond}, hang, false},
		{"half a body", fetch.Limits{Idle: 50 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
			flush(w, "half")
			hang(w, r)
		}, true},
		{"drip", fetch.Limits{Total: 100 * time.Millisecond, Idle: time.Minute}, drip, true},
		{"drip under the least rate", fetch.Limits{Grace: 100 * time.Millisecond, Rate: 10 << 10, Idle: time.Minute}, drip, true},
		{"no head, total", fetch.Limits{Total: 50 * time.Millisecond}, hang, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := site(t, map[string]http.HandlerFunc{"/x": tt.handler})
			c := client(t, func(o *fetch.Options) { o.Limits = tt.limits })
			r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/x"})
			var e *fetch.Error
			if !errors.As(err, &e) || e.Code != fetch.CodeTimeout || !e.Temporary() {
				t.Fatalf("error %v, want a timeout", err)
			}
			if tt.body && (r == nil || len(r.Body) == 0 || r.Truncated != "time") {
				t.Errorf("what had come is lost: %+v", r)
			}
		})
	}
}

// TestFloods: heads without end, of announcements or of HTTP/2 frames that nobody asked
// for, end at the bounds of a head.
func TestFloods(t *testing.T) {
	flood := func(start, piece string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			defer c.Close()
			_, err = io.WriteString(c, start)
			for n := 0; err == nil && n < 64<<20; n += len(piece) {
				_, err = io.WriteString(c, piece)
			}
			if err == nil {
				t.Error("64 MiB of heads were read")
			}
		}
	}
	settings := "\x00\x00\x00\x04\x00\x00\x00\x00\x00"
	for name, handler := range map[string]http.HandlerFunc{
		"early hints":           flood("", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 1000)),
		"large early hints":     flood("", "HTTP/1.1 103 Early Hints\r\nLink: "+strings.Repeat("x", 100<<10)+"\r\n\r\n"),
		"continue":              flood("", strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000)),
		"one line":              flood("HTTP/1.1 200 OK\r\nX: ", strings.Repeat("x", 64<<10)),
		"lines":                 flood("HTTP/1.1 200 OK\r\n", strings.Repeat("X: y\r\n", 10_000)),
		"lines without colons":  flood("HTTP/1.1 200 OK\r\n", strings.Repeat("no colon\r\n", 10_000)),
		"empty lines":           flood("", strings.Repeat("\r\n", 10_000)),
		"frames of HTTP/2":      flood("", strings.Repeat(settings, 10_000)),
		"a status line, frames": flood("HTTP/2 200\r\n", strings.Repeat(settings, 10_000)),
	} {
		t.Run(name, func(t *testing.T) {
			s := site(t, map[string]http.HandlerFunc{"/x": handler})
			_, err := client(t).Get(t.Context(), fetch.Request{URL: s.URL + "/x", Record: true})
			if code := fetch.Code(err); code != fetch.CodeBadResponse && code != fetch.CodeHeaderTooLarge {
				t.Errorf("code %q (%v)", code, err)
			}
		})
	}
}

// TestMemoryIsShared: bodies that were not released keep further large ones waiting,
// and no small one; while one waits for memory, its server's time stands still.
func TestMemoryIsShared(t *testing.T) {
	large := strings.Repeat("0123456789abcdef", 256<<10) // 4 MiB
	s := site(t, map[string]http.HandlerFunc{"/large": text(large), "/zipped": encoded("gzip", zipped(large[:1<<20]))})
	other := site(t, map[string]http.HandlerFunc{"/small": text("small")})
	budget := inflight.New(6 << 20)
	c := client(t, func(o *fetch.Options) {
		o.Memory = budget
		o.Limits = fetch.Limits{Idle: 200 * time.Millisecond, Grace: 200 * time.Millisecond, Ratio: 10_000}
	})
	get := func(path string) *fetch.Response {
		r, err := c.Get(t.Context(), fetch.Request{URL: map[bool]string{true: other.URL, false: s.URL}[path == "/small"] + path})
		if err != nil {
			t.Error(err)
		}
		return r
	}
	first, over := get("/large"), get("/large")
	if used, _ := budget.Used(); used < 7<<20 {
		t.Errorf("%d bytes in use by two bodies of 4 MiB", used)
	}
	got := make(chan *fetch.Response)
	go func() { got <- get("/large") }()
	for range 20 {
		get("/small").Release()
	}
	select {
	case <-got:
		t.Error("a third large body came beside two that are in work")
	case <-time.After(500 * time.Millisecond): // longer than the server may be silent
	}
	first.Release()
	over.Release()
	if third := <-got; third == nil || len(third.Body) != len(large) {
		t.Error("the third is lost")
	} else {
		third.Release()
	}
	get("/zipped").Release()
	if used, _ := budget.Used(); used != 0 {
		t.Errorf("%d bytes are left", used)
	}
}

// TestLargeSourcesStayPacked: a source that is large when decoded is left to its
// reader, with the same faults as a small one.
func TestLargeSourcesStayPacked(t *testing.T) {
	var b strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&b, "<url><loc>https://news.example/%d</loc></url>\n", i)
	}
	file := b.String()
	gz := zipped(file)
	cut := append([]byte{}, gz[:len(gz)-8]...)
	for _, tt := range []struct {
		name      string
		handler   http.HandlerFunc
		packed    bool
		code      string
		truncated string
	}{
		{"gzip file", typed("application/gzip", gz), true, "", ""},
		{"content coding", encoded("gzip", gz), true, "", ""},
		{"both", encoded("gzip", zipped(string(gz))), true, "", ""},
		{"without its trailer", encoded("gzip", cut), true, "", "disconnect"},
		{"small", encoded("gzip", zipped(file[:900_000])), false, "", ""},
		{"another coding", encoded("deflate", deflated(file)), false, "", ""},
		{"bomb", encoded("gzip", bomb(4)), false, fetch.CodeBomb, "length"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := site(t, map[string]http.HandlerFunc{"/x": tt.handler})
			c := client(t, func(o *fetch.Options) { o.Limits.Ratio = 800 })
			r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/x", Kind: fetch.Source, Record: true})
			if fetch.Code(err) != tt.code || r.Packed != tt.packed || r.Truncated != tt.truncated {
				t.Fatalf("%v, packed %v, truncated %q", err, r.Packed, r.Truncated)
			}
			if err != nil {
				return
			}
			if err := r.Unpack(t.Context()); err != nil || r.Packed || !strings.HasPrefix(file, string(r.Body)) || len(r.Body) < 900_000 {
				t.Errorf("unpacked: %v, %d bytes", err, len(r.Body))
			}
		})
	}
}

// TestSlowButSteady: the idle limit is that between two pieces.
func TestSlowButSteady(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/x": func(w http.ResponseWriter, _ *http.Request) {
		for range 8 {
			_, _ = io.WriteString(w, "piece ")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(150 * time.Millisecond)
		}
	}})
	c := client(t, func(o *fetch.Options) { o.Limits.Idle = time.Second })
	r, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/x"})
	if err != nil || len(r.Body) != 8*len("piece ") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestConnectionFailures(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.77:0") // nothing else listens on this address, on whichever port
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	_ = closed.Close()
	plain := site(t, map[string]http.HandlerFunc{"/": text("x")})
	tests := map[string]struct{ url, code string }{
		"refused":        {"http://" + address + "/", fetch.CodeConnect},
		"no such name":   {"http://no-such-name.invalid/", fetch.CodeDNS},
		"TLS with plain": {strings.Replace(plain.URL, "http:", "https:", 1) + "/", fetch.CodeTLS},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := client(t).Get(t.Context(), fetch.Request{URL: tt.url})
			// robots.txt is asked for first, and fails first.
			var e *fetch.Error
			if !errors.As(err, &e) || e.Code != fetch.CodeRobotsUnreachable || !e.Temporary() {
				t.Fatalf("error %v, want robots_unreachable", err)
			}
			if got := fetch.Code(errors.Unwrap(e)); got != tt.code {
				t.Errorf("cause %q (%v), want %q", got, err, tt.code)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	reached := make(chan struct{})
	s := site(t, map[string]http.HandlerFunc{"/x": func(_ http.ResponseWriter, r *http.Request) {
		close(reached)
		<-r.Context().Done()
	}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-reached; cancel() }()
	_, err := client(t).Get(ctx, fetch.Request{URL: s.URL + "/x"})
	if fetch.Code(err) != fetch.CodeCanceled || !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
	if _, err := client(t).Get(ctx, fetch.Request{URL: s.URL + "/x"}); fetch.Code(err) != fetch.CodeCanceled {
		t.Errorf("error %v, want canceled", err)
	}
}

// TestCallersDeadlineIsNotTheHostsFault: a Get that runs out of its caller's
// time says nothing about the host.
func TestCallersDeadlineIsNotTheHostsFault(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/x": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	c := client(t, func(o *fetch.Options) { o.Pacer = pace.New(pace.Options{Floor: -1, Backoff: time.Hour}) })
	if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	for range 6 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := c.Get(ctx, fetch.Request{URL: s.URL + "/x"})
		cancel()
		if fetch.Code(err) != fetch.CodeCanceled {
			t.Errorf("error %v, want canceled", err)
		}
	}
	if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/", MaxWait: -1}); err != nil {
		t.Errorf("the host pays for it: %v", err)
	}
}

func TestURLs(t *testing.T) {
	tests := []struct{ url, code string }{
		{"", fetch.CodeBadURL},
		{"/relative", fetch.CodeBadURL},
		{"http://", fetch.CodeBadURL},
		{"http://a b/", fetch.CodeBadURL},
		{"ftp://news.example/x", fetch.CodeBadURL},
		{"file:///etc/passwd", fetch.CodeBadURL},
		{"javascript:alert(1)", fetch.CodeBadURL},
		{"data:text/html,x", fetch.CodeBadURL},
		{"http://news.example/" + strings.Repeat("x", 9000), fetch.CodeURLTooLong},
		{"http://news.example:22/", fetch.CodeBadPort},
		{"http://news.example:00022/", fetch.CodeBadPort},
		{"http://news.example:0/", fetch.CodeBadPort},
		{"http://news.example:65536/", fetch.CodeBadURL},
		{"http://news.example:06667/", fetch.CodeBadPort},
		{"http://news.example:0080/", ""},
		{"http://news.example:6379/", ""},
		{"http://news.example:6667/", fetch.CodeBadPort},
		{"http://127.0.0.1/", fetch.CodePrivateAddress},
		{"http://2130706433/", fetch.CodePrivateAddress}, // 127.0.0.1, as browsers read it
		{"http://0x7f.1/", fetch.CodePrivateAddress},
		{"http://[::1]/", fetch.CodePrivateAddress},
		{"http://[::ffff:127.0.0.1]/", fetch.CodePrivateAddress},
		{"http://169.254.169.254/latest/meta-data/", fetch.CodePrivateAddress},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%.40s", tt.url), func(t *testing.T) {
			dialled := false
			c := client(t, func(o *fetch.Options) {
				o.AllowPrivate = false
				o.Dial = func(context.Context, string, string) (net.Conn, error) {
					dialled = true
					return nil, errors.New("no network in this test")
				}
			})
			_, err := c.Get(t.Context(), fetch.Request{URL: tt.url})
			if tt.code != "" && (fetch.Code(err) != tt.code || dialled) {
				t.Errorf("code %q (%v), dialled %v; want %q", fetch.Code(err), err, dialled, tt.code)
			}
			if tt.code == "" && !dialled {
				t.Errorf("not dialled: %v", err)
			}
		})
	}
}
