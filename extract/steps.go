package extract

// steps is the order of work on a page. Each step reads the model and what the
// steps before it found, and adds its own part.
var steps = []struct {
	name string
	run  func(*page)
}{
	{"head", headStep},             // language, base address, canonical address, robots meta
	{"structured", structuredStep}, // JSON-LD, microdata, meta into p.facts
	{"rules", rulesStep},           // site rules: lines and boxes they name
	{"title", titleStep},           // headline, p.titleLine
	{"body", bodyStep},             // the box that holds the body; roles of its lines
	{"retitle", retitleStep},       // a headline above the body that the head does not know
	{"declared", declaredStep},     // the body from structured data where the page shows none
	{"published", publishedStep},   // time; roleDate
	{"credits", creditsStep},       // source, authors, editors; roleCredit
	{"images", imagesStep},         // pictures of the article; roleCaption, rolePlaceholder
	{"blocks", blocksStep},         // p.out.Body, Images, Text from lines and pictures
	{"links", linksStep},           // p.result.Links, NextPart, NextList, Feeds
	{"kind", kindStep},             // article or refusal
	{"result", resultStep},         // identity, hashes, empty lists
}
