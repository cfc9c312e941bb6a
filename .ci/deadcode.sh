#!/usr/bin/env bash
# Fails if a function cannot be reached: from the program or the check of captures, or,
# in packages that exist for tests, from a test. What only a test of its own package calls is dead too.
set -euo pipefail
cd "$(dirname "$0")/.."
tool=golang.org/x/tools/cmd/deadcode
version=$(awk -v tool="$tool" '$1 == tool {print $2}' .ci/tools.versions)
for_tests='^(crawler/testweb|crawler/fleet/fleettest|crawler/proxy/proxytest|crawler/render/rendertest|storage/storagetest|storage/memstore)/'

dead=$(go run "$tool@$version" ./... ./.ci/warccheck | grep -Ev "$for_tests" || true)
dead+=$(go run "$tool@$version" -test ./... | grep -E "$for_tests" || true)
[ -z "$dead" ] || { echo "$dead"; exit 1; }
