// schema_check.js ARCHIVE: validates every article and every log record of an archive folder with ajv.
const fs = require('fs'), path = require('path'), zlib = require('zlib')
const Ajv = require('ajv/dist/2020'), formats = require('ajv-formats')

const archive = process.argv[2]
const ajv = formats(new Ajv({ strict: true, allErrors: true }))
const validate = ajv.compile(JSON.parse(fs.readFileSync(path.join(archive, 'schema', 'article-v1.json'), 'utf8')))
let seen = 0, wrong = 0
for (const folder of ['articles', 'revisions']) {
  const top = path.join(archive, folder)
  if (!fs.existsSync(top)) continue
  for (const name of fs.readdirSync(top, { recursive: true })) {
    if (!name.endsWith('.json')) continue
    seen++
    if (validate(JSON.parse(fs.readFileSync(path.join(top, name), 'utf8')))) continue
    wrong++
    console.log(`${folder}/${name}:`, validate.errors.map(e => `${e.instancePath} ${e.message}`).join('; '))
  }
}
console.log(`ajv: ${seen} articles, ${wrong} not of the schema`)

const record = ajv.compile(JSON.parse(fs.readFileSync(path.join(archive, 'schema', 'record-v1.json'), 'utf8')))
let records = 0, bad = 0
for (const name of fs.readdirSync(path.join(archive, 'log'), { recursive: true })) {
  if (!/\d\.jsonl\.gz$/.test(name)) continue
  for (const line of zlib.gunzipSync(fs.readFileSync(path.join(archive, 'log', name))).toString('utf8').split('\n')) {
    if (line === '') continue
    records++
    if (record(JSON.parse(line))) continue
    bad++
    console.log(`log/${name}:`, record.errors.map(e => `${e.instancePath} ${e.message}`).join('; '), line.slice(0, 200))
  }
}
console.log(`ajv: ${records} log records, ${bad} not of the schema`)
process.exit(seen === 0 || records === 0 || wrong + bad > 0 ? 1 : 0)
