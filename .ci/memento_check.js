// memento_check.js ADDRESS: goes through the Memento answers (RFC 7089) of a running `pressmark serve` as
// a client does, reading links with npm's http-link-header: the timegate of an article, the capture that it
// leads to, and the timemap that lists it.
const Link = require('http-link-header')
const base = process.argv[2].replace(/\/$/, '')

function want(holds, text) {
  if (!holds) throw new Error(text)
}

async function main() {
  const hits = (await (await fetch(`${base}/api/search?q=`)).json()).hits
  for (const hit of hits) {
    const gate = await fetch(`${base}/timegate/${hit.url}`, { redirect: 'manual', headers: { 'Accept-Datetime': 'Thu, 01 Jan 2015 00:00:00 GMT' } })
    want(gate.status === 302 && /accept-datetime/i.test(gate.headers.get('vary')), `${hit.url}: the timegate answers ${gate.status}`)
    const links = Link.parse(gate.headers.get('link'))
    want(links.rel('original')[0].uri === hit.url, `${hit.url}: original`)
    const memento = await fetch(gate.headers.get('location'))
    const at = memento.headers.get('memento-datetime')
    want(memento.status === 200 && !isNaN(Date.parse(at)), `${hit.url}: the memento answers ${memento.status}, ${at}`)
    want(Link.parse(memento.headers.get('link')).rel('timegate')[0].uri === `${base}/timegate/${hit.url}`, `${hit.url}: the memento's timegate`)
    const map = await fetch(links.rel('timemap')[0].uri)
    want(map.headers.get('content-type') === 'application/link-format', `${hit.url}: type of the timemap`)
    const listed = Link.parse((await map.text()).replace(/\n/g, ' ')).refs.filter(ref => ref.rel.split(' ').includes('memento'))
    want(listed.some(ref => ref.uri === gate.headers.get('location') && ref.datetime === at), `${hit.url}: the timemap does not list the memento`)
  }
  want(hits.length > 0, 'no articles')
  const none = await fetch(`${base}/timegate/http://127.0.0.1:1/never-seen`, { redirect: 'manual' })
  want(none.status === 404, `an address that was never seen answers ${none.status}`)
  console.log(`Memento: timegate, capture and timemap of ${hits.length} articles`)
}

main().catch(err => { console.error(err.message); process.exit(1) })
