package ledger

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
)

// The packed form of a record, without its URL: a bit mask of the fields that
// are set, then these fields in the order of the bits. Numbers are varints,
// texts have their length before them, texts of hex digits are halved, and
// values that many records share are numbers in State.names. It lives in
// memory only, so it may change with every version.

// The bits of the mask.
const (
	hasID = 1 << iota
	hasKind
	hasReason
	hasDetail
	hasArticle
	hasRevision
	hasChanged
	hasHash
	hasETag
	hasLastMod
	hasStatus
	hasTitle
	hasPublished
	hasSource
	hasAlias
	hasTries
	hasVisits
	hasDue
	hasFirst
	hasDigest
	hasImages
	hasPending
	hasDepth
	hasMemory
	hasCaptured
	hasLinks
	hasUsual
)

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

func (s *State) pack(r *Record) string {
	var buf [512]byte
	p := packer{b: buf[:0], names: &s.names}
	p.b = binary.AppendUvarint(p.b, uint64(r.Seq))
	p.time(0, r.Time)
	p.text(hasID, r.ID)
	p.name(hasKind, string(r.Kind))
	p.name(hasReason, r.Reason)
	p.text(hasDetail, r.Detail)
	p.article(r)
	p.number(hasRevision, r.Revision)
	p.texts(hasChanged, r.Changed)
	p.text(hasHash, r.ContentHash)
	p.text(hasETag, r.ETag)
	p.text(hasLastMod, r.LastMod)
	p.number(hasStatus, r.Status)
	p.text(hasTitle, r.Title)
	p.text(hasPublished, r.Published)
	p.name(hasSource, r.Source)
	p.text(hasAlias, r.Alias)
	p.number(hasTries, r.Tries)
	p.number(hasVisits, r.Visits)
	p.time(hasDue, r.Due)
	p.time(hasFirst, r.First)
	p.text(hasDigest, r.Digest)
	p.number(hasImages, r.Images)
	p.number(hasPending, r.Pending)
	p.number(hasDepth, r.Depth)
	p.text(hasMemory, string(r.Memory))
	p.time(hasCaptured, r.Captured)
	p.number(hasLinks, r.Links)
	p.number(hasUsual, r.Usual)
	var head [binary.MaxVarintLen64]byte
	return string(head[:binary.PutUvarint(head[:], p.mask)]) + string(p.b)
}

func (p *packer) text(bit uint64, s string) {
	if s == "" {
		return
	}
	p.mask |= bit
	p.raw(s)
}

func (p *packer) raw(s string) {
	if len(s) >= 8 && len(s)%2 == 0 && isLowerHex(s) {
		p.b = binary.AppendUvarint(p.b, uint64(len(s)/2)<<1|1)
		p.b, _ = hex.AppendDecode(p.b, []byte(s)) // the digits were looked at
		return
	}
	p.b = binary.AppendUvarint(p.b, uint64(len(s))<<1)
	p.b = append(p.b, s...)
}

func isLowerHex(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func (p *packer) texts(bit uint64, list []string) {
	if len(list) == 0 {
		return
	}
	p.mask |= bit
	p.b = binary.AppendUvarint(p.b, uint64(len(list)))
	for _, s := range list {
		p.raw(s)
	}
}

func (p *packer) name(bit uint64, s string) {
	if s != "" {
		p.mask |= bit
		p.b = binary.AppendUvarint(p.b, uint64(p.names.number(s)))
	}
}

// article packs the key, of which all but the ID is the same for all articles of a site.
func (p *packer) article(r *Record) {
	if r.Article == "" {
		return
	}
	p.mask |= hasArticle
	before, after, ok := strings.Cut(r.Article, r.ID)
	if r.ID == "" || !ok || len(before)+len(after) > 200 {
		p.b = append(p.b, 0)
		p.text(hasArticle, r.Article)
		return
	}
	p.b = append(p.b, 1)
	p.b = binary.AppendUvarint(p.b, uint64(p.names.number(before)))
	p.b = binary.AppendUvarint(p.b, uint64(p.names.number(after)))
}

func (p *packer) number(bit uint64, n int) {
	if n != 0 {
		p.mask |= bit
		p.b = binary.AppendVarint(p.b, int64(n))
	}
}

func (p *packer) time(bit uint64, t time.Time) {
	if bit != 0 && t.IsZero() {
		return
	}
	p.mask |= bit
	p.b = binary.AppendVarint(p.b, t.Unix())
	p.b = binary.AppendUvarint(p.b, uint64(t.Nanosecond()))
}

// unpacker reads what packer has written; the bytes never come from outside.
type unpacker struct {
	mask  uint64
	s     string
	names *names
}

func (s *State) unpack(e *entry) Record {
	u := unpacker{s: e.rest, names: &s.names}
	u.mask = u.uvarint()
	r := Record{URL: e.url, Outcome: Outcome(s.names.list[e.outcome])}
	r.Seq = int64(u.uvarint())
	r.Time = u.time(0)
	r.ID = u.text(hasID)
	r.Kind = Kind(u.name(hasKind))
	r.Reason = u.name(hasReason)
	r.Detail = u.text(hasDetail)
	r.Article = u.article(r.ID)
	r.Revision = u.number(hasRevision)
	r.Changed = u.texts(hasChanged)
	r.ContentHash = u.text(hasHash)
	r.ETag = u.text(hasETag)
	r.LastMod = u.text(hasLastMod)
	r.Status = u.number(hasStatus)
	r.Title = u.text(hasTitle)
	r.Published = u.text(hasPublished)
	r.Source = u.name(hasSource)
	r.Alias = u.text(hasAlias)
	r.Tries = u.number(hasTries)
	r.Visits = u.number(hasVisits)
	r.Due = u.time(hasDue)
	r.First = u.time(hasFirst)
	r.Digest = u.text(hasDigest)
	r.Images = u.number(hasImages)
	r.Pending = u.number(hasPending)
	r.Depth = u.number(hasDepth)
	if m := u.text(hasMemory); m != "" {
		r.Memory = []byte(m)
	}
	r.Captured = u.time(hasCaptured)
	r.Links = u.number(hasLinks)
	r.Usual = u.number(hasUsual)
	return r
}

func (u *unpacker) has(bit uint64) bool { return u.mask&bit != 0 }

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

func (u *unpacker) text(bit uint64) string {
	if !u.has(bit) {
		return ""
	}
	return u.raw()
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

func (u *unpacker) texts(bit uint64) []string {
	if !u.has(bit) {
		return nil
	}
	list := make([]string, u.uvarint())
	for i := range list {
		list[i] = u.raw()
	}
	return list
}

func (u *unpacker) name(bit uint64) string {
	if !u.has(bit) {
		return ""
	}
	return u.names.list[u.uvarint()]
}

func (u *unpacker) article(id string) string {
	if !u.has(hasArticle) {
		return ""
	}
	derived := u.s[0] == 1
	u.s = u.s[1:]
	if !derived {
		return u.text(hasArticle)
	}
	before := u.names.list[u.uvarint()]
	return before + id + u.names.list[u.uvarint()]
}

func (u *unpacker) number(bit uint64) int {
	if !u.has(bit) {
		return 0
	}
	return int(u.varint())
}

func (u *unpacker) time(bit uint64) time.Time {
	if bit != 0 && !u.has(bit) {
		return time.Time{}
	}
	seconds := u.varint()
	return time.Unix(seconds, int64(u.uvarint())).UTC()
}
