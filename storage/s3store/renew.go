package s3store

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/middleware"
)

// expired reports whether an answer says that the credentials have expired. Those of a
// role are renewed before their time; the store may see that time earlier.
func expired(code string) bool {
	switch code {
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired":
		return true
	}
	return false
}

// renew has the next try fetch new credentials after an answer that the old ones have
// expired.
func renew(credentials aws.CredentialsProvider) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Finalize.Add(middleware.FinalizeMiddlewareFunc("RenewCredentials",
			func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
				out, meta, err := next.HandleFinalize(ctx, in)
				if cache, ok := credentials.(*aws.CredentialsCache); ok && err != nil && expired(errorCode(err)) {
					cache.Invalidate()
				}
				return out, meta, err
			}), middleware.Before)
	}
}
