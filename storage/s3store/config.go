package s3store

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"

	"pressmark/storage"
)

// errNoCredentials is wrapped by Open if the SDK's chain has no credentials.
var errNoCredentials = errors.New("no credentials")

// Config names the bucket and how to reach it. Only Bucket is required.
type Config struct {
	Bucket    string
	Prefix    string // objects lie under Prefix + "/"; "": at the bucket's root
	PathStyle bool   // https://host/bucket/key instead of https://bucket.host/key
	Endpoint  string // URL; "": from the SDK's chain
	Region    string // "": from the SDK's chain, else us-east-1
	AccessKey string // "": credentials from the SDK's chain
	SecretKey string
	CAFile    string // PEM file of further certificate authorities; "": AWS_CA_BUNDLE, else the system's
}

// ParseURL reads "s3://bucket/prefix".
func ParseURL(text string) (Config, error) {
	rest, ok := strings.CutPrefix(text, "s3://")
	if !ok {
		return Config{}, fmt.Errorf("%q does not begin with s3://", text)
	}
	bucket, prefix, _ := strings.Cut(rest, "/")
	c := Config{Bucket: bucket, Prefix: strings.Trim(prefix, "/")}
	return c, c.check()
}

// URL is the inverse of ParseURL.
func (c Config) URL() string {
	return strings.TrimSuffix("s3://"+c.Bucket+"/"+c.Prefix, "/")
}

func (c Config) check() error {
	if c.Bucket == "" || strings.ContainsAny(c.Bucket, " ?#\\@:") {
		return fmt.Errorf("%q is not a bucket name; want s3://bucket/prefix", c.Bucket)
	}
	if c.Prefix == "" {
		return nil
	}
	if err := storage.CheckKey(c.Prefix); err != nil {
		return fmt.Errorf("prefix of bucket %s: %w", c.Bucket, err)
	}
	if len(c.Prefix) > 120 {
		return fmt.Errorf("prefix of bucket %s: %d bytes; at most 120 leave room for keys", c.Bucket, len(c.Prefix))
	}
	return nil
}

// Open returns the store. It reads the SDK's configuration and finds
// credentials, but does not ask the store: storage.Probe reports whether it
// answers and is fit for use.
func Open(ctx context.Context, c Config) (*Store, error) {
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", c.URL(), err)
	}
	httpClient, err := c.httpClient()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", c.URL(), err)
	}
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(httpClient),
		// Stores other than Amazon's refuse the trailers that go with newer checksums.
		config.WithRequestChecksumCalculation(aws.RequestChecksumCalculationWhenRequired),
		config.WithResponseChecksumValidation(aws.ResponseChecksumValidationWhenRequired),
		config.WithAppID("pressmark"),
		config.WithLogger(logging.Nop{}), // what matters comes back as an error
	}
	if c.Region != "" {
		options = append(options, config.WithRegion(c.Region))
	}
	if c.AccessKey != "" {
		options = append(options, config.WithCredentialsProvider(
			credentials.NewStaticCredentialsProvider(c.AccessKey, c.SecretKey, "")))
	}
	sdk, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", c.URL(), err)
	}
	if sdk.Region == "" {
		sdk.Region = "us-east-1" // what stores without regions expect to be signed for
	}
	if _, err := sdk.Credentials.Retrieve(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role): %w", c.URL(), errNoCredentials, err)
	}
	client := s3.NewFromConfig(sdk, func(o *s3.Options) {
		o.Retryer = aws.NopRetryer{}
		o.APIOptions = append(o.APIOptions, renew(sdk.Credentials))
		o.UsePathStyle = c.PathStyle
		if c.Endpoint != "" {
			o.BaseEndpoint = aws.String(c.Endpoint)
		}
	})
	s := &Store{client: client, bucket: c.Bucket}
	if c.Prefix != "" {
		s.prefix = c.Prefix + "/"
	}
	return s, nil
}

// httpClient is the SDK's own client, which knows AWS_CA_BUNDLE, with enough
// kept-open connections for parallel writes and an end to waiting.
func (c Config) httpClient() (*awshttp.BuildableClient, error) {
	var pool *x509.CertPool
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, err
		}
		if pool, err = x509.SystemCertPool(); err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, errors.New(c.CAFile + " holds no certificate")
		}
	}
	return awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns = 128
		t.MaxIdleConnsPerHost = 64
		t.ResponseHeaderTimeout = time.Minute
		if pool != nil {
			t.TLSClientConfig.RootCAs = pool
		}
	}), nil
}
