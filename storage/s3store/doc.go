// Package s3store keeps objects in an S3-compatible bucket, below a prefix.
//
// It uses only what the common stores implement: PutObject, GetObject, HeadObject,
// DeleteObject, ListObjectsV2 and, for Create, "If-None-Match: *" on PutObject. PutIf also
// sends "If-Match" with the ETag without quotes, which every store accepts that implements
// the header (not all do, see package storage, "Batches"). An object is sent in one
// request of known length with Content-MD5, the one checksum that all stores verify, and
// without the trailing checksums of newer SDKs, which many refuse.
//
// Endpoint, region and credentials come from the SDK's own chain (AWS_*
// variables, profiles, AWS_ENDPOINT_URL_S3, AWS_CA_BUNDLE) unless [Config]
// says otherwise.
//
// A failed request is not repeated here; storage.WithRetry does that. Errors are storage.ErrNotFound, storage.ErrExists (for
// 412 and 409 to Create), storage.ErrChanged (for 412, 409 and 404 to PutIf),
// storage.ErrUnavailable (no answer, 429, 5xx), errors.ErrUnsupported
// (501); others, such as missing rights, are final.
package s3store
