package article

// ImageStatus says what became of an image.
type ImageStatus string

// The outcomes of an image. The zero value means that it was not fetched (extraction alone).
const (
	ImageArchived ImageStatus = "archived"
	ImageMissing  ImageStatus = "missing"   // 404, 410
	ImageBlocked  ImageStatus = "blocked"   // robots.txt
	ImageTooLarge ImageStatus = "too_large" // over a cap of bytes or pixels
	ImageNotImage ImageStatus = "not_image" // the response is something else
	ImageFailed   ImageStatus = "failed"    // tried again by the next crawl
)

// ImageRole says what an image is to its article.
type ImageRole string

// The roles of images.
const (
	ImageLead    ImageRole = "lead"    // stands for the article, above the text or at its beginning
	ImageGallery ImageRole = "gallery" // one of a series
	ImageInline  ImageRole = "inline"  // stands in the text
)

// Image is one picture of the article. The extractor fills ID to Role; the
// crawler fills the rest when it has fetched the picture.
type Image struct {
	ID          string    `json:"id"`                    // "1", "2", … in order of appearance
	Placeholder string    `json:"placeholder,omitempty"` // text that stood for the picture, "1.png"
	URL         string    `json:"url"`                   // the best address, absolute
	Alternates  []string  `json:"alternates,omitempty"`  // other addresses of the same picture, best first
	Caption     *string   `json:"caption"`               // as printed, without the credit; null if there is none
	Credit      *string   `json:"credit"`                // photographer or agency, apart from the caption; null if there is none
	Alt         *string   `json:"alt"`                   // text alternative, if it is not the caption; null if there is none
	Role        ImageRole `json:"role,omitempty"`        // absent if the page does not show it

	Key        string      `json:"key,omitempty"`         // key in the archive
	SHA256     string      `json:"sha256,omitempty"`      // of the bytes, in hexadecimal
	PHash      string      `json:"phash,omitempty"`       // perceptual hash: 64 bits in hexadecimal
	MediaType  string      `json:"media_type,omitempty"`  // of the bytes, not as the server says
	Width      int         `json:"width,omitempty"`       // pixels
	Height     int         `json:"height,omitempty"`      // pixels
	Bytes      int64       `json:"bytes,omitempty"`       // size
	Status     ImageStatus `json:"status,omitempty"`      // what became of the image; absent if it was not fetched
	HTTPStatus int         `json:"http_status,omitempty"` // of the last response, if the image is not archived
	Reason     string      `json:"reason,omitempty"`      // reason code, if the image is not archived
	FetchedURL string      `json:"fetched_url,omitempty"` // where the bytes came from, if it is not URL

	WARC   string `json:"warc,omitempty"`   // capture file that holds the response, if images are captured
	Offset int64  `json:"offset,omitempty"` // bytes into the WARC file
	Length int64  `json:"length,omitempty"` // bytes of the compressed record
}
