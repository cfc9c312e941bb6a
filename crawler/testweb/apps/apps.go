package apps

import (
	"fmt"
	"strings"
)

// File is one answer of a site.
type File struct {
	Type string // media type
	Body string
}

// Page, Script and Data return files of their types.
func Page(body string) File   { return File{"text/html; charset=utf-8", body} }
func Script(body string) File { return File{"text/javascript; charset=utf-8", body} }
func Data(body string) File   { return File{"application/json", body} }

// Story is an article as the sites' interfaces give it.
type Story struct{ Path, Title, Author, Published, Text string }

// Stories returns n stories, the same for the same n.
func Stories(n int) []Story {
	var list []Story
	for i := range n {
		title := fmt.Sprintf("Harbour gate %d reopens after the repair", i+1)
		var text []string
		for k := range 5 {
			text = append(text, fmt.Sprintf("Engineers of the harbour office spent %d weeks on gate number %d, and found %d cracks in its lower beam before the water was let in again on the %d. tide.", k+2, i+1, 7*k+i, k+1))
		}
		list = append(list, Story{Path: fmt.Sprintf("/news/harbour-gate-%d-reopens", i+1), Title: title, Author: "Ann Poe",
			Published: fmt.Sprintf("2026-11-%02dT08:%02d:00Z", i%28+1, i%60), Text: strings.Join(text, "\\n")})
	}
	return list
}

// JSON is the story as an interface of its site gives it.
func (s Story) JSON() string {
	return fmt.Sprintf(`{"title":%q,"author":%q,"published":%q,"text":"%s"}`, s.Title, s.Author, s.Published, s.Text)
}

// Shell is the page of an application: no word of the story.
func Shell(head, root, scripts string) File {
	return Page("<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbour Herald</title>" + head + "</head><body>" + root + scripts + "</body></html>")
}

// articleMarkup is the markup that the sites' scripts make of a story `a`.
const articleMarkup = "`<header><a href=/>Harbour Herald</a></header><main><article><h1>${a.title}</h1><p class=byline>By ${a.author}, <time datetime=${a.published}>${a.published.slice(0, 10)}</time></p>${a.text.split('\\n').map(t => `<p>${t}</p>`).join('')}</article></main><footer>About the Herald</footer>`"

// XHR is a site whose one script asks an interface for the story.
func XHR(stories []Story) map[string]File {
	files := map[string]File{"/app.js": Script("const r = new XMLHttpRequest()\nr.onload = () => { const a = JSON.parse(r.responseText); document.title = a.title; document.getElementById('root').innerHTML = " + articleMarkup + " }\nr.open('GET', '/api' + location.pathname + '.json')\nr.send()\n")}
	for _, s := range stories {
		files[s.Path] = Shell("", `<div id="root"></div>`, `<script src="/app.js"></script>`)
		files["/api"+s.Path+".json"] = Data(s.JSON())
	}
	return files
}

// Front adds a front page to a site that lists its stories by script alone.
func Front(files map[string]File, stories []Story) map[string]File {
	var list []string
	for _, s := range stories {
		list = append(list, fmt.Sprintf(`{"path":%q,"title":%q}`, s.Path, s.Title))
	}
	files["/"] = Shell("", `<div id="list"></div>`, `<script src="/front.js"></script>`)
	files["/front.js"] = Script("fetch('/api/front.json').then(r => r.json()).then(all => { document.getElementById('list').innerHTML = '<main><ul>' + all.map(a => `<li><h2><a href=\"${a.path}\">${a.title}</a></h2></li>`).join('') + '</ul></main>' })")
	files["/api/front.json"] = Data("[" + strings.Join(list, ",") + "]")
	return files
}
