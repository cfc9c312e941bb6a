"""Compares corpus figures with their floors: floors.py FLOORS.json SCORE.json. Floors only ever rise. Those of the list
pages' links are links.py's."""
import json
import sys

floors, score = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:3])
floors.pop("zh-list", None)
bad = 0
for name, wanted in sorted(floors.items()):
    for figure, limit in sorted(wanted.items()):
        got = score[name][figure]
        ok = got <= limit if figure == "chrome" else got >= limit
        bad += not ok
        print("%-11s %-8s %.4f  %s %.4f%s" % (name, figure, got, "at most" if figure == "chrome" else "at least", limit, "" if ok else "  MISSED"))
sys.exit(1 if bad else 0)
