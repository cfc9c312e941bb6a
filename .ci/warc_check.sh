#!/usr/bin/env bash
# Checks captures with readers that are not ours: every .warc.gz below a folder with
# npm's warcio and with richardlehane/webarchive, its .cdxj against the index that
# warcio makes, and our reader on a capture that wget makes.
#
#   .ci/warc_check.sh FOLDER      for example the warc folder that `pressmark demo` wrote
#
# Needs Go and node. wget comes from Debian where it is missing, warcio from npm.
set -euo pipefail
folder=$(realpath "${1:?usage: warc_check.sh FOLDER}")
cd "$(dirname "$0")/.."
warcio_version=2.4.11
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

mapfile -d '' files < <(find "$folder" -name '*.warc.gz' -print0 | sort -z)
[ "${#files[@]}" -gt 0 ] || { echo "no .warc.gz below $folder"; exit 1; }

if ! command -v wget > /dev/null; then
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get update -qq && $sudo apt-get install -y -qq wget > /dev/null
fi
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pressmark-ci/warcio-$warcio_version
warcio=$tools/node_modules/.bin/warcio
[ -x "$warcio" ] || npm install --silent --no-audit --no-fund --prefix "$tools" "warcio@$warcio_version"
go build -o "$work/warccheck" ./.ci/warccheck

records=0
captures=0
for file in "${files[@]}"; do
  "$warcio" index "$file" > "$work/index" 2> "$work/errors" || { cat "$work/errors"; exit 1; }
  [ ! -s "$work/errors" ] || { echo "$file: warcio index complains:"; cat "$work/errors"; exit 1; }
  "$warcio" cdx-index "$file" 2> "$work/errors" | sort > "$work/cdxj"
  [ ! -s "$work/errors" ] || { echo "$file: warcio cdx-index complains:"; cat "$work/errors"; exit 1; }
  index=${file%.warc.gz}.cdxj
  [ -f "$index" ] || { echo "$file has no .cdxj beside it"; exit 1; }
  diff "$index" "$work/cdxj" > "$work/diff" || { echo "$index differs from warcio's index:"; head -20 "$work/diff"; exit 1; }
  records=$((records + $(wc -l < "$work/index")))
  captures=$((captures + $(wc -l < "$work/cdxj")))
done
echo "warcio $warcio_version: ${#files[@]} files, $records records, $captures captures indexed as in our .cdxj"

printf '%s\0' "${files[@]}" | xargs -0 "$work/warccheck"
"$work/warccheck" wget
