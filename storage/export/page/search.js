"use strict";
// Search over the texts of an exported archive. The texts come as scripts, because a
// page that was opened from a file may not fetch files.
(function () {
  const articles = [], input = document.querySelector("#q"), list = document.querySelector("#found"), count = document.querySelector("#count");
  const all = document.querySelector("#all"), chunks = Number(document.body.dataset.chunks);
  let loading = null;
  const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  window.pressmark = (part) => { for (const a of part) { a.folded = fold(a.t + "\n" + a.s + "\n" + a.x); articles.push(a); } };
  const load = () => loading || (loading = Promise.all(Array.from({ length: chunks }, (_, i) => new Promise((done) => {
    const e = document.createElement("script");
    e.src = "search/" + i + ".js"; e.onload = e.onerror = done;
    document.head.append(e);
  }))));
  const terms = (q) => Array.from(q.matchAll(/(-?)(?:"([^"]+)"|(\S+))/g), (m) => ({ not: m[1] === "-", word: fold(m[2] || m[3]) }));
  const snippet = (a, words) => {
    const at = Math.max(0, ...words.filter((t) => !t.not).map((t) => fold(a.x).indexOf(t.word)));
    return (at > 60 ? "…" : "") + a.x.slice(Math.max(0, at - 60), at + 140) + "…";
  };
  const find = async () => {
    const words = terms(input.value);
    all.hidden = words.length > 0; list.replaceChildren();
    if (!words.length) { count.textContent = ""; return; }
    count.textContent = "…";
    await load();
    const hits = articles.filter((a) => words.every((t) => a.folded.includes(t.word) !== t.not));
    count.textContent = hits.length + " of " + articles.length + " articles";
    for (const a of hits.slice(-200).reverse()) {
      const li = document.createElement("li"), link = document.createElement("a"), where = document.createElement("p"), text = document.createElement("p");
      link.href = a.u; link.textContent = a.t; where.className = "meta"; where.textContent = a.d + " · " + a.s; text.textContent = snippet(a, words);
      li.append(link, where, text); list.append(li);
    }
  };
  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
  if (location.hash.length > 1) { input.value = decodeURIComponent(location.hash.slice(1)); find(); }
})();
