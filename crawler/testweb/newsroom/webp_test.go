package newsroom

import (
	"bytes"
	"compress/gzip"
	"image"
	"image/color"
	"io"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/webp"
)

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWebPRoundTrip decodes with an independent decoder; the code is lossless.
func TestWebPRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	noise := image.NewRGBA(image.Rect(0, 0, 61, 37))
	skewed := image.NewRGBA(image.Rect(0, 0, 200, 90)) // counts like Fibonacci's make long codes
	for i := range noise.Pix {
		noise.Pix[i] = byte(rng.Uint32())
	}
	for y := range 90 {
		for x := range 200 {
			v := byte(0)
			for v < 30 && rng.IntN(3) > 0 {
				v++
			}
			skewed.SetRGBA(x, y, color.RGBA{v, byte(rng.IntN(2)), 7, 255})
		}
	}
	for name, img := range map[string]*image.RGBA{
		"noise": noise, "skewed": skewed, "scene": drawScene("webp", 160, 100),
		"flat": image.NewRGBA(image.Rect(0, 0, 300, 200)), "dot": image.NewRGBA(image.Rect(0, 0, 1, 1)),
	} {
		var buf bytes.Buffer
		if err := encodeWebP(&buf, img); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := webp.Decode(bytes.NewReader(buf.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for y := range img.Rect.Dy() {
			for x := range img.Rect.Dx() {
				w := img.RGBAAt(x, y)
				if r, g, b, _ := got.At(x, y).RGBA(); byte(r>>8) != w.R || byte(g>>8) != w.G || byte(b>>8) != w.B {
					t.Fatalf("%s: pixel %d,%d differs", name, x, y)
				}
			}
		}
	}
}
