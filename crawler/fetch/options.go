package fetch

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"time"

	"pressmark/crawler/inflight"
	"pressmark/crawler/pace"
	"pressmark/crawler/proxy"
	"pressmark/crawler/robots"
	"pressmark/storage/coding"
	"pressmark/storage/warc"
)

// Kind says what a request is for. It decides the Accept field and how large a
// body may be.
type Kind string

// The kinds of request.
const (
	Page   Kind = "page"   // also the zero value's meaning
	Image  Kind = "image"  //
	Source Kind = "source" // feed, sitemap, list
	Asset  Kind = "asset"  // what a page needs to look like itself: stylesheet, picture, font

	robotsTxt Kind = "robots"
)

// Limits bound what one request may cost. 0 means the default.
type Limits struct {
	Header     int64         // bytes of the response's head; 256 KiB
	Body       int64         // bytes on the wire; 16 MiB a page, 64 MiB an image or a source
	Decoded    int64         // bytes after decoding; 32 MiB a page, 64 MiB an image, 128 MiB a source
	Ratio      int64         // decoded to encoded, once more than 1 MiB is decoded; 250
	Connect    time.Duration // name, connection, TLS handshake, each; 15 s
	HeaderWait time.Duration // from the request to the end of the response's head; 30 s
	Idle       time.Duration // between two pieces of the body; 20 s
	Grace      time.Duration // after which a body must come at Rate, in each such time; 20 s
	Rate       int64         // bytes a second at least, after Grace; 1 KiB, negative for none
	Total      time.Duration // one hop, waiting for its turn apart; 5 min
	Turn       time.Duration // wait of a redirect's next hop for its host's turn; 2 min, and at least twice the host's spacing
	Redirects  int           // followed; 10, negative for none
	URL        int           // bytes of a URL; 8,192
}

func (l *Limits) setDefaults() {
	setDefault(&l.Header, 256<<10)
	setDefault(&l.Ratio, 250)
	setDefault(&l.Connect, 15*time.Second)
	setDefault(&l.HeaderWait, 30*time.Second)
	setDefault(&l.Idle, 20*time.Second)
	setDefault(&l.Grace, 20*time.Second)
	setDefault(&l.Total, 5*time.Minute)
	setDefault(&l.Turn, 2*time.Minute)
	setDefault(&l.URL, 8192)
	if l.Rate == 0 {
		l.Rate = 1 << 10
	}
	switch {
	case l.Redirects == 0:
		l.Redirects = 10
	case l.Redirects < 0:
		l.Redirects = 0
	}
}

func setDefault[T int | int64 | time.Duration](value *T, standard T) {
	if *value <= 0 {
		*value = standard
	}
}

// body returns the caps of a kind, on the wire and decoded.
func (l *Limits) body(k Kind) (wire, decoded int64) {
	wire, decoded = l.Body, l.Decoded
	standard := map[Kind][2]int64{
		Image:     {64 << 20, 64 << 20},
		Source:    {64 << 20, 128 << 20},
		Asset:     {16 << 20, 16 << 20},
		robotsTxt: {robots.MaxSize + 1, robots.MaxSize + 1},
	}
	caps, ok := standard[k]
	if !ok {
		caps = [2]int64{16 << 20, 32 << 20}
	}
	if k == robotsTxt {
		return caps[0], caps[1]
	}
	setDefault(&wire, caps[0])
	setDefault(&decoded, max(caps[1], wire))
	return wire, decoded
}

// Asked is a hop that was made, or held back.
type Asked struct {
	Kind    Kind
	Host    string
	Sent    bool          // false: it was held back on this side; Code says why
	Status  int           // 0: there was no answer
	Code    string        // of the error; "" if there was none
	Bytes   int64         // of the body, decoded
	Waited  time.Duration // for the host's turn
	Elapsed time.Duration // of the request itself
}

// Lease waits until this process alone may ask a host. The request is made under the
// context that it returns; release gives the host back, and says for how long nobody may
// ask it. The error is that of ctx.
type Lease func(ctx context.Context, host string) (under context.Context, release func(rest time.Duration), err error)

// Options of a Client. The zero value works, except that Contact should be set.
type Options struct {
	// Contact is an address at which the operator can be reached: a URL or a
	// mail address. The User-Agent carries it.
	Contact string
	// UserAgent replaces "pressmark/<Version> (+<Contact>)". Its product token
	// must stay the one by which robots.txt is read, Robots.Agent.
	UserAgent string
	Version   string // "": "0.1"

	Pacer  *pace.Pacer    // nil: a new one with its defaults
	Lease  Lease          // of each host while it is asked, shared with other processes; nil: none
	Robots robots.Options // Fetch is set by New
	Limits Limits
	Memory *inflight.Budget // of all bodies in work; nil: no bound

	Observe func(Asked) // called after each hop, concurrently; nil: no call

	Proxy proxy.Setting // of requests whose site has none of its own; the environment's is used only if it says so

	AllowPrivate bool     // every address may be dialled, on any port
	AllowHosts   []string // these may have private addresses: "host" (any port), "host:port", "*.domain"

	// Now gives the time that responses carry; nil: time.Now.
	Now func() time.Time
	// Resolve replaces the system's resolver.
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	// Dial replaces the dialer; the address it reached is judged all the same.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// RootCAs are the authorities that are trusted; nil: the system's.
	RootCAs *x509.CertPool

	Engines int // hosts whose collector is kept; 0: 2,000
}

// Request is one GET. URL must be set.
type Request struct {
	URL  string
	Kind Kind

	// ETag and LastModified are what the response carried that the caller has;
	// they make the request conditional. An unchanged resource is then answered
	// by a Response with Status 304.
	ETag         string
	LastModified string

	Header     http.Header // more request fields
	AllowHosts []string    // as Options.AllowHosts, for the site that the request is for
	Access     *Access     // of that site; nil: the client's own
	Record     bool        // fill Response.Hops
	Cookies    bool        // keep the host's cookies between requests; see Get for when it is done unasked
	MaxBody    int64       // in place of the kind's caps, wire and decoded; 0: the kind's

	// MaxWait bounds the wait for the host's turn before the first request; a
	// longer one makes Get fail with CodeNotReady at once. 0: wait as long as it
	// takes; negative: do not wait. The hops of a redirect wait as long as Limits.Turn.
	MaxWait time.Duration
}

// Response is the answer to a Get.
type Response struct {
	URL       string // as it was asked for, in WHATWG form, without fragment
	FinalURL  string // after redirects, likewise
	Status    int
	Header    http.Header // as received
	Body      []byte      // decoded
	Packed    bool        // Body is under gzip: a source that is large when decoded, see Unpack
	Truncated string      // why Body is not whole: a reason of WARC-Truncated; "" if it is

	Chain []string        // URL of every hop, the final one last
	Hops  []warc.Exchange // the same as they went over the wire, if Record was set

	Started time.Time     // of the final hop
	Elapsed time.Duration // spent on the network, all hops

	ETag         string // validators for the next request
	LastModified string
	RobotsKey    string // SHA-256 of the robots.txt that allowed the final hop; "" if there was none

	digest string // of Body, once it was asked for
	lease  *inflight.Lease
}

// Release gives the memory of the bodies back to the client's budget. It is called
// when they were read; more calls do nothing. A Response that is never released
// keeps others waiting if its bodies are large.
func (r *Response) Release() {
	if r != nil {
		r.lease.Release()
	}
}

// Reserve waits until the budget has room for size bytes more, which reading the
// body takes; Release gives them back, too.
func (r *Response) Reserve(ctx context.Context, size int64) error {
	return r.lease.Grow(ctx, inflight.Free+r.bytes()+size)
}

// Unpack decodes a Body that is Packed. Readers of sitemaps and feeds decode it as
// they read, and need not ask for it.
func (r *Response) Unpack(ctx context.Context) error {
	if !r.Packed {
		return nil
	}
	in, err := coding.NewReader(ctx, r.Body, coding.Options{Undeclared: undeclared, Size: unpackedMost})
	if err != nil {
		return &Error{URL: r.FinalURL, Code: CodeBadEncoding, Status: r.Status, Err: err}
	}
	defer in.Close()
	held := r.bytes()
	g := gathering{in: in, limit: unpackedMost, room: func(ctx context.Context, size int64) error { return r.lease.Grow(ctx, held+size) }}
	body, err := g.read(ctx)
	switch {
	case errors.Is(err, coding.ErrTooLarge):
		return &Error{URL: r.FinalURL, Code: CodeTooLarge, Status: r.Status, Err: err}
	case err != nil && !usable(err):
		return classify(ctx, r.FinalURL, err)
	}
	r.Body, r.Packed, r.digest = body, false, ""
	return nil
}

// unpackedMost is the size of the largest page that Unpack decodes.
const unpackedMost = 32 << 20

// bytes is the size of the bodies in memory.
func (r *Response) bytes() int64 {
	n := int64(len(r.Body))
	for i := range r.Hops {
		n += int64(len(r.Hops[i].ResponseBody))
	}
	return n
}

// SHA256 returns the hex SHA-256 of Body. The first call computes it: Body must not
// change, and calls must not run at the same time.
func (r *Response) SHA256() string {
	if r.digest == "" {
		sum := sha256.Sum256(r.Body)
		r.digest = hex.EncodeToString(sum[:])
	}
	return r.digest
}

// NotModified reports that the resource is what the validators named.
func (r *Response) NotModified() bool { return r.Status == http.StatusNotModified }

// WARC-Truncated reasons (ISO 28500:2017, 6.4.11).
const (
	truncatedLength     = "length"
	truncatedTime       = "time"
	truncatedDisconnect = "disconnect"
)
