#!/usr/bin/env bash
# Goes the way of a new user, with the commands of the README, on an invented Chinese
# paper: archive, find a word, read, compare two revisions, cite, export to a spreadsheet
# and a WACZ, prove completeness, take one article down. Prints the time of each.
#
#   .ci/trial.sh PRESSMARK
#
# Needs python3, which serves the paper.
set -euo pipefail
program=$(realpath "${1:?usage: trial.sh PRESSMARK}")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
export XDG_CACHE_HOME=$work/cache PRESSMARK_CONTACT=trial@example.org

mkdir paper
python3 - <<'PAPER'
body = "今晚七点，江边{0}在沿江风光带正式开幕。据介绍，本届活动以水乡为主题，设置大型灯组{1}处，沿江步道全线亮灯，市民可免费参观，每晚九点三十分熄灯。"
page = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{t} - 望溪日报</title></head><body><div class="nav"><a href="/">首页</a></div>
<h1>{t}</h1><div class="info">2024-02-{d:02d} 09:{d:02d} 来源：望溪日报 作者：林八一</div><div class="content"><p>{a}</p><p>{b}</p><p>{c}</p></div></body></html>"""
titles = ["江边灯会今晚开幕", "望溪堤防加固工程完工", "菜市场改造后重新开张", "县图书馆延长开放时间", "春耕备耕进入田间", "环城公交新增两条线路"]
links = ""
for n, title in enumerate(titles, 1):
    text = [body.format("灯会" if n == 1 else "集市", n + i * 7) for i in range(3)]
    open(f"paper/{n}.html", "w", encoding="utf-8").write(page.format(t=title, d=n, a=text[0], b=text[1] + "主办方表示，现场设有引导员。", c=text[2] + "后续安排将另行公布。"))
    links += f'<li><a href="/{n}.html">{title}</a> 2024-02-{n:02d}</li>'
open("paper/index.html", "w", encoding="utf-8").write(f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>望溪日报</title></head><body><h1>望溪日报</h1><ul>{links}</ul></body></html>')
PAPER
python3 - > port <<'SERVER' &
import functools, http.server, sys
class quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory="paper"))
print(s.server_address[1], flush=True)
s.serve_forever()
SERVER
server=$!
while [ ! -s port ]; do sleep 0.1; done
paper=http://127.0.0.1:$(cat port)

# step WHAT TEXT COMMAND... runs a command, whose output must have the text, and says how long it took.
step() {
  local what=$1 text=$2 began
  shift 2
  began=$(date +%s%N)
  "$@" > out 2>&1 || { cat out; echo "FAILED: $what"; exit 1; }
  grep -q -- "$text" out || { cat out; echo "FAILED: $what: no \"$text\""; exit 1; }
  printf '%-42s %6d ms\n' "$what" $((($(date +%s%N) - began) / 1000000))
}

step "archive a paper" ' 6 ' "$program" archive "$paper/" --allow-private --delay 0s --quiet
step "status" 'archived' "$program" status
step "find a Chinese word" '江边灯会今晚开幕' "$program" search 灯会
id=$("$program" search 灯会 --json | grep -o '"id": *"[0-9a-f]*"' | head -1 | grep -o '[0-9a-f]\{32\}')
step "words in context" '灯会' "$program" search --kwic 灯会
step "read it" '林八一' "$program" show "$id"
sed -i 's/大型灯组1处/大型灯组十二处/; s/市民可免费参观/市民凭票参观/' paper/1.html
step "archive it again, after an edit" 'Revised' "$program" archive "$paper/1.html" --allow-private --delay 0s --quiet --refetch
step "compare two revisions" '十二' "$program" diff "$id"
step "cite it (GB/T 7714)" '望溪日报' "$program" cite "$id" --format gbt7714
step "export for a spreadsheet" '6 articles' "$program" export --format csv --excel --bom -o tables/
step "export for DuckDB" '6 articles' "$program" export --format parquet -o corpus/
step "export a WACZ" '6 articles' "$program" export --format wacz -o paper.wacz
step "prove what the corpus is" '0 problems' "$program" verify ./archive --certify certificate.json
step "check the certificate" 'holds' "$program" verify ./archive --certificate certificate.json
step "what a takedown would take" 'nothing was changed' "$program" remove "$id" --reason 'court order' --dry-run
step "take the article down" '1 article removed' "$program" remove "$id" --reason 'court order'
step "the archive is whole without it" ' 5 articles, 1 removed, .* 0 problems' "$program" verify ./archive
"$program" search 灯会 > out
! grep -q '江边灯会' out || { echo "the removed article is found"; exit 1; }
! grep -rqa '江边灯会今晚开幕' cache archive/articles 2> /dev/null || { echo "the headline of the removed article is left"; exit 1; }
step "its tombstone in the feed" 'court order' "$program" log --all
