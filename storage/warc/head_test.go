package warc_test

import (
	"testing"

	"pressmark/storage/warc"
)

func TestMaskFields(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nSet-Cookie: a=secret\r\n ;folded=secret\r\nServer: x\r\nset-cookie : b=secret\nContent-Type: set-cookie: no\r\n\r\n"
	const want = "HTTP/1.1 200 OK\r\nSet-Cookie: masked\r\nServer: x\r\nset-cookie : masked\r\nContent-Type: set-cookie: no\r\n\r\n"
	if got := string(warc.MaskFields([]byte(head), "set-cookie")); got != want {
		t.Errorf("%q", got)
	}
}
