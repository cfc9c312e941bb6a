// Package s3store keeps objects in an S3-compatible bucket, below a prefix.
//
// It asks of the store no more than what the widely used ones have in common:
// PutObject, GetObject, HeadObject, DeleteObject, ListObjectsV2 and
// "If-None-Match: *" on PutObject, for Create. PutIf also sends "If-Match" with
// the ETag, without quotes: so all stores that know the header take it, but not
// all know it (see package storage, "Batches"). Objects go up in one request of known
// length with Content-MD5, the one checksum that all stores verify, and
// without the trailing checksums of newer SDKs, which many refuse.
//
// Endpoint, region and credentials come from the SDK's own chain (AWS_*
// variables, profiles, AWS_ENDPOINT_URL_S3, AWS_CA_BUNDLE) unless [Config]
// says otherwise.
//
// A failed request is not repeated here: storage.WithRetry does that, knowing
// which calls may be. Errors are storage.ErrNotFound, storage.ErrExists (for
// 412 and 409 to Create), storage.ErrChanged (for 412, 409 and 404 to PutIf),
// storage.ErrUnavailable (no answer, 429, 5xx), errors.ErrUnsupported
// (501); others, such as missing rights, are final.
package s3store
