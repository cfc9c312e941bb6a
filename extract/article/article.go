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
// in reading order, with the origin of each fact.
//
// Compatibility: keys may be added to a schema version, readers ignore keys that
// they do not know, and the meaning of a key never changes.
type Article struct {
	Schema   string `json:"schema"`   // name and version of this form
	ID       string `json:"id"`       // from the canonical URL alone: the first 128 bits of its SHA-256, in hexadecimal
	URL      string `json:"url"`      // canonical URL, normalized
	Site     string `json:"site"`     // name of the site's configuration, or made from the host
	Language string `json:"language"` // BCP 47, at least the primary subtag; "" if unknown

	Title              string    `json:"title"`                         // the headline that readers see
	Headlines          Headlines `json:"headlines,omitzero"`            // the other headlines
	Description        string    `json:"description,omitempty"`         // summary that the page declares for search and social cards
	Published          *string   `json:"published"`                     // RFC 3339 with offset, or a bare date (2012-01-12); null if the page shows none
	PublishedPrecision Precision `json:"published_precision,omitempty"` // how much of Published the page shows; absent without Published
	Modified           *string   `json:"modified"`                      // same forms as Published

	Publisher string   `json:"publisher,omitempty"` // the name that the site gives itself
	Section   string   `json:"section,omitempty"`   // the site's section or category, as the page names it
	Keywords  []string `json:"keywords,omitempty"`  // keywords and tags, in page order, each once

	Credits Credits `json:"credits"` // who made the article
	Body    []Block `json:"body"`    // the text in reading order
	Images  []Image `json:"images"`  // pictures, in order of appearance
	// Links are the links of the body in reading order.
	Links []BodyLink `json:"links,omitempty"`
	// Text is Body as plain text, one block a line; an image stands as
	// "[图1: caption]" on Chinese pages, else as "[image 1: caption]".
	Text string `json:"text"`
	// Pages lists the URLs of the parts of a multi-page article, in order; just
	// the page's own URL if the article has one part.
	Pages []string `json:"pages"`

	Access  Access   `json:"access,omitempty"`   // whether the text is free to read; absent if the page does not say
	Rights  string   `json:"rights,omitempty"`   // licence or copyright line, as printed or declared
	OptOuts []OptOut `json:"opt_outs,omitempty"` // machine-readable reservations of the page, as seen that day

	Evidence map[string]string `json:"evidence"` // field -> where it came from
	Warnings []string          `json:"warnings"` // "code: detail"; empty, never null

	Capture     Capture `json:"capture"`      // the response that the article was made from
	Extractor   string  `json:"extractor"`    // program and version, "pressmark 0.1.0"
	Revision    int     `json:"revision"`     // 1 for the first
	ContentHash string  `json:"content_hash"` // SHA-256 of title, published, credits, body and images, in hexadecimal; equal hashes mean no revision
}

// Headlines are the headlines of an article beside the one that readers see. A
// headline equal to [Article.Title] is left out.
type Headlines struct {
	Kicker     string `json:"kicker,omitempty"`     // short line printed above the headline
	Search     string `json:"search,omitempty"`     // for search engines: the title element, without the site's name
	Social     string `json:"social,omitempty"`     // for social cards: og:title, twitter:title
	Structured string `json:"structured,omitempty"` // headline of JSON-LD or microdata
}

// Access says who can read the whole text.
type Access string

// The kinds of access. The zero value means that the page does not say.
const (
	AccessFree         Access = "free"
	AccessMetered      Access = "metered"      // free up to a number of articles
	AccessSubscription Access = "subscription" // for subscribers
)

// OptOut is one machine-readable reservation of rights or uses.
type OptOut struct {
	Source string `json:"source"` // where it stands: "meta robots", "header x-robots-tag", "meta tdm-reservation", "header content-signal", …
	Value  string `json:"value"`  // as declared: "noai, noimageai", "1", "ai-train=no"
}

// BodyLink is one link of the body.
type BodyLink struct {
	URL   string `json:"url"`   // absolute, normalized
	Text  string `json:"text"`  // anchor text
	Block int    `json:"block"` // index into [Article.Body]
}

// Precision says how exact a publication time is: as the page prints it, or as
// its structured data completes the printed time.
type Precision string

// The precisions, coarse to fine.
const (
	Day    Precision = "day"
	Minute Precision = "minute"
	Second Precision = "second"
)

// Credits names who made the article. Names are in page order, each once.
type Credits struct {
	Source        string   `json:"source"`                  // the medium, "" if none is named
	Authors       []string `json:"authors"`                 // writers and reporters
	Editors       []string `json:"editors"`                 // editors and proofreaders
	Photographers []string `json:"photographers,omitempty"` // photographers and camera operators
	Translators   []string `json:"translators,omitempty"`   // translators
	Contributors  []string `json:"contributors,omitempty"`  // additional reporting, reviewers, interns, illustrators
	Agencies      []string `json:"agencies,omitempty"`      // news agencies that the text is from
	Lines         []string `json:"lines"`                   // the credit lines as printed
}

// Capture says from which response the article was made. All times of the run live here.
type Capture struct {
	Fetched  string `json:"fetched"`          // RFC 3339, UTC; "" where unknown
	Status   int    `json:"status"`           // HTTP status, 0 where there was no request
	FinalURL string `json:"final_url"`        // URL of the response, behind all redirects
	SHA256   string `json:"sha256"`           // of the page's bytes (decoded from transfer and content coding)
	WARC     string `json:"warc,omitempty"`   // key of the capture file that holds the response; absent without captures
	Offset   int64  `json:"offset,omitempty"` // bytes into the WARC file
	Length   int64  `json:"length,omitempty"` // bytes of the compressed record
	Robots   string `json:"robots,omitempty"` // key of robots.txt as obeyed
	// Rendered is set where the article was made of the DOM that the page's scripts left
	// in a browser, and not of the response.
	Rendered *Rendering `json:"rendered,omitempty"`
}

// Rendering says from which DOM the article was made. It was made of the response of the
// same Capture, at that time.
type Rendering struct {
	Browser string `json:"browser"`          // name and version, such as Chrome/156.0.8078.108
	Settled bool   `json:"settled"`          // false: the page was read when its time was over, and may lack something
	SHA256  string `json:"sha256"`           // of the DOM's markup, UTF-8
	WARC    string `json:"warc,omitempty"`   // key of the capture file that holds the DOM, as a conversion record; absent without captures
	Offset  int64  `json:"offset,omitempty"` // bytes into the WARC file
	Length  int64  `json:"length,omitempty"` // bytes of the compressed record
}

// notSettled is the warning of an article whose page was read before it had settled.
const notSettled = "not_settled: the page went on changing or asking for more, and was read as it stood"

// MadeOf says that the article was made of a DOM; nil: of the response.
func (a *Article) MadeOf(r *Rendering) {
	a.Capture.Rendered = r
	if r != nil && !r.Settled {
		a.Warnings = append(a.Warnings, notSettled)
	}
}

// Page is what an extractor reads: bytes and what is known of where they came from.
type Page struct {
	URL         string    // final URL of the response; may be "" for a file
	Body        []byte    // decoded from transfer and content coding, not from charset; neither modified nor kept
	ContentType string    // the Content-Type header, "" where unknown
	Fetched     time.Time // when the page was captured; zero where unknown
	Status      int       // HTTP status, 0 where there was no request
	SHA256      string    // hex SHA-256 of Body; computed if empty
	Rendered    bool      // Body is the DOM that scripts left in a browser: another would show no more
	// Header holds the headers of the response, by name in any case; nil where
	// unknown. Of it only the reservations are read, see [Article.OptOuts].
	Header map[string][]string
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
}

// Refusal says why a page gave no article. It is an error, so that callers can use errors.As.
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
	Likely  int8   // how likely a link in doubt is an article's: place, headline, address, and what the links beside it look like
}
