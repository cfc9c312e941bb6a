package extract

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// minDeclared is the mass of a declared body that is worth to be taken.
const minDeclared = 200

// declaredBody takes the body from JSON-LD where the page itself shows little
// of it: applications that draw the text by script, and leave the whole of it
// in articleBody for search engines.
func declaredBody(p *page, head titleResult, ruled *ruled, text bodyResult) bodyResult {
	if len(ruled.body) > 0 {
		return text
	}
	var kept int32
	for i := max(text.first, 0); i < text.last; i++ {
		if p.lines[i].role == roleBody {
			kept += p.lines[i].mass
		}
	}
	if kept > 2000 {
		return text // enough to be the article; no need to read on
	}
	for _, n := range p.jsonLD {
		if n.FirstChild == nil {
			continue
		}
		declared := articleBody(n.FirstChild.Data)
		if mass := massOfText(declared); mass >= minDeclared && kept*5 < mass*2 {
			text.declared = append(p.shownLead(declared, head, text), paragraphsOf(declared)...)
			text.from = "json-ld articleBody"
			return text
		}
	}
	return text
}

// shownLead is the standfirst that the page shows below the headline and that
// the declared body leaves out.
func (p *page) shownLead(declared string, head titleResult, text bodyResult) (list []string) {
	if head.line < 0 {
		return nil
	}
	for i := head.line + 1; i < min(head.line+7, text.last); i++ {
		if l := &p.lines[i]; l.role == roleBody && l.isProse() && l.linkMass == 0 && !strings.Contains(declared, l.text[:min(len(l.text), 40)]) {
			return []string{l.text}
		}
	}
	return nil
}

// articleBody returns the string of the key "articleBody" in JSON, "" where
// there is none. The script is not parsed as a whole: it often is no valid JSON.
func articleBody(script string) string {
	const name = `"articleBody"`
	i := strings.Index(script, name)
	if i < 0 {
		return ""
	}
	rest := strings.TrimLeft(script[i+len(name):], " \t\r\n:")
	if !strings.HasPrefix(rest, `"`) {
		return ""
	}
	end := 1
	for end < len(rest) && rest[end] != '"' {
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(rest) {
		return ""
	}
	quoted := strings.NewReplacer("\n", `\n`, "\r", "", "\t", " ").Replace(rest[:end+1])
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return ""
	}
	return s
}

// paragraphsOf splits a declared body, with or without markup, into paragraphs.
func paragraphsOf(text string) []string {
	if strings.Contains(text, "&lt;") {
		text = html.UnescapeString(text)
	}
	if strings.Contains(text, "</") || strings.Contains(text, "<br") {
		text = stripTags(text)
	} else {
		text = html.UnescapeString(text)
	}
	var list []string
	for _, s := range strings.Split(text, "\n") {
		if s = squeeze(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// stripTags returns the text of markup, block elements and line breaks as line feeds.
func stripTags(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "p", "br", "div", "li", "h2", "h3", "h4", "blockquote", "tr":
				b.WriteByte('\n')
			}
		}
	}
}

// unpack puts the markup of a <script type="text/template"> in the script's
// place where that is a post's body: blogs keep a post so until a script shows it.
func (w *walker) unpack(n *html.Node) bool {
	if w.box < 0 || n.FirstChild == nil || !strings.HasSuffix(attr(n, "type"), "/template") || w.p.boxes[w.box].inherited&(nameBody|nameMain) == 0 {
		return false
	}
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(n.FirstChild.Data), context)
	if err != nil {
		return false
	}
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	for _, c := range nodes {
		n.AppendChild(c)
	}
	return true
}
