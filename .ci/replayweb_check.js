// replayweb_check.js TOOLS ARCHIVE.wacz: opens pages of a WACZ in ReplayWeb.page, in Chromium, and
// looks whether their text and a picture are shown. Prints one line a page.
const fs = require('fs'), http = require('http'), os = require('os'), path = require('path')
const { spawn, execFileSync } = require('child_process')

const [tools, wacz] = process.argv.slice(2)
const WebSocket = require(path.join(tools, 'node_modules', 'ws'))
const replay = path.join(tools, 'node_modules', 'replaywebpage')
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.wacz': 'application/wacz' }
const unzip = name => execFileSync('unzip', ['-p', wacz, name], { encoding: 'utf8', maxBuffer: 1 << 30 })
const pages = unzip('pages/pages.jsonl').trim().split('\n').map(line => JSON.parse(line)).filter(page => page.url)

// served answers for ReplayWeb.page's own files and the WACZ, with ranges, which it asks for.
function served(req, res) {
  const name = new URL(req.url, 'http://x').pathname
  const file = name === '/archive.wacz' ? wacz : path.join(replay, path.normalize(name).replace(/^\/replay/, ''))
  if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) return res.writeHead(404).end()
  const size = fs.statSync(file).size
  const head = { 'Content-Type': types[path.extname(file)] || 'application/octet-stream', 'Accept-Ranges': 'bytes' }
  const range = /^bytes=(\d*)-(\d*)$/.exec(req.headers.range || '')
  if (!range) {
    res.writeHead(200, { ...head, 'Content-Length': size })
    return req.method === 'HEAD' ? res.end() : fs.createReadStream(file).pipe(res)
  }
  const start = range[1] === '' ? size - Number(range[2]) : Number(range[1])
  const end = range[1] !== '' && range[2] !== '' ? Math.min(Number(range[2]), size - 1) : size - 1
  res.writeHead(206, { ...head, 'Content-Range': `bytes ${start}-${end}/${size}`, 'Content-Length': end - start + 1 })
  fs.createReadStream(file, { start, end }).pipe(res)
}

const sleep = ms => new Promise(done => setTimeout(done, ms))

// within calls f until it gives something, or fails after a while.
async function within(seconds, what, f) {
  for (const end = Date.now() + seconds * 1000; ;) {
    const got = await f()
    if (got) return got
    if (Date.now() > end) throw new Error(`no ${what} within ${seconds} seconds`)
    await sleep(250)
  }
}

// shown is what the replayed page has in its innermost frame: text and the widths of its pictures.
const shown = `(function walk(root) {
  let best = null
  for (const e of root.querySelectorAll('*')) {
    if (e.shadowRoot) best = walk(e.shadowRoot) || best
    if (e.tagName === 'IFRAME') {
      try {
        const d = e.contentDocument
        if (d && d.body) best = walk(d) || (e.src.includes('mp_/') ? { url: e.src, text: d.body.innerText, widths: [...d.images].map(i => i.naturalWidth) } : best)
      } catch (e) {}
    }
  }
  return best
})(document)`

async function main() {
  const server = http.createServer(served).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const base = `http://localhost:${server.address().port}`
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'replayweb-'))
  const chromium = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { stdio: 'ignore' })
  try {
    const port = await within(60, 'Chromium', () => { try { return fs.readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0] } catch { return null } })
    const chosen = [pages[0], pages.find(p => / \(part 2 of /.test(p.title)), pages[pages.length - 1]].filter((p, i, all) => p && all.indexOf(p) === i)
    let pictures = 0
    for (const page of chosen) pictures += await check(port, base, page)
    if (pictures === 0) throw new Error('no picture is shown on any of the pages')
    console.log(`ReplayWeb.page: ${pages.length} pages listed, ${chosen.length} opened, ${pictures} pictures shown`)
  } finally {
    chromium.kill('SIGKILL')
    server.close()
    server.closeAllConnections()
    await new Promise(done => chromium.once('exit', done))
    fs.rmSync(profile, { recursive: true, force: true })
  }
}

async function check(port, base, page) {
  const address = `${base}/replay/index.html?source=/archive.wacz#view=pages&url=${encodeURIComponent(page.url)}&ts=${page.ts.replace(/\D/g, '').slice(0, 14)}`
  const tab = await (await fetch(`http://127.0.0.1:${port}/json/new?${encodeURIComponent(address)}`, { method: 'PUT' })).json()
  const socket = new WebSocket(tab.webSocketDebuggerUrl)
  await new Promise((done, failed) => { socket.onopen = done; socket.onerror = failed })
  const waiting = new Map()
  let last = 0
  socket.onmessage = m => { const d = JSON.parse(m.data); waiting.get(d.id)?.(d) }
  const evaluate = expression => new Promise(done => {
    waiting.set(++last, d => done(d.result?.result?.value))
    socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }))
  })
  const words = page.title.replace(/ \(part \d+ of \d+\)$/, '')
  const part = page.title !== words
  let seen
  await within(90, `text of ${page.url}`, async () => {
    seen = await evaluate(shown)
    return seen && (part ? seen.text.length > 40 : seen.text.replace(/\s+/g, '').includes(words.replace(/\s+/g, ''))) && seen.widths.every(w => w > 0)
      || seen && seen.text.length > 40 && (await sleep(5000), seen = await evaluate(shown)) && seen.text.replace(/\s+/g, '').includes(words.replace(/\s+/g, ''))
  })
  socket.close()
  const loaded = seen.widths.filter(w => w > 0).length
  console.log(`  ${page.url}: ${seen.text.length} characters, ${loaded} of ${seen.widths.length} pictures`)
  return loaded
}

main().then(() => process.exit(0), err => { console.error(err.message); process.exit(1) })
