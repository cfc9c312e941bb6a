package newsroom

import (
	"container/heap"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math/bits"
)

// encodeWebP writes img as a lossless WebP file, following the WebP Lossless
// Bitstream Specification (RFC 9649, section 3): no transform, one group of
// prefix codes, and back references to the pixel at the left and to the row
// above, which is what drawings with flat areas and level gradients need.
func encodeWebP(w io.Writer, img *image.RGBA) error {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if width < 1 || height < 1 || width > 1<<14 || height > 1<<14 {
		return errors.New("encode webp: size out of range")
	}
	var b bitWriter
	b.write(0x2f, 8) // signature
	b.write(uint32(width-1), 14)
	b.write(uint32(height-1), 14)
	b.write(0, 1+3) // no alpha is used; version 0
	b.write(0, 3)   // no transform, no colour cache, no meta prefix codes
	writeVP8L(&b, findTokens(img), width)
	data := b.bytes()
	if len(data)%2 == 1 {
		data = append(data, 0)
	}
	head := []byte("RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(head[4:], uint32(12+len(data)))
	binary.LittleEndian.PutUint32(head[16:], uint32(len(b.buf)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(data)
	return err
}

// A token is a pixel, or a copy of length pixels from dist pixels back.
type token struct {
	pixel        [3]byte // red, green, blue
	length, dist int
}

const (
	maxCopy = 4096
	minCopy = 4
)

// findTokens covers the image with literal pixels and copies, longest copy first.
func findTokens(img *image.RGBA) []token {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	px := make([][3]byte, 0, width*height)
	for y := range height {
		row := img.Pix[y*img.Stride:]
		for x := range width {
			px = append(px, [3]byte{row[4*x], row[4*x+1], row[4*x+2]})
		}
	}
	var out []token
	for i := 0; i < len(px); {
		best := token{pixel: px[i]}
		for _, dist := range []int{1, width} {
			n := 0
			for dist <= i && n < maxCopy && i+n < len(px) && px[i+n] == px[i+n-dist] {
				n++
			}
			if n >= minCopy && n > best.length {
				best = token{length: n, dist: dist}
			}
		}
		out = append(out, best)
		i += max(best.length, 1)
	}
	return out
}

// prefixOf splits a length or distance code, counted from 1, into prefix and
// extra bits (RFC 9649, section 3.6.2.2).
func prefixOf(v int) (prefix int, extra uint32, n int) {
	if v <= 2 {
		return v - 1, 0, 0
	}
	v--
	top := bits.Len(uint(v)) - 1
	second := v >> (top - 1) & 1
	n = top - 1
	return 2*top + second, uint32(v) & (1<<n - 1), n
}

// distCode maps a distance to its code: 1 is the pixel above, 2 the one at the left.
func distCode(dist, width int) int {
	switch dist {
	case width:
		return 1
	case 1:
		return 2
	}
	return dist + 120
}

func writeVP8L(b *bitWriter, tokens []token, width int) {
	green, red, blue := make([]int, 256+24), make([]int, 256), make([]int, 256)
	alpha, dist := make([]int, 256), make([]int, 40)
	alpha[255] = 1
	for _, t := range tokens {
		if t.length == 0 {
			red[t.pixel[0]]++
			green[t.pixel[1]]++
			blue[t.pixel[2]]++
			continue
		}
		p, _, _ := prefixOf(t.length)
		green[256+p]++
		p, _, _ = prefixOf(distCode(t.dist, width))
		dist[p]++
	}
	g, r, bl := newPrefixCode(green), newPrefixCode(red), newPrefixCode(blue)
	a, d := newPrefixCode(alpha), newPrefixCode(dist)
	for _, c := range []prefixCode{g, r, bl, a, d} {
		c.writeTo(b)
	}
	for _, t := range tokens {
		if t.length == 0 {
			g.put(b, int(t.pixel[1]))
			r.put(b, int(t.pixel[0]))
			bl.put(b, int(t.pixel[2]))
			a.put(b, 255)
			continue
		}
		p, extra, n := prefixOf(t.length)
		g.put(b, 256+p)
		b.write(extra, n)
		p, extra, n = prefixOf(distCode(t.dist, width))
		d.put(b, p)
		b.write(extra, n)
	}
}

// prefixCode is a canonical prefix code; a lone symbol has length 0.
type prefixCode struct {
	lengths []int
	codes   []uint32 // bit-reversed, as they are written
	lone    int      // the only symbol, -1 where there are several
}

const maxCodeLength = 15

func newPrefixCode(counts []int) prefixCode {
	c := prefixCode{lengths: make([]int, len(counts)), codes: make([]uint32, len(counts)), lone: -1}
	used := 0
	for s, n := range counts {
		if n > 0 {
			used++
			c.lone = s
		}
	}
	if used < 2 {
		c.lone = max(c.lone, 0)
		return c
	}
	c.lone = -1
	for floor := 0; ; floor = 2*floor + 1 { // flatten the counts until no code is too long
		if codeLengths(counts, floor, c.lengths) <= maxCodeLength {
			break
		}
	}
	code := uint32(0)
	for l := 1; l <= maxCodeLength; l++ {
		for s, n := range c.lengths {
			if n == l {
				c.codes[s] = bits.Reverse32(code) >> (32 - l)
				code++
			}
		}
		code <<= 1
	}
	return c
}

// codeLengths fills lengths with the depths of Huffman's tree and returns the largest.
func codeLengths(counts []int, floor int, lengths []int) int {
	var h nodeHeap
	for s, n := range counts {
		if n > 0 {
			h = append(h, &node{count: max(n, floor), symbol: s})
		}
	}
	heap.Init(&h)
	for serial := len(counts); len(h) > 1; serial++ {
		a, b := heap.Pop(&h).(*node), heap.Pop(&h).(*node)
		heap.Push(&h, &node{count: a.count + b.count, symbol: serial, left: a, right: b})
	}
	return h[0].depths(0, lengths)
}

type node struct {
	count, symbol int // symbol also breaks ties, so that the code is the same everywhere
	left, right   *node
}

func (n *node) depths(depth int, lengths []int) int {
	if n.left == nil {
		lengths[n.symbol] = depth
		return depth
	}
	return max(n.left.depths(depth+1, lengths), n.right.depths(depth+1, lengths))
}

type nodeHeap []*node

func (h nodeHeap) Len() int { return len(h) }
func (h nodeHeap) Less(i, j int) bool {
	if h[i].count != h[j].count {
		return h[i].count < h[j].count
	}
	return h[i].symbol < h[j].symbol
}
func (h nodeHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *nodeHeap) Push(x any)   { *h = append(*h, x.(*node)) }
func (h *nodeHeap) Pop() any {
	old := *h
	n := old[len(old)-1]
	*h = old[:len(old)-1]
	return n
}

// writeTo writes the code's lengths. The code of the code lengths gives each
// of 0 to 15 four bits, so that no run lengths are needed.
func (c prefixCode) writeTo(b *bitWriter) {
	if c.lone >= 0 {
		b.write(1, 1) // simple code
		b.write(0, 1) // of one symbol
		b.write(1, 1) // in eight bits
		b.write(uint32(c.lone), 8)
		return
	}
	b.write(0, 1)
	b.write(19-4, 4)
	for i := range 19 {
		b.write(lengthOfCodeLength(i), 3)
	}
	b.write(0, 1) // all symbols follow
	for _, l := range c.lengths {
		b.write(bits.Reverse32(uint32(l))>>28, 4)
	}
}

// lengthOfCodeLength gives the length of the i-th code length in the order of
// the specification: 17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7 … 15.
func lengthOfCodeLength(i int) uint32 {
	if i == 0 || i == 1 || i == 8 { // 17, 18 and 16: the run lengths
		return 0
	}
	return 4
}

func (c prefixCode) put(b *bitWriter, symbol int) {
	b.write(c.codes[symbol], c.lengths[symbol])
}

// bitWriter packs bits, lowest first.
type bitWriter struct {
	buf  []byte
	acc  uint64
	held int
}

func (b *bitWriter) write(v uint32, n int) {
	b.acc |= uint64(v) << b.held
	for b.held += n; b.held >= 8; b.held -= 8 {
		b.buf = append(b.buf, byte(b.acc))
		b.acc >>= 8
	}
}

func (b *bitWriter) bytes() []byte {
	if b.held > 0 {
		b.buf = append(b.buf, byte(b.acc))
		b.acc, b.held = 0, 0
	}
	return b.buf
}
