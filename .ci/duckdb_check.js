// duckdb_check.js README: runs the SQL blocks of a README in DuckDB, in the folder that
// holds archive/ and its exports. Each statement must give rows.
const fs = require('fs')
const { DuckDBInstance } = require('@duckdb/node-api')

async function main() {
  const db = await (await DuckDBInstance.create(':memory:')).connect()
  const rows = async sql => (await db.runAndReadAll(sql)).getRowObjectsJson()
  const blocks = [...fs.readFileSync(process.argv[2], 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map(m => m[1])
  const statements = blocks.flatMap(b => b.split(/;\s*\n/)).map(s => s.trim().replace(/;$/, '')).filter(s => s !== '')
  if (statements.length === 0) throw new Error('the README has no SQL')
  for (const sql of statements) {
    const found = await rows(sql)
    console.log(`${found.length} rows: ${sql.replace(/\s+/g, ' ')}`)
    if (found.length === 0) throw new Error('no rows')
  }
  const want = JSON.parse(fs.readFileSync('parquet/export.json', 'utf8')).articles
  const sources = {
    'the archive': "read_json('archive/articles/*/*.json', columns = {id: 'VARCHAR', title: 'VARCHAR'})",
    Parquet: "read_parquet('parquet/articles/*/*/*.parquet', hive_partitioning = true)", CSV: "'csv/articles.csv'", 'JSON Lines': "read_json_auto('jsonl/articles.jsonl')",
  }
  for (const [name, from] of Object.entries(sources)) {
    const n = Number((await rows(`select count(*) as n from ${from}`))[0].n)
    console.log(`${name}: ${n} articles`)
    if (n !== want || n === 0) throw new Error(`${name} has ${n} articles, the manifest says ${want}`)
  }
  const odd = await rows(`select p.id from ${sources.Parquet} p join ${sources['the archive']} a using (id) where p.title is distinct from a.title`)
  if (odd.length > 0) throw new Error(`${odd.length} titles differ between Parquet and the archive`)
}
main().catch(e => { console.error(String(e)); process.exit(1) })
