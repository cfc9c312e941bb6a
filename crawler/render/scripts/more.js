// Presses buttons within the article that show the rest of it. Returns how many.
(() => {
  const words = /^(read|show|view|see|continue)( the)?( full| rest of( the)?| more)?( (reading|more|article|story|text))?$|^(more|expand|full (text|story|article))$|^(weiterlesen|mehr (lesen|anzeigen)|ganzen artikel (lesen|anzeigen)|artikel weiterlesen)$|^(lire (la suite|plus)|voir plus|afficher (la suite|plus))$|^(leer más|seguir leyendo|ver más|mostrar más)$|^(leggi tutto|continua a leggere|mostra altro)$|^(ler mais|leia mais|continuar lendo|ver mais)$|^(lees (meer|verder)|toon meer)$|^(czytaj (dalej|więcej)|pokaż więcej)$|^(читать (далее|полностью|дальше)|показать (полностью|ещё|еще))$|^(читати далі|показати більше)$|^(devamını (oku|göster)|daha fazla göster)$|^((点击|點擊)?(阅读|閱讀|查看|展开|展開|显示|顯示)(全文|更多|剩余全文|剩餘全文|全部)|余下全文|繼續閱讀|继续阅读)$|^(続きを(読む|見る)|もっと(見る|読む)|全文を(読む|表示))$|^(더\s?보기|전체\s?보기|기사\s?더\s?보기|계속\s?읽기)$|^(đọc (tiếp|thêm)|xem thêm)$|^(اقرأ المزيد|المزيد|عرض المزيد)$/iu
  const within = 'article, main, [role=main], [role=article], [itemprop=articleBody], .article, .post, .entry-content, #article, #content'
  let pressed = 0
  for (const button of document.querySelectorAll('button, [role=button], summary, a[href="#"], a[href^="javascript:"], a:not([href])')) {
    if (pressed === 3) break
    const text = (button.innerText || '').replace(/[\s….>»›↓▼▾⌄+]+/gu, ' ').trim()
    if (!text || text.length > 40 || !words.test(text) || !button.closest(within)) continue
    if (button.closest('form, nav, aside, footer, header, dialog, [role=dialog], [hidden]') || button.disabled) continue
    if (!button.getClientRects().length) continue
    button.click()
    pressed++
  }
  return pressed
})()
