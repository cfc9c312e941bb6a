package coding_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"pressmark/storage/coding"
)

const page = "<html><p>Über die Brücke fährt wieder eine Bahn.</p></html>"

// encode packs a body with the reference encoder of a coding.
func encode(t testing.TB, name, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch name {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, err = flate.NewWriter(&b, flate.DefaultCompression)
	case "stored":
		w, err = zlib.NewWriterLevel(&b, zlib.NoCompression)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// text is words that do not compress to nothing.
func text(words int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range words {
		for range 3 + r.IntN(6) {
			b.WriteByte(byte('a' + r.IntN(26)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	gz := encode(t, "gzip", page)
	for _, tt := range []struct {
		name   string
		fields []string
		body   []byte
		plain  int // undeclared layers
		want   string
	}{
		{"no coding", nil, []byte(page), 0, page},
		{"empty", []string{"gzip"}, nil, 2, ""},
		{"gzip", []string{"gzip"}, gz, 0, page},
		{"x-gzip, upper case", []string{"X-GZIP"}, gz, 0, page},
		{"deflate", []string{"deflate"}, encode(t, "deflate", page), 0, page},
		{"raw deflate", []string{"deflate"}, encode(t, "raw deflate", page), 0, page},
		{"deflate that is gzip", []string{"deflate"}, gz, 0, page},
		{"gzip that is deflate", []string{"gzip"}, encode(t, "deflate", page), 0, page},
		{"text that begins as deflate may", []string{"gzip"}, []byte("x^2 and more"), 0, "x^2 and more"},
		{"brotli", []string{"br"}, encode(t, "br", page), 0, page},
		{"zstd", []string{"zstd"}, encode(t, "zstd", page), 0, page},
		{"several, in fields", []string{"br", "gzip, deflate"}, encode(t, "deflate", string(encode(t, "gzip", string(encode(t, "br", page))))), 0, page},
		{"two members", []string{"gzip"}, append(bytes.Clone(gz), gz...), 0, page + page},
		{"padding behind", []string{"gzip"}, append(bytes.Clone(gz), make([]byte, 9)...), 0, page},
		{"line end behind", []string{"gzip"}, append(bytes.Clone(gz), "\r\n"...), 0, page},
		{"announced, not done: gzip", []string{"gzip"}, []byte(page), 0, page},
		{"announced, not done: deflate", []string{"deflate"}, []byte(page), 0, page},
		{"announced, not done: br", []string{"br"}, []byte(page), 0, page},
		{"announced, not done: zstd", []string{"zstd"}, []byte(page), 0, page},
		{"other words", []string{"identity, utf-8, aws-chunked", "gzip", ""}, gz, 0, page},
		{"not announced", nil, gz, 2, page},
		{"a file, encoded once more", []string{"gzip"}, encode(t, "gzip", string(gz)), 2, page},
		{"not asked to guess", nil, gz, 0, string(gz)},
		{"six", []string{"gzip,gzip,gzip", "gzip,gzip,gzip"}, layers(t, 6), 0, page},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := coding.Decode(t.Context(), tt.body, coding.Options{Names: coding.Names(tt.fields), Undeclared: tt.plain, Size: 1 << 20, Ratio: 250})
			if err != nil || string(got) != tt.want {
				t.Errorf("%q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

// TestShowsEnd: a closing tag of a document at the end of a body is the end.
func TestShowsEnd(t *testing.T) {
	for body, want := range map[string]bool{
		page: true, "<HTML>x</HTML >\r\n\x00": true, "<urlset></urlset>": true, "<ns:sitemapindex></ns:sitemapindex>\n": true,
		"<rdf:RDF></rdf:RDF>": true, "</feed>": true, "</rss>": true,
		"": false, "</html": false, "<p>text</p>": false, "</html> and then a text that goes on": false, "</": false, ">": false, "</>": false,
	} {
		if got := coding.ShowsEnd([]byte(body)); got != want {
			t.Errorf("%q: %v", body, got)
		}
	}
}

func layers(t *testing.T, n int) []byte {
	body := []byte(page)
	for range n {
		body = encode(t, "gzip", string(body))
	}
	return body
}

// TestDamage: what stands before a damage is returned, with ErrCut.
func TestDamage(t *testing.T) {
	long := text(4000)
	wrongSum := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[len(b)-at] ^= 0xff
		return b
	}
	gz, zl := encode(t, "gzip", long), encode(t, "deflate", long)
	for _, tt := range []struct {
		name, coding string
		body         []byte
		whole        bool // all of the text stands before the damage
	}{
		{"gzip without its trailer", "gzip", gz[:len(gz)-8], true},
		{"gzip with half a trailer", "gzip", gz[:len(gz)-3], true},
		{"gzip with a wrong checksum", "gzip", wrongSum(gz, 8), true},
		{"gzip with a wrong length", "gzip", wrongSum(gz, 4), true},
		{"gzip that is cut", "gzip", gz[:len(gz)/2], false},
		{"gzip with a second member that is cut", "gzip", append(bytes.Clone(gz), gz[:len(gz)/2]...), false},
		{"deflate without its trailer", "deflate", zl[:len(zl)-4], true},
		{"deflate with a wrong checksum", "deflate", wrongSum(zl, 1), true},
		{"deflate that is cut", "deflate", zl[:len(zl)/2], false},
		{"br that is cut", "br", encode(t, "br", long)[:8000], false},
		{"zstd that is cut", "zstd", encode(t, "zstd", text(200_000))[:600_000], false},
		{"gzip below a gzip that is cut", "gzip,gzip", encode(t, "gzip", string(gz))[:len(gz)/2], false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := coding.Decode(t.Context(), tt.body, coding.Options{Names: coding.Names([]string{tt.coding}), Size: 8 << 20})
			if !errors.Is(err, coding.ErrCut) {
				t.Errorf("error %v, want ErrCut", err)
			}
			if len(got) < 1000 || got[0] < 'a' || got[0] > 'z' || tt.whole && string(got) != long {
				t.Errorf("%d bytes of %d", len(got), len(long))
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	zeroes := encode(t, "gzip", strings.Repeat("\x00", 8<<20))
	ended, cancel := context.WithCancelCause(t.Context())
	late := errors.New("out of time")
	cancel(late)
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		coding string
		body   []byte
		o      coding.Options
		want   error
		most   int // bytes that come beside the error
	}{
		{"seven codings", t.Context(), strings.Repeat("gzip,", 7), layers(t, 7), coding.Options{}, coding.ErrTooMany, 0},
		{"hundreds of codings", t.Context(), strings.Repeat("deflate,", 1500), []byte(page), coding.Options{}, coding.ErrTooMany, 0},
		{"unknown", t.Context(), "compress", []byte("\x1f\x9d\x90"), coding.Options{}, coding.ErrUnknown, 0},
		{"too large", t.Context(), "gzip", zeroes, coding.Options{Size: 2 << 20}, coding.ErrTooLarge, 2 << 20},
		{"bomb", t.Context(), "gzip", zeroes, coding.Options{Size: 1 << 30, Ratio: 250}, coding.ErrBomb, 250 * len(zeroes)},
		{"bomb under a small limit", t.Context(), "gzip", zeroes, coding.Options{Size: 1000, Ratio: 250}, coding.ErrTooLarge, 1000},
		{"bomb in a bomb", t.Context(), "gzip,gzip", encode(t, "gzip", string(zeroes)), coding.Options{Size: 1 << 30, Ratio: 250}, coding.ErrBomb, 1 << 20},
		{"bomb in a layer below that gives little", t.Context(), "deflate,gzip", encode(t, "gzip", "\x00\x00\x00\xff\xff"+strings.Repeat("\x00\x00\x00\xff\xff", 1<<20)), coding.Options{Size: 1 << 20}, coding.ErrTooLarge, 0},
		{"broken", t.Context(), "gzip", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff"), coding.Options{}, coding.ErrBroken, 0},
		{"broken, not text", t.Context(), "br", []byte("\xff\xfe\x80\x00\x01\x02"), coding.Options{}, coding.ErrBroken, 0},
		{"out of time", ended, "gzip", encode(t, "gzip", page), coding.Options{}, late, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Names = coding.Names([]string{tt.coding})
			got, err := coding.Decode(tt.ctx, tt.body, tt.o)
			if !errors.Is(err, tt.want) || len(got) > tt.most {
				t.Errorf("%d bytes and %v, want at most %d and %v", len(got), err, tt.most, tt.want)
			}
		})
	}
}

// TestDeadlineWhileDecoding: the time of a request ends in the middle of a body.
func TestDeadlineWhileDecoding(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	r, err := coding.NewReader(ctx, encode(t, "stored", strings.Repeat("x", 8<<20)), coding.Options{Names: []string{"deflate"}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.CopyN(io.Discard, r, 1<<20); err != nil {
		t.Fatal(err)
	}
	late := errors.New("out of time")
	cancel(late)
	if n, err := io.Copy(io.Discard, r); !errors.Is(err, late) || n > 1<<20 {
		t.Errorf("%d more bytes and %v, want the end of the time", n, err)
	}
}

// FuzzDecode: any bytes under any codings give no panic, no more than the limit,
// and the same when they are decoded again.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add(encode(f, name, page), name)
		f.Add(encode(f, name, text(50))[:60], name+", gzip")
	}
	f.Add([]byte(page), "x-gzip,,identity,br")
	f.Fuzz(func(t *testing.T, body []byte, field string) {
		const limit = 1 << 20
		o := coding.Options{Names: coding.Names([]string{field}), Undeclared: 2, Size: limit, Ratio: 100}
		got, err := coding.Decode(t.Context(), body, o)
		if len(got) > max(limit, len(body)) {
			t.Errorf("%d bytes decoded under a limit of %d", len(got), limit)
		}
		again, err2 := coding.Decode(t.Context(), body, o)
		if !bytes.Equal(got, again) || (err == nil) != (err2 == nil) {
			t.Errorf("%d bytes and %v, then %d and %v", len(got), err, len(again), err2)
		}
	})
}
