// What somebody does who has no hand on the mouse. Every stop on the way has to be seen.
import assert from 'node:assert/strict'
import { pathOf } from './site.mjs'

/** enter presses Enter, which has to lead to a page. */
export async function enter(page, to) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  assert.match(pathOf(page), to)
}

/** skip uses the skip link, which has to be the first thing on the page. */
export async function skip(page) {
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('Tab')
  await seen(page)
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains('govuk-skip-link')), 'the skip link is not the first stop')
  await page.keyboard.press('Enter')
  // Without scripts the browser itself goes on from there, and gives the text no focus.
  const there = () => (document.querySelector('.govuk-frontend-supported') ? document.activeElement : document.querySelector(':target'))?.id
  assert.equal(await page.evaluate(there), 'main', 'the skip link does not lead to the text')
}

/** tabTo presses Tab until it is there, and returns how often; every stop on the way must be seen. */
export async function tabTo(page, selector, key = 'Tab') {
  for (let n = 1; n <= 80; n++) {
    await page.keyboard.press(key)
    if (await seen(page, selector)) return n
  }
  assert.fail(`${pathOf(page)}: ${key} does not reach ${selector}`)
}

export const tabBackTo = (page, selector) => tabTo(page, selector, 'Shift+Tab')

/**
 * seen fails unless whoever looks can tell where they are: what has the focus lies in the window,
 * under nothing else, and is drawn otherwise than without the focus. It says whether that is what
 * the selector is for.
 */
export async function seen(page, selector = 'html') {
  const { fault, there } = await page.evaluate((wanted) => {
    const at = document.activeElement
    if (!at || at === document.body) return { fault: null, there: false } // between the page and the browser's own controls
    const there = at.matches(wanted)
    if (window.lastSeen === at) return { fault: null, there } // a day has three parts, and leaving it would begin with the first again
    window.lastSeen = at
    const drawn = [at, ...(at.labels || [])]
    const look = () =>
      drawn
        .flatMap((e) => [null, '::before', '::after'].map((pseudo) => getComputedStyle(e, pseudo)))
        .map((s) => [s.outlineStyle === 'none' ? '' : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.color, s.textDecorationLine].join())
        .join('\n')
    const box = at.getBoundingClientRect()
    const name = `${at.tagName.toLowerCase()} ${at.id || at.className} (${(at.textContent || at.value || '').trim().slice(0, 30)})`
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    if (at.id !== 'main') {
      if (box.width < 1 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return { fault: `${name} has the focus outside the window`, there }
      const lines = [...at.getClientRects()].map((r) => document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2))
      if (!lines.some((on) => drawn.some((e) => on && (e.contains(on) || on.contains(e))))) return { fault: `${name} has the focus under something else`, there }
    }
    const focused = look()
    at.blur()
    const blurred = look()
    at.focus({ preventScroll: true })
    return { fault: focused === blurred ? `${name} looks no different with the focus` : null, there }
  }, selector)
  assert.equal(fault, null, `${pathOf(page)}: ${fault}`)
  return there
}
