// Package article holds the nouns of extraction: the page that goes in, the
// article that comes out, and the refusal that comes out where a page is no
// article. It imports the standard library only, so that storage can encode an
// article without knowing how HTML is read.
//
// The JSON form of [Article] is the schema "pressmark/article/v1"; the Go types
// here are its source.
package article

import "time"

// SchemaVersion is the value of [Article.Schema]. A change of meaning is a new version.
const SchemaVersion = "pressmark/article/v1"

// Article is one news article in normal form: what a reader calls the article,
// in reading order, with where each fact came from.
type Article struct {
	Schema   string `json:"schema"`
	ID       string `json:"id"`       // ID(URL)
	URL      string `json:"url"`      // canonical URL, normalized
	Site     string `json:"site"`     // name of the site's configuration, or made from the host
	Language string `json:"language"` // BCP 47, at least the primary subtag; "" where unknown

	Title              string    `json:"title"`
	Published          *string   `json:"published"` // RFC 3339 with offset, or a bare date (2012-01-12); null where the page shows none
	PublishedPrecision Precision `json:"published_precision,omitempty"`
	Modified           *string   `json:"modified"` // same forms as Published

	Credits Credits `json:"credits"`
	Body    []Block `json:"body"`
	Images  []Image `json:"images"`
	// Text is Body as plain text, one block a line; an image stands as
	// "[图1: caption]" on Chinese pages, else as "[image 1: caption]".
	Text string `json:"text"`
	// Pages lists the URLs of the parts of a multi-page article, in order; just
	// the page's own URL for a page that stands alone.
	Pages []string `json:"pages"`

	Evidence map[string]string `json:"evidence"` // field -> where it came from
	Warnings []string          `json:"warnings"` // "code: detail"; empty, never null

	Capture     Capture `json:"capture"`
	Extractor   string  `json:"extractor"` // program and version, "pressmark 0.1.0"
	Revision    int     `json:"revision"`  // 1 for the first
	ContentHash string  `json:"content_hash"`
}

// Precision says how exact a publication time is: as the page prints it, or as
// its structured data completes what is printed.
type Precision string

// The precisions, coarse to fine.
const (
	Day    Precision = "day"
	Minute Precision = "minute"
	Second Precision = "second"
)

// Credits names who made the article.
type Credits struct {
	Source        string   `json:"source"`                  // the medium, "" where none is named
	Authors       []string `json:"authors"`                 // in page order
	Editors       []string `json:"editors"`                 // in page order
	Photographers []string `json:"photographers,omitempty"` // in page order
	Lines         []string `json:"lines"`                   // the credit lines as printed
}

// BlockType names the kinds of [Block].
type BlockType string

// The kinds of block.
const (
	Paragraph    BlockType = "paragraph"
	Heading      BlockType = "heading"
	List         BlockType = "list"
	Quote        BlockType = "quote"
	Table        BlockType = "table"
	Preformatted BlockType = "preformatted"
	ImagePlace   BlockType = "image"
)

// Block is one block of the body. Which fields are set follows from Type.
type Block struct {
	Type    BlockType  `json:"type"`
	Text    string     `json:"text,omitempty"`    // paragraph, heading, quote, preformatted
	Level   int        `json:"level,omitempty"`   // heading: 2 to 6
	Ordered bool       `json:"ordered,omitempty"` // list
	Items   []string   `json:"items,omitempty"`   // list
	Rows    [][]string `json:"rows,omitempty"`    // table
	Image   string     `json:"image,omitempty"`   // image: the Image's ID
}

// ImageStatus says what became of an image.
type ImageStatus string

// The outcomes of an image. The zero value means not fetched (extract alone).
const (
	ImageArchived ImageStatus = "archived"
	ImageMissing  ImageStatus = "missing"   // 404, 410
	ImageBlocked  ImageStatus = "blocked"   // robots.txt
	ImageTooLarge ImageStatus = "too_large" // over a cap of bytes or pixels
	ImageNotImage ImageStatus = "not_image" // the answer is something else
	ImageFailed   ImageStatus = "failed"    // tried again by the next crawl
)

// Image is one picture of the article. The extractor fills ID to Credit; the
// crawler fills the rest when it has fetched the picture.
type Image struct {
	ID          string   `json:"id"`                    // "1", "2", … in order of appearance
	Placeholder string   `json:"placeholder,omitempty"` // text that stood for the picture, "1.png"
	URL         string   `json:"url"`                   // the best address, absolute
	Alternates  []string `json:"alternates,omitempty"`  // other addresses of the same picture, best first
	Caption     string   `json:"caption"`
	Credit      *string  `json:"credit"` // photographer or agency, apart from the caption; null where none

	Key       string      `json:"key,omitempty"` // key in the archive
	SHA256    string      `json:"sha256,omitempty"`
	MediaType string      `json:"media_type,omitempty"`
	Width     int         `json:"width,omitempty"`  // pixels
	Height    int         `json:"height,omitempty"` // pixels
	Bytes     int64       `json:"bytes,omitempty"`
	Status    ImageStatus `json:"status,omitempty"`

	WARC   string `json:"warc,omitempty"`   // capture file that holds the response, where images are captured
	Offset int64  `json:"offset,omitempty"` // bytes into the WARC file
	Length int64  `json:"length,omitempty"` // bytes of the compressed record
}

// Capture says from which response the article was made. All times of the run live here.
type Capture struct {
	Fetched  string `json:"fetched"` // RFC 3339, UTC; "" where unknown
	Status   int    `json:"status"`  // HTTP status, 0 where there was no request
	FinalURL string `json:"final_url"`
	SHA256   string `json:"sha256"` // of the page's bytes (decoded from transfer and content coding)
	WARC     string `json:"warc,omitempty"`
	Offset   int64  `json:"offset,omitempty"` // bytes into the WARC file
	Length   int64  `json:"length,omitempty"` // bytes of the compressed record
	Robots   string `json:"robots,omitempty"` // key of robots.txt as obeyed
}

// Page is what an extractor reads: bytes and what is known of where they came from.
type Page struct {
	URL         string    // final URL of the response; may be "" for a file
	Body        []byte    // decoded from transfer and content coding, not from charset; neither modified nor kept
	ContentType string    // the Content-Type header, "" where unknown
	Fetched     time.Time // when the page was captured; zero where unknown
	Status      int       // HTTP status, 0 where there was no request
	SHA256      string    // digest of Body in hexadecimal, if it is known already; "" has it reckoned
}

// Kind says what a page is.
type Kind string

// The kinds of page.
const (
	KindArticle Kind = "article"
	KindGallery Kind = "gallery" // an article made of pictures
	KindVideo   Kind = "video"   // a video with little text
	KindList    Kind = "list"    // section page
	KindHome    Kind = "home"    // front page
	KindPaywall Kind = "paywall"
	KindConsent Kind = "consent_wall"
	KindBot     Kind = "bot_wall"
	KindShell   Kind = "needs_browser" // an empty shell that scripts fill
	KindEmpty   Kind = "empty"
	KindError   Kind = "error_page" // "not found" served with status 200
	KindUnknown Kind = "not_article"
)

// Result is all that one parse of a page gives.
type Result struct {
	Kind Kind
	// Article is set for KindArticle, KindGallery and KindVideo (when it has text).
	Article *Article
	// Refusal is set where Article is not.
	Refusal *Refusal
	// Links are the page's links with what they look like, in page order, each URL once.
	Links []Link
	// NextPart is the URL of the next part of this multi-page article, "" where there is none.
	NextPart string
	// NextList is the URL of the next page of this list, "" where there is none.
	NextList string
	// Feeds and AMP/print/mobile twins that the head names.
	Feeds      []string
	Alternates []string
	// Canonical is the page's canonical URL, normalized; the page's own URL where it names none.
	Canonical string
	// Marks are fingerprints of the page's blocks, for site memory (opaque to the caller).
	Marks []uint64
	// Charset is the encoding that was used to read the page, by its WHATWG name.
	Charset string
	// NoIndex, NoFollow tell of robots meta directives on the page.
	NoIndex, NoFollow bool
}

// Refusal tells why a page gave no article. It is an error, so that callers can use errors.As.
type Refusal struct {
	Code    Kind   // what the page is instead
	Message string // what was seen, for a person
}

// Error returns the code and the message.
func (r *Refusal) Error() string { return string(r.Code) + ": " + r.Message }

// Link is one link of a page.
type Link struct {
	URL     string // absolute, normalized
	Text    string // anchor text, else the title attribute, else the picture's alt
	Article bool   // looks like a link to an article (place, text, shape of the URL, repetition)
	InBody  bool   // stands in the article's body
	Section bool   // looks like a link to a section or list page of the same site
	Rel     string // lower case rel attribute
}
