package warc

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // digests that others write
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/richardlehane/webarchive"
)

func readAll(t testing.TB, file []byte) []*Record {
	t.Helper()
	var rs []*Record
	for r := NewReader(bytes.NewReader(file)); ; {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rs
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := rec.Verify(); err != nil {
			t.Errorf("%s %s: %v", rec.Type(), rec.URL(), err)
		}
		rs = append(rs, rec)
	}
}

func zipped(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	page := exchange("/1.html", strings.Repeat("<p>县城新闻 Hello</p>\n", 500))
	post := exchange("/form", "ok")
	post.RequestHead, post.RequestBody = []byte("POST /form HTTP/1.1\r\n\r\n"), []byte("a=1")
	cut := exchange("/big", "half of it")
	cut.Truncated = "length"
	packed := exchange("/2.html", string(zipped(t, "packed page")))
	packed.ResponseHead = []byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
	binary := exchange("/a.png", "\x89PNG\r\n\r\nWARC/1.1\r\n\r\n\x1f\x8b\x08\x00")
	xs := []*Exchange{page, post, cut, packed, binary, exchange("/empty", "")}
	file, places, _ := written(t, testOptions, xs...)

	rs := readAll(t, file)
	if len(rs) != 1+2*len(xs) {
		t.Fatalf("%d records, want %d", len(rs), 1+2*len(xs))
	}
	end := int64(0)
	for _, r := range rs {
		if r.Location.Offset != end {
			t.Errorf("record at %d, want %d", r.Location.Offset, end)
		}
		end += r.Location.Length
	}
	if end != int64(len(file)) {
		t.Errorf("records end at %d of %d", end, len(file))
	}
	for i, x := range xs {
		at := places[i]
		rec, err := ReadAt(bytes.NewReader(file), at.Offset, at.Length)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ReadBytes(file[at.Offset : at.Offset+at.Length]); err != nil || again.ID() != rec.ID() {
			t.Errorf("ReadBytes: %v", err)
		}
		if open, err := ReadAt(bytes.NewReader(file), at.Offset, 0); err != nil || open.ID() != rec.ID() || open.Location.Length != at.Length {
			t.Errorf("without a length: %v", err)
		}
		got, err := rec.exchange()
		if err != nil || got.URL != x.URL || got.IP != x.IP || got.Truncated != x.Truncated ||
			!bytes.Equal(got.ResponseHead, x.ResponseHead) || !bytes.Equal(got.ResponseBody, x.ResponseBody) ||
			!got.Started.Equal(x.Started.Truncate(1e9)) {
			t.Errorf("%s: %+v, %v", x.URL, got, err)
		}
		request := rs[2+2*i]
		if want := string(x.RequestHead) + string(x.RequestBody); string(request.Block) != want || request.Header.Get("WARC-Concurrent-To") != rec.ID() {
			t.Errorf("request %q", request.Block)
		}
	}
	res, err := rs[7].Response()
	if err != nil || string(res.Body) != "packed page" || res.Status != 200 || res.Truncated != "" {
		t.Errorf("packed page: %+v, %v", res, err)
	}
}

// TestIndependentReader lets another implementation of the format read our files.
func TestIndependentReader(t *testing.T) {
	xs := []*Exchange{exchange("/1.html", strings.Repeat("Hello ", 3000)), exchange("/2.html", "")}
	same := exchange("/3.html", "x")
	same.Revisit = &Original{Date: day}
	file, _, _ := written(t, testOptions, append(xs, same)...)
	r, err := webarchive.NewWARCReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rec, err := r.Next(); ; rec, err = r.Next() {
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		w, ok := rec.(webarchive.WARCRecord)
		if !ok {
			t.Fatalf("%T is no WARC record", rec)
		}
		n, err := io.Copy(io.Discard, rec)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %s %d %s", w.Type(), w.URL(), n, w.Date().Format("15:04:05")))
	}
	var want []string
	for _, r := range readAll(t, file) {
		want = append(want, fmt.Sprintf("%s %s %d 08:30:15", r.Type(), r.URL(), len(r.Block)))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("the other reader saw\n%s\nwe see\n%s", g, w)
	}
}

// foreign is a record as other tools write it; head lines end with \n in the argument.
func foreign(version, head, block string) string {
	return "WARC/" + version + "\r\n" + strings.ReplaceAll(head, "\n", "\r\n") + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func TestReaderOfOthers(t *testing.T) {
	const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n6\r\nHello \r\n5;x=1\r\nworld\r\n0\r\n\r\n"
	wget := foreign("1.0", "WARC-Type: response\nWARC-Record-ID: <urn:uuid:1>\nWARC-Date: 2024-01-05T08:30:15Z\nWARC-Target-URI: <http://news.example.com/1.html>\nWARC-IP-Address: 192.0.2.7\nWARC-Block-Digest: sha1:"+
		"IQEZFCHUMF3HEPTXQXMBO6ZZRM3YLTCD\nContent-Type: application/http;msgtype=response\n", chunked)
	header := "WARC-Type: response\nWARC-Date: 2024-01-05T08:30:15Z\nWARC-Target-URI: http://news.example.com/1.html\nContent-Type: application/http;msgtype=response\n"
	plain := "HTTP/1.1 200 OK\r\n\r\nHello world"
	for _, c := range []struct {
		name string
		file string
		body string
		cut  string
	}{
		{"wget", string(zipped(t, wget)), "Hello world", ""},
		{"uncompressed", wget, "Hello world", ""},
		{"compressed as a whole", string(zipped(t, foreign("1.0", "WARC-Type: warcinfo\n", "software: x")+wget)), "Hello world", ""},
		{"fractions of a second", foreign("1.1", strings.Replace(header, "15Z", "15.123456Z", 1), plain), "Hello world", ""},
		{"names in lower case", foreign("1.0", strings.ToLower(header), plain), "Hello world", ""},
		{"folded header line", foreign("1.0", header+"X-Note: one\n two\n", plain), "Hello world", ""},
		{"bare line feeds", strings.ReplaceAll(foreign("1.0", header, "HTTP/1.1 200 OK\n\nHello world"), "\r\n", "\n"), "Hello world", ""},
		{"no line ends behind", strings.TrimRight(foreign("1.0", header, plain), "\r\n"), "Hello world", ""},
		{"more line ends before", "\r\n\r\n\r\n" + foreign("1.0", header, plain), "Hello world", ""},
		{"chunks that break off", foreign("1.0", header, chunked[:len(chunked)-14]), "Hello ", "length"},
		{"declared chunked but plain", foreign("1.0", header, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nHello world"), "Hello world", ""},
		{"declared chunked but a number", foreign("1.0", header, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwords in a text"), "3\r\nwords in a text", ""},
		{"declared chunked, empty", foreign("1.0", header, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: 1\r\n\r\n"), "", ""},
		{"declared gzip but plain", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nHello world"), "Hello world", ""},
		{"a charset as coding", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: utf8\r\n\r\nHello world"), "Hello world", ""},
		{"gzip, not declared", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+string(zipped(t, "Hello world"))), "Hello world", ""},
		{"gzip twice, declared once", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+string(zipped(t, string(zipped(t, "Hello world"))))), "Hello world", ""},
		{"gzip for an image", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"+string(zipped(t, "Hello world"))), string(zipped(t, "Hello world")), ""},
		{"gzip that breaks off", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+string(zipped(t, "Hello world"))[:26]), "Hello world", "length"},
		{"gzip twice", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n"+string(zipped(t, string(zipped(t, "Hello world"))))), "Hello world", ""},
		{"bytes behind gzip", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\n\r\n"+string(zipped(t, "Hello world"))+"\r\n<!-- 0.02 s -->"), "Hello world", ""},
		{"a line end behind gzip", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+string(zipped(t, "Hello world"))+"\r\n"), "Hello world", ""},
		{"codings that are none", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: utf8, binary\r\n\r\nHello world"), "Hello world", ""},
		{"less than announced", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHello world"), "Hello world", "length"},
		{"less than announced, of a coding that was undone", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 35\r\n\r\nHello world"), "Hello world", ""},
		{"deflate", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"+zlibbed("Hello world")), "Hello world", ""},
		{"raw deflate", foreign("1.0", header, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"+zlibbed("Hello world")[2:]), "Hello world", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for r := NewReader(strings.NewReader(c.file)); ; {
				rec, err := r.Next()
				if err != nil {
					t.Fatal(err)
				}
				if rec.Type() != "response" {
					continue
				}
				res, err := rec.Response()
				if err != nil || string(res.Body) != c.body || res.Truncated != c.cut || res.URL != "http://news.example.com/1.html" || res.Date.Year() != 2024 {
					t.Errorf("%+v, %v; body %q", res, err, res.Body)
				}
				return
			}
		})
	}
}

func zlibbed(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

func TestReaderDamage(t *testing.T) {
	file, places, _ := written(t, testOptions, exchange("/1.html", strings.Repeat("one ", 999)), exchange("/2.html", strings.Repeat("two ", 999)), exchange("/3.html", "three"))
	flipped := bytes.Clone(file)
	for i := places[0].Offset + 300; i < places[0].Offset+310; i++ {
		flipped[i] ^= 0xff
	}
	good := foreign("1.0", "WARC-Type: metadata\n", "x")
	for _, c := range []struct {
		name string
		file []byte
		want error
		read int // records read in all, at least
	}{
		{"cut in a record", file[:places[2].Offset+20], ErrCut, 5},
		{"cut in a gzip head", file[:places[1].Offset+5], ErrCut, 3},
		{"cut checksum", file[:places[2].Offset+places[2].Length-3], ErrCut, 5},
		{"flipped bits", flipped, ErrCorrupt, 5},
		{"rubbish between records", append(append(bytes.Clone(file[:places[1].Offset]), "rubbish\x1f\x8b\x08rubbish"...), file[places[1].Offset:]...), ErrNotWARC, 6},
		{"gzip of something else", zipped(t, "<html>"), ErrNotWARC, 0},
		{"page", []byte("<html></html>"), ErrNotWARC, 0},
		{"cut in the version", []byte("WARC/1."), ErrCut, 0},
		{"cut in the header", []byte("WARC/1.0\r\nWARC-Type: metadata\r\n"), ErrCut, 0},
		{"cut in a plain block", []byte(good + "WARC/1.0\r\nContent-Length: 10\r\n\r\nabc"), ErrCut, 1},
		{"no length", []byte(good + "WARC/1.0\r\nWARC-Type: metadata\r\n\r\n"), ErrCorrupt, 1},
		{"negative length", []byte("WARC/1.0\r\nContent-Length: -1\r\n\r\n"), ErrCorrupt, 0},
		{"line without a colon", []byte("WARC/1.0\r\nWARC-Type\r\n\r\n"), ErrCorrupt, 0},
		{"endless header", []byte("WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 20_000)), ErrCorrupt, 0},
		{"endless line", []byte("WARC/1.0\r\nA: " + strings.Repeat("b", 1<<20)), ErrCorrupt, 0},
		{"claimed size", []byte("WARC/1.0\r\nContent-Length: 9223372036854775807\r\n\r\nabc"), ErrCut, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			read, reported := 0, error(nil)
			for r := NewReader(bytes.NewReader(c.file)); ; {
				_, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				var typed *Error
				switch {
				case err == nil:
					read++
				case !errors.As(err, &typed) || reported != nil:
					t.Fatalf("%v after %v", err, reported)
				default:
					reported = err
				}
			}
			if !errors.Is(reported, c.want) || read < c.read {
				t.Errorf("%d records and %v, want %d and %v", read, reported, c.read, c.want)
			}
		})
	}
}

func TestReaderTooLarge(t *testing.T) {
	big, small := foreign("1.0", "WARC-Type: metadata\n", strings.Repeat("x", 1001)), foreign("1.0", "WARC-Type: warcinfo\n", strings.Repeat("x", 1000))
	for name, file := range map[string]string{
		"plain": big + small, "compressed": string(zipped(t, big)) + string(zipped(t, small)), "compressed as a whole": string(zipped(t, big+small)),
	} {
		r := NewReader(strings.NewReader(file))
		r.limit = 1000
		if _, err := r.Next(); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v, want ErrTooLarge", name, err)
		}
		if rec, err := r.Next(); err != nil || rec.Type() != "warcinfo" {
			t.Errorf("%s, behind it: %v", name, err)
		}
	}
}

func TestResponseRefuses(t *testing.T) {
	response := "WARC-Type: response\n"
	for _, c := range []struct {
		name, head, block string
		want              error
	}{
		{"unknown coding", response, "HTTP/1.1 200 OK\r\nContent-Encoding: compress\r\n\r\nx", errCoding},
		{"many codings", response, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip,gzip,gzip,gzip,gzip,gzip,gzip\r\n\r\nx", errCoding},
		{"broken gzip", response, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff", ErrCorrupt},
		{"large when decoded", response, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(zipped(t, strings.Repeat("x", maxBody+1))), ErrTooLarge},
		{"request", "WARC-Type: request\n", "GET / HTTP/1.1\r\n\r\n", ErrNotHTTP},
		{"dns", response, "example.com. 1 IN A 192.0.2.7", ErrNotHTTP},
		{"empty", response, "", ErrNotHTTP},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec, err := ReadBytes([]byte(foreign("1.1", c.head, c.block)))
			if err != nil {
				t.Fatal(err)
			}
			if res, err := rec.Response(); !errors.Is(err, c.want) || len(res.Body) > 0 {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestVerify(t *testing.T) {
	const block = "HTTP/1.1 200 OK\r\n\r\nHello"
	for _, c := range []struct {
		name, head string
		ok         bool
	}{
		{"none", "", true},
		{"base 32", "WARC-Payload-Digest: sha1:677G7UKQJ5HHPPLPA6TYLPL3ZTYKOG4Q\n", false},
		{"hexadecimal", "WARC-Payload-Digest: sha-256:185F8DB32271FE25F561A6FC938B2E264306EC304EDA518007D1764826381969\n", true},
		{"unknown", "WARC-Payload-Digest: crc:12\n", true},
		{"wrong block", "WARC-Block-Digest: md5:00000000000000000000000000000000\n", false},
		{"wrong payload", "WARC-Payload-Digest: sha256:00\n", false},
		{"payload elsewhere", "WARC-Type: revisit\nWARC-Payload-Digest: sha256:00\n", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec, err := ReadBytes([]byte(foreign("1.1", "Content-Type: application/http; msgtype=response\n"+c.head, block)))
			if err != nil {
				t.Fatal(err)
			}
			if err := rec.Verify(); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrCorrupt) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestReadAtNowhere(t *testing.T) {
	file, places, _ := written(t, testOptions, exchange("/1.html", "x"))
	for _, c := range []struct {
		name           string
		offset, length int64
		want           error
	}{
		{"negative", -1, 10, ErrNotWARC},
		{"behind the end", int64(len(file)) + 5, 10, ErrNotWARC},
		{"inside a record", places[0].Offset + 1, places[0].Length, ErrNotWARC},
		{"too short", places[0].Offset, places[0].Length - 1, ErrCut},
	} {
		_, err := ReadAt(bytes.NewReader(file), c.offset, c.length)
		var typed *Error
		if !errors.Is(err, c.want) || !errors.As(err, &typed) || typed.Offset != c.offset {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func FuzzReader(f *testing.F) {
	file, _, _ := written(f, testOptions, exchange("/1.html", "Hello"))
	f.Add(file)
	f.Add([]byte(foreign("1.0", "WARC-Type: response\nContent-Type: application/http\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n\r\n1\r\nx\r\n0\r\n\r\n")))
	f.Add([]byte("WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nWARC/1.1\r\n\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(bytes.NewReader(b))
		for n := 0; ; n++ {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			var typed *Error
			if err != nil && (!errors.As(err, &typed) || typed.Offset < 0 || typed.Offset > int64(len(b))) {
				t.Fatal(err)
			}
			if n > len(b) {
				t.Fatal("more records than bytes")
			}
			if err != nil {
				continue
			}
			_ = rec.Verify()
			res, err := rec.Response()
			if err == nil && (res.Status < 100 || res.Status > 999) {
				t.Fatalf("status %d", res.Status)
			}
			SURT(rec.URL())
		}
	})
}

// TestWrongContentLength: one wrong length in a plain file is reported, and costs no
// record, neither its own nor those behind it.
func TestWrongContentLength(t *testing.T) {
	record := func(i int, claimed string) string {
		body := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page %d.</p>", i)
		if claimed == "" {
			claimed = strconv.Itoa(len(body))
		}
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/%d.html\r\nContent-Type: application/http\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n", i, claimed, body)
	}
	size := len("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page 2.</p>")
	whole := len(record(2, ""))
	for _, c := range []struct {
		name, claimed string
		own           bool // the damaged record itself is returned
	}{
		{"three short", strconv.Itoa(size - 3), true},
		{"one short", strconv.Itoa(size - 1), true},
		{"zero", "0", true},
		{"one too many", strconv.Itoa(size + 1), true},
		{"a few too many", strconv.Itoa(size + 7), true},
		{"into the next header", strconv.Itoa(size + 30), true},
		{"two records and a half", strconv.Itoa(size + 4 + 2*whole + 100), true},
		{"beyond the end of the file", "99999", true},
		{"over the limit", "99999999999", false},
		{"beyond all numbers", "99999999999999999999999", false},
		{"no number", "n/a", false},
		{"negative", "-5", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := record(1, "") + record(2, c.claimed) + record(3, "") + record(4, "") + record(5, "")
			var got []string
			damaged := 0
			for r := NewReader(strings.NewReader(file)); ; {
				rec, err := r.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				var e *Error
				if errors.As(err, &e) {
					damaged++
					continue
				}
				if err != nil || damaged > 1 {
					t.Fatal(damaged, err)
				}
				got = append(got, rec.URL()[len("http://news.example/"):])
				if at := rec.Location.Offset; !strings.HasPrefix(file[at:], "WARC/1.0") {
					t.Errorf("%s: no record at %d", rec.URL(), at)
				}
				if want := fmt.Sprintf("Page %s.", rec.URL()[len("http://news.example/"):][:1]); c.claimed != "0" && !strings.Contains(string(rec.Block), want) || strings.Contains(string(rec.Block), "WARC/") {
					t.Errorf("block of %s: %q", rec.URL(), rec.Block)
				}
			}
			want := "1.html 2.html 3.html 4.html 5.html"
			if !c.own {
				want = "1.html 3.html 4.html 5.html"
			}
			if strings.Join(got, " ") != want || c.name != "one too many" && damaged != 1 {
				t.Errorf("%d damages and %q, want one and %s", damaged, got, want)
			}
		})
	}
}

// TestRereadIsBounded: a file whose lengths all reach beyond its end is not read
// again for each of them.
func TestRereadIsBounded(t *testing.T) {
	one := "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n"
	r, n := NewReader(strings.NewReader(strings.Repeat(one, 20_000))), 0
	r.reread = maxReread - 20<<20 // what is left is enough for some
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if rec != nil {
			n++
		}
	}
	if n < 5 || r.reread > maxReread+int64(20_000*len(one)) {
		t.Errorf("%d records, %d bytes read again", n, r.reread)
	}
}

// TestDigestSpellings: hexadecimal, base 32 and base 64, as writers spell them.
func TestDigestSpellings(t *testing.T) {
	block := []byte("HTTP/1.1 200 OK\r\n\r\nHello\x00\x01")
	one, two := sha1.Sum(block), sha256.Sum256(block)
	for _, stated := range []string{
		"sha1:" + base32.StdEncoding.EncodeToString(one[:]), "sha1:" + base64.StdEncoding.EncodeToString(one[:]), "SHA-1:" + hex.EncodeToString(one[:]),
		"sha256:" + hex.EncodeToString(two[:]), "sha-256:" + base64.StdEncoding.EncodeToString(two[:]), "sha256:" + base64.RawURLEncoding.EncodeToString(two[:]),
		"sha256:" + strings.ToLower(strings.TrimRight(base32.StdEncoding.EncodeToString(two[:]), "=")),
	} {
		if err := compare(stated, block); err != nil {
			t.Error(err)
		}
		if err := compare(stated, block[1:]); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s fits other bytes: %v", stated, err)
		}
	}
}

// TestBrotliCapture: Browsers' captures hold br bodies, and some hold them decoded
// beside the head that names the coding.
func TestBrotliCapture(t *testing.T) {
	const page = "<p>Die Brücke ist wieder offen.</p>"
	var br bytes.Buffer
	w := brotli.NewWriter(&br)
	_, _ = io.WriteString(w, page)
	_ = w.Close()
	for name, body := range map[string]string{"encoded": br.String(), "stored decoded": page} {
		rec, err := ReadBytes([]byte(foreign("1.1", "WARC-Type: response\n", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n"+body)))
		if err != nil {
			t.Fatal(err)
		}
		if res, err := rec.Response(); err != nil || string(res.Body) != page || res.Truncated != "" {
			t.Errorf("%s: %q, %q, %v", name, res.Body, res.Truncated, err)
		}
	}
}

// TestReadIndex reads lines as warcio, pywb, wget-like converters and this package
// write them.
func TestReadIndex(t *testing.T) {
	const index = `!meta {"format": "cdxj"}
 CDX N b a m s k r M S V g

com,example)/ 20240105083015 {"url": "https://example.com/", "mime": "text/html", "status": "200", "digest": "sha256:ab", "length": "1234", "offset": "56", "filename": "a.warc.gz"}
com,example)/a 20240105083015123 {"url": "https://example.com/a", "status": 404, "length": 77, "offset": 1290, "filename": "a.warc.gz", "extra": {"x": [1]}}
com,example)/b	2024	{"original": "https://example.com/b", "mimetype": "text/html", "statuscode": "-", "sha": "ABCD", "offset": "3", "file": "b.warc"}
com,example)/c 20241399 {"offset": "3"}
com,example)/d 20240105 {"url": "https://example.com/d"}
no index
com,example)/e 20240105 {"offset": "9", "url": "https://example.com/e"`
	var got []string
	for e, err := range ReadIndex(strings.NewReader(index)) {
		if err != nil {
			got = append(got, fmt.Sprintf("bad %.9s", err))
			continue
		}
		got = append(got, fmt.Sprintf("%s %s %s %d %s %s %d+%d %s", e.Key, e.Time.Format(time.DateTime), e.URL, e.Status, e.MIME, e.Digest, e.Offset, e.Length, e.File))
	}
	want := []string{
		"com,example)/ 2024-01-05 08:30:15 https://example.com/ 200 text/html sha256:ab 56+1234 a.warc.gz",
		"com,example)/a 2024-01-05 08:30:15 https://example.com/a 404   1290+77 a.warc.gz",
		"com,example)/b 2024-01-01 00:00:00 https://example.com/b 0 text/html ABCD 3+0 b.warc",
		"bad line 7 of", "bad line 8 of", "bad line 9 of", "bad line 10 o",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
