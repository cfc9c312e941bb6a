#!/usr/bin/env bash
# Runs the SQL of storage/README.md in a real DuckDB (npm's @duckdb/node-api), over an
# archive and its exports, and compares how many articles each form has.
#
#   .ci/duckdb_check.sh PRESSMARK ARCHIVE      program, and for example what `pressmark demo` wrote
#
# Needs node; DuckDB comes from npm.
set -euo pipefail
program=$(realpath "${1:?usage: duckdb_check.sh PRESSMARK ARCHIVE}")
archive=$(realpath "${2:?usage: duckdb_check.sh PRESSMARK ARCHIVE}")
here=$(realpath "$(dirname "$0")")
package=@duckdb/node-api@1.5.6-r.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pressmark-ci/duckdb-$(printf %s "$package" | sha256sum | cut -c1-16)
if [ ! -f "$tools/ready" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" "$package"
  touch "$tools/ready"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$archive" archive
for format in parquet csv jsonl; do
  "$program" export --format "$format" -o "$format/" --to archive --index index.db 2> /dev/null
done
ln -s parquet corpus
NODE_PATH=$tools/node_modules node "$here/duckdb_check.js" "$here/../storage/README.md"
