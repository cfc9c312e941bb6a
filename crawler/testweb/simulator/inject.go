package simulator

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// injection is a fault that a request has met.
type injection struct {
	Fault
	done <-chan struct{}
}

// serve answers by the fault. Write errors are not looked at: the client that
// went away is what many faults are about.
func (x injection) serve(w http.ResponseWriter, r *http.Request, page pageView) {
	switch x.Kind {
	case RateLimit, RateLimitDate, ServerError:
		x.refuse(w, page.now)
	case Drip:
		x.drip(w, r, whole(page, r))
	case Hang, HangBody:
		x.stall(w, r, page)
	case LongLength, ShortLength, CutBody, Reset, Garbage, HugeHeader:
		x.raw(w, whole(page, r))
	case RedirectLoop, RedirectChain, CookieWall:
		x.redirect(w, r, page)
	default:
		x.mislead(w, r, page)
	}
}

// whole is the site's answer to the request less its conditions, so that there
// is a body for the fault to spoil.
func whole(page pageView, r *http.Request) *captured {
	r = r.Clone(r.Context())
	r.Header.Del("If-None-Match")
	r.Header.Del("If-Modified-Since")
	return page.capture(r)
}

// refuse answers with an error status, and says when to come back.
func (x injection) refuse(w http.ResponseWriter, now time.Time) {
	status := http.StatusTooManyRequests
	switch x.Kind {
	case RateLimit:
		w.Header().Set("Retry-After", strconv.Itoa(int(x.Wait.Seconds())))
	case RateLimitDate:
		w.Header().Set("Retry-After", now.Add(x.Wait).UTC().Format(http.TimeFormat))
		w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
	case ServerError:
		status = http.StatusServiceUnavailable
		if x.Status != 0 {
			status = x.Status
		}
	}
	http.Error(w, http.StatusText(status), status)
}

// stall takes the request and ends the connection only when the client does.
func (x injection) stall(w http.ResponseWriter, r *http.Request, page pageView) {
	if x.Kind == HangBody {
		res := whole(page, r)
		res.head(w)
		w.Write(res.body.Bytes()[:res.body.Len()/2])
		w.(http.Flusher).Flush()
	}
	x.hang(r)
	panic(http.ErrAbortHandler)
}

// redirect sends the client elsewhere, or in circles.
func (x injection) redirect(w http.ResponseWriter, r *http.Request, page pageView) {
	switch x.Kind {
	case RedirectLoop:
		turn, _ := strconv.Atoi(r.URL.Query().Get("turn"))
		http.Redirect(w, r, fmt.Sprintf("%s?turn=%d", r.URL.Path, 1-turn%2), http.StatusFound)
	case RedirectChain:
		x.chain(w, r)
	case CookieWall:
		if _, err := r.Cookie("seen"); err == nil {
			page.serve(w, r)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
	}
}

// mislead answers 200 with something other than what was asked for.
func (x injection) mislead(w http.ResponseWriter, r *http.Request, page pageView) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	switch x.Kind {
	case GzipBomb:
		h.Set("Content-Encoding", "gzip")
		bomb(w)
	case ImageBomb:
		h.Set("Content-Type", "image/png")
		w.Write(hugePNG(60000, 60000))
	case Endless:
		x.endless(w, r)
	case WrongType:
		res := whole(page, r)
		res.header.Set("Content-Type", "application/octet-stream")
		res.send(w)
	case HTMLForImage, SoftError:
		fmt.Fprint(w, "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1><p>Please try again later.</p></body></html>")
	}
}

// hang waits until the client gives up or the simulation ends.
func (x injection) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-x.done:
	}
}

// pause waits and says whether the client is still there.
func (x injection) pause(r *http.Request) bool {
	t := time.NewTimer(x.Wait)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
	case <-x.done:
	}
	return false
}

func (x injection) drip(w http.ResponseWriter, r *http.Request, res *captured) {
	res.head(w)
	body := res.body.Bytes()
	for i := range 20 {
		if !x.pause(r) {
			panic(http.ErrAbortHandler)
		}
		w.Write(body[len(body)*i/20 : len(body)*(i+1)/20])
		w.(http.Flusher).Flush()
	}
}

// raw takes the connection over, for answers that net/http would not send.
func (x injection) raw(w http.ResponseWriter, res *captured) {
	c, buf, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return // HTTP/2 only, which is not served here
	}
	defer c.Close()
	body := res.body.Bytes()
	head := func(fields string) {
		fmt.Fprintf(buf, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\n%s\r\n", res.status, http.StatusText(res.status), res.header.Get("Content-Type"), fields)
	}
	switch x.Kind {
	case LongLength:
		head(fmt.Sprintf("Content-Length: %d\r\n", len(body)+4096))
		buf.Write(body)
	case ShortLength:
		head(fmt.Sprintf("Content-Length: %d\r\n", len(body)/2))
		buf.Write(body)
	case CutBody:
		head("Transfer-Encoding: chunked\r\n")
		fmt.Fprintf(buf, "%x\r\n", len(body))
		buf.Write(body[:len(body)/2])
	case Garbage:
		buf.WriteString("\x00\x01\x02 this is not the protocol you are looking for\r\n\r\n")
	case HugeHeader:
		head("X-Filler: " + strings.Repeat("a", 2<<20) + "\r\n")
	}
	buf.Flush()
}

func (x injection) endless(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!DOCTYPE html><html><body>")
	line := bytes.Repeat([]byte("<p>and so on and so forth</p>\n"), 1000)
	for r.Context().Err() == nil {
		if _, err := w.Write(line); err != nil {
			return
		}
	}
}

// chain redirects over three hops, the first of them plain, to the target.
func (x injection) chain(w http.ResponseWriter, r *http.Request) {
	target := x.Target
	if target == "" {
		target = "http://169.254.169.254/latest/meta-data/"
	}
	hop, _ := strconv.Atoi(r.URL.Query().Get("hop"))
	if hop < 3 {
		target = fmt.Sprintf("%s?hop=%d", r.URL.Path, hop+1)
	}
	http.Redirect(w, r, target, http.StatusFound)
}

// bomb writes 1 GiB of zeros as gzip: one mebibyte's member, many times.
func bomb(w http.ResponseWriter) {
	var member bytes.Buffer
	zw := gzip.NewWriter(&member)
	zw.Write(make([]byte, 1<<20)) // a bytes.Buffer takes everything
	zw.Close()
	for range 1 << 10 {
		if _, err := w.Write(member.Bytes()); err != nil {
			return
		}
	}
}

// hugePNG is the head of a PNG of the given size (ISO/IEC 15948), with a few
// bytes of image data.
func hugePNG(width, height uint32) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		at := len(out)
		out = append(append(out, kind...), data...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
	}
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(size, 8, 2, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01})
	chunk("IEND", nil)
	return out
}
