package page

import (
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pressmark/extract/article"
)

// Page is a page laid flat. Steps only read it; their decisions about its lines are
// written through [Roles].
type Page struct {
	In   article.Page
	Base *url.URL // what relative addresses resolve against: <base href> or the page's URL; never nil

	Canonical string // the page's own address, normalized: what it declares where that can be believed, else In.URL
	Charset   string // name of the encoding that the page was decoded from

	doc         *goquery.Document // the tree
	Lang        string            // lower case primary subtag of the language, "" where unknown (html lang, meta, else the script of the text)
	GuessedLang string            // by frequent words, where Lang is "": too weak a sign to read dates by
	LangTag     string            // the language tag as the page gives it
	CJK         bool              // the page's text is mostly Han, kana or Hangul
	DocTitle    string            // <title>, white space collapsed

	Head      *goquery.Selection // the meta, link and script elements and hidden inputs of the whole page, in order
	HeadLinks *goquery.Selection // its link elements
	Metas     []Meta             // <meta> tags with a name and content, in order
	JSONLD    []*html.Node       // <script type="application/ld+json"> elements, raw text in FirstChild or in the attribute "children"
	External  int                // number of scripts that are not in the page: <script src>
	Scripts   []*html.Node       // other inline scripts that are not empty, raw text in FirstChild
	Comments  []Remark           // HTML comments that look like machine-read fields (enpproperty, content begin)
	Noscript  []Remark           // <noscript> elements of the body, content as raw text
	Frames    []*html.Node       // <frame src> and <iframe src>
	Areas     []*html.Node       // <area href> of image maps
	NoFrames  []*html.Node       // <noframes> elements, content as raw text

	Text  string // all lines' text, joined with "\n"; the text of each line is a slice of it
	Boxes []Box
	Lines []Line
	Spans []Span // inline elements that carry class, id, itemprop, rel or datetime
	Links []Anchor

	Pictures    []Picture    // image candidates in reading order
	Backgrounds []Background // elements with a picture as their background
	Data        []Remark     // elements with JSON in a data attribute
	Ranges      []Range      // inline elements that give their text a meaning, in order of their start
	Embeds      []Embed      // elements that show something from elsewhere, in reading order

	mass     []int32 // prefix sums of Line.Mass, hidden lines left out
	linkMass []int32 // prefix sums of Line.LinkMass, same lines
	based    bool    // a <base href> was seen
	stale    bool    // a line was un-hidden since they were made
	grids    bool    // an element is by its role a table

	Trace *Trace // nil unless an explanation is wanted

	index  map[*html.Node]int32 // box by node, made when first asked for
	tables map[int32]bool       // tables looked at: whether they hold data (see tables.go)
}

// Meta is one <meta> tag.
type Meta struct {
	Name    string // name, property, itemprop or http-equiv, lower case
	Content string // trimmed
}

// Remark is a comment or a noscript element with its place.
type Remark struct {
	Node *html.Node
	Line int32 // number of lines before it
	Box  int32 // innermost box around it
}

// Span is an inline element that carries class, id, itemprop, rel or datetime.
type Span struct {
	Node       *html.Node
	Line       int32 // line where it starts
	Start, End int32 // Page.Text[Start:End] is its text (may cross lines)
}

// Anchor is an <a href>.
type Anchor struct {
	Node       *html.Node
	Line       int32 // line where it starts; len(lines) where no line follows
	Box        int32 // innermost box
	Start, End int32 // Page.Text[Start:End] is its text (may cross lines)
	Picture    bool  // it holds an image

	resolved bool   // url is known
	url      string // see Page.LinkURL
}

// Picture is an image candidate: img, amp-img, or a video's poster.
type Picture struct {
	Node   *html.Node
	Link   *html.Node // the <a> around it, nil where none
	Box    int32      // innermost box
	Line   int32      // number of lines before it: it stands before Lines[Line]
	Inline bool       // text stands before it in the same line (then it stands after Lines[Line-1])
	Hidden bool
}
