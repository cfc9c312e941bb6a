package s3store

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"pressmark/storage"
)

// wrap names operation and key and finds the error's kind.
func wrap(ctx context.Context, op, key string, err error) error {
	if err == nil {
		return nil
	}
	if ctxErr := ctx.Err(); ctxErr != nil {
		return fmt.Errorf("%s %s: %w", op, key, ctxErr)
	}
	if kind := kindOf(op, err); kind != nil {
		return fmt.Errorf("%s %s: %w: %w", op, key, kind, err)
	}
	return fmt.Errorf("%s %s: %w", op, key, err)
}

// refused maps an operation to its error if the condition did not hold (412), or if
// a concurrent write left that open (409).
var refused = map[string]error{"create": storage.ErrExists, "put if": storage.ErrChanged}

// kindOf returns the storage error that err corresponds to, nil if there is none.
func kindOf(op string, err error) error {
	var response *smithyhttp.ResponseError
	answered := errors.As(err, &response) && response.Response != nil && response.Response.Response != nil
	if !answered || response.HTTPStatusCode() == 0 {
		return kindOfSilence(err)
	}
	code, status := errorCode(err), response.HTTPStatusCode()
	conditionFailed := status == http.StatusPreconditionFailed || status == http.StatusConflict
	switch {
	case status == http.StatusNotFound && code != "NoSuchBucket":
		if op == "put if" {
			return storage.ErrChanged // there is none any more
		}
		return storage.ErrNotFound
	case refused[op] != nil && conditionFailed:
		return refused[op]
	case status == http.StatusNotImplemented:
		return errors.ErrUnsupported
	case status >= 500, status == http.StatusConflict && code == "OperationAborted", status == http.StatusTooManyRequests, status == http.StatusRequestTimeout,
		code == "RequestTimeout", code == "SlowDown", expired(code):
		return storage.ErrUnavailable
	case status < 300: // the answer broke off
		return storage.ErrUnavailable
	}
	return nil
}

// kindOfSilence classifies an error without a response. Network errors are
// temporary. Errors of the settings are not: missing credentials, an unknown host
// name, a certificate of an unknown authority.
func kindOfSilence(err error) error {
	// Credentials that could not be renewed: the SDK has tried often enough.
	for op := (*smithy.OperationError)(nil); errors.As(err, &op); err = op.Unwrap() {
		if op.Service() != s3.ServiceID {
			return nil
		}
	}
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	if errors.As(err, &certificate) || errors.As(err, &dns) && dns.IsNotFound {
		return nil
	}
	var send *smithyhttp.RequestSendError
	var broken *smithy.DeserializationError
	var network net.Error
	if errors.As(err, &send) || errors.As(err, &broken) || errors.As(err, &network) {
		return storage.ErrUnavailable
	}
	return nil
}

func errorCode(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

func isNotFound(err error) bool { return errors.Is(err, storage.ErrNotFound) }
