package visit

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	pictures "image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

func pngOf(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	b := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	return binary.BigEndian.AppendUint32(append(b, head...), crc32.ChecksumIEEE(head))
}

func bmpOf(w, h int32) []byte {
	b := append([]byte("BM"), make([]byte, 12)...)
	b = binary.LittleEndian.AppendUint32(b, 40)
	b = binary.LittleEndian.AppendUint32(b, uint32(w))
	b = binary.LittleEndian.AppendUint32(b, uint32(h))
	return append(b, make([]byte, 40)...)
}

// TestImpossiblePixels: a header that claims more than any reader shows, or that cannot
// be read, is refused whatever the format.
func TestImpossiblePixels(t *testing.T) {
	var jpg, g, p bytes.Buffer
	gray := pictures.NewGray(pictures.Rect(0, 0, 80, 60))
	if err := jpeg.Encode(&jpg, gray, nil); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&g, gray, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&p, gray); err != nil {
		t.Fatal(err)
	}
	heif := func(w, h uint32) []byte {
		b := append([]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"), "\x00\x00\x00\x14ispe\x00\x00\x00\x00"...)
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, w), h)
	}
	for _, tt := range []struct {
		name string
		body []byte
		w, h int
		ok   bool
	}{
		{"jpeg", jpg.Bytes(), 80, 60, true},
		{"gif", g.Bytes(), 80, 60, true},
		{"png", p.Bytes(), 80, 60, true},
		{"png, head alone", pngOf(800, 600), 800, 600, true},
		{"png, large", pngOf(40_000, 40_000), 40_000, 40_000, false},
		{"png, sides overflow", pngOf(0x7fffffff, 0x7fffffff), 0, 0, false},
		{"png, sides beyond the format", pngOf(0xffffffff, 0xffffffff), 0, 0, false},
		{"png, one long side", pngOf(1, 0x7fffffff), 1, 0x7fffffff, false},
		{"png, cut in its head", pngOf(800, 600)[:20], 0, 0, false},
		{"bmp, most negative", bmpOf(-2147483648, -2147483648), 0, 0, false},
		{"bmp, wide", bmpOf(0x7fffffff, 2), 0, 0, false},
		{"webp", []byte("RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff"), 1 << 24, 1 << 24, false},
		{"webp, cut", []byte("RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00"), 0, 0, false},
		{"gif, largest", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00" + strings.Repeat("\x00", 50)), 65535, 65535, false},
		{"avif", heif(800, 600), 0, 0, true},
		{"avif, huge", heif(0xffffffff, 0xffffffff), 0, 0, false},
		{"svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 0, 0, true},
	} {
		w, h, ok := pixels(tt.body)
		if ok != tt.ok || tt.ok && (w != tt.w || h != tt.h) {
			t.Errorf("%s: %d x %d, %v; want %d x %d, %v", tt.name, w, h, ok, tt.w, tt.h, tt.ok)
		}
	}
}

// TestSVGIsStoredAsText: no browser runs what is stored.
func TestSVGIsStoredAsText(t *testing.T) {
	if ext, media := storedAs("svg", "image/svg+xml"); ext != "svg.txt" || media != "text/plain; charset=utf-8" {
		t.Errorf("%s, %s", ext, media)
	}
	if ext, media := storedAs("png", "image/png"); ext != "png" || media != "image/png" {
		t.Errorf("%s, %s", ext, media)
	}
}
