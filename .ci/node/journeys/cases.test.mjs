// Branching cases in both languages: the list, each kind of page that a case has.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { both, look } from './looks.mjs'
import { course, end, go, open, pathOf, press, signIn, tick, start } from './site.mjs'

before(start)
after(end)

const list = `${course}/cases`
const firstHours = `${course}/first-hours/cases/semi`
const again = '.golau-actions a[href*="again=1"]'

// first is the path of the first case of the list, without its language.
const first = async (page) => (await page.locator('main ul.govuk-list a').first().getAttribute('href')).replace(/^\/(en|cy)/, '')

test('a case: its list, its turns, nothing chosen, looking back, as text', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'aisha')
  await go(page, `/en${list}`)
  const path = await first(page)
  const wrong = await both(visit, [['cases', list], ['case-start', path], ['case-text', `${path}?version=text`]])

  await go(page, `/en${path}`)
  if (await page.locator(again).count()) await press(page, again)
  visit.expect(422, path)
  await press(page, '#case button.govuk-button--start')
  wrong.push(...(await look(page, 'case-nothing-chosen')))
  for (let n = 1; await page.locator('#case').count(); n++) {
    assert.ok(n < 10, 'the case has no end')
    await tick(page.locator('#choice-1'))
    await press(page, '#case button.govuk-button--start')
    if (n === 1) wrong.push(...(await look(page, 'case-after')))
  }

  wrong.push(...(await both(visit, [['case-debrief', path]])))

  // The first hours: its end says what came about, and when.
  await go(page, `/en${firstHours}?again=1`)
  for (let n = 1; await page.locator('#case').count(); n++) {
    assert.ok(n < 10, 'the case has no end')
    await tick(page.locator('#choice-2'))
    await press(page, '#case button.govuk-button--start')
  }
  assert.equal(await page.locator('#marks').count(), 1, 'nothing says what came about')
  wrong.push(...(await both(visit, [['case-first-hours', firstHours]])))
  await visit.close()
  assert.deepEqual(wrong, [])
})

for (const lang of ['en', 'cy']) {
  test(`a case without scripts and by keyboard, in ${lang}`, async () => {
    const visit = await open({ lang, scripts: false })
    const { page } = visit
    await signIn(page, 'aisha', lang)
    await go(page, `/${lang}${list}`)
    await go(page, `/${lang}${await first(page)}`)
    if (await page.locator(again).count()) await press(page, again)
    for (let n = 1; await page.locator('#case').count(); n++) {
      assert.ok(n < 10, 'the case has no end')
      await decide(page) // axe needs scripts: bare.test.mjs looks at a turn without
    }
    await tabTo(page, again)
    await Promise.all([page.waitForURL(/again=1/), page.keyboard.press('Enter')])
    assert.equal(await page.locator('#case').count(), 1, 'it does not begin again')
    await visit.close()
  })
}

test('a case read as text leads back to the list, where it stands as done', async () => {
  const visit = await open({ lang: 'cy', scripts: false })
  const { page } = visit
  await signIn(page, 'aisha', 'cy')
  await go(page, `/cy${list}`)
  const path = await first(page)
  await go(page, `/cy${path}?version=text`)
  await press(page, 'main form button.govuk-button--start')
  assert.equal(pathOf(page), `/cy${list}`)
  assert.equal(await page.locator(`main li:has(a[href="/cy${path}"]) .govuk-tag--green`).count(), 1, 'it is not shown as done')
  await visit.close()
})

// decide takes one turn with nothing but keys: to the choices, down by one, on to the button.
async function decide(page) {
  await tabTo(page, '#case input[type=radio]')
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.locator('#choice-1').isChecked(), true, 'the arrow key does not choose')
  await tabTo(page, '#case button.govuk-button--start')
  await Promise.all([page.waitForLoadState('load'), page.waitForEvent('framenavigated'), page.keyboard.press('Enter')])
}

async function tabTo(page, selector) {
  for (let n = 0; n < 80; n++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`no key leads to ${selector}`)
}
