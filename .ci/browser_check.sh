#!/usr/bin/env bash
# Opens every screen of the reader (pressmark serve) in a real Chromium, narrow and
# wide, light and dark: no sideways scrolling, no error on the console, no request
# to elsewhere, and nothing that axe-core, the checker of accessibility, calls serious.
#
#   .ci/browser_check.sh [FOLDER]      FOLDER keeps a picture of every screen
#
# Then the crawl of pages that need a browser.
#
# Needs Go and node. Chromium comes from Debian where it is missing, axe-core from npm.
set -euo pipefail
[ -z "${1:-}" ] || PRESSMARK_SCREENSHOTS=$(realpath -m "$1")
cd "$(dirname "$0")/.."
axe_version=4.14.1

if ! command -v chromium > /dev/null; then
  sudo=$([ "$(id -u)" = 0 ] || echo sudo)
  $sudo apt-get update -qq && $sudo apt-get install -y -qq chromium fonts-noto-cjk > /dev/null
fi
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pressmark-ci/axe-core-$axe_version
axe=$tools/node_modules/axe-core/axe.min.js
[ -f "$axe" ] || npm install --silent --no-audit --no-fund --prefix "$tools" "axe-core@$axe_version"

export PRESSMARK_TEST_BROWSER=required PRESSMARK_AXE=$axe PRESSMARK_SCREENSHOTS=${PRESSMARK_SCREENSHOTS:-}
go test ./storage/reader -run Browser -count=1 -timeout 30m -v | grep -v '^=== '
go test ./crawler/render ./crawler ./cmd/pressmark -run 'Render|BrowserFlag' -count=1 -timeout 15m -v | grep -v '^=== '
