package newsroom

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"

	"github.com/HugoSmits86/nativewebp"
)

// file is a picture as it is served.
type file struct {
	body      []byte
	sha256    string
	mediaType string
	width     int
	height    int
}

// mediaType returns the media type of a picture format.
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
		err = nativewebp.Encode(&buf, img, nil)
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

// ridges is how many hills stand before one another.
const ridges = 3

// drawScene draws hills under a sky, in colours and shapes that name seeds.
func drawScene(name string, width, height int) *image.RGBA {
	h := fnv.New64a()
	h.Write([]byte(name))
	rng := rand.New(rand.NewPCG(h.Sum64(), 1))
	sky, land := hue(rng), hue(rng)
	type hill struct{ phase, waves float64 }
	var hills [ridges]hill
	for i := range hills {
		hills[i] = hill{2 * math.Pi * rng.Float64(), 2 * math.Pi * (0.7 + 1.2*rng.Float64())}
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		draw.Draw(img, image.Rect(0, y, width, y+1), image.NewUniform(shade(sky, 0.6+0.4*float64(y)/float64(height))), image.Point{}, draw.Src)
	}
	for i, hill := range hills { // far to near
		near := float64(i+1) / ridges
		c := image.NewUniform(shade(land, 1-0.6*near))
		for x := range width {
			top := 0.35 + 0.4*near - 0.1*math.Sin(hill.phase+hill.waves*float64(x)/float64(width))
			draw.Draw(img, image.Rect(x, int(top*float64(height)), x+1, height), c, image.Point{}, draw.Src)
		}
	}
	return img
}

// hue returns a light colour.
func hue(rng *rand.Rand) color.RGBA {
	c := func() uint8 { return uint8(120 + rng.IntN(120)) }
	return color.RGBA{c(), c(), c(), 255}
}

// shade returns a colour with its brightness multiplied.
func shade(c color.RGBA, by float64) color.RGBA {
	dim := func(v uint8) uint8 { return uint8(math.Round(float64(v) * by)) }
	return color.RGBA{dim(c.R), dim(c.G), dim(c.B), 255}
}
