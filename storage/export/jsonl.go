package export

import (
	"bytes"
	"context"
	"encoding/json"
)

// lines writes one JSON object a line.
type lines struct {
	out  *file
	line func(*Item) (any, error)
}

func openLines(t *target, name string, line func(*Item) (any, error)) (writer, error) {
	out, err := t.files.create(name)
	if err != nil {
		return nil, err
	}
	return &lines{out, line}, nil
}

func (l *lines) add(_ context.Context, item *Item) error {
	v, err := l.line(item)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(l.out)
	enc.SetEscapeHTML(false)
	l.out.rows++
	return enc.Encode(v)
}

func (l *lines) close(context.Context) error { return l.out.Close() }

// envelope is a line of the format jsonl: the article as it is stored, and what
// the log says of it.
type envelope struct {
	Site       string          `json:"site"`
	Seq        int64           `json:"seq"`
	Outcome    string          `json:"outcome"`
	Revision   int             `json:"revision"`
	FirstSeen  string          `json:"first_seen"`
	ArchiveKey string          `json:"archive_key"`
	Story      string          `json:"story,omitempty"`
	Article    json.RawMessage `json:"article"`
}

func openJSONL(t *target) (writer, error) {
	return openLines(t, "articles.jsonl", func(item *Item) (any, error) {
		r := &item.Record
		return envelope{item.Site, r.Seq, string(r.Outcome), item.Article.Revision, stamp(firstSeen(r)), item.Key, item.Story, bytes.TrimSpace(item.JSON)}, nil
	})
}
