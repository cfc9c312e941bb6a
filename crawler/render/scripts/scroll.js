// Scrolls down the page as it stands, screen by screen, so that pictures that wait for
// it get their addresses. What the page appends meanwhile is not followed.
(async () => {
  const bottom = Math.min(document.documentElement.scrollHeight, 30 * innerHeight)
  let screens = 0
  for (let y = 0; y < bottom; y += innerHeight) {
    scrollTo(0, y)
    screens++
    await new Promise(done => setTimeout(done, 30))
  }
  scrollTo(0, 0)
  return screens > 1 ? screens : 0
})()
