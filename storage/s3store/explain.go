package s3store

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"pressmark/storage"
)

// Causes that more than one answer has.
var (
	clockCause = storage.Cause{Code: "clock", What: "this machine's clock and the store's are too far apart",
		Advice: "set the clock (timedatectl set-ntp true) and try again"}
	deniedCause = storage.Cause{Code: "denied", What: "the key has no right to do this",
		Advice: "allow it s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on the objects below the prefix"}
	expiredCause = storage.Cause{Code: "expired", What: "the credentials have expired", Advice: "fetch new ones, for example with 'aws sso login'"}
	regionCause  = storage.Cause{Code: "region", What: "the bucket is in another region than the requests are signed for", Advice: "set AWS_REGION to the bucket's region"}
	fullCause    = storage.Cause{Code: "full", What: "the store has no room left", Advice: "make room or raise the quota, and run the same command again"}
	notS3Cause   = storage.Cause{Code: "endpoint", What: "the endpoint does not answer as an S3 store does",
		Advice: "check AWS_ENDPOINT_URL_S3: it names the store's S3 API, not its console or web page"}
	addressCause = storage.Cause{Code: "bucket", What: "the store does not take the bucket's name",
		Advice: "correct --to; most stores other than Amazon's want --s3-path-style"}
	busyCause = storage.Cause{Code: "busy", What: "the store is overloaded or out of order", Advice: "run the same command again later; nothing committed is lost"}
)

// byCode has the causes by the code of the store's answer.
var byCode = map[string]storage.Cause{
	"NoSuchBucket": {Code: "no_bucket", What: "the store has no such bucket",
		Advice: "make the bucket, or correct --to; AWS_ENDPOINT_URL_S3 says which store is asked"},
	"InvalidAccessKeyId": {Code: "key", What: "the store does not know the access key",
		Advice: "check AWS_ACCESS_KEY_ID or the profile, and that AWS_ENDPOINT_URL_S3 names the store that issued the key"},
	"SignatureDoesNotMatch": {Code: "secret", What: "the secret key does not belong to the access key",
		Advice: "check AWS_SECRET_ACCESS_KEY: a missing character or a space is enough"},
	"RequestTimeTooSkewed":               clockCause,
	"RequestExpired":                     clockCause,
	"AccessDenied":                       deniedCause,
	"AllAccessDisabled":                  deniedCause,
	"ExpiredToken":                       expiredCause,
	"ExpiredTokenException":              expiredCause,
	"TokenRefreshRequired":               expiredCause,
	"InvalidToken":                       {Code: "key", What: "the store refuses the session token", Advice: "check AWS_SESSION_TOKEN, or unset it if the key needs none"},
	"AuthorizationHeaderMalformed":       regionCause,
	"PermanentRedirect":                  regionCause,
	"IllegalLocationConstraintException": regionCause,
	"InvalidRegion":                      regionCause,
	"InvalidBucketName":                  addressCause,
	"QuotaExceeded":                      fullCause,
	"XMinioStorageFull":                  fullCause,
	"MethodNotAllowed":                   notS3Cause,
}

// byStatus has the causes by status, of answers without a code that is known.
var byStatus = map[int]storage.Cause{
	http.StatusMovedPermanently:    regionCause,
	http.StatusTemporaryRedirect:   regionCause,
	http.StatusUnauthorized:        deniedCause,
	http.StatusForbidden:           deniedCause,
	http.StatusMethodNotAllowed:    notS3Cause,
	http.StatusInsufficientStorage: fullCause,
	http.StatusTooManyRequests:     busyCause,
}

// Explain returns the cause of an error of a bucket.
func Explain(err error) storage.Cause {
	var answer *smithyhttp.ResponseError
	answered := errors.As(err, &answer) && answer.Response != nil && answer.Response.Response != nil
	if answered && answer.HTTPStatusCode() > 0 {
		return explainAnswer(err, answer)
	}
	return explainSilence(err)
}

func explainAnswer(err error, answer *smithyhttp.ResponseError) storage.Cause {
	status := answer.HTTPStatusCode()
	cause, known := byCode[errorCode(err)]
	if !known {
		cause, known = byStatus[status]
	}
	switch {
	case cause.Code == regionCause.Code:
		if r := regionOf(err, answer.Response.Header); r != "" {
			cause.Advice = "set AWS_REGION=" + r
		}
	case !known && status >= 500:
		cause = busyCause
	case !known && status < 300:
		cause = notS3Cause
	case !known:
		cause = storage.Cause{Code: "store", What: "the store refused: " + answer.Err.Error()}
	}
	return cause
}

// expectedRegion finds the region in the message of AuthorizationHeaderMalformed.
var expectedRegion = regexp.MustCompile(`expecting '([a-z0-9-]+)'`)

// regionOf returns the region that a response names, "" if it names none.
func regionOf(err error, h http.Header) string {
	if r := h.Get("X-Amz-Bucket-Region"); r != "" {
		return r
	}
	if m := expectedRegion.FindStringSubmatch(err.Error()); m != nil {
		return m[1]
	}
	return ""
}

// explainSilence explains an error without an answer.
func explainSilence(err error) storage.Cause {
	var certificate *tls.CertificateVerificationError
	var dns *net.DNSError
	var network net.Error
	text := err.Error()
	switch {
	case errors.As(err, &certificate):
		return storage.Cause{Code: "certificate", What: "the store's certificate is not trusted",
			Advice: "name the PEM file of its authority in AWS_CA_BUNDLE, and ask for the host that the certificate names"}
	case errors.As(err, &dns) && dns.IsNotFound:
		return storage.Cause{Code: "endpoint", What: "the store's host " + dns.Name + " is not known",
			Advice: "check AWS_ENDPOINT_URL_S3 and AWS_REGION; most stores other than Amazon's want --s3-path-style"}
	case strings.Contains(text, "server gave HTTP response to HTTPS client"):
		return storage.Cause{Code: "endpoint", What: "the endpoint speaks http, not https", Advice: "write AWS_ENDPOINT_URL_S3 with http://"}
	case errors.Is(err, errNoCredentials):
		return storage.Cause{Code: "no_credentials", What: "no credentials were found",
			Advice: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give the machine a role"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return storage.Cause{Code: "endpoint", What: "nothing listens at the store's address", Advice: "start the store, or correct AWS_ENDPOINT_URL_S3"}
	case strings.Contains(text, "not a valid URI"), strings.Contains(text, "unsupported protocol scheme"):
		return storage.Cause{Code: "endpoint", What: "the endpoint is no address", Advice: "write AWS_ENDPOINT_URL_S3 as https://host:port"}
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, storage.ErrUnavailable):
		return storage.Cause{Code: "unavailable", What: "the store did not answer", Advice: "check the network and AWS_ENDPOINT_URL_S3, and run the same command again"}
	}
	return storage.Cause{Code: "store", What: "the store cannot be used: " + text}
}
