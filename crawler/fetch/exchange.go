package fetch

import (
	"bytes"

	"pressmark/storage/warc"
)

// exchange is one request and its response as they pass over a connection: it keeps
// their heads as they came, and hands the response's head out tidied. Heads of 1xx
// responses are not kept: they announce the response, and are not it. All methods
// work on nil, the exchange of a connection that nobody uses.
type exchange struct {
	keep  bool // the heads are wanted for the capture
	limit int  // bytes of a head

	request  []byte
	response []byte // the head of the final response, or what came of it
	final    bool   // that head is complete, or given up: what follows is not looked at
	gathered []byte // of a head that is not complete
	searched int    // bytes of gathered that hold no end
	out      []byte // to be handed out
}

// maxRequestHead bounds what is kept of a request: a URL, the fields and the cookies
// have bounds of their own.
const maxRequestHead = 64 << 10

func (x *exchange) wrote(p []byte) {
	if x != nil && x.keep {
		x.request = append(x.request, p[:min(len(p), maxRequestHead-len(x.request))]...)
	}
}

func (x *exchange) pending() bool { return x != nil && len(x.out) > 0 }

func (x *exchange) handOut(p []byte) int {
	n := copy(p, x.out)
	if x.out = x.out[n:]; len(x.out) == 0 {
		x.out = nil
	}
	return n
}

// read takes in bytes of a response, as long as its head is not final.
func (x *exchange) read(p []byte) {
	x.gathered = append(x.gathered, p...)
	for !x.final {
		end := headEnd(x.gathered, x.searched)
		if end < 0 {
			if len(x.gathered) > x.limit || !x.begins() {
				x.give()
				return
			}
			x.searched = len(x.gathered)
			return
		}
		head := x.gathered[:end:end]
		x.gathered, x.searched = x.gathered[end:], 0
		x.out = append(x.out, tidyHead(head)...)
		if informational(head) {
			continue
		}
		x.final = true
		if x.keep {
			x.response = head
		}
	}
	x.out, x.gathered = append(x.out, x.gathered...), nil
}

// give hands out what was gathered as it is: net/http says what is wrong with it.
func (x *exchange) give() {
	if x.final {
		return
	}
	x.final = true
	x.out = append(x.out, x.gathered...)
	if x.keep {
		x.response = bytes.Clone(x.gathered[:min(len(x.gathered), x.limit)])
	}
	x.gathered = nil
}

// begins reports whether what was gathered may become a head: its first line is not
// complete yet, or is a status line. A server that speaks something else waits for
// an answer, and would be waited for.
func (x *exchange) begins() bool {
	first, _, complete := bytes.Cut(bytes.TrimLeft(x.gathered, "\r\n"), []byte("\n"))
	_, _, _, ok := warc.StatusLine(first)
	return !complete || ok
}

// headEnd finds the end of a head, past its empty line, which is CRLF or a bare LF;
// -1 if it is not there yet. Empty lines before the head belong to it. The first
// searched bytes hold no end.
func headEnd(b []byte, searched int) int {
	start := len(b) - len(bytes.TrimLeft(b, "\r\n"))
	for i := max(searched-3, start); i < len(b); i++ {
		if b[i] != '\n' {
			continue
		}
		switch rest := b[i+1:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return i + 2
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return i + 3
		}
	}
	return -1
}

// informational reports whether a head is that of a 1xx response. 101 is not among
// them: it is final, and nobody asks for it here.
func informational(head []byte) bool {
	first, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	_, status, _, ok := warc.StatusLine(first)
	return ok && status/100 == 1 && status != 101
}
