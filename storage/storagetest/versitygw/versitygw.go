//go:build unix

// Package versitygw builds and starts a real S3 server for tests: Versity S3
// Gateway on a folder, on loopback, over http or TLS. Nothing has to be
// installed but Go. A test that needs the server fails where it cannot be
// built or started; it is never skipped.
package versitygw

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sys/unix"

	"pressmark/storage/s3store"
	"pressmark/storage/storagetest/process"
)

// Options of a server. The zero value is a server over http.
type Options struct {
	TLS bool // with a certificate made for this server
}

// Server is a running server with one empty bucket.
type Server struct {
	Endpoint string // "http://127.0.0.1:port" or "https://…"
	Access   string
	Secret   string
	Bucket   string
	Region   string
	CAFile   string // with TLS: the certificate that vouches for the server
	Root     string // folder of the server; the bucket's objects are files in Root/Bucket

	dir      string
	process  *process.Process
	log      *bytes.Buffer // valid when the process has ended
	prefixes atomic.Int32
}

// Start starts a server that ends with the test.
func Start(t testing.TB, opt Options) *Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 9*time.Minute)
	defer cancel()
	s, err := Launch(ctx, opt)
	if err != nil {
		t.Fatalf("an S3 server is needed for this test: %v", err)
	}
	t.Cleanup(s.Stop)
	return s
}

// Launch starts a server that runs until Stop, or until this process ends. It
// is for TestMain and programs; a test uses Start.
func Launch(ctx context.Context, opt Options) (*Server, error) {
	program, err := Build(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := rootDir()
	if err != nil {
		return nil, fmt.Errorf("start versitygw: %w", err)
	}
	// A free port can be taken by someone else before the server has it.
	for range 5 {
		var s *Server
		if s, err = launch(ctx, program, dir, opt); err == nil {
			return s, nil
		}
	}
	os.RemoveAll(dir)
	return nil, fmt.Errorf("start versitygw: %w", err)
}

func launch(ctx context.Context, program, dir string, opt Options) (*Server, error) {
	address, err := process.FreeAddress()
	if err != nil {
		return nil, err
	}
	s := &Server{
		Endpoint: "http://" + address,
		Access:   "pressmark-test", Secret: "pressmark-test-secret", Bucket: "archive", Region: "us-east-1",
		Root: filepath.Join(dir, "root"), dir: dir,
		log: &bytes.Buffer{},
	}
	args := []string{"--port", address, "--access", s.Access, "--secret", s.Secret, "--quiet", "--keep-alive"}
	if opt.TLS {
		s.Endpoint = "https://" + address
		files, err := process.WriteCertificate(dir)
		if err != nil {
			return nil, err
		}
		s.CAFile = files.CA
		args = append(args, "--cert", files.Cert, "--key", files.Key)
	}
	if err := os.MkdirAll(s.Root, 0o777); err != nil {
		return nil, err
	}
	if err := s.run(exec.Command(program, append(args, "posix", s.Root)...)); err != nil {
		return nil, err
	}
	if err := s.ready(ctx); err != nil {
		s.process.Kill()
		return nil, fmt.Errorf("%w\n%s", err, s.log.Bytes())
	}
	return s, nil
}

// run starts the server's process.
func (s *Server) run(cmd *exec.Cmd) error {
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir}
	cmd.Stdout, cmd.Stderr = s.log, s.log
	var err error
	s.process, err = process.Start(cmd)
	return err
}

// ready waits until the server answers, and makes the bucket.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	client := s.client()
	for {
		_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &s.Bucket})
		if err == nil {
			return nil
		}
		select {
		case <-s.process.Done:
			return errors.New("the server ended at once")
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// client is an SDK client of the test's own, not the one under test.
func (s *Server) client() *s3.Client {
	return s3.New(s3.Options{
		Region:       s.Region,
		BaseEndpoint: aws.String(s.Endpoint),
		UsePathStyle: true,
		Credentials:  credentials.NewStaticCredentialsProvider(s.Access, s.Secret, ""),
		Retryer:      aws.NopRetryer{},
		HTTPClient: &http.Client{Transport: &http.Transport{
			// It talks to the process that was just started; the store under
			// test checks the certificate.
			TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
			DisableKeepAlives: true,
		}},
	})
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() {
	s.process.Kill()
	os.RemoveAll(s.dir)
}

// Config is the configuration of a store in the server's bucket, under a prefix
// that no earlier call has given out.
func (s *Server) Config() s3store.Config {
	return s3store.Config{
		Bucket: s.Bucket, Prefix: "p" + strconv.Itoa(int(s.prefixes.Add(1))), PathStyle: true,
		Endpoint: s.Endpoint, Region: s.Region, AccessKey: s.Access, SecretKey: s.Secret, CAFile: s.CAFile,
	}
}

// Env are the variables by which another process's SDK finds the server; it
// needs path-style addressing besides.
func (s *Server) Env() []string {
	env := []string{
		"AWS_ACCESS_KEY_ID=" + s.Access, "AWS_SECRET_ACCESS_KEY=" + s.Secret,
		"AWS_REGION=" + s.Region, "AWS_ENDPOINT_URL_S3=" + s.Endpoint,
	}
	if s.CAFile != "" {
		env = append(env, "AWS_CA_BUNDLE="+s.CAFile)
	}
	return env
}

// rootDir makes a folder on a file system that keeps extended attributes, which
// the server stores metadata in.
func rootDir() (string, error) {
	var errs []error
	parents := []string{os.TempDir(), "/dev/shm"}
	if cache, err := os.UserCacheDir(); err == nil {
		parents = append(parents, filepath.Join(cache, "pressmark-test"))
	}
	for _, parent := range parents {
		dir, err := os.MkdirTemp(parent, "pressmark-versitygw-")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if err = unix.Setxattr(dir, "user.pressmark", []byte("1"), 0); err == nil {
			return dir, nil
		}
		os.RemoveAll(dir)
		errs = append(errs, fmt.Errorf("%s: %w", parent, err))
	}
	return "", fmt.Errorf("no folder with extended attributes: %w", errors.Join(errs...))
}

// AllowReading lets everybody read the bucket's objects by their URL, Endpoint/Bucket/key,
// as a bucket that is published.
func (s *Server) AllowReading(ctx context.Context) error {
	policy := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"], `+
		`"Resource": ["arn:aws:s3:::%[1]s", "arn:aws:s3:::%[1]s/*"]}]}`, s.Bucket)
	_, err := s.client().PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &s.Bucket, Policy: &policy})
	return err
}
