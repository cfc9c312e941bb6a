"use strict";
// Search over the texts of an exported archive. The texts come as scripts, because a
// page that was opened from a file may not fetch files.
(function () {
  const articles = [], input = document.querySelector("#q"), list = document.querySelector("#found"), count = document.querySelector("#count");
  const all = document.querySelector("#all"), chunks = Number(document.body.dataset.chunks);
  let loading = null;
  const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  window.pressmark = (part) => { for (const a of part) { const head = fold(a.t + "\n" + a.s + "\n"); a.head = head.length; a.folded = head + fold(a.x); articles.push(a); } };
  const load = () => loading || (loading = Promise.all(Array.from({ length: chunks }, (_, i) => new Promise((done) => {
    const e = document.createElement("script");
    e.src = "search/" + i + ".js"; e.onload = e.onerror = done;
    document.head.append(e);
  }))));
  const terms = (q) => Array.from(q.matchAll(/(-?)(?:"([^"]+)"|(\S+))/g), (m) => ({ not: m[1] === "-", word: fold(m[2] || m[3]) }));
  // excerpt is the text around the first of the words, which are marked.
  const excerpt = (a, words) => {
    const wanted = words.filter((t) => !t.not).map((t) => t.word), out = document.createElement("p");
    const found = wanted.map((w) => a.folded.indexOf(w, a.head)).filter((at) => at >= 0);
    const from = found.length ? Math.max(0, Math.min(...found) - a.head - 60) : 0;
    const text = a.x.slice(from, from + 200), folded = fold(text);
    out.append(from > 0 ? "…" : "");
    for (let at = 0; at < text.length;) {
      // Folding may change lengths: then nothing is marked rather than the wrong word.
      const hit = folded.length === text.length ? wanted.map((w) => [folded.indexOf(w, at), w.length]).filter((h) => h[0] >= 0).sort((x, y) => x[0] - y[0])[0] : null;
      if (!hit) { out.append(text.slice(at)); break; }
      const mark = document.createElement("mark");
      mark.textContent = text.slice(hit[0], hit[0] + hit[1]);
      out.append(text.slice(at, hit[0]), mark);
      at = hit[0] + hit[1];
    }
    out.append(from + 200 < a.x.length ? "…" : "");
    return out;
  };
  const shown = 200;
  const find = async () => {
    const words = terms(input.value);
    all.hidden = words.length > 0; list.replaceChildren();
    if (!words.length) { count.textContent = ""; return; }
    count.textContent = "…";
    await load();
    const hits = articles.filter((a) => words.every((t) => a.folded.includes(t.word) !== t.not)).sort((a, b) => (a.d < b.d ? 1 : a.d > b.d ? -1 : 0));
    list.replaceChildren();
    for (const a of hits.slice(0, shown)) {
      const li = document.createElement("li"), link = document.createElement("a"), where = document.createElement("p");
      link.href = a.u; link.textContent = a.t; where.className = "meta"; where.textContent = a.d + " · " + a.s;
      li.append(link, where, excerpt(a, words)); list.append(li);
    }
    count.textContent = hits.length + " of " + articles.length + " articles" + (hits.length > shown ? ", the newest " + shown + " are shown" : "");
  };
  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
  setTimeout(load, 300); // before it is asked for: many texts take seconds
  if (location.hash.length > 1) { input.value = decodeURIComponent(location.hash.slice(1)); find(); }
})();
