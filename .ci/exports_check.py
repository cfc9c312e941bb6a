# Opens exports in the current folder with pandas, bibtexparser and citeproc-py.
import json
import sys
import warnings

import bibtexparser
import pandas
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

lines = [json.loads(line) for line in open("export.jsonl", encoding="utf-8")]
want = {line["article"]["id"] for line in lines}
failed = []


def same(what, ids):
    print(f"{what}: {len(ids)} articles")
    if set(ids) != want or len(ids) != len(want):
        failed.append(f"{what} has {len(ids)} articles, the archive {len(want)}")


table = pandas.read_csv("export.csv", parse_dates=["published_utc"])
same(f"pandas {pandas.__version__}, CSV", list(table["id"]))
if str(table["published_utc"].dtype) != "datetime64[ns]" or table["title"].isna().any() or table["text"].isna().any():
    failed.append("CSV: published_utc is no time, or a title or text is missing")
texts = {line["article"]["id"]: line["article"]["text"] for line in lines}
if any(texts[i] != t for i, t in zip(table["id"], table["text"])):
    failed.append("CSV: a text differs from that of the archive")
same("pandas, JSON lines", [a["id"] for a in pandas.read_json("export.jsonl", lines=True)["article"]])

for name in "bibtex", "biblatex":
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = bibtexparser.loads(open("export." + name, encoding="utf-8").read(), parser).entries
    print(f"bibtexparser {bibtexparser.__version__}, {name}: {len(entries)} articles")
    if len({e["ID"] for e in entries}) != len(want):
        failed.append(f"{name} has {len(entries)} articles, the archive {len(want)}")
    if any(not e.get("title") or not e.get("url") for e in entries):
        failed.append(name + ": an entry without a title or an address")

items = json.load(open("export.csl-json", encoding="utf-8"))
warnings.simplefilter("ignore")  # of fields that the style does not use
bibliography = CitationStylesBibliography(CitationStylesStyle("harvard1", validate=False), CiteProcJSON(items), formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"])]))
rendered = [str(entry) for entry in bibliography.bibliography()]
same("citeproc-py, CSL-JSON", [item["id"] for item in items])
if len(rendered) != len(want) or any(len(text) < 20 for text in rendered):
    failed.append("CSL-JSON: citeproc-py makes no reference of an article")
print("  for example:", rendered[0])

objects = [json.loads(line) for line in open("export.ninjs", encoding="utf-8")]
same("ninjs", [next(i["value"] for i in o["altIds"] if i["role"] == "pressmark-id") for o in objects])
if failed:
    sys.exit("\n".join(failed))
