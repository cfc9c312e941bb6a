package events

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"pressmark/storage"
)

// Notifier posts events to a receiver.
type Notifier struct {
	URL     string
	Archive string // address, the events' source
	Secret  []byte // key of the signature; empty: none
	Client  *http.Client
	Now     func() time.Time
	// Failed is called for each try that failed, before the next. nil: no call.
	Failed func(err error, wait time.Duration)
}

// SignatureHeader carries "t=UNIX,v1=HEX": the time, and the HMAC-SHA-256 of "UNIX." and
// the body under the secret that both sides share.
const SignatureHeader = "Pressmark-Signature"

// Sign returns the signature of a body that is sent at a time.
func Sign(secret, body []byte, at time.Time) string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

const longestNotifyWait = 5 * time.Minute

// Post posts events as one batch, again and again until the receiver answers 2xx: each
// event comes at least once. The error is that of ctx.
func (n *Notifier) Post(ctx context.Context, list []Event) error {
	if len(list) == 0 {
		return nil
	}
	body, err := Batch(n.Archive, list)
	if err != nil {
		return err
	}
	for wait := time.Second; ; wait = min(2*wait, longestNotifyWait) {
		err := n.try(ctx, body)
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		if n.Failed != nil {
			n.Failed(err, wait)
		}
		if err := storage.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

func (n *Notifier) try(ctx context.Context, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/cloudevents-batch+json; charset=utf-8")
	if len(n.Secret) > 0 {
		req.Header.Set(SignatureHeader, Sign(n.Secret, body, n.Now()))
	}
	resp, err := n.Client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("post %s: status %d", req.URL.Redacted(), resp.StatusCode)
	}
	return nil
}
