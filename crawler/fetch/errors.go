package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"pressmark/crawler/proxy"
)

// Reason codes of an Error. They are stored in logs, and do not change.
const (
	CodeRobotsDisallowed  = "robots_disallowed"
	CodeRobotsUnreachable = "robots_unreachable"
	CodePrivateAddress    = "private_address"    // an address that is not public
	CodeHostParked        = "host_parked"        // kept failing, or asked for a long rest
	CodeNotReady          = "not_ready"          // Request.MaxWait, or Limits.Turn of a redirect, is shorter than the wait
	CodeDNS               = "dns"                // the name has no address
	CodeConnect           = "connect"            // no connection, or it broke before the answer
	CodeTLS               = "tls"                // handshake or certificate
	CodeTimeout           = "timeout"            // of any of the time limits
	CodeBadResponse       = "bad_response"       // not HTTP
	CodeHeaderTooLarge    = "header_too_large"   //
	CodeTooLarge          = "too_large"          // body, on the wire or decoded
	CodeBomb              = "bomb"               // compression ratio
	CodeCutBody           = "cut_body"           // ended before its announced end
	CodeBadEncoding       = "bad_encoding"       // content coding unknown or broken
	CodeUnwantedType      = "unwanted_type"      // a page was asked for, and this is a film
	CodeTooManyRedirects  = "too_many_redirects" //
	CodeRedirectLoop      = "redirect_loop"      //
	CodeBadRedirect       = "bad_redirect"       // without a Location that can be read
	CodeBadURL            = "bad_url"            // cannot be read, or neither http nor https
	CodeURLTooLong        = "url_too_long"       //
	CodeBadPort           = "bad_port"           // a port that web servers do not use
	CodeCanceled          = "canceled"           // by the context
	CodeProxy             = "proxy"              // the proxy itself cannot be reached, or refuses
	CodeCredentialEchoed  = "credential_echoed"  // the answer repeats a credential, and is not kept
)

// Error says why a Get failed.
type Error struct {
	URL     string    // of the hop that failed
	Code    string    // one of the Code constants
	Status  int       // HTTP status, 0 where there was none
	Err     error     // cause; may be nil
	RetryAt time.Time // before it another try makes no sense; zero: not known
}

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("get %s: %s", e.URL, e.Code)
	}
	return fmt.Sprintf("get %s: %s: %v", e.URL, e.Code, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Local reports whether the request was refused on our side, for its URL or its
// permissions; package robots asks.
func (e *Error) Local() bool {
	switch e.Code {
	case CodePrivateAddress, CodeBadURL, CodeURLTooLong, CodeBadPort:
		return true
	}
	return false
}

// Temporary reports whether the same request may succeed later.
func (e *Error) Temporary() bool {
	switch e.Code {
	case CodeRobotsUnreachable, CodeHostParked, CodeNotReady, CodeDNS, CodeConnect, CodeTLS,
		CodeTimeout, CodeBadResponse, CodeCutBody, CodeCanceled, CodeProxy:
		return true
	}
	return e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout
}

// Code returns the reason code of an error of this package, "" for others.
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Causes with which a hop's context is cancelled.
var (
	errTotalTime = errors.New("the request exceeded its total time")
	errTurn      = errors.New("the host of the redirect was busy for too long")
	errIdle      = errors.New("no data came for too long")
	errSlow      = errors.New("the response came too slowly")
)

// isTimeLimit reports whether an error is the end of one of a hop's limits of time.
func isTimeLimit(err error) bool {
	return errors.Is(err, errTotalTime) || errors.Is(err, errIdle) || errors.Is(err, errSlow)
}

// errStale marks a connection that broke before anything came, after which
// net/http wanted to send the request again on its own.
var errStale = errors.New("connection was closed by the server while idle")

// tlsError marks errors of the handshake.
type tlsError struct{ error }

func (e tlsError) Unwrap() error { return e.error }

// blockedError is the guard's refusal of an address.
type blockedError struct{ addr string }

func (e *blockedError) Error() string { return "address " + e.addr + " is not public" }

// classify gives an error of the chain its reason code. ctx is the hop's.
func classify(ctx context.Context, url string, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return &Error{URL: url, Code: codeOf(ctx, err), Err: err}
}

func codeOf(ctx context.Context, err error) string {
	cause := context.Cause(ctx)
	var (
		blocked   *blockedError
		broker    *proxy.Error
		beyond    *proxy.UnreachableError
		dns       *net.DNSError
		handshake tlsError
		timeout   interface{ Timeout() bool }
		operation *net.OpError
		errno     syscall.Errno
	)
	switch {
	case errors.As(err, &blocked):
		return CodePrivateAddress
	case isTimeLimit(cause):
		return CodeTimeout
	case cause != nil || errors.Is(err, context.Canceled): // the caller's, deadlines included
		return CodeCanceled
	case errors.As(err, &broker):
		return CodeProxy
	case errors.As(err, &beyond):
		return CodeConnect
	case errors.As(err, &dns):
		return CodeDNS
	case errors.As(err, &timeout) && timeout.Timeout():
		return CodeTimeout
	case errors.As(err, &handshake):
		return CodeTLS
	case strings.Contains(err.Error(), "response headers exceeded"): // net/http has no type for it
		return CodeHeaderTooLarge
	case errors.As(err, &operation), errors.As(err, &errno), errors.Is(err, errStale), errors.Is(err, errMixed),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return CodeConnect
	}
	return CodeBadResponse
}

// HostFailed reports whether a reason code is a failure of the host, or of the way to it:
// it could not be reached, fell silent, dripped, or answered with something other than
// HTTP.
func HostFailed(code string) bool {
	switch code {
	case CodeDNS, CodeConnect, CodeTLS, CodeTimeout, CodeBadResponse, CodeProxy:
		return true
	}
	return false
}
