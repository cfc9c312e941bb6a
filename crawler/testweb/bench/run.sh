#!/bin/sh
# Builds Pressmark and the harness and measures them beside Colly, wget and
# Scrapy. Needs Go, and wget and python3-scrapy from Debian; arguments go to the
# harness (see main.go), for example: ./run.sh -pages 2000 -tools pressmark,colly
set -eu
cd "$(dirname "$0")"
for tool in wget scrapy; do
	command -v "$tool" >/dev/null || {
		echo "run.sh: $tool is missing: apt-get install wget python3-scrapy" >&2
		exit 2
	}
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd ../../.. && go build -o "$work/pressmark" ./cmd/pressmark)
go build -o "$work/bench" .
"$work/bench" -pressmark "$work/pressmark" "$@"
