package ledger

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// The packed form of a record, without its URL: a bit mask of the fields that
// are set, then these fields in the order of the bits. Numbers are varints,
// texts have their length before them, texts of hex digits are halved, and
// values that many records share are numbers in State.names. No other process reads
// it, so it may change with every version.

// names numbers the texts that many records share. The number of an unknown
// text is that of the next place.
type names struct {
	numbers map[string]uint32
	list    []string
}

func (n *names) number(name string) uint32 {
	if i, ok := n.numbers[name]; ok {
		return i
	}
	if n.numbers == nil {
		n.numbers = map[string]uint32{}
	}
	name = strings.Clone(name)
	i := uint32(len(n.list))
	n.numbers[name] = i
	n.list = append(n.list, name)
	return i
}

// packer appends set fields and notes them in the mask.
type packer struct {
	mask  uint64
	b     []byte
	names *names
}

// pack appends the packed form of a record to b.
func (s *State) pack(b []byte, r *Record) []byte {
	var buf [512]byte
	p := packer{b: buf[:0], names: &s.names}
	for i := range fields {
		f := &fields[i]
		switch {
		case f.bit == 0:
			f.kind.pack(&p, r)
		case !f.kind.empty(r):
			p.mask |= f.bit
			f.kind.pack(&p, r)
		}
	}
	return append(binary.AppendUvarint(b, p.mask), p.b...)
}

func (p *packer) raw(s string) {
	if len(s) >= 8 && len(s)%2 == 0 && IsHex(s) {
		p.b = binary.AppendUvarint(p.b, uint64(len(s)/2)<<1|1)
		p.b, _ = hex.AppendDecode(p.b, []byte(s)) // the digits were looked at
		return
	}
	p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1)
	p.b = append(p.b, s...)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsHex reports whether s consists of lower-case hex digits.
func IsHex(s string) bool {
	for _, c := range []byte(s) {
		if isLetter := 'a' <= c && c <= 'f'; !isLetter && !isDigit(c) {
			return false
		}
	}
	return true
}

// unpacker reads what packer has written; the bytes never come from outside.
type unpacker struct {
	mask  uint64
	s     string
	names *names
}

// unpack reads the item of an entry. The URL is a string of its own, because it is what
// callers keep; the other texts share one.
func (s *State) unpack(e *entry, item []byte, r *Record) {
	url, rest := cutURL(item)
	u := unpacker{s: string(rest), names: &s.names}
	u.mask = u.uvarint()
	*r = Record{URL: string(url), Outcome: s.classes.list[e.class].outcome}
	for i := range fields {
		if f := &fields[i]; f.bit == 0 || u.mask&f.bit != 0 {
			f.kind.unpack(&u, r)
		}
	}
}

// uvarint is binary.Uvarint on a string.
func (u *unpacker) uvarint() uint64 {
	var v uint64
	for i := 0; i < len(u.s); i++ {
		c := u.s[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.s = u.s[i+1:]
			return v
		}
	}
	return v
}

func (u *unpacker) varint() int64 {
	v := u.uvarint()
	return int64(v>>1) ^ -int64(v&1)
}

func (u *unpacker) raw() string {
	n := u.uvarint()
	isHex := n&1 != 0
	n >>= 1
	s := u.s[:n]
	u.s = u.s[n:]
	if isHex {
		return hex.EncodeToString([]byte(s))
	}
	return s
}
