// Returns the document as markup. Open shadow trees are laid into their hosts, with the
// elements that they show in their slots, because readers of HTML know no shadow trees.
// noscript elements are left out: here they are text that nobody sees.
(() => {
  const copy = node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode(true)
    if (node.localName === 'noscript') return null
    if (!node.shadowRoot && !node.querySelector('*')) return node.cloneNode(true)
    const out = node.cloneNode(false)
    if (node.localName === 'template') {
      out.content.append(node.content.cloneNode(true))
      return out
    }
    for (const child of node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes) {
      const shown = child.localName === 'slot' && child.assignedNodes ? child.assignedNodes({flatten: true}) : []
      for (const c of shown.length ? shown : [child]) {
        const made = copy(c)
        if (made) out.append(made)
      }
    }
    return out
  }
  const type = document.doctype
  const head = type ? new XMLSerializer().serializeToString(type) + '\n' : ''
  let root = document.documentElement
  try { root = copy(root) } catch { /* nested too deep for this: as it stands */ }
  return {URL: location.href, HTML: head + root.outerHTML + '\n'}
})()
