package newsroom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
)

// file is a picture as it is served.
type file struct {
	body      []byte
	sha256    string
	mediaType string
	width     int
	height    int
}

// mediaTypes tells the media type of a picture format.
func mediaType(format string) string {
	if format == "jpg" {
		return "image/jpeg"
	}
	return "image/" + format
}

// drawFile draws the landscape that name seeds and encodes it. Equal arguments
// give equal bytes.
func drawFile(name, format string, width, height int) (file, error) {
	img := drawScene(name, width, height)
	var buf bytes.Buffer
	var err error
	switch format {
	case "jpg":
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: 82})
	case "png":
		err = png.Encode(&buf, img)
	case "webp":
		err = encodeWebP(&buf, img)
	default:
		err = fmt.Errorf("unknown format %q", format)
	}
	if err != nil {
		return file{}, fmt.Errorf("draw picture %s: %w", name, err)
	}
	sum := sha256.Sum256(buf.Bytes())
	return file{
		body: buf.Bytes(), sha256: hex.EncodeToString(sum[:]), mediaType: mediaType(format),
		width: width, height: height,
	}, nil
}

// scene is a landscape in relative measures, so that it looks the same in every size.
type scene struct {
	skyTop, skyLow color.RGBA
	sun            [3]float64 // x, y, radius
	sunColor       color.RGBA
	ridges         []ridge // far to near
	houses         []house
	water          float64 // y of the shore, 1 where there is no water
	waterColor     color.RGBA
}

type ridge struct {
	base, height, phase, waves float64
	color                      color.RGBA
}

func (r ridge) at(x float64) float64 {
	a := 2 * math.Pi * (r.waves*x + r.phase)
	return r.base - r.height*(0.6*math.Sin(a)+0.4*math.Sin(2.3*a+r.phase))
}

type house struct {
	x, width, height float64
	wall, roof       color.RGBA
}

func newScene(name string) scene {
	h := fnv.New64a()
	h.Write([]byte(name))
	rng := rand.New(rand.NewPCG(h.Sum64(), 1))
	hue := rng.Float64()
	s := scene{
		skyTop: hsv(hue, 0.45, 0.75), skyLow: hsv(hue+0.06, 0.15, 0.98),
		sun:      [3]float64{0.15 + 0.7*rng.Float64(), 0.15 + 0.2*rng.Float64(), 0.05 + 0.04*rng.Float64()},
		sunColor: hsv(0.12+0.05*rng.Float64(), 0.35, 1),
		water:    1, waterColor: hsv(hue+0.02, 0.4, 0.6),
	}
	land := 0.2 + 0.25*rng.Float64()
	for i := range 3 {
		near := float64(i) / 2
		s.ridges = append(s.ridges, ridge{
			base: 0.5 + 0.17*near, height: 0.1 - 0.03*near, phase: rng.Float64(), waves: 0.7 + 1.2*rng.Float64(),
			color: hsv(land+0.04*near, 0.25+0.3*near, 0.75-0.3*near),
		})
	}
	if rng.IntN(2) == 0 {
		s.water = 0.8 + 0.08*rng.Float64()
	}
	for x := 0.04 * rng.Float64(); x < 0.95 && rng.IntN(9) > 0; {
		w := 0.05 + 0.06*rng.Float64()
		s.houses = append(s.houses, house{
			x: x, width: w, height: 0.08 + 0.12*rng.Float64(),
			wall: hsv(0.08+0.05*rng.Float64(), 0.1+0.2*rng.Float64(), 0.85), roof: hsv(0.02+0.05*rng.Float64(), 0.6, 0.5),
		})
		x += w + 0.12*rng.Float64()
	}
	return s
}

// sunWidth is half of the sun's width at height y, relative to the picture's width.
func (s scene) sunWidth(y, aspect float64) float64 {
	square := s.sun[2]*s.sun[2] - (y-s.sun[1])*(y-s.sun[1])
	if square <= 0 {
		return 0
	}
	return math.Sqrt(square) / aspect
}

func drawScene(name string, width, height int) *image.RGBA {
	s := newScene(name)
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	tops := make([][]float64, len(s.ridges))
	for i, r := range s.ridges {
		tops[i] = make([]float64, width)
		for x := range width {
			tops[i][x] = r.at(float64(x) / float64(width))
		}
	}
	for py := range height {
		y := float64(py) / float64(height)
		fill(img, py, 0, width, mix(s.skyTop, s.skyLow, y/0.6))
		if half := s.sunWidth(y, float64(width)/float64(height)); half > 0 {
			fill(img, py, int((s.sun[0]-half)*float64(width)), int((s.sun[0]+half)*float64(width)), s.sunColor)
		}
		for i, r := range s.ridges {
			for px := 0; px < width; px++ {
				from := px
				for px < width && y > tops[i][px] {
					px++
				}
				fill(img, py, from, px, r.color)
			}
		}
		if y > s.water {
			fill(img, py, 0, width, mix(s.waterColor, s.skyLow, 0.3*math.Abs(math.Sin(90*y))))
		}
	}
	for _, h := range s.houses {
		h.draw(img, math.Min(s.water, 0.86))
	}
	return img
}

// fill paints the pixels from x0 to x1 of row y, as far as the picture reaches.
func fill(img *image.RGBA, y, x0, x1 int, c color.RGBA) {
	x0, x1 = max(x0, 0), min(x1, img.Rect.Dx())
	if x0 >= x1 {
		return
	}
	row := img.Pix[y*img.Stride+4*x0 : y*img.Stride+4*x1]
	for n := copy(row, []byte{c.R, c.G, c.B, c.A}); n < len(row); n *= 2 {
		copy(row[n:], row[:n])
	}
}

// draw puts the house on the ground line at the relative height ground.
func (h house) draw(img *image.RGBA, ground float64) {
	w, ht := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	x0, x1 := int(h.x*w), int((h.x+h.width)*w)
	y0, y1 := int((ground-h.height)*ht), int(ground*ht)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1 && x < img.Rect.Dx(); x++ {
			c := h.wall
			cell := max((x1-x0)/4, 3)
			if (x-x0)%cell > cell/2 && (y-y0)%cell > cell/2 {
				c = mix(h.wall, color.RGBA{40, 60, 80, 255}, 0.7)
			}
			img.SetRGBA(x, y, c)
		}
	}
	rise := (x1 - x0) / 2
	for d := range rise { // the roof, one row narrower on each side with every row
		for x := x0 + d; x < x1-d && x < img.Rect.Dx(); x++ {
			if y := y0 - 1 - d/2; y >= 0 {
				img.SetRGBA(x, y, h.roof)
			}
		}
	}
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	t = math.Max(0, math.Min(1, t))
	m := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + t*(float64(y)-float64(x)))) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255}
}

// hsv makes an opaque colour; h wraps around at 1.
func hsv(h, s, v float64) color.RGBA {
	h = 6 * (h - math.Floor(h))
	f := func(n float64) uint8 {
		k := math.Mod(n+h, 6)
		return uint8(math.Round(255 * (v - v*s*math.Max(0, math.Min(1, math.Min(k, 4-k))))))
	}
	return color.RGBA{f(5), f(3), f(1), 255}
}
