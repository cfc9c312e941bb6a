#!/usr/bin/env bash
# Compares the most complex function of each part of the tree with .ci/complexity.figures,
# by gocyclo (paths through a function) and gocognit (nesting and breaks in the flow). A
# line of that file is a tool, its limit and the folders for which it holds. The figures
# only fall: if a function exceeds its limit, the script fails; if none reaches it, the
# script says so, and --write lowers the figure.
set -euo pipefail
cd "$(dirname "$0")/.."
figures=.ci/complexity.figures
failed=0
while read -r name limit folders; do
  tool=$(awk -v name="$name" '$1 ~ "/" name "$" {print $1 "@" $2}' .ci/tools.versions)
  # shellcheck disable=SC2086 # several folders
  worst=$(go run "$tool" -ignore '_test\.go$|/testdata/' -top 1 $folders 2>/dev/null)
  figure=${worst%% *}
  printf '%-9s %3d, at most %d: %s\n' "$name" "$figure" "$limit" "${worst#* }"
  if [ "$figure" -gt "$limit" ]; then
    failed=1
  elif [ "$figure" -lt "$limit" ]; then
    if [ "${1:-}" = --write ]; then
      sed -i "s|^$name $limit $folders\$|$name $figure $folders|" "$figures"
    else
      echo "          lower the figure to $figure: .ci/complexity.sh --write"
    fi
  fi
done < <(cat "$figures")
exit "$failed"
