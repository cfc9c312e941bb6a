# wacz_check.py FILE RECORDS: a WACZ against its datapackage.json, its pages and the
# records that warcio found, by the rules of WACZ 1.1.1. It shares no code with Pressmark.
import gzip
import hashlib
import json
import sys
import zipfile

wacz, records = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
failed = []


def want(holds, text):
    if not holds:
        failed.append(text)


names = [i.filename for i in wacz.infolist()]
package = wacz.read("datapackage.json")
digest = json.loads(wacz.read("datapackage-digest.json"))
want(digest == {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}, "datapackage-digest.json is not that of datapackage.json")
package = json.loads(package)
want(package["profile"] == "data-package" and package["wacz_version"] == "1.1.1", "profile or version")
want(sorted(r["path"] for r in package["resources"]) == sorted(n for n in names if not n.startswith("datapackage")), "resources are not the files")
for r in package["resources"]:
    body = wacz.read(r["path"])
    want(r["hash"] == "sha256:" + hashlib.sha256(body).hexdigest() and r["bytes"] == len(body), r["path"] + " has another hash or length")
want(all(i.compress_type == zipfile.ZIP_STORED for i in wacz.infolist() if i.filename.startswith("archive/")), "captures are compressed by zip")

offsets = {}  # of the responses that warcio found
for line in open(records, encoding="utf-8"):
    r = json.loads(line)
    if r["warc-type"] in ("response", "revisit"):
        offsets[int(r["offset"])] = r["warc-target-uri"]
index = gzip.decompress(wacz.read("indexes/index.cdx.gz")).decode().splitlines()
want(index == sorted(index, key=lambda line: line.encode()), "the index is not sorted")
captures = set()
for line in index:
    key, stamp, fields = line.split(" ", 2)
    fields = json.loads(fields)
    captures.add((fields["url"], stamp))
    want(offsets.get(int(fields["offset"])) == fields["url"], "the index names a record that is not there: " + line[:200])
want(len(index) == len(offsets), f"the index has {len(index)} captures, the file {len(offsets)}")
blocks, at = wacz.read("indexes/index.cdx.gz"), 0
for line in wacz.read("indexes/index.idx").decode().splitlines()[1:]:
    fields = json.loads(line[line.index("{"):])
    block = blocks[fields["offset"]:fields["offset"] + fields["length"]]
    want(fields["offset"] == at and line.startswith(" ".join(gzip.decompress(block).decode().split(" ", 2)[:2])), "index.idx: " + line)
    at += fields["length"]
want(at == len(blocks), "index.idx does not cover the index")

head, *pages = [json.loads(line) for line in wacz.read("pages/pages.jsonl").decode().splitlines()]
want(head["format"] == "json-pages-1.0", "the head of pages.jsonl")
for p in pages:
    stamp = "".join(c for c in p["ts"] if c.isdigit())[:14]
    want((p["url"], stamp) in captures and p["title"], "a page without its capture or title: " + p["url"])
print(f"WACZ: {len(pages)} pages, {len(index)} captures, {len(package['resources'])} files as datapackage.json says")
if failed:
    sys.exit("\n".join(failed[:20]))
