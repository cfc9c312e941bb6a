//go:build unix

package s3store_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"pressmark/storage"
	"pressmark/storage/s3store"
)

// answering is a store whose server gives every request the same answer.
func answering(t *testing.T, status int, code string) *s3store.Store {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		if r.Method != http.MethodHead && code != "" {
			fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>m</Message></Error>`, code)
		}
	}))
	t.Cleanup(server.Close)
	return open(t, s3store.Config{Bucket: "b", Endpoint: server.URL, PathStyle: true, AccessKey: "a", SecretKey: "b", Region: "r"})
}

// TestAnswers: what servers say, and what it means to callers.
func TestAnswers(t *testing.T) {
	kinds := []error{storage.ErrNotFound, storage.ErrExists, storage.ErrUnavailable, errors.ErrUnsupported}
	for _, c := range []struct {
		status           int
		code             string
		get, put, create error // nil: an error of no kind
	}{
		{404, "NoSuchKey", storage.ErrNotFound, storage.ErrNotFound, storage.ErrNotFound},
		{404, "NoSuchBucket", nil, nil, nil},
		{403, "AccessDenied", nil, nil, nil},
		{412, "PreconditionFailed", nil, nil, storage.ErrExists},
		{409, "ConditionalRequestConflict", nil, nil, storage.ErrExists},
		{409, "OperationAborted", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrExists},
		{501, "NotImplemented", errors.ErrUnsupported, errors.ErrUnsupported, errors.ErrUnsupported},
		{503, "SlowDown", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{500, "InternalError", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{502, "", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{429, "TooManyRequests", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{400, "RequestTimeout", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{400, "InvalidArgument", nil, nil, nil},
	} {
		t.Run(fmt.Sprint(c.status, c.code), func(t *testing.T) {
			s := answering(t, c.status, c.code)
			_, _, get := s.Get(t.Context(), "k")
			for call, got := range map[string]struct{ err, want error }{
				"get":    {get, c.get},
				"put":    {s.Put(t.Context(), "k", []byte("x"), ""), c.put},
				"create": {s.Create(t.Context(), "k", []byte("x"), ""), c.create},
			} {
				if got.err == nil {
					t.Errorf("%s: no error", call)
				}
				for _, kind := range kinds {
					if errors.Is(got.err, kind) != errors.Is(got.want, kind) {
						t.Errorf("%s: %v; want the kind %v", call, got.err, got.want)
					}
				}
			}
		})
	}
}

// TestProbe: stores that take no notice of the condition, and that do not know it.
func TestProbe(t *testing.T) {
	for status, code := range map[int]string{200: "", 501: "NotImplemented"} {
		if err := storage.Probe(t.Context(), answering(t, status, code)); !errors.Is(err, storage.ErrNoConditionalWrite) {
			t.Errorf("%d: %v, want ErrNoConditionalWrite", status, err)
		}
	}
	for status, code := range map[int]string{412: "PreconditionFailed", 409: "ConditionalRequestConflict"} {
		if err := storage.Probe(t.Context(), answering(t, status, code)); err != nil {
			t.Errorf("%d: %v", status, err)
		}
	}
	if err := storage.Probe(t.Context(), answering(t, 503, "SlowDown")); !errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrNoConditionalWrite) {
		t.Errorf("503: %v, want ErrUnavailable", err)
	}
}
