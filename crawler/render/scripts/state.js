(() => {
  const body = document.body
  return {
    Ready: document.readyState !== 'loading' && !!body,
    Text: body ? (body.innerText || '').length : 0,
    Nodes: document.images.length,
  }
})()
