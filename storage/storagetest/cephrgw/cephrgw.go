//go:build unix

// Package cephrgw starts a real Ceph with its S3 gateway for tests: one monitor, one
// storage daemon in memory and one radosgw, on loopback, over http and TLS at once. It is
// an S3 server of another make, older and stricter than versitygw.
package cephrgw

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
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"pressmark/storage/s3store"
	"pressmark/storage/storagetest/process"
)

// Server is a running server with one bucket.
type Server struct {
	Endpoint string // over http
	Secure   string // over TLS
	CAFile   string // of the authority behind Secure
	Bucket   string

	dir, config string
	monitor     string // its address
	processes   []*process.Process
	prefixes    atomic.Int32
}

// Keys of the server's one user.
const (
	Access = "pressmark-test"
	Secret = "pressmark-test-secret"
	Region = "us-east-1"
)

// required is set where a machine must have Ceph: there it fails what it would skip
// elsewhere.
const required = "PRESSMARK_TEST_CEPH"

// Start starts a server that ends with the test. Where Ceph is not installed (Debian's
// packages ceph-mon, ceph-osd, radosgw and ceph-common have it), the test is skipped, or
// fails if $PRESSMARK_TEST_CEPH is "required".
func Start(t testing.TB) *Server {
	t.Helper()
	for _, name := range []string{"monmaptool", "ceph-mon", "ceph-osd", "ceph", "radosgw", "radosgw-admin"} {
		if _, err := exec.LookPath(name); err != nil {
			const how = "apt-get install ceph-mon ceph-osd radosgw ceph-common"
			if os.Getenv(required) == "required" {
				t.Fatalf("no %s: %s", name, how)
			}
			t.Skipf("NOT TESTED on Ceph: no %s; %s", name, how)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "pressmark-ceph-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{Bucket: "archive", dir: dir, config: filepath.Join(dir, "ceph.conf")}
	t.Cleanup(s.stop)
	if err := s.start(ctx); err != nil {
		t.Fatalf("start Ceph: %v\n%s", err, s.said())
	}
	return s
}

func (s *Server) start(ctx context.Context) error {
	for _, step := range []func(context.Context) error{s.configure, s.startMonitor, s.startStorage, s.startGateway, s.makeBucket} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

const (
	clusterID = "0b1d2e3f-1111-4222-8333-444455556666"
	storageID = "11111111-2222-4333-8444-555555555555"
)

// configure writes the configuration: no authentication between the daemons, one copy of
// each object, and everything below the server's folder.
func (s *Server) configure(context.Context) error {
	for _, sub := range []string{"mon", "osd", "run", "rgw"} {
		if err := os.MkdirAll(filepath.Join(s.dir, sub), 0o755); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(s.dir, "keyring"), nil, 0o600); err != nil {
		return err
	}
	address, err := process.FreeAddress()
	if err != nil {
		return err
	}
	s.monitor = "[v1:" + address + "]"
	lines := []string{
		"[global]", "fsid = " + clusterID, "mon host = " + s.monitor,
		"auth cluster required = none", "auth service required = none", "auth client required = none",
		"public addr = 127.0.0.1", "cluster addr = 127.0.0.1", "ms bind ipv6 = false",
		"run dir = DIR/run", "admin socket = DIR/run/$name.$pid.asok", "log file = DIR/$name.log", "mon cluster log file = DIR/cluster.log",
		"crash dir = DIR", "mon data = DIR/mon", "osd data = DIR/osd", "rgw data = DIR/rgw", "keyring = DIR/keyring",
		"osd objectstore = memstore", "memstore device bytes = 2147483648",
		"osd pool default size = 1", "osd pool default min size = 1", "osd pool default pg num = 4",
		"osd crush chooseleaf type = 0", "osd crush update on start = false", "osd class update on start = false",
		"mon allow pool size one = true", "mon data avail crit = 1", "mon data avail warn = 1",
		"rgw thread pool size = 32",
	}
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "DIR", s.dir)
	return os.WriteFile(s.config, []byte(text+"\n"), 0o600)
}

func (s *Server) startMonitor(ctx context.Context) error {
	monmap := filepath.Join(s.dir, "monmap")
	if err := s.call(ctx, "monmaptool", "--create", "--fsid", clusterID, "--addv", "a", s.monitor, monmap); err != nil {
		return err
	}
	if err := s.call(ctx, "ceph-mon", "--mkfs", "-i", "a", "-c", s.config, "--monmap", monmap); err != nil {
		return err
	}
	return s.run("ceph-mon", "-f", "-i", "a", "-c", s.config)
}

func (s *Server) startStorage(ctx context.Context) error {
	for _, args := range [][]string{
		{"osd", "new", storageID, "0"},
		{"osd", "crush", "add-bucket", "local", "host"},
		{"osd", "crush", "move", "local", "root=default"},
		{"osd", "crush", "add", "osd.0", "1.0", "host=local"},
	} {
		if err := s.call(ctx, "ceph", append([]string{"-c", s.config, "--connect-timeout", "60"}, args...)...); err != nil {
			return err
		}
	}
	if err := s.call(ctx, "ceph-osd", "--mkfs", "-i", "0", "-c", s.config, "--osd-uuid", storageID); err != nil {
		return err
	}
	return s.run("ceph-osd", "-f", "-i", "0", "-c", s.config)
}

func (s *Server) startGateway(ctx context.Context) error {
	plain, err := process.FreeAddress()
	if err != nil {
		return err
	}
	secure, err := process.FreeAddress()
	if err != nil {
		return err
	}
	files, err := process.WriteCertificate(s.dir)
	if err != nil {
		return err
	}
	s.Endpoint, s.Secure, s.CAFile = "http://"+plain, "https://"+secure, files.CA
	front := fmt.Sprintf("beast endpoint=%s ssl_endpoint=%s ssl_certificate=%s ssl_private_key=%s", plain, secure, files.Cert, files.Key)
	if err := s.run("radosgw", "-f", "-n", "client.rgw", "-c", s.config, "--rgw_frontends="+front); err != nil {
		return err
	}
	if err := s.wait(ctx, func() error { return answers(ctx, s.Endpoint) }); err != nil {
		return err
	}
	return s.call(ctx, "radosgw-admin", "-c", s.config, "user", "create", "--uid=test", "--display-name=test", "--access-key="+Access, "--secret-key="+Secret)
}

func answers(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *Server) makeBucket(ctx context.Context) error {
	client := s3.New(s3.Options{
		Region: Region, BaseEndpoint: aws.String(s.Secure), UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(Access, Secret, ""), Retryer: aws.NopRetryer{},
		HTTPClient: &http.Client{Transport: &http.Transport{
			// It talks to the process that was just started; the store under test checks
			// the certificate.
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true,
		}},
	})
	return s.wait(ctx, func() error {
		_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &s.Bucket})
		return err
	})
}

// wait tries until it works, a daemon has ended, or ctx ends.
func (s *Server) wait(ctx context.Context, try func() error) error {
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		err := try()
		if err == nil {
			return nil
		}
		for _, p := range s.processes {
			select {
			case <-p.Done:
				return errors.New("a daemon has ended")
			default:
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w", err)
		case <-ticker.C:
		}
	}
}

// call runs a program to its end.
func (s *Server) call(ctx context.Context, name string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.dir, s.env(), &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), errors.Join(err, ctx.Err()), out.Bytes())
	}
	return nil
}

// run starts a daemon.
func (s *Server) run(name string, args ...string) error {
	out, err := os.Create(filepath.Join(s.dir, name+".log"))
	if err != nil {
		return err
	}
	defer func() { _ = out.Close() }() // the process has its own
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = s.dir, s.env(), out, out
	p, err := process.Start(cmd)
	if err == nil {
		s.processes = append(s.processes, p)
	}
	return err
}

func (s *Server) env() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir, "CEPH_CONF=" + s.config}
}

func (s *Server) stop() {
	for _, p := range s.processes {
		p.Kill()
	}
}

// said returns the ends of the daemons' logs.
func (s *Server) said() string {
	var out strings.Builder
	files, _ := filepath.Glob(filepath.Join(s.dir, "*.log")) // the pattern is right
	for _, f := range files {
		text, _ := os.ReadFile(f) //nolint:errcheck // what is there
		fmt.Fprintf(&out, "%s:\n%s\n", filepath.Base(f), text[max(len(text)-2000, 0):])
	}
	return out.String()
}

// Config is the configuration of a store in the server's bucket, under a prefix that no
// earlier call has given out.
func (s *Server) Config(secure bool) s3store.Config {
	c := s3store.Config{
		Bucket: s.Bucket, Prefix: "p" + strconv.Itoa(int(s.prefixes.Add(1))), PathStyle: true,
		Endpoint: s.Endpoint, Region: Region, AccessKey: Access, SecretKey: Secret,
	}
	if secure {
		c.Endpoint, c.CAFile = s.Secure, s.CAFile
	}
	return c
}

// Env are the variables by which another process's SDK finds the server; it needs
// path-style addressing besides.
func (s *Server) Env(secure bool) []string {
	env := []string{"AWS_ACCESS_KEY_ID=" + Access, "AWS_SECRET_ACCESS_KEY=" + Secret, "AWS_REGION=" + Region, "AWS_ENDPOINT_URL_S3=" + s.Endpoint}
	if secure {
		env = append(env[:3], "AWS_ENDPOINT_URL_S3="+s.Secure, "AWS_CA_BUNDLE="+s.CAFile)
	}
	return env
}
