//go:build unix

package s3store_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pressmark/storage/s3store"
)

// TestExplain: what servers answer, in words that say what to do.
func TestExplain(t *testing.T) {
	for _, tt := range []struct {
		status               int
		code, message        string
		want, what, adviceOf string
	}{
		{403, "InvalidAccessKeyId", "", "key", "access key", "AWS_ACCESS_KEY_ID"},
		{403, "SignatureDoesNotMatch", "", "secret", "secret key", "AWS_SECRET_ACCESS_KEY"},
		{403, "RequestTimeTooSkewed", "", "clock", "clock", "set the clock"},
		{403, "AccessDenied", "", "denied", "no right", "s3:PutObject"},
		{404, "NoSuchBucket", "", "no_bucket", "no such bucket", "--to"},
		{400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-3'", "region", "region", "AWS_REGION=eu-west-3"},
		{301, "PermanentRedirect", "", "region", "region", "AWS_REGION"},
		{400, "ExpiredToken", "", "expired", "expired", "fetch new ones"},
		{400, "InvalidBucketName", "", "bucket", "name", "--s3-path-style"},
		{507, "", "", "full", "no room", "make room"},
		{503, "SlowDown", "", "busy", "overloaded", "later"},
		{405, "", "", "endpoint", "S3 store", "AWS_ENDPOINT_URL_S3"},
		{400, "InvalidArgument", "odd", "store", "odd", ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(tt.status)
			fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>%s</Message></Error>`, tt.code, tt.message)
		}))
		s := open(t, s3store.Config{Bucket: "b", Endpoint: server.URL, PathStyle: true, AccessKey: "a", SecretKey: "b", Region: "us-east-1"})
		err := s.Put(t.Context(), "k", []byte("x"), "")
		server.Close()
		if got := s3store.Explain(err); got.Code != tt.want || !strings.Contains(got.What, tt.what) || !strings.Contains(got.Advice, tt.adviceOf) {
			t.Errorf("%d %s: %+v of %v", tt.status, tt.code, got, err)
		}
	}
}

// TestExplainSilence: endpoints from which no answer comes.
func TestExplainSilence(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	secret := httptest.NewTLSServer(http.NotFoundHandler())
	defer secret.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for endpoint, want := range map[string]string{
		"https://" + strings.TrimPrefix(plain.URL, "http://"): "write AWS_ENDPOINT_URL_S3 with http://",
		secret.URL:                         "AWS_CA_BUNDLE",
		"http://" + closed.Addr().String(): "start the store",
		"store.example.invalid":            "https://host:port",
	} {
		s := open(t, s3store.Config{Bucket: "b", Endpoint: endpoint, PathStyle: true, AccessKey: "a", SecretKey: "b", Region: "r"})
		if got := s3store.Explain(s.Put(t.Context(), "k", []byte("x"), "")); !strings.Contains(got.Advice, want) {
			t.Errorf("%s: %+v, want advice with %q", endpoint, got, want)
		}
	}
}
