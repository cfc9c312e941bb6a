package proxy

import (
	"bytes"
	"net"
)

// forward is a connection to an HTTP proxy that carries requests to one origin. Its user
// writes requests without body as to the origin itself ("GET /path"); on the wire they
// name the origin (RFC 9112, 3.2.2) and carry the credentials of the proxy. So a capture
// above it has the request as the origin gets it.
type forward struct {
	net.Conn
	origin      string // "http://host:port"
	credentials string // value of Proxy-Authorization; "": none

	at   place
	tail []byte // the last bytes of the head, up to three, to find its end
}

// place is where in a request's head the next byte stands.
type place int

const (
	inMethod place = iota // before the first space of the request line
	inLine                // in the rest of the request line
	inFields
)

// Write implements net.Conn. It returns the number of bytes of p that were written.
func (f *forward) Write(p []byte) (int, error) {
	out := make([]byte, 0, len(p)+len(f.origin)+len(f.credentials)+32)
	for rest := p; len(rest) > 0; {
		var done []byte
		done, rest = f.next(rest)
		out = append(out, done...)
		switch {
		case f.at == inMethod && bytes.HasSuffix(done, []byte(" ")):
			out = append(out, f.origin...)
			f.at = inLine
		case f.at == inLine && bytes.HasSuffix(done, []byte("\n")):
			if f.credentials != "" {
				out = append(out, "Proxy-Authorization: "+f.credentials+"\r\n"...)
			}
			f.at, f.tail = inFields, []byte("\r\n")
		case f.at == inFields && bytes.HasSuffix(f.tail, []byte("\r\n\r\n")):
			f.at, f.tail = inMethod, nil
		}
	}
	if _, err := f.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// next cuts off what belongs to the place in hand.
func (f *forward) next(p []byte) (done, rest []byte) {
	end := byte('\n')
	if f.at == inMethod {
		end = ' '
	}
	done = p
	if i := bytes.IndexByte(p, end); i >= 0 {
		done, rest = p[:i+1], p[i+1:]
	}
	if f.at == inFields {
		f.tail = append(f.tail, done...)
		f.tail = f.tail[max(len(f.tail)-4, 0):]
	}
	return done, rest
}
