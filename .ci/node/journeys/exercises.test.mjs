// Exercises in both languages: each of them to do, left open, looked back on, without scripts and by
// keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { both, frame, look } from './looks.mjs'
import { course, end, go, open, pathOf, press, signIn, tick, start } from './site.mjs'

before(start)
after(end)

// all finds every exercise of the course, as the pages link them, and their lists.
async function all(page, lang) {
  const lists = await found(page, `/${lang}${course}`, /\/exercises$/)
  const exercises = []
  for (const list of lists) exercises.push(...(await found(page, list, /\/exercises\/[a-z-]+$/)))
  return { lists, exercises }
}

async function found(page, path, wanted) {
  await go(page, path)
  const links = await page.locator('main a').evaluateAll((as) => as.map((a) => new URL(a.href).pathname))
  return [...new Set(links.filter((link) => wanted.test(link)))]
}

const bare = (path) => path.replace(/^\/../, '')
const name = (path) => path.split('/').slice(3).join('-')

test('every exercise: its list, to do, left open, looking back', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'aisha') // who has finished, so that every module is open
  const { lists, exercises } = await all(page, 'en')
  assert.ok(lists.length && exercises.length, 'no exercise is linked')
  // Four kinds of lines make all exercises: the first of each kind is looked at in every mode.
  const kinds = new Map()
  for (const path of exercises) {
    await go(page, `${path}?again=1`)
    kinds.set(path, await page.evaluate(() => [...new Set([...document.querySelectorAll('#exercise fieldset, #exercise input, #exercise select')].map((e) => e.type))].join()))
  }
  const first = [...kinds].filter(([, kind], i, all) => all.findIndex(([, k]) => k === kind) === i).map(([path]) => path)
  const wrong = []
  const inBoth = async (paths, what, how) => wrong.push(...(await both(visit, paths.map((path) => [name(path) + what, bare(path)]), how)))
  await inBoth(lists.slice(0, 1), '')
  await inBoth(lists.slice(1), '', { sibling: true })
  await inBoth(first, '')
  await inBoth(exercises.filter((path) => !first.includes(path)), '', { sibling: true })
  for (const path of exercises) {
    await go(page, `${path}?again=1`)
    visit.expect(422, path)
    await press(page, '#exercise button.govuk-button--start')
    wrong.push(...(await look(page, `${name(path)}-open`, { sibling: !first.includes(path) })))
    const summary = page.locator('.govuk-error-summary a').first()
    await summary.click()
    assert.equal(await page.evaluate(() => document.activeElement.name.startsWith('line-')), true, `${path}: the summary leads to no field`)
    await choose(page)
    await press(page, '#exercise button.govuk-button--start')
    assert.equal(await page.locator('#exercise').count(), 0, `${path} was not kept`)
  }
  await inBoth(first, '-back')
  await inBoth(exercises.filter((path) => !first.includes(path)), '-back', { sibling: true })
  await visit.close()
  assert.deepEqual(wrong, [])
})

// choose chooses something for every line: the first line, or a place or choice for each.
async function choose(page) {
  const first = page.locator('#exercise input[type=checkbox]').first()
  if (await first.count()) await tick(first)
  for (const group of await page.locator('#exercise fieldset[role=radiogroup]').all()) await tick(group.locator('input').first())
  const lists = await page.locator('#exercise select').all()
  for (const [i, list] of lists.entries()) await list.selectOption({ index: i + 1 })
}

for (const lang of ['en', 'cy']) {
  test(`every exercise without scripts, in ${lang}`, async () => {
    const visit = await open({ lang, scripts: false })
    const { page } = visit
    await signIn(page, 'aisha', lang)
    for (const path of (await all(page, lang)).exercises) {
      await go(page, `${path}?again=1`)
      await choose(page)
      await press(page, '#exercise button.govuk-button--start')
      assert.equal(pathOf(page), path)
      assert.equal(await page.locator('#exercise').count(), 0, `${path} was not kept`)
      await frame(page)
      await press(page, `main a[href="${path}?again=1"]`)
      assert.equal(await page.locator('#exercise').count(), 1, `${path} cannot be done again`)
    }
    await visit.close()
  })

  test(`every exercise by keyboard, in ${lang}`, async () => {
    const visit = await open({ lang })
    const { page } = visit
    await signIn(page, 'aisha', lang)
    for (const path of (await all(page, lang)).exercises) {
      await go(page, `${path}?again=1`)
      await byKeys(page)
      assert.equal(await page.locator('#exercise').count(), 0, `${path} was not kept`)
    }
    await visit.close()
  })
}

// byKeys goes through the form with Tab: a space marks, an arrow chooses, Enter sends.
async function byKeys(page) {
  const at = () => page.evaluate(() => ({ inside: !!document.activeElement.closest('#exercise'), tag: document.activeElement.tagName, type: document.activeElement.type, id: document.activeElement.id }))
  let places = 0
  for (let n = 0; n < 120; n++) {
    await page.keyboard.press('Tab')
    const { inside, tag, type } = await at()
    if (!inside) continue
    if (tag === 'BUTTON') {
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
      return
    }
    if (type === 'checkbox' || type === 'radio') await page.keyboard.press('Space')
    if (tag === 'SELECT') {
      places++
      for (let down = 0; down < places; down++) await page.keyboard.press('ArrowDown')
    }
  }
  assert.fail('Tab does not come to the button')
}
