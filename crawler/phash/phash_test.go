package phash_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"
	"testing"

	"golang.org/x/image/draw"

	"pressmark/crawler/phash"
)

// photo is an invented picture of soft and sharp spots; the seed is its motif.
func photo(seed uint64, width, height int) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // an invented picture, no secret
	type spot struct{ x, y, size, light float64 }
	spots := make([]spot, 14)
	for i := range spots {
		spots[i] = spot{r.Float64(), r.Float64(), 0.05 + r.Float64()/4, 160*r.Float64() - 80}
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			light := 128.0
			for i, s := range spots {
				d := math.Hypot(float64(x)/float64(width)-s.x, float64(y)/float64(height)-s.y) / s.size
				if i%3 > 0 {
					light += s.light * math.Exp(-d*d)
				} else if d < 1 {
					light += s.light
				}
			}
			c := uint8(min(255, max(0, light)))
			img.Set(x, y, color.RGBA{R: c, G: c/2 + 60, B: 200 - c/2, A: 255})
		}
	}
	return img
}

func scaled(img image.Image, width, height int) image.Image {
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out
}

func encoded(t *testing.T, img image.Image, quality int) []byte {
	t.Helper()
	var buf bytes.Buffer
	var err error
	switch quality {
	case 0:
		err = png.Encode(&buf, img)
	case -1:
		err = gif.Encode(&buf, img, nil)
	default:
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func distance(t *testing.T, a, b string) int {
	t.Helper()
	x, err1 := strconv.ParseUint(a, 16, 64)
	y, err2 := strconv.ParseUint(b, 16, 64)
	if err1 != nil || err2 != nil {
		t.Fatalf("hashes %q and %q", a, b)
	}
	return bits.OnesCount64(x ^ y)
}

// TestSamePhoto: one photo in several sizes, formats and qualities has nearly one
// hash, and another photo a quite different one.
func TestSamePhoto(t *testing.T) {
	const near, far = 6, 16
	var hashes []string
	for seed := range uint64(4) {
		original := photo(seed, 480, 320)
		want := phash.Of(encoded(t, original, 92))
		hashes = append(hashes, want)
		for name, body := range map[string][]byte{
			"as PNG":        encoded(t, original, 0),
			"bad JPEG":      encoded(t, original, 35),
			"half the size": encoded(t, scaled(original, 240, 160), 80),
			"a thumbnail":   encoded(t, scaled(original, 120, 80), 75),
			"a cut pixel":   encoded(t, scaled(original, 431, 287), 85),
			"as GIF":        encoded(t, scaled(original, 300, 200), -1),
		} {
			if d := distance(t, want, phash.Of(body)); d > near {
				t.Errorf("motif %v, %s: differs in %d bits", seed, name, d)
			}
		}
	}
	for i := range hashes {
		for j := range i {
			if d := distance(t, hashes[i], hashes[j]); d < far {
				t.Errorf("motifs %d and %d differ in %d bits only", i, j, d)
			}
		}
	}
}

func TestWithoutHash(t *testing.T) {
	one := image.NewRGBA(image.Rect(0, 0, 200, 200))
	draw.Draw(one, one.Bounds(), image.NewUniform(color.RGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
	body := encoded(t, photo(1, 64, 64), 0)
	huge := bytes.Clone(body)
	copy(huge[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // IHDR: 65,536 × 65,536
	for name, body := range map[string][]byte{
		"nothing": nil, "text": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "one colour": encoded(t, one, 0),
		"a dot": encoded(t, photo(1, 8, 8), 0), "cut": body[:len(body)/2], "a bomb": huge,
	} {
		if got := phash.Of(body); got != "" {
			t.Errorf("%s has the hash %s", name, got)
		}
	}
}

func FuzzOf(f *testing.F) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, photo(1, 20, 20)); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := phash.Of(body); got != "" && len(got) != 16 {
			t.Errorf("hash %q", got)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, photo(2, 1000, 600), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		phash.Of(buf.Bytes())
	}
}
