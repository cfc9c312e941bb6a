// Package phash computes perceptual hashes of pictures: 64 bits that are nearly the
// same for one photo in several sizes, formats and qualities, so that its way from
// paper to paper can be followed.
//
// The method is that of pHash (Zauner, Implementation and Benchmarking of Perceptual
// Image Hash Functions, 2010): the brightness of the picture in 32×32 cells, the
// discrete cosine transform of these, and of its lowest 64 frequencies which are
// above the median.
package phash

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // decoders
	_ "image/jpeg" //
	_ "image/png"  //
	"math"
	"slices"

	_ "golang.org/x/image/bmp"  //
	_ "golang.org/x/image/webp" //
)

const (
	// maxPixels bounds the memory of one hash: a picture of this size takes some 100 MB.
	maxPixels = 24_000_000
	minSide   = 16 // a smaller picture is a sign, not a photo
	side      = 32 // cells a side
	bits      = 64
	samples   = 6 // a side of a cell
)

// flat is the least strength of the lowest frequencies: a picture below it is of one
// colour or nearly so, and its bits would be noise.
const flat = 2.0

// Of returns the hash of an encoded picture as 16 hexadecimal digits. It returns ""
// if the format has no decoder, or the picture is damaged, too large, too small or
// of one colour. For an animation it is the hash of the first frame.
func Of(body []byte) string {
	c, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || min(c.Width, c.Height) < minSide {
		return ""
	}
	if c.Width > maxPixels/c.Height {
		return ""
	}
	img, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return ""
	}
	hash, ok := hashOf(lowest(transform(brightness(img))))
	if !ok {
		return ""
	}
	return fmt.Sprintf("%016x", hash)
}

type grid [side][side]float64

// brightness is the mean brightness of each cell, 0 to 255. Transparent parts count
// as white, as papers show them.
func brightness(img image.Image) *grid {
	var g grid
	b := img.Bounds()
	for y := range side {
		for x := range side {
			sum := 0.0
			for sy := range samples {
				for sx := range samples {
					px := b.Min.X + (2*(x*samples+sx)+1)*b.Dx()/(2*side*samples)
					py := b.Min.Y + (2*(y*samples+sy)+1)*b.Dy()/(2*side*samples)
					sum += luma(img.At(px, py))
				}
			}
			g[y][x] = sum / (samples * samples)
		}
	}
	return &g
}

// luma is the brightness of a colour over white (ITU-R BT.601).
func luma(c color.Color) float64 {
	r, g, b, a := c.RGBA()
	return (0.299*float64(r) + 0.587*float64(g) + 0.114*float64(b) + float64(0xffff-a)) / 257
}

// transform is the two-dimensional discrete cosine transform (DCT-II), orthonormal.
func transform(g *grid) *grid {
	var cosine, rows, out grid
	for u := range side {
		scale := math.Sqrt(2.0 / side)
		if u == 0 {
			scale = math.Sqrt(1.0 / side)
		}
		for x := range side {
			cosine[u][x] = scale * math.Cos(math.Pi*float64(u)*(2*float64(x)+1)/(2*side))
		}
	}
	for y := range side {
		for u := range side {
			for x := range side {
				rows[y][u] += cosine[u][x] * g[y][x]
			}
		}
	}
	for v := range side {
		for u := range side {
			for y := range side {
				out[v][u] += cosine[v][y] * rows[y][u]
			}
		}
	}
	return &out
}

// lowest are the 64 lowest frequencies but the mean, in the order of the sum of both.
func lowest(g *grid) []float64 {
	out := make([]float64, 0, bits)
	for sum := 1; len(out) < bits; sum++ {
		for v := 0; v <= sum && len(out) < bits; v++ {
			out = append(out, g[v][sum-v])
		}
	}
	return out
}

func hashOf(frequencies []float64) (hash uint64, ok bool) {
	sorted := slices.Clone(frequencies)
	slices.Sort(sorted)
	median := (sorted[bits/2-1] + sorted[bits/2]) / 2
	strength := 0.0
	for n, f := range frequencies {
		strength += math.Abs(f)
		if f > median {
			hash |= 1 << n
		}
	}
	return hash, strength/bits >= flat
}
