// Opens exports in the current folder with Citation.js and citeproc-js.
const fs = require('fs')
const { plugins } = require('@citation-js/core')
require('@citation-js/plugin-ris')
require('@citation-js/plugin-bibtex')
const CSL = require('citeproc')

const read = name => fs.readFileSync(name, 'utf8')
const want = read('export.jsonl').trim().split('\n').length
let failed = false
function same(what, n, whole) {
  console.log(`${what}: ${n} articles`)
  if (n !== want || !whole) { failed = true; console.log(`  want ${want}, each with a title and an address`) }
}

for (const [name, type] of [['ris', '@ris/file'], ['bibtex', '@bibtex/text'], ['biblatex', '@biblatex/text']]) {
  const items = plugins.input.chain(read(`export.${name}`), { forceType: type, generateGraph: false })
  same(`Citation.js, ${name}`, items.length, items.every(i => i.title && i.URL))
}

const style = `<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id><updated>2024-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation><bibliography><layout><names variable="author" suffix=". "/><text variable="title" suffix=". "/><text variable="container-title" suffix=", "/>
<date variable="issued"><date-part name="year"/><date-part name="month" prefix="-" form="numeric"/></date><text variable="URL" prefix=". "/></layout></bibliography></style>`
const locale = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US"><terms><term name="et-al">et al.</term></terms></locale>`
const items = Object.fromEntries(JSON.parse(read('export.csl-json')).map(i => [i.id, i]))
const engine = new CSL.Engine({ retrieveLocale: () => locale, retrieveItem: id => items[id] }, style)
engine.updateItems(Object.keys(items))
const [about, entries] = engine.makeBibliography()
same(`citeproc-js ${CSL.PROCESSOR_VERSION}, CSL-JSON`, entries.length, about.bibliography_errors.length === 0 && entries.every(e => e.includes('http')))
process.exit(failed ? 1 : 0)
