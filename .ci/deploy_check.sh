#!/usr/bin/env bash
# Checks the files of configs/deploy with the tools that read them: promtool for the
# alerts, its configuration and the dashboard's queries, systemd-analyze for the unit
# where it is installed, Kubernetes's types, Compose's loader and BuildKit's parser with
# its linter for the rest (deploycheck). TestDeployCalls checks the calls of the program.
set -euo pipefail
cd "$(dirname "$0")/../configs/deploy"
(cd ../../.ci/deploycheck && go run . ../../configs/deploy)
promtool=${PROMTOOL:-promtool}
command -v "$promtool" > /dev/null || { echo "no promtool: apt-get install prometheus"; exit 1; }
"$promtool" check config --syntax-only prometheus.yaml
"$promtool" check rules alerts.yaml
if command -v systemd-analyze > /dev/null; then
  wrong=$(systemd-analyze verify ./pressmark.service 2>&1 | grep pressmark.service | grep -v "Command /usr/local/bin/pressmark is not executable" || true)
  [ -z "$wrong" ] || { echo "$wrong"; exit 1; }
fi

# The dashboard's queries, as rules.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - grafana.json > "$work/queries.yaml" << 'PYTHON'
import json, sys
board = json.load(open(sys.argv[1]))
queries = [t["expr"] for p in board["panels"] for t in p["targets"]]
assert len(queries) >= 15, "the dashboard has lost panels"
rules = [{"record": f"pressmark:panel{n}", "expr": q} for n, q in enumerate(queries)]
print(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
PYTHON
"$promtool" check rules "$work/queries.yaml"
