/**
 * closed closes a browser or a window of it, and tells whether that was done within a time. A browser
 * may never answer where a page was just going elsewhere, and closing knows no limit of its own.
 */
export async function closed(what, ms = 20_000) {
  let timer
  const late = new Promise((done) => (timer = setTimeout(done, ms, false)))
  const yes = await Promise.race([what.close().then(() => true), late])
  clearTimeout(timer)
  return yes
}
