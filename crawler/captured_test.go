package crawler_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pressmark/crawler/testweb/paper"
	"pressmark/storage/warc"
)

// tap is a listener that takes down what its connections carry.
type tap struct {
	net.Listener
	mu      sync.Mutex
	in, out bytes.Buffer
}

// Accept implements net.Listener.
func (l *tap) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &tappedConn{c, l}, nil
}

type tappedConn struct {
	net.Conn
	tap *tap
}

func (c *tappedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	c.tap.in.Write(p[:n])
	return n, err
}

func (c *tappedConn) Write(p []byte) (int, error) {
	c.tap.mu.Lock()
	c.tap.out.Write(p)
	c.tap.mu.Unlock()
	return c.Conn.Write(p)
}

// startTappedPaper serves a paper and takes down what goes over the wire.
func startTappedPaper(t *testing.T) (newspaper, *tap) {
	t.Helper()
	wire := &tap{}
	p := paper.Start(t, func(l net.Listener) net.Listener {
		wire.Listener = l
		return wire
	})
	return newspaper{p}, wire
}

// carried reports whether the bytes came, or went, over the wire in one piece.
func (l *tap) carried(dir *bytes.Buffer, b []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Contains(dir.Bytes(), b)
}

// keptRecord is a record of an archive's captures.
type keptRecord struct {
	*warc.Record
	file string // key
}

// captures reads all capture files of an archive, oldest first, and holds them to
// the form: version 1.1, a warcinfo record at the head of each, one gzip member a
// record, digests that are right, and an index that finds each response.
func captures(t *testing.T, dir string) (all []keptRecord) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "warc/*/*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		key, err := filepath.Rel(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		from := len(all)
		for r := warc.NewReader(bytes.NewReader(data)); ; {
			rec, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", key, err)
			}
			if err := rec.Verify(); err != nil || rec.ID() == "" || rec.Date().IsZero() {
				t.Errorf("%s: %v: %v", key, rec.Header, err)
			}
			oneMember(t, data[rec.Location.Offset:rec.Location.Offset+rec.Location.Length])
			all = append(all, keptRecord{rec, filepath.ToSlash(key)})
		}
		if first := all[from]; first.Type() != "warcinfo" || first.Header.Get("WARC-Filename") != filepath.Base(name) ||
			!bytes.Contains(first.Block, []byte("software: pressmark ")) || !bytes.Contains(first.Block, []byte("operator: County Library\r\n")) {
			t.Errorf("%s begins with %v %s", key, first.Header, first.Block)
		}
		indexFinds(t, name, data, all[from:])
	}
	return all
}

// oneMember checks that bytes are one gzip member, by Go's own reader.
func oneMember(t *testing.T, b []byte) {
	t.Helper()
	in := bytes.NewReader(b)
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	z.Multistream(false)
	if _, err := io.Copy(io.Discard, z); err != nil || in.Len() > 0 {
		t.Errorf("%v, %d bytes behind the record's gzip member", err, in.Len())
	}
}

// indexFinds reads the CDXJ file beside a capture: a line for each response and revisit.
func indexFinds(t *testing.T, file string, data []byte, records []keptRecord) {
	t.Helper()
	index, err := os.ReadFile(strings.TrimSuffix(file, ".warc.gz") + ".cdxj")
	if err != nil {
		t.Fatal(err)
	}
	want, got := []string{}, []string{}
	for _, r := range records {
		if r.Type() == "response" || r.Type() == "revisit" {
			want = append(want, r.ID())
		}
	}
	lines := strings.Split(strings.TrimSuffix(string(index), "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Errorf("%s: the index is not sorted", file)
	}
	for _, line := range lines {
		parts := strings.SplitN(line, " ", 3)
		var entry struct{ URL, Filename, Offset, Length string }
		if len(parts) != 3 || json.Unmarshal([]byte(parts[2]), &entry) != nil {
			t.Fatalf("%s: index line %q", file, line)
		}
		offset, err1 := strconv.Atoi(entry.Offset)
		length, err2 := strconv.Atoi(entry.Length)
		if err1 != nil || err2 != nil || offset+length > len(data) {
			t.Fatalf("%s: index line %q", file, line)
		}
		rec, err := warc.ReadBytes(data[offset : offset+length])
		if err != nil {
			t.Fatalf("%s: index line %q: %v", file, line, err)
		}
		if rec.URL() != entry.URL || parts[1] != rec.Date().Format("20060102150405") || entry.Filename != filepath.Base(file) || parts[0] != warc.SURT(rec.URL()) {
			t.Errorf("%s: index line %q leads to %v", file, line, rec.Header)
		}
		got = append(got, rec.ID())
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s: the index has %d records, the file %d responses", file, len(got), len(want))
	}
}

// onTheWire holds each exchange against what the server read and wrote, and each
// response to be followed by its request.
func onTheWire(t *testing.T, all []keptRecord, wire *tap) {
	t.Helper()
	for i, r := range all {
		if r.Type() != "response" && r.Type() != "revisit" {
			continue
		}
		req := all[min(i+1, len(all)-1)]
		if req.Type() != "request" || req.URL() != r.URL() || req.Header.Get("WARC-Concurrent-To") != r.ID() || !req.Date().Equal(r.Date()) {
			t.Errorf("%s is followed by %v", r.URL(), req.Header)
		}
		if !wire.carried(&wire.in, req.Block) || !bytes.HasPrefix(req.Block, []byte("GET /")) || !bytes.HasSuffix(req.Block, []byte("\r\n\r\n")) {
			t.Errorf("%s: never sent: %q", r.URL(), req.Block)
		}
		head, body, _ := bytes.Cut(r.Block, []byte("\r\n\r\n"))
		if bytes.Contains(head, []byte("X-Orig-Transfer-Encoding: chunked")) { // the body has been taken out of its chunks
			head = bytes.ReplaceAll(head, []byte("X-Orig-"), nil)
			if !wire.carried(&wire.out, append(bytes.Clone(head), "\r\n\r\n"...)) || len(body) > 0 && !wire.carried(&wire.out, body[:len(body)/3]) {
				t.Errorf("%s: never answered: %q", r.URL(), head)
			}
		} else if !wire.carried(&wire.out, r.Block) {
			t.Errorf("%s: never answered: %q", r.URL(), head)
		}
	}
}

// revisitsLead follows each revisit record to the response that it stands for, and
// returns how many there are, by profile and path.
func revisitsLead(t *testing.T, all []keptRecord) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, r := range all {
		if r.Type() != "revisit" {
			continue
		}
		profile := r.Header.Get("WARC-Profile")
		profile = profile[strings.LastIndex(profile, "/")+1:]
		_, path, _ := strings.Cut(strings.TrimPrefix(r.URL(), "http://"), "/")
		count[profile+" /"+path]++
		at, payload := r.Header.Get("WARC-Refers-To-Date"), r.Header.Get("WARC-Payload-Digest")
		if profile == "server-not-modified" && at == "" {
			continue // what it stands for was not captured
		}
		if !slices.ContainsFunc(all, func(o keptRecord) bool {
			return o.Type() == "response" && o.URL() == r.Header.Get("WARC-Refers-To-Target-URI") && o.Header.Get("WARC-Date") == at &&
				(profile == "server-not-modified" || o.Header.Get("WARC-Payload-Digest") == payload)
		}) {
			t.Errorf("%s %s refers to no response: %v", profile, r.URL(), r.Header)
		}
	}
	return count
}

// pointsAt reads the record that an article or an image names.
func pointsAt(t *testing.T, dir, file string, offset, length int64, digest string) *warc.Record {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := warc.ReadBytes(data[offset : offset+length])
	if err != nil {
		t.Fatal(err)
	}
	resp, err := rec.Response()
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(resp.Body); hex.EncodeToString(sum[:]) != digest {
		t.Errorf("%s at %d: %s has another digest", file, offset, rec.URL())
	}
	return rec
}
