//go:build unix

package s3store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pressmark/storage"
	"pressmark/storage/s3store"
	"pressmark/storage/storagetest"
	"pressmark/storage/storagetest/versitygw"
)

func open(t *testing.T, c s3store.Config) *s3store.Store {
	t.Helper()
	s, err := s3store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	for name, opt := range map[string]versitygw.Options{"http": {}, "tls": {TLS: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := versitygw.Start(t, opt)
			storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, server.Config()) })
			t.Run("QuotedTag", func(t *testing.T) { testQuotedTag(t, open(t, server.Config())) })
			t.Run("Settings", func(t *testing.T) { testSettings(t, server) })
		})
	}
}

// testQuotedTag: the server takes an ETag with and without its quotes; we send it without.
func testQuotedTag(t *testing.T, s storage.Store) {
	if err := s.Put(t.Context(), "a", []byte("one"), ""); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"two", "three"} {
		info, err := s.Stat(t.Context(), "a")
		if err != nil || info.Tag == "" || strings.Contains(info.Tag, `"`) {
			t.Fatalf("%+v, %v", info, err)
		}
		tag := info.Tag
		if body == "three" {
			tag = `"` + tag + `"`
		}
		if err := s.PutIf(t.Context(), "a", []byte(body), "", tag); err != nil {
			t.Errorf("%s over what has the tag %s: %v", body, tag, err)
		}
	}
}

// testSettings: settings that cannot work fail at once, as what they are, and
// are not taken for an answer about an object.
func testSettings(t *testing.T, server *versitygw.Server) {
	c := server.Config()
	for name, change := range map[string]func(*s3store.Config){
		"no such bucket": func(c *s3store.Config) { c.Bucket = "elsewhere" },
		"wrong secret":   func(c *s3store.Config) { c.SecretKey = "x" },
	} {
		bad := c
		change(&bad)
		err := storage.Probe(t.Context(), open(t, bad))
		if err == nil || errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrNoConditionalWrite) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if server.CAFile != "" {
		bad := c
		bad.CAFile = ""
		if err := storage.Probe(t.Context(), open(t, bad)); err == nil || errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("a certificate nobody vouches for: %v", err)
		}
	}
}

// TestEnvironment: endpoint, credentials and authorities from the SDK's own variables.
func TestEnvironment(t *testing.T) {
	server := versitygw.Start(t, versitygw.Options{TLS: true})
	t.Setenv("AWS_ACCESS_KEY_ID", server.Access)
	t.Setenv("AWS_SECRET_ACCESS_KEY", server.Secret)
	t.Setenv("AWS_ENDPOINT_URL_S3", server.Endpoint)
	t.Setenv("AWS_CA_BUNDLE", server.CAFile)
	t.Setenv("AWS_REGION", "")
	t.Setenv("AWS_CONFIG_FILE", "/dev/null")
	s := open(t, s3store.Config{Bucket: server.Bucket, Prefix: "env/deep", PathStyle: true})
	if err := storage.Probe(t.Context(), s); err != nil {
		t.Fatal(err)
	}
}

func TestNoCredentials(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_WEB_IDENTITY_TOKEN_FILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", "/dev/null")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	_, err := s3store.Open(t.Context(), s3store.Config{Bucket: "b", Region: "us-east-1"})
	if err == nil || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") || errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("%v; want an error that names the variables", err)
	}
}

func TestUnreachable(t *testing.T) {
	s := open(t, s3store.Config{Bucket: "b", Endpoint: "http://127.0.0.1:1", PathStyle: true, AccessKey: "a", SecretKey: "b", Region: "r"})
	if _, err := s.Stat(t.Context(), "a"); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("stat: %v, want ErrUnavailable", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Stat(ctx, "a"); !errors.Is(err, context.Canceled) || errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("stat: %v, want only context.Canceled", err)
	}
}

func TestParseURL(t *testing.T) {
	for text, want := range map[string]s3store.Config{
		"s3://news":            {Bucket: "news"},
		"s3://news/":           {Bucket: "news"},
		"s3://my.news/a/b-c/":  {Bucket: "my.news", Prefix: "a/b-c"},
		"s3://news/prefix/a b": {Bucket: "news", Prefix: "prefix/a b"},
	} {
		if got, err := s3store.ParseURL(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "news", "s3:/news", "s3://", "s3:///a", "http://news/a", "s3://news//a//b", "s3://news/../b", "s3://key@news", "s3://news?x=y", "s3://news/.a"} {
		if got, err := s3store.ParseURL(text); err == nil {
			t.Errorf("%s: taken for %+v", text, got)
		}
	}
}
