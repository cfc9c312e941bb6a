package replay_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pressmark/crawler/replay"
)

// record is a response record with fields added to its header. stored is what is there
// of a body of the given length.
func record(url, status, fields, stored string, length int) string {
	answer := fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", status, length, stored)
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-05T07:30:15Z\r\n"+
		"Content-Type: application/http; msgtype=response\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", url, fields, len(answer), answer)
}

const (
	page = "<!doctype html><title>Bridge</title><p>The council met."
	at   = "https://news.example.com/"
)

func whole(url string) string { return record(url, "200 OK", "", page, len(page)) }
func cut(url string) string   { return record(url, "200 OK", "", page[:30], len(page)) }

func file(name, site string, records ...string) replay.File {
	text := strings.Join(records, "")
	return replay.File{Name: name, Site: site,
		Open: func(context.Context) (io.ReadSeekCloser, error) { return content{strings.NewReader(text)}, nil },
		Range: func(_ context.Context, offset, length int64) ([]byte, error) {
			return []byte(text[offset : offset+length]), nil
		}}
}

type content struct{ *strings.Reader }

func (content) Close() error { return nil }

func first(t *testing.T, c *replay.Captures) *replay.Page {
	t.Helper()
	for p, err := range c.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	t.Fatal("no page")
	return nil
}

func TestPages(t *testing.T) {
	c := replay.New([]replay.File{
		file("1", "paper", whole(at+"a.html"), record(at+"gone.html", "404 Not Found", "", page, len(page)), cut(at+"b.html")),
		file("2", "paper", "no record"),
		file("3", "paper", whole(at+"c.html"), "WARC/1.0\r\nno field\r\n\r\n"),
	})
	var got []string
	for p, err := range c.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		body, why, err := p.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(p.File, " ", p.Number, " ", strings.TrimPrefix(body.URL, at), " ", len(body.Body), " ", body.Status, why))
	}
	if s, want := strings.Join(got, ", "), fmt.Sprintf("1 0 a.html %d 200, 1 1 b.html 30 200length, 3 0 c.html %d 200", len(page), len(page)); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	damage := c.Damage()
	if len(damage) != 2 || damage[0] != "2: "+replay.ErrNoRecords.Error() || !strings.HasPrefix(damage[1], "3: ") {
		t.Errorf("damage %q", damage)
	}
}

// TestNoCapture: a file of no archive must hold a record.
func TestNoCapture(t *testing.T) {
	for _, err := range replay.New([]replay.File{file("a.bin", "", "noise")}).Pages(t.Context()) {
		if !errors.Is(err, replay.ErrNoRecords) || err.Error() != "extract a.bin: no WARC record in it" {
			t.Errorf("error = %v", err)
		}
	}
}

func TestPart(t *testing.T) {
	large := record(at+"picture", "404 Not Found", "", strings.Repeat("x", 9<<20), 9<<20)
	for _, tt := range []struct {
		name  string
		files []replay.File
		want  string // file and number of the part
	}{
		{"same file", []replay.File{file("1", "paper", whole(at+"a"), whole(at+"a_2"))}, "1 1"},
		{"before its page", []replay.File{file("1", "paper", whole(at+"0"), whole(at+"a_2"), whole(at+"a"))}, "1 1"},
		{"four files behind", []replay.File{file("1", "paper", whole(at+"a")), file("2", "paper"), file("3", "paper"), file("4", "paper"), file("5", "paper", whole(at+"a_2"))}, "5 0"},
		{"of another site", []replay.File{file("1", "other", whole(at+"a")), file("2", "paper", whole(at+"a_2"))}, ""},
		{"behind a large file", []replay.File{file("1", "paper", whole(at+"a")), file("2", "paper", large), file("3", "paper", whole(at+"a_2"))}, ""},
		{"in a large next file", []replay.File{file("1", "paper", whole(at+"a")), file("2", "paper", large, whole(at+"a_2"))}, "2 0"},
		{"incomplete, then complete", []replay.File{file("1", "paper", whole(at+"a"), cut(at+"a_2")), file("2", "paper", whole(at+"a_2"))}, "2 0"},
		{"incomplete only", []replay.File{file("1", "paper", whole(at+"a"), cut(at+"a_2"))}, "1 1"},
		{"complete, then incomplete", []replay.File{file("1", "paper", whole(at+"a"), whole(at+"a_2"), cut(at+"a_2"))}, "1 1"},
	} {
		c := replay.New(tt.files)
		part, err := c.Part(t.Context(), first(t, c), at+"a_2")
		got := ""
		if part != nil {
			got = fmt.Sprint(part.File, " ", part.Number)
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}
