package fetch

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"bufio"
)

// taken feeds a response to an exchange, size bytes a time, and returns what it
// handed out.
func taken(wire string, size int) (*exchange, []byte) {
	x := &exchange{keep: true, limit: 1000}
	var out []byte
	p := make([]byte, 700)
	for rest := wire; rest != ""; {
		n := min(size, len(rest))
		if x.final {
			out = append(out, rest[:n]...)
		} else {
			x.read([]byte(rest[:n]))
		}
		rest = rest[n:]
		for x.pending() {
			out = append(out, p[:x.handOut(p)]...)
		}
	}
	x.give()
	for x.pending() {
		out = append(out, p[:x.handOut(p)]...)
	}
	return x, out
}

func TestHeadsAreKept(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
	tests := []struct{ name, wire, want string }{
		{"head alone", head, head},
		{"head and body", head + "body\r\n\r\n", head},
		{"bare LF", "HTTP/1.0 200\nA: b\n\nbody", "HTTP/1.0 200\nA: b\n\n"},
		{"mixed", "HTTP/1.0 200\nA: b\n\r\nbody", "HTTP/1.0 200\nA: b\n\r\n"},
		{"continue first", "HTTP/1.1 100 Continue\r\n\r\n" + head + "body", head},
		{"early hints first, twice", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 P\r\n\r\n" + head + "body", head},
		{"no reason phrase", "HTTP/1.1 204\r\n\r\n", "HTTP/1.1 204\r\n\r\n"},
		{"empty lines first", "\r\n\r\n" + head + "\r\n\r\n", "\r\n\r\n" + head},
		{"odd lines", "http/1.1 200\nno colon\n: x\nA: \x01\n\n\n", "http/1.1 200\nno colon\n: x\nA: \x01\n\n"},
		{"another protocol", "SSH-2.0-x\r\n", "SSH-2.0-x\r\n"},
		{"cut", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n"},
	}
	for _, tt := range tests {
		for size := 1; size <= len(tt.wire); size++ {
			x, _ := taken(tt.wire, size)
			if string(x.response) != tt.want {
				t.Fatalf("%s, %d bytes a time: %q, want %q", tt.name, size, x.response, tt.want)
			}
		}
	}
	x, out := taken("HTTP/1.1 200 OK\r\n"+strings.Repeat("x", 5000), 50)
	if len(x.response) > 1000 || len(x.gathered) > 0 || len(out) != 5017 {
		t.Errorf("a head of %d bytes taken down under a limit of 1000, %d of 5017 handed out", len(x.response), len(out))
	}
}

// TestTidyHead: what net/http reads of heads as servers send them.
func TestTidyHead(t *testing.T) {
	const length = "Content-Length: 4\r\n"
	tests := []struct {
		name, head string
		want       string // fields as "Name: value", sorted; "refused"
	}{
		{"plain", "HTTP/1.1 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"no colon", "HTTP/1.1 200 OK\r\nX-Powered-By PHP\r\nX: y\r\n" + length, "X: y"},
		{"no colon first", "HTTP/1.1 200 OK\r\nPHP Notice\r\nX: y\r\n" + length, "X: y"},
		{"folded into no field", "HTTP/1.1 200 OK\r\nPHP Notice\r\n  in line 3: x\r\nX: y\r\n" + length, "X: y"},
		{"folded first line", "HTTP/1.1 200 OK\r\n  x: z\r\nX: y\r\n" + length, "X: y"},
		{"folded value", "HTTP/1.1 200 OK\r\nX: y\r\n\tz\r\n" + length, "X: y z"},
		{"stray tag", "HTTP/1.1 200 OK\r\n<br />\r\n<b>Warning</b>: x in <b>/a.php</b>\r\nX: y\r\n" + length, "X: y"},
		{"status line twice", "HTTP/1.1 200 OK\r\nHTTP/1.1 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"another status line", "HTTP/1.1 200 OK\r\nHTTP/1.0 404 Not Found: x\r\nX: y\r\n" + length, "X: y"},
		{"control byte", "HTTP/1.1 200 OK\r\nX: a\x01b\r\n" + length, "X: a b"},
		{"NUL", "HTTP/1.1 200 OK\r\nX: a\x00b\r\n" + length, "X: a b"},
		{"DEL", "HTTP/1.1 200 OK\r\nX: a\x7fb\r\n" + length, "X: a b"},
		{"bare CR", "HTTP/1.1 200 OK\r\nX: a\rY: b\r\n" + length, "X: a Y: b"},
		{"control byte in the reason", "HTTP/1.1 200 O\x02K\r\nX: y\r\n" + length, "X: y"},
		{"parenthesis in a name", "HTTP/1.1 200 OK\r\nX(y): z\r\nX: y\r\n" + length, "X: y"},
		{"space in a name", "HTTP/1.1 200 OK\r\nX y: z\r\nX: y\r\n" + length, "X: y"},
		{"space before the colon", "HTTP/1.1 200 OK\r\nX : y\r\n" + length, "X: y"},
		{"letters outside of ASCII in a name", "HTTP/1.1 200 OK\r\nÜ: z\r\nX: y\r\n" + length, "X: y"},
		{"empty name", "HTTP/1.1 200 OK\r\n: z\r\nX: y\r\n" + length, "X: y"},
		{"empty lines first", "\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"HTTP/2", "HTTP/2 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"HTTP/2.0", "HTTP/2.0 200\r\nX: y\r\n" + length, "X: y"},
		{"HTTP/3", "HTTP/3 200\r\nX: y\r\n" + length, "X: y"},
		{"no version", "HTTP 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"lower case", "http/1.1 200 ok\r\nX: y\r\n" + length, "X: y"},
		{"no space behind the status", "HTTP/1.1 200OK\r\nX: y\r\n" + length, "X: y"},
		{"byte order mark", "\ufeffHTTP/1.1 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"another name of the protocol", "ICY 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"https as protocol", "HTTPS/1.1 200 OK\r\nX: y\r\n" + length, "X: y"},
		{"four digits", "HTTP/1.1 0200 OK\r\nX: y\r\n" + length, "X: y"},
		{"tabs in the status line", "HTTP/1.1\t200\tOK\r\nX: y\r\n" + length, "X: y"},
		{"many spaces in the status line", "HTTP/1.1   200   OK\r\nX: y\r\n" + length, "X: y"},
		{"bare LF", "HTTP/1.1 200 OK\nX: y\nno colon\nContent-Length: 4\n", "X: y"},
		// Framing.
		{"lengths in one field", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4, 4\r\n", "X: y"},
		{"lengths in fields", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4\r\ncontent-length: 04\r\n", "X: y"},
		{"empty length", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length:\r\n", "X: y"},
		{"length that is no number", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: unknown\r\n", "X: y"},
		{"negative length", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: -1\r\n", "X: y"},
		{"identity", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: identity\r\n" + length, "X: y"},
		{"no transfer coding", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding:\r\n" + length, "X: y"},
		{"8bit", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: 8bit\r\n" + length, "X: y"},
		{"gzip alone", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: gzip\r\n" + length, "X: y"},
		{"chunked", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n", "X: y"},
		{"chunked twice", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n", "X: y"},
		{"chunked twice in one field", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked, chunked\r\n", "X: y"},
		{"chunked and identity", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: identity, chunked\r\n", "X: y"},
		{"gzip and chunked", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: gzip, chunked\r\n", "X: y"},
		{"chunked and a control byte", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: \x0bchunked\r\n", "X: y"},
		{"chunked and a length", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n", "X: y"},
		{"different lengths", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4\r\nContent-Length: 5\r\n", "refused"},
		{"different lengths in one field", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4, 5, 4\r\n", "refused"},
		{"a length and a word", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4\r\nContent-Length: five\r\n", "refused"},
		{"a length in two", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 4\x004\r\nContent-Length: 4\r\n", "refused"},
		{"chunked, but not last", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked, gzip\r\n", "refused"},
		{"an unknown transfer coding", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: xchunked\r\n", "refused"},
		{"a hidden length", "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length\x00: 9\r\n" + length, "refused"},
		{"a hidden transfer coding", "HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding\x0b: chunked\r\n" + length, "refused"},
		{"no HTTP", "SSH-2.0-OpenSSH_9.2\r\nX: y\r\n", "refused"},
		{"four digits", "HTTP/1.1 2000 OK\r\nX: y\r\n" + length, "refused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "body"
			if strings.Contains(strings.ToLower(tt.head), "chunked") {
				body = "4\r\nbody\r\n0\r\n\r\n"
			}
			end := "\r\n"
			if !strings.Contains(tt.head, "\r") {
				end = "\n"
			}
			for _, size := range []int{1, 7, 4096} {
				x, out := taken(tt.head+end+body, size)
				resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(out)), nil)
				if tt.want == "refused" {
					if err == nil {
						t.Fatalf("accepted: %v", resp.Header)
					}
					continue
				}
				if err != nil {
					t.Fatalf("%v, after %q", err, out)
				}
				if string(x.response) != tt.head+end {
					t.Errorf("the capture has the head %q", x.response)
				}
				got, err := io.ReadAll(resp.Body)
				resp.Header.Del("Content-Length")
				if len(resp.Header) != 1 || "X: "+resp.Header.Get("X") != tt.want || string(got) != "body" || err != nil && !errors.Is(err, io.EOF) {
					t.Errorf("%v, body %q, %v; want %s", resp.Header, got, err, tt.want)
				}
			}
		})
	}
}
