// Keys, highlights and copies; every page works without them.
'use strict'
addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return
  if (e.key === '/') {
    e.preventDefault()
    document.getElementById('q').focus()
    return
  }
  const hits = [...document.querySelectorAll('.hit')]
  const at = hits.indexOf(document.activeElement)
  if (e.key === 'j' && at < hits.length - 1) hits[at + 1].focus()
  if (e.key === 'k' && at > 0) hits[at - 1].focus()
})

// Evidence: a row lights the field that it is about, and the field its row.
for (const row of document.querySelectorAll('[data-shows]')) {
  const field = document.querySelector(`[data-field="${CSS.escape(row.dataset.shows)}"]`)
  if (!field) continue
  row.tabIndex = 0
  const light = on => { for (const e of [row, field]) e.classList.toggle('lit', on) }
  for (const [target, on, off] of [[row, 'mouseenter', 'mouseleave'], [row, 'focus', 'blur'], [field, 'mouseenter', 'mouseleave']]) {
    target.addEventListener(on, () => light(true))
    target.addEventListener(off, () => light(false))
  }
}

// Citations: a button copies the text.
for (const text of document.querySelectorAll('.citation .cite')) {
  const button = document.createElement('button')
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.textContent)
    button.textContent = 'Copied'
  })
  text.before(button)
}

// The calendar begins where the news is: at its last day.
for (const calendar of document.querySelectorAll('.calendar')) {
  const days = calendar.querySelectorAll('a.cell')
  if (days.length) calendar.parentElement.scrollLeft = days[days.length - 1].offsetLeft - calendar.parentElement.clientWidth + 40
}
