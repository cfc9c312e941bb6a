#!/usr/bin/env bash
# Validates an archive's articles and log records against the schemas stored beside
# them with a validator that is not ours (npm's ajv, strict), and generates types from
# the schemas for TypeScript and Python, which must compile.
#
#   .ci/schema_check.sh ARCHIVE      for example the archive that `pressmark demo` wrote
#
# Needs node and python3; the packages come from npm.
set -euo pipefail
archive=$(realpath "${1:?usage: schema_check.sh ARCHIVE}")
here=$(realpath "$(dirname "$0")")
packages=(ajv@8.20.0 ajv-formats@3.0.1 json-schema-to-typescript@16.0.0 quicktype@26.0.0 typescript@5.9.3)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/pressmark-ci/schema-$(printf '%s\n' "${packages[@]}" | sha256sum | cut -c1-16)
if [ ! -f "$tools/ready" ]; then
  npm install --silent --no-audit --no-fund --prefix "$tools" "${packages[@]}"
  touch "$tools/ready"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

NODE_PATH=$tools/node_modules node "$here/schema_check.js" "$archive"
for noun in article record; do
  schema=$archive/schema/$noun-v1.json
  "$tools/node_modules/.bin/json2ts" "$schema" > "$work/$noun.ts"
  (cd "$work" && "$tools/node_modules/.bin/tsc" --noEmit --strict "$noun.ts")
  "$tools/node_modules/.bin/quicktype" -s schema "$schema" --lang py --python-version 3.7 -o "$work/$noun.py"
  python3 -m py_compile "$work/$noun.py"
  echo "$noun: TypeScript $(grep -c '^export' "$work/$noun.ts") exports, Python $(grep -c '^class' "$work/$noun.py") classes"
done
[ -z "${KEEP_TYPES:-}" ] || cp "$work"/*.ts "$work"/*.py "$KEEP_TYPES"
