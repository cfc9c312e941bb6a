#!/usr/bin/env bash
# Compares the most complex function with .ci/complexity.figures, by gocyclo (paths
# through a function) and gocognit (nesting and breaks in the flow). The figures only
# fall: more fails; less is said, so that the figure is lowered. With --write it lowers
# them itself.
set -euo pipefail
cd "$(dirname "$0")/.."
figures=.ci/complexity.figures
failed=0
while read -r name limit; do
  tool=$(awk -v name="$name" '$1 ~ "/" name "$" {print $1 "@" $2}' .ci/tools.versions)
  worst=$(go run "$tool" -ignore '_test\.go$|/testdata/' -top 1 . 2>/dev/null)
  figure=${worst%% *}
  printf '%-9s %3d, at most %d: %s\n' "$name" "$figure" "$limit" "${worst#* }"
  if [ "$figure" -gt "$limit" ]; then
    failed=1
  elif [ "$figure" -lt "$limit" ]; then
    if [ "${1:-}" = --write ]; then
      sed -i "s/^$name .*/$name $figure/" "$figures"
    else
      echo "          lower the figure to $figure: .ci/complexity.sh --write"
    fi
  fi
done < <(cat "$figures")
exit "$failed"
