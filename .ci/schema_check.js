// schema_check.js ARCHIVE: validates every article of an archive folder with ajv.
const fs = require('fs'), path = require('path')
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
process.exit(seen === 0 || wrong > 0 ? 1 : 0)
