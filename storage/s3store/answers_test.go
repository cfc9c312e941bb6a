//go:build unix

package s3store_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
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
	kinds := []error{storage.ErrNotFound, storage.ErrExists, storage.ErrChanged, storage.ErrUnavailable, errors.ErrUnsupported}
	changed := storage.ErrChanged
	for _, c := range []struct {
		status                  int
		code                    string
		get, put, create, putIf error // nil: an error of no kind
	}{
		{404, "NoSuchKey", storage.ErrNotFound, storage.ErrNotFound, storage.ErrNotFound, changed},
		{404, "NoSuchBucket", nil, nil, nil, nil},
		{403, "AccessDenied", nil, nil, nil, nil},
		{412, "PreconditionFailed", nil, nil, storage.ErrExists, changed},
		{409, "ConditionalRequestConflict", nil, nil, storage.ErrExists, changed},
		{409, "OperationAborted", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrExists, changed},
		{501, "NotImplemented", errors.ErrUnsupported, errors.ErrUnsupported, errors.ErrUnsupported, errors.ErrUnsupported},
		{503, "SlowDown", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{500, "InternalError", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{502, "", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{429, "TooManyRequests", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{400, "RequestTimeout", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{400, "ExpiredToken", storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable, storage.ErrUnavailable},
		{400, "InvalidArgument", nil, nil, nil, nil},
	} {
		t.Run(fmt.Sprint(c.status, c.code), func(t *testing.T) {
			s := answering(t, c.status, c.code)
			_, _, get := s.Get(t.Context(), "k")
			for call, got := range map[string]struct{ err, want error }{
				"get":        {get, c.get},
				"put":        {s.Put(t.Context(), "k", []byte("x"), ""), c.put},
				"create":     {s.Create(t.Context(), "k", []byte("x"), ""), c.create},
				"put if":     {s.PutIf(t.Context(), "k", []byte("x"), "", ""), c.putIf},
				"put if tag": {s.PutIf(t.Context(), "k", []byte("x"), "", "tag"), c.putIf},
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

// TestCredentialsExpire: credentials of a role that the store calls expired are fetched
// anew by the next try, though their own time has not come.
func TestCredentialsExpire(t *testing.T) {
	issued := 0
	role := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		issued++
		fmt.Fprintf(w, `{"AccessKeyId":"key%d","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}`, issued)
	}))
	defer role.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if strings.Contains(r.Header.Get("Authorization"), "key1/") {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>m</Message></Error>`)
		}
	}))
	defer server.Close()
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", role.URL)
	s := open(t, s3store.Config{Bucket: "b", Endpoint: server.URL, PathStyle: true, Region: "r"})
	if err := s.Put(t.Context(), "k", []byte("x"), ""); !errors.Is(err, storage.ErrUnavailable) {
		t.Fatalf("first try: %v", err)
	}
	if err := s.Put(t.Context(), "k", []byte("x"), ""); err != nil || issued != 2 {
		t.Errorf("next try: %v, %d credentials issued", err, issued)
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

// TestTags: an ETag is sent without its quotes, and a weak one is none.
func TestTags(t *testing.T) {
	for etag, tag := range map[string]string{`"abc"`: "abc", `abc-2`: "abc-2", `W/"abc"`: "", "": ""} {
		var asked http.Header
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if asked = r.Header.Clone(); etag != "" {
				w.Header().Set("ETag", etag)
			}
		}))
		t.Cleanup(server.Close)
		s := open(t, s3store.Config{Bucket: "b", Endpoint: server.URL, PathStyle: true, AccessKey: "a", SecretKey: "b", Region: "r"})
		_, got, err := storage.ReadObject(t.Context(), s, "k")
		stat, statErr := s.Stat(t.Context(), "k")
		if err != nil || statErr != nil || got.Tag != tag || stat.Tag != tag {
			t.Errorf("%s: tag %q, %v, and %q, %v; want %q", etag, got.Tag, err, stat.Tag, statErr, tag)
		}
		none := ""
		if tag == "" {
			none = "*"
		}
		err = s.PutIf(t.Context(), "k", nil, "", tag)
		if err != nil || asked.Get("If-Match") != tag || asked.Get("If-None-Match") != none {
			t.Errorf("put if %q: %v, If-Match: %s, If-None-Match: %s", tag, err, asked.Get("If-Match"), asked.Get("If-None-Match"))
		}
	}
}
