package fetch

import (
	"bytes"
	"compress/gzip"
	"net/http"
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
		c.decode(t.Context(), h, raw, limit, Source, true)
		if len(h.body) > limit && len(h.body) > len(raw) {
			t.Errorf("%d bytes decoded under a cap of %d", len(h.body), limit)
		}
		if (h.truncated != "" || h.fault != nil && h.fault.Code == CodeTooLarge) && h.undecoded == "" {
			t.Errorf("truncated %q and fault %v without a mark", h.truncated, h.fault)
		}
	})
}

// FuzzTape: however the bytes of a connection come, the head taken down is the
// same, and ends where it ends.
func FuzzTape(f *testing.F) {
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"), 3)
	f.Add([]byte("HTTP/1.1 200 OK\n\nbody"), 1)
	f.Fuzz(func(t *testing.T, wire []byte, size int) {
		if size < 1 || size > 1<<16 {
			return
		}
		whole, pieces := &tape{limit: 1 << 20}, &tape{limit: 1 << 20}
		whole.read(wire)
		for rest := wire; len(rest) > 0; {
			n := min(size, len(rest))
			pieces.read(rest[:n])
			rest = rest[n:]
		}
		if whole.done != pieces.done || whole.done && !bytes.Equal(whole.response, pieces.response) {
			t.Errorf("at once %q, in pieces of %d %q", whole.response, size, pieces.response)
		}
		if whole.done && headEnd(whole.response, 0) != len(whole.response) {
			t.Errorf("head %q does not end at its end", whole.response)
		}
	})
}
