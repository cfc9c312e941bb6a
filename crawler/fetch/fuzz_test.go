package fetch

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"
)

// FuzzDecode feeds bodies and codings of any kind to the decoder: no panic,
// never more than the cap, and a fault or a mark on whatever is not whole.
func FuzzDecode(f *testing.F) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte("some text, some text, some text"))
	_ = w.Close()
	f.Add(b.Bytes(), "gzip")
	f.Add(b.Bytes()[:b.Len()-4], "gzip, deflate")
	f.Add([]byte("plain"), "x-gzip,,identity")
	f.Add([]byte{0x78, 0x9c, 0x4b, 0x04, 0x00}, "deflate")
	c := New(Options{Limits: Limits{Ratio: 20}})
	f.Fuzz(func(t *testing.T, raw []byte, coding string) {
		const limit = 2 << 20
		h := &hop{header: http.Header{"Content-Encoding": {coding}}}
		c.decode(t.Context(), &job{req: &Request{Kind: Source}}, h, raw, limit, true)
		if len(h.body) > limit && len(h.body) > len(raw) {
			t.Errorf("%d bytes decoded under a cap of %d", len(h.body), limit)
		}
		if (h.truncated != "" || h.fault != nil && h.fault.Code == CodeTooLarge) && h.undecoded == "" {
			t.Errorf("truncated %q and fault %v without a mark", h.truncated, h.fault)
		}
	})
}

// FuzzHead: however the bytes of a connection come, the head that is kept and what is
// handed out are the same; the head is kept as it came, and ends where it ends.
func FuzzHead(f *testing.F) {
	f.Add("A: b\r\n\r\nbody", 3)
	f.Add("\nbody", 1)
	f.Add("no colon\nTransfer-Encoding: identity, chunked\nContent-Length: 4, 4\n x\n\nbody", 5)
	f.Fuzz(func(t *testing.T, wire string, size int) {
		if size < 1 || size > 1<<16 || len(wire) > 900 {
			return
		}
		wire = "HTTP/1.1 200 OK\r\n" + wire
		whole, out := taken(wire, len(wire))
		pieces, again := taken(wire, size)
		if !bytes.Equal(whole.response, pieces.response) || !bytes.Equal(out, again) {
			t.Errorf("at once %q and %q, in pieces of %d %q and %q", whole.response, out, size, pieces.response, again)
		}
		if !strings.Contains(wire, string(whole.response)) {
			t.Errorf("head %q is not of the wire", whole.response)
		}
		if tidy := tidyHead(whole.response); !bytes.Equal(tidy, tidyHead(tidy)) {
			t.Errorf("tidied %q, and once more %q", tidy, tidyHead(tidy))
		}
	})
}
