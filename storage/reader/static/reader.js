// Keys and highlights; every page works without them.
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
for (const name of document.querySelectorAll('[data-shows]')) {
  const field = document.querySelector(`[data-field="${CSS.escape(name.dataset.shows)}"]`)
  if (!field) continue
  for (const target of [name, name.nextElementSibling]) {
    target.addEventListener('mouseenter', () => field.classList.add('lit'))
    target.addEventListener('mouseleave', () => field.classList.remove('lit'))
  }
}
