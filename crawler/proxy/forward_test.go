package proxy

import (
	"bytes"
	"net"
	"testing"
)

// kept is a connection that keeps what is written.
type kept struct {
	net.Conn
	bytes.Buffer
}

func (k *kept) Write(p []byte) (int, error) { return k.Buffer.Write(p) }
func (k *kept) Read(p []byte) (int, error)  { return k.Buffer.Read(p) }

// TestForward writes two requests in pieces of every size.
func TestForward(t *testing.T) {
	const (
		requests = "GET /a?b HTTP/1.1\r\nHost: x.example\r\nX: 1\r\n\r\nGET / HTTP/1.1\r\nHost: x.example\r\n\r\n"
		want     = "GET http://x.example/a?b HTTP/1.1\r\nProxy-Authorization: Basic eA==\r\nHost: x.example\r\nX: 1\r\n\r\n" +
			"GET http://x.example/ HTTP/1.1\r\nProxy-Authorization: Basic eA==\r\nHost: x.example\r\n\r\n"
	)
	for size := 1; size <= len(requests); size++ {
		wire := &kept{}
		f := &forward{Conn: wire, origin: "http://x.example", credentials: "Basic eA=="}
		for rest := []byte(requests); len(rest) > 0; rest = rest[min(size, len(rest)):] {
			piece := rest[:min(size, len(rest))]
			if n, err := f.Write(piece); n != len(piece) || err != nil {
				t.Fatalf("%d, %v", n, err)
			}
		}
		if got := wire.String(); got != want {
			t.Fatalf("in pieces of %d bytes:\n%s", size, got)
		}
	}
}
