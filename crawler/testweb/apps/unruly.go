package apps

// Unruly returns pages that misbehave in a browser, by what they do, each with the
// article of a story beside its mischief.
func Unruly() map[string]string {
	const article = `const a = {title: 'Harbour gate reopens', text: 'The harbour office let the water in again on the second tide.'}
document.getElementById('root').innerHTML = '<article><h1>' + a.title + '</h1><p>' + a.text + '</p></article>';
`
	scripts := map[string]string{
		"never settles":   article + `setInterval(() => fetch('/poll.json?' + Math.random()), 100)`,
		"changes always":  article + `let n = 0; setInterval(() => { root.append(' tick ' + n++) }, 50)`,
		"allocates":       article + `const all = []; (function more() { for (let i = 0; i < 50; i++) { const b = new Uint8Array(16 << 20); b.fill(i + 1); all.push(b) } setTimeout(more) })()`,
		"allocates nodes": article + `setInterval(() => { for (let i = 0; i < 200000; i++) root.append(document.createElement('i')) }, 1)`,
		"heap":            article + `const all = []; for (;;) { const part = []; for (let i = 0; i < 1e6; i++) part.push({i, s: 'x' + i}); all.push(part) }`,
		"loops":           article + `for (;;);`,
		"loops in time":   article + `setInterval(() => { for (;;); }, 300)`,
		"alerts":          article + `for (;;) { alert('Subscribe!'); confirm('Really not?'); prompt('Your mail') }`,
		"windows":         article + `for (let i = 0; i < 20; i++) { window.open('/advert.html?' + i); const x = document.createElement('a'); x.href = '/advert.html?link' + i; x.target = '_blank'; document.body.append(x); x.click() }`,
		"downloads":       article + `for (let i = 0; i < 5; i++) { const x = document.createElement('a'); x.href = '/file.zip?' + i; x.download = 'file.zip'; document.body.append(x); x.click() }; const b = document.createElement('a'); b.href = URL.createObjectURL(new Blob(['x'])); b.download = 'blob.bin'; b.click()`,
		"prints":          article + `print(); setInterval(print, 200)`,
		"asks":            article + `Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => {}); navigator.mediaDevices?.getUserMedia({video: true}).catch(() => {}); navigator.permissions.query({name: 'notifications'}); navigator.clipboard?.readText().catch(() => {}); addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'stay' })`,
		"leads in circle": article + `setTimeout(() => { location.href = location.pathname + '?' + Math.random() }, 50)`,
		"fetches always":  article + `for (let i = 0; i < 500; i++) fetch('/poll.json?' + i)`,
		"throws":          article + `throw new Error('broken')`,
		"destroys":        article + `setTimeout(() => { Document.prototype.createElement = null; Element.prototype.cloneNode = null; Object.defineProperty(document, 'body', {get() { throw 1 }}); Array.prototype.push = null; JSON.stringify = null }, 20)`,
		"deep":            article + `let at = root; for (let i = 0; i < 20000; i++) { const n = document.createElement('div'); at.append(n); at = n }`,
	}
	pages := map[string]string{}
	for name, script := range scripts {
		pages[name] = "<!doctype html><title>Herald</title><body><div id=root></div><script>" + script + "</script>"
	}
	return pages
}
