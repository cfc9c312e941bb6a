package visit

import (
	"bytes"
	"encoding/binary"
	pictures "image"
	_ "image/gif"  // decoders of headers only
	_ "image/jpeg" //
	_ "image/png"  //

	_ "golang.org/x/image/bmp"  //
	_ "golang.org/x/image/webp" //
)

// maxPixels bounds an image's declared size: what says that it is larger is a
// bomb or a mistake.
const maxPixels = 200_000_000

// pixels returns the size that an image's header declares; 0, 0 for formats without a
// reader (SVG). ok is false for more pixels than any use has, and for a header of a
// known format that cannot be read: its size may be anything.
func pixels(body []byte) (width, height int, ok bool) {
	if c, _, err := pictures.DecodeConfig(bytes.NewReader(body)); err == nil {
		return c.Width, c.Height, small(int64(c.Width), int64(c.Height))
	}
	for _, f := range formats {
		if !f.is(body) {
			continue
		}
		w, h, read := f.size(body)
		return 0, 0, read && small(w, h)
	}
	return 0, 0, true
}

// small reports whether a size is one that is stored. The sides are bounded before
// they are multiplied.
func small(w, h int64) bool {
	return min(w, h) >= 0 && max(w, h) <= maxPixels && w*h <= maxPixels
}

// format finds the size in a header that package image does not read, because it is
// impossible or of a variant that it does not know.
type format struct {
	is   func(b []byte) bool
	size func(b []byte) (w, h int64, ok bool)
}

// fixed reads two numbers at fixed places of a header.
func fixed(at, bytes int, order binary.ByteOrder, number func([]byte, binary.ByteOrder) int64) func(b []byte) (int64, int64, bool) {
	return func(b []byte) (int64, int64, bool) {
		if len(b) < at+2*bytes {
			return 0, 0, false
		}
		return number(b[at:], order), number(b[at+bytes:], order), true
	}
}

func uint32At(b []byte, order binary.ByteOrder) int64 { return int64(order.Uint32(b)) }
func uint16At(b []byte, order binary.ByteOrder) int64 { return int64(order.Uint16(b)) }

// signedAt is the absolute value of a signed number: a BMP with a negative height
// stands upside down.
func signedAt(b []byte, order binary.ByteOrder) int64 {
	n := int64(int32(order.Uint32(b)))
	return max(n, -n)
}

// uint24At is a number of three bytes that counts from 0 (WebP's VP8X).
func uint24At(b []byte, _ binary.ByteOrder) int64 {
	return 1 + int64(b[0]) + int64(b[1])<<8 + int64(b[2])<<16
}

func begins(start string) func([]byte) bool {
	return func(b []byte) bool { return bytes.HasPrefix(b, []byte(start)) }
}

var formats = []format{
	{begins("\x89PNG\r\n\x1a\n"), fixed(16, 4, binary.BigEndian, uint32At)}, // behind the length and name of IHDR
	{begins("GIF8"), fixed(6, 2, binary.LittleEndian, uint16At)},
	{begins("BM"), fixed(18, 4, binary.LittleEndian, signedAt)}, // behind both headers' beginnings
	{func(b []byte) bool { return len(b) >= 16 && string(b[:4]) == "RIFF" && string(b[8:16]) == "WEBPVP8X" }, fixed(24, 3, binary.LittleEndian, uint24At)},
	{func(b []byte) bool { return len(b) >= 12 && string(b[4:8]) == "ftyp" }, spatialExtent},
}

// spatialExtent returns the size of an AVIF or HEIC (ISO/IEC 23008-12, 6.5.3): the
// largest one at the beginning of the file. The size is unknown if there is none.
func spatialExtent(b []byte) (w, h int64, ok bool) {
	b = b[:min(len(b), 64<<10)]
	for {
		i := bytes.Index(b, []byte("ispe"))
		if i < 0 || len(b) < i+16 {
			return w, h, true
		}
		w, h = max(w, uint32At(b[i+8:], binary.BigEndian)), max(h, uint32At(b[i+12:], binary.BigEndian))
		b = b[i+16:]
	}
}

// storedAs returns the extension and the media type under which an image is stored.
// Browsers run the scripts of an SVG document that is opened, so an SVG is stored as
// text; its real media type is in the article's JSON.
func storedAs(ext, mediaType string) (string, string) {
	if mediaType == "image/svg+xml" {
		return ext + ".txt", "text/plain; charset=utf-8"
	}
	return ext, mediaType
}
