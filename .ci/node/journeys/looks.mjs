// What every page has to be: one heading, the right language, no wider than the screen, and nothing
// that axe-core finds, narrow and wide, light and dark.
import assert from 'node:assert/strict'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { otherwise } from './modes.mjs'
import { go, pathOf } from './site.mjs'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const colours = ['color-contrast', 'link-in-text-block']
const shots = process.env.SHOTS
if (shots) await mkdir(shots, { recursive: true })

/** frame checks what can be seen without any script: it holds in every window. */
export async function frame(page) {
  const { lang, headings, title } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: document.querySelectorAll('h1').length,
    title: document.title
  }))
  const where = pathOf(page)
  assert.equal(lang, where.slice(1, 3), `${where} says that its language is ${lang}`)
  assert.equal(headings, 1, `${where} has ${headings} main headings`)
  assert.match(title, /^\S.* – Golau$/, `${where} has the title ${title}`)
}

/**
 * look checks the page that is loaded. Narrow, everything that can be unfolded is unfolded. It
 * returns what is wrong, so that one page with a fault does not hide the next.
 *
 * What is the first of its name is looked at in every mode. In another language its colours are the
 * same, so that it is looked at narrow and light; so is a sibling, a page of a make that was looked
 * at, and in the dark. No page may be wider than any screen.
 */
export async function look(page, name, { sibling = false } = {}) {
  const wrong = []
  if (process.env.GOLAU_LOOKED) await appendFile(join(process.env.GOLAU_LOOKED, String(process.pid)), `${pathOf(page)}\n`)
  await frame(page).catch((fault) => wrong.push(fault.message))
  await page.evaluate(() => document.fonts.ready)
  await arm(page)
  const again = looked.has(name)
  looked.add(name)
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: width < 700 ? 844 : 900 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) wrong.push(`at ${width} it scrolls sideways by ${over} pixels`)
    if (width === 320) continue
    if (shots) await pictures(page, name, width)
    if (width > 700 && (again || sibling)) continue
    await unfold(page, width < 700)
    for (const fault of await audit(page)) wrong.push(`at ${width} light: ${fault}`)
    if (again) continue
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const fault of await audit(page, colours)) wrong.push(`at ${width} dark: ${fault}`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  wrong.push(...(await otherwise(page, name, again)))
  await page.emulateMedia({ colorScheme: 'light' })
  return wrong.map((what) => `${name} ${page.url()}: ${what}`)
}

// looked are the names of the pages that were.
const looked = new Set()

// pictures keeps how the page is seen, nothing unfolded.
async function pictures(page, name, width) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${pathOf(page).slice(1, 3)}-${width}-${colorScheme}.png`), fullPage: true })
  }
}

/** both looks at pages in each language: [name, path below it, status unless 200]. */
export async function both(visit, pages, how) {
  const wrong = []
  for (const lang of ['en', 'cy']) {
    for (const [name, path, status = 200] of pages) {
      if (status >= 400) visit.expect(status, `^/${lang}${path}$`)
      const answer = await go(visit.page, `/${lang}${path}`)
      assert.equal(answer.status(), status, path)
      wrong.push(...(await look(visit.page, name, how)))
    }
  }
  return wrong
}

// unfold opens or closes every part that unfolds, but for the panel that lies over the page.
const unfold = (page, open) =>
  page.evaluate((to) => document.querySelectorAll('main details').forEach((part) => (part.open = to)), open)

/**
 * audit runs axe-core once, on the page as it is, when look or arm has brought it there. In the dark
 * only colours are others, which npm test holds: there the rules of colours are enough.
 */
export async function audit(page, only = rules) {
  const violations = await page.evaluate(
    async (runOnly) => (await window.axe.run({ runOnly, resultTypes: ['violations'] })).violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((n) => n.target.join(' ')) })),
    only
  )
  return violations.map(({ id, help, at }) => `axe ${id}: ${help}: ${at.slice(0, 3).join(', ')}`)
}

/** arm loads axe-core into the page, unless it is there. */
export async function arm(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
}
