// Runs before the scripts of a page, in each of its frames. Nobody is there to answer.
(() => {
  const set = (object, name, value) => {
    try { Object.defineProperty(object, name, {value, writable: true, configurable: true}) } catch { /* stays */ }
  }
  set(window, 'alert', () => undefined)
  set(window, 'confirm', () => false)
  set(window, 'prompt', () => null)
  set(window, 'print', () => undefined)
  set(window, 'open', () => null)
  if (window.Notification) set(Notification, 'requestPermission', () => Promise.resolve('denied'))
})()
