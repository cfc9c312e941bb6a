package apps

import (
	"fmt"
	"strings"
)

// React is a site in the manner of React: a bundle in two chunks, of which the first
// loads the second, elements made by calls, and state that comes from an interface.
func React(stories []Story) map[string]File {
	files := map[string]File{
		"/static/js/main.4f2a.js": Script(`(self.chunks = self.chunks || []).push = ([id, modules]) => { Object.assign(registry, modules); render() }
const registry = {}, h = (type, props, ...children) => ({type, props: props || {}, children: children.flat()})
const mount = (v, into) => { if (typeof v === 'string') { into.append(v); return }
  if (typeof v.type === 'function') { mount(v.type({...v.props, children: v.children}), into); return }
  const e = document.createElement(v.type); for (const k in v.props) e.setAttribute(k === 'className' ? 'class' : k, v.props[k]); v.children.forEach(c => mount(c, e)); into.append(e) }
let state = {loading: true}
const render = () => { const root = document.getElementById('root'); root.replaceChildren(); mount(registry.App ? h(registry.App, {state, h}) : h('div', {className: 'spinner'}, 'Loading'), root) }
render()
const chunk = document.createElement('script'); chunk.src = '/static/js/787.9c1b.chunk.js'; chunk.async = true; document.head.append(chunk)
fetch('/api' + location.pathname + '.json', {headers: {'X-Requested-With': 'herald', Accept: 'application/json'}}).then(r => r.json()).then(story => { state = {story}; document.title = story.title + ' | Harbour Herald'; queueMicrotask(render) })`),
		"/static/js/787.9c1b.chunk.js": Script(`chunks.push([[787], {App: ({state, h}) => state.loading ? h('div', {className: 'skeleton'}) : h('main', null, h('article', {className: 'story'},
  h('h1', null, state.story.title), h('div', {className: 'byline'}, 'By ', h('span', null, state.story.author), ' ', h('time', {datetime: state.story.published}, state.story.published.slice(0, 10))),
  state.story.text.split('\n').map(t => h('p', null, t))))}])`),
	}
	for _, s := range stories {
		files[s.Path] = Shell(`<script defer src="/static/js/main.4f2a.js"></script>`, `<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>`, "")
		files["/api"+s.Path+".json"] = Data(s.JSON())
	}
	return files
}

// Vue is a site in the manner of Vue: modules, a template with bindings, and a proxy that
// notices changes.
func Vue(stories []Story) map[string]File {
	files := map[string]File{
		"/assets/index-8d2f.js": Script(`import {reactive, template} from './runtime-core-11ce.js'
const app = document.getElementById('app'), state = reactive({ready: false, story: {}}, () => { app.innerHTML = state.ready ? template(view, state.story) : '<i class="loader"></i>' })
const {view} = await import('./Story-77aa.js')
const story = await (await fetch(new URL('/api' + location.pathname + '.json', location))).json()
state.story = {...story, day: story.published.slice(0, 10), paragraphs: story.text.split('\n').map(t => '<p data-v-7ba5bd90>' + t + '</p>').join('')}
state.ready = true
document.title = story.title`),
		"/assets/runtime-core-11ce.js": Script(`export const reactive = (o, changed) => new Proxy(o, {set(t, k, v) { t[k] = v; Promise.resolve().then(changed); return true }})
export const template = (text, data) => text.replace(/{{\s*(\w+)\s*}}/g, (_, k) => data[k])`),
		"/assets/Story-77aa.js": Script(`export const view = '<main><article data-v-7ba5bd90><h1>{{ title }}</h1><p class="meta">By {{ author }} <time datetime="{{ published }}">{{ day }}</time></p>{{ paragraphs }}</article></main>'`),
	}
	for _, s := range stories {
		files[s.Path] = Shell(`<script type="module" crossorigin src="/assets/index-8d2f.js"></script><link rel="modulepreload" crossorigin href="/assets/runtime-core-11ce.js">`, `<div id="app"></div>`, "")
		files["/api"+s.Path+".json"] = Data(s.JSON())
	}
	return files
}

// Next is a site in the manner of Next with client-side pages: a build with a manifest,
// state in the page that has no story, and data below the build's number.
func Next(stories []Story) map[string]File {
	files := map[string]File{
		"/_next/static/chunks/main-app.js": Script(`const data = JSON.parse(document.getElementById('__NEXT_DATA__').textContent)
const load = src => new Promise(done => { const s = document.createElement('script'); s.src = src; s.onload = done; document.body.append(s) })
load('/_next/static/' + data.buildId + '/_buildManifest.js').then(() => Promise.all(self.__BUILD_MANIFEST[data.page].map(load))).then(() =>
  fetch('/_next/data/' + data.buildId + location.pathname + '.json', {headers: {'x-nextjs-data': '1'}})).then(r => r.json()).then(({pageProps}) => self.pages[data.page](document.getElementById('__next'), pageProps))`),
		"/_next/static/b7Kx/_buildManifest.js":         Script(`self.__BUILD_MANIFEST = {'/news/[slug]': ['/_next/static/chunks/pages/news/slug-5d1e.js']}`),
		"/_next/static/chunks/pages/news/slug-5d1e.js": Script(`(self.pages = self.pages || {})['/news/[slug]'] = (root, a) => { document.title = a.title; root.innerHTML = ` + articleMarkup + ` }`),
		"/_next/static/css/unused.css":                 {"text/css", "main { max-width: 40em }"},
	}
	for _, s := range stories {
		slug := s.Path[strings.LastIndexByte(s.Path, '/')+1:]
		files[s.Path] = Shell(`<link rel="stylesheet" href="/_next/static/css/unused.css">`, `<div id="__next"></div>`,
			fmt.Sprintf(`<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/news/[slug]","query":{"slug":%q},"buildId":"b7Kx","nextExport":true}</script><script src="/_next/static/chunks/main-app.js" defer></script>`, slug))
		files["/_next/data/b7Kx"+s.Path+".json"] = Data(`{"pageProps":` + s.JSON() + `}`)
	}
	return files
}

// Elements is a site of custom elements: the story stands in a shadow tree, and parts of
// it in slots.
func Elements(stories []Story) map[string]File {
	files := map[string]File{"/elements.js": Script(`customElements.define('herald-story', class extends HTMLElement {
  async connectedCallback() {
    const a = await (await fetch('/api' + location.pathname + '.json')).json()
    const root = this.attachShadow({mode: 'open'})
    root.innerHTML = '<style>p { margin: 1em }</style><article><slot name=head></slot><div class=text></div></article>'
    const head = document.createElement('header'); head.slot = 'head'
    head.innerHTML = '<h1>' + a.title + '</h1><p class=byline>By ' + a.author + ' <time datetime=' + a.published + '>' + a.published.slice(0, 10) + '</time></p>'
    this.append(head)
    for (const t of a.text.split('\n')) { const p = document.createElement('p'); p.textContent = t; root.querySelector('.text').append(p) }
  }
})`)}
	for _, s := range stories {
		files[s.Path] = Shell("", `<herald-story></herald-story>`, `<script src="/elements.js"></script>`)
		files["/api"+s.Path+".json"] = Data(s.JSON())
	}
	return files
}

// Folded is a site that shows the first paragraph of a story and a button for the rest,
// pictures that wait until the reader comes near, and further stories below without end.
func Folded(stories []Story) map[string]File {
	files := map[string]File{"/app.js": Script(`fetch('/api' + location.pathname + '.json').then(r => r.json()).then(a => {
  const [first, ...rest] = a.text.split('\n')
  root.innerHTML = '<main><article><h1>' + a.title + '</h1><p class=byline>By ' + a.author + ' <time datetime=' + a.published + '>' + a.published.slice(0, 10) + '</time></p><p>' + first + '</p><button type=button>Read more …</button></article></main><section id=more></section>'
  document.title = a.title
  root.querySelector('button').onclick = e => fetch('/api' + location.pathname + '.json').then(() => {
    e.target.outerHTML = rest.map(t => '<p>' + t + '</p><div style="height: 900px"></div>').join('') + '<figure><img data-src=/gate.jpg width=640 height=480 alt="The gate"><figcaption>The gate before the repair</figcaption></figure>'
    const seen = new IntersectionObserver(list => list.forEach(x => { if (x.isIntersecting) { x.target.src = x.target.dataset.src; seen.unobserve(x.target) } }))
    document.querySelectorAll('img[data-src]').forEach(i => seen.observe(i))
  })
  let n = 0
  addEventListener('scroll', () => { if (scrollY + innerHeight > document.body.scrollHeight - 200) fetch('/further.json?' + n++).then(r => r.json()).then(f => { const x = document.createElement('aside'); x.innerHTML = '<h2><a href="/news/other">' + f.title + '</a></h2>'; x.style.height = '1200px'; more.append(x) }) })
})`), "/further.json": Data(`{"title":"Another story of the day"}`)}
	for _, s := range stories {
		files[s.Path] = Shell("", `<div id="root"></div>`, `<script src="/app.js"></script>`)
		files["/api"+s.Path+".json"] = Data(s.JSON())
	}
	return files
}

// Walled is a site that asks for consent before it shows anything.
func Walled(stories []Story) map[string]File {
	files := XHR(stories)
	files["/app.js"] = Script(`root.innerHTML = '<div role=dialog class=consent><h2>We value your privacy</h2><p>We and our 842 partners use cookies to store and access information on your device. Please accept all cookies to continue to the site.</p><button id=yes>Accept all cookies</button> <button>Manage preferences</button></div>'
yes.onclick = () => fetch('/consented.json')`)
	return files
}
