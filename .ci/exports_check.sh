#!/usr/bin/env bash
# Opens what Pressmark exports with tools that are not ours: CSV in pandas, BibTeX in
# bibtexparser, CSL-JSON in citeproc-py and citeproc-js, RIS and BibTeX in Citation.js, the
# WACZ against its own digests, in warcio, and in ReplayWeb.page in a Chromium, and the
# Memento answers of `pressmark serve` with a parser of links. The number of articles is
# the same in all of them. (DuckDB, Parquet and JSONL: duckdb_check.sh.)
#
#   .ci/exports_check.sh PRESSMARK ARCHIVE      program, and for example what `pressmark demo` wrote
#
# Needs node; Chromium, unzip and the Python packages come from Debian, the others from npm.
set -euo pipefail
program=$(realpath "${1:?usage: exports_check.sh PRESSMARK ARCHIVE}")
archive=$(realpath "${2:?usage: exports_check.sh PRESSMARK ARCHIVE}")
here=$(realpath "$(dirname "$0")")
if ! { command -v chromium && command -v unzip && /usr/bin/python3 -c 'import bibtexparser, citeproc, pandas'; } > /dev/null 2>&1; then
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium unzip python3-bibtexparser python3-citeproc python3-pandas > /dev/null
fi
# The override: the version of warcio that ReplayWeb.page names is not everywhere.
package='{"private": true, "dependencies": {"replaywebpage": "2.5.3", "ws": "8.18.3", "citeproc": "2.4.63", "@citation-js/core": "0.9.0",
  "@citation-js/plugin-ris": "0.8.2", "@citation-js/plugin-bibtex": "0.9.0", "warcio": "2.4.11", "http-link-header": "1.1.4"}, "overrides": {"warcio": "2.4.11"}}'
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pressmark-ci/exports-$(printf %s "$package" | sha256sum | cut -c1-16)
if [ ! -f "$tools/ready" ]; then
  mkdir -p "$tools"
  printf '%s\n' "$package" > "$tools/package.json"
  npm install --silent --no-audit --no-fund --legacy-peer-deps --prefix "$tools"
  touch "$tools/ready"
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"

for format in csv bibtex biblatex ris csl-json ninjs jsonl wacz; do
  "$program" export --format "$format" -o "export.$format" --to "$archive" --index index.db 2> /dev/null
done
/usr/bin/python3 "$here/exports_check.py"
NODE_PATH=$tools/node_modules node "$here/exports_check.js"

mkdir wacz
unzip -q export.wacz -d wacz
"$tools/node_modules/.bin/warcio" index wacz/archive/*.warc.gz > records 2> complaints || { cat complaints; exit 1; }
[ ! -s complaints ] || { echo "warcio complains of the WACZ:"; cat complaints; exit 1; }
/usr/bin/python3 "$here/wacz_check.py" export.wacz records
node "$here/replayweb_check.js" "$tools" "$PWD/export.wacz"

"$program" serve "$archive" --index index.db --addr 127.0.0.1:0 > address &
server=$!
for _ in $(seq 100); do grep -q http: address && break; sleep 0.1; done
NODE_PATH=$tools/node_modules node "$here/memento_check.js" "$(grep -o 'http://[^ ]*' address)"
