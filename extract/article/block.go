package article

// BlockType names the kinds of [Block].
type BlockType string

// The kinds of block.
const (
	Paragraph    BlockType = "paragraph"
	Heading      BlockType = "heading"
	List         BlockType = "list"
	Quote        BlockType = "quote"
	Table        BlockType = "table"
	Definitions  BlockType = "definitions"
	Preformatted BlockType = "preformatted"
	Embed        BlockType = "embed"
	ImagePlace   BlockType = "image"
)

// Block is one block of the body. Type decides which fields are set.
type Block struct {
	Type BlockType `json:"type"`           // decides which fields are set
	Role Role      `json:"role,omitempty"` // "" for ordinary text
	Text string    `json:"text,omitempty"` // paragraph, heading, quote, preformatted
	// Marks are ranges of the block's plain text, sorted by start, then by longer first. The
	// plain text is Text; for a list its items, for definitions its entries, for a
	// table its rows, written as [RenderText] writes them.
	Marks   []Mark `json:"marks,omitempty"`
	Speaker string `json:"speaker,omitempty"` // quote, question, answer: who speaks, as printed

	Time    *string `json:"time,omitempty"`    // first block of an update: forms of [Article.Published]
	Heading string  `json:"heading,omitempty"` // first block of an update: its headline, if that is no block of its own

	Level int `json:"level,omitempty"` // heading: 2 to 6

	Ordered bool     `json:"ordered,omitempty"` // list: the items are numbered
	Start   int      `json:"start,omitempty"`   // ordered list: number of the first item; absent for 1
	Items   []string `json:"items,omitempty"`   // list: one text an item
	Levels  []int    `json:"levels,omitempty"`  // list: nesting of each item, 0 for the outermost; absent if all are 0

	Rows       [][]string `json:"rows,omitempty"`        // table: cells that span rows or columns are repeated
	HeaderRows int        `json:"header_rows,omitempty"` // table: number of first rows that are headers
	Caption    string     `json:"caption,omitempty"`     // table: as printed

	Entries []Definition `json:"entries,omitempty"` // definitions: terms and their texts

	Kind     EmbedKind `json:"kind,omitempty"`     // embed: what it shows
	Provider string    `json:"provider,omitempty"` // embed: registrable domain of URL, "youtube.com"; "" for the site's own
	URL      string    `json:"url,omitempty"`      // embed: absolute; "" if the page gives none
	Title    string    `json:"title,omitempty"`    // embed: as the page names it

	Image string `json:"image,omitempty"` // image: the Image's ID
}

// Role says what a block is beyond its type.
type Role string

// The roles of blocks.
const (
	RoleStandfirst Role = "standfirst" // the paragraph between headline and text that sums it up
	RoleNote       Role = "note"       // a note of the editors, or a footnote
	RoleCorrection Role = "correction" // says what was wrong in an earlier version
	RoleQuestion   Role = "question"   // of an interview
	RoleAnswer     Role = "answer"     // of an interview
	RoleUpdate     Role = "update"     // first block of an entry of a live blog
	RolePullquote  Role = "pullquote"  // a sentence of the text, repeated as a quotation
)

// MarkType names the kinds of [Mark].
type MarkType string

// The kinds of mark.
const (
	MarkLink     MarkType = "link"
	MarkStrong   MarkType = "strong"
	MarkEmphasis MarkType = "emphasis"
	MarkQuote    MarkType = "quote" // the q element
	MarkSup      MarkType = "sup"
	MarkSub      MarkType = "sub"
	MarkCode     MarkType = "code"
	MarkDeleted  MarkType = "deleted"  // del, s
	MarkInserted MarkType = "inserted" // ins
)

// Mark gives a range of a block's text a meaning.
type Mark struct {
	Start int      `json:"start"`          // first Unicode code point
	End   int      `json:"end"`            // behind the last code point; greater than Start
	Type  MarkType `json:"type"`           // what the range is
	Href  string   `json:"href,omitempty"` // link: absolute, normalized
}

// Definition is one entry of a definition list.
type Definition struct {
	Term string `json:"term"` // "" for a text without a term of its own
	Text string `json:"text"` // "" for a term without a text
}

// EmbedKind names the kinds of embedded content.
type EmbedKind string

// The kinds of embedded content.
const (
	EmbedVideo       EmbedKind = "video"
	EmbedAudio       EmbedKind = "audio"
	EmbedSocial      EmbedKind = "social" // a post of a social network
	EmbedMap         EmbedKind = "map"
	EmbedDocument    EmbedKind = "document"
	EmbedInteractive EmbedKind = "interactive" // anything else that a frame shows
	EmbedFigure      EmbedKind = "figure"      // a drawing, chart or picture without an address: Title is its caption
)
