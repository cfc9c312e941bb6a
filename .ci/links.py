"""Compares the links to articles that list pages were found to have with the labelled ones:
links.py FLOORS.json GOLD.jsonl PREDICTIONS.jsonl. Figures are means over the pages of zh-list; a link that is neither
an article's nor optional is wrong. Floors only ever rise."""
import json
import sys
from urllib.parse import unquote, urljoin, urlsplit


def key(url, base):
    """An address without scheme, fragment and the spelling of its escapes."""
    u = urlsplit(urljoin(base, url.strip()))
    return u.netloc.lower() + unquote(u.path).rstrip("/") + ("?" + u.query if u.query else "")


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


floors = json.load(open(sys.argv[1], encoding="utf-8"))["zh-list"]
found = {p["id"]: p for p in lines(sys.argv[3])}
figures = {"precision": [], "recall": []}
for page in lines(sys.argv[2]):
    if page["set"] != "zh-list":
        continue
    articles, optional = ({key(u, page["url"]) for u in page[k]} for k in ("article_links", "optional_links"))
    got = {key(l["url"], page["url"]) for l in found.get(page["id"], {}).get("article_links", [])} - optional
    right = len(got & articles)
    figures["precision"].append(right / len(got) if got else 0.0)
    figures["recall"].append(right / len(articles))
    print("%-24s %d of %d articles, %d other links" % (page["id"], right, len(articles), len(got) - right))
    if "-v" in sys.argv:
        print("  missing", sorted(articles - got), "\n  other", sorted(got - articles))
bad = 0
for name, values in figures.items():
    mean = sum(values) / len(values) if values else 0.0
    bad += mean < floors[name]
    print("%-11s %-9s %.4f  at least %.4f%s" % ("zh-list", name, mean, floors[name], "  MISSED" if mean < floors[name] else ""))
sys.exit(1 if bad else 0)
