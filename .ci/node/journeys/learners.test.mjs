// Every page of those who take the course, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer } from './answers.mjs'
import { both, look } from './looks.mjs'
import { course, end, go, open, post, press, read, signIn, start } from './site.mjs'

before(start)
after(end)

const types = ['single', 'multiple', 'ordering', 'matching', 'rewrite']
const check = `${course}/what-it-is/check`

test('before anything is done', async () => {
  const visit = await open()
  await signIn(visit.page, 'sian')
  const wrong = await both(visit, [
    ['learn-new', '/learn'],
    ['course-new', course],
    ['check-locked', check, 409],
    ['assessment-locked', `${course}/assessment`, 409],
    ['certificates-none', '/certificates'],
    ['account', '/account'],
    ['error-404-signed-in', '/nothing', 404]
  ])
  for (const lang of ['en', 'cy']) {
    await go(visit.page, `/${lang}/account`)
    await visit.page.fill('#name', ' ')
    visit.expect(422, '/account/name$')
    await press(visit.page, '#name-form button[type=submit]')
    assert.equal(await visit.page.locator('.govuk-error-summary').count(), 1)
    wrong.push(...(await look(visit.page, 'account-wrong')))

    visit.expect(409, `^/${lang}${check}$`)
    await go(visit.page, `/${lang}/account`)
    await send(visit.page, `/${lang}${check}`)
    wrong.push(...(await look(visit.page, 'error-409')))
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('where somebody works: chosen in a lesson without scripts, and on the account page', async () => {
  const visit = await open({ scripts: false })
  const { page } = visit
  await signIn(page, 'idris')
  const part = `${course}/before-you-start/report`
  const blocks = () => page.locator('details[data-nation=england]').evaluateAll((all) => all.map((d) => d.open))
  for (const lang of ['en', 'cy']) {
    for (const [nation, open] of [['england', true], ['scotland', false], ['wales', false]]) {
      await go(page, `/${lang}${part}`)
      await page.click('#where summary')
      await page.check(`#where input[value=${nation}]`)
      await press(page, '#nation-form button')
      assert.equal(page.url().replace(/^.*?\/(en|cy)/, ''), `${part}#where`)
      assert.deepEqual(await blocks(), [open])
    }
    await go(page, `/${lang}/account`)
    await page.check('#nation-form input[value=northern-ireland]')
    await press(page, '#nation-form button')
    assert.equal(await page.locator('.govuk-notification-banner').count(), 1)
    await go(page, `/${lang}${course}/what-it-is/case`)
    await press(page, `article a[href$="/nations"]`)
    assert.equal(await page.locator('#northern-ireland').count(), 1)
    await post(page, `/${lang}/account/nation`, { nation: 'wales' })
  }
  await visit.close()
})

test('a check: its start, every type of question, the review, the result, and the wait', async () => {
  const missing = new Set(types)
  const wrong = []
  // One paper need not hold every type: others draw others.
  for (const who of ['sian', 'dafydd']) {
    const visit = await open()
    const { page } = visit
    await signIn(page, who)
    await read(page, 'what-it-is')
    for (let sitting = 1; sitting <= 2; sitting++) {
      if (sitting === 1 && who === 'sian') wrong.push(...(await both(visit, [['check-start', check]])))
      const first = await post(page, `/en${check}`)
      const paper = first.replace(/^\/en|\d+$/g, '')
      for (let n = 1; n <= 10; n++) {
        await go(page, `/en${paper}${n}`)
        const { type } = await answer(page, n % 2 === 0)
        if (missing.delete(type)) {
          await press(page, 'main button[value=next]')
          wrong.push(...(await both(visit, [[`question-${type}`, `${paper}${n}`]])))
          if (type === 'ordering') wrong.push(...(await twice(visit, `${paper}${n}`)))
        } else await press(page, 'main button[value=next]')
      }
      if (sitting === 1 && who === 'sian') wrong.push(...(await both(visit, [['check-open', check], ['review', paper.replace('questions/', 'review')]])))
      await post(page, `/en${paper.replace('questions/', 'submit')}`)
      if (sitting === 1 && who === 'sian') wrong.push(...(await both(visit, [['result-check', paper.replace('questions/', 'result')]])))
    }
    if (who === 'sian') {
      wrong.push(...(await both(visit, [['check-wait', check]])))
      visit.expect(429, check)
      await go(page, '/en/account')
      await send(page, `/en${check}`)
      wrong.push(...(await look(page, 'check-too-early')))
    }
    await visit.close()
    if (!missing.size) break
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual([...missing], [], 'four papers have no question of these types')
})

// send presses a button that this page does not have, as an older page might.
const send = (page, action) =>
  Promise.all([
    page.waitForNavigation(),
    page.evaluate((to) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: to })
      document.body.append(form)
      form.submit()
    }, action)
  ])

// twice puts one step into two places, which is refused with what was chosen still there.
async function twice(visit, path) {
  const wrong = []
  const { page } = visit
  for (const lang of ['en', 'cy']) {
    visit.expect(422, `^/${lang}${path}$`)
    await go(page, `/${lang}${path}`)
    await page.locator('#answer select').nth(0).selectOption({ index: 1 })
    await page.locator('#answer select').nth(1).selectOption({ index: 1 })
    await press(page, 'main button[value=next]')
    assert.equal(await page.locator('.govuk-error-summary').count(), 1)
    assert.equal(await page.locator('#answer select').nth(1).evaluate((list) => list.selectedIndex), 1, 'what was chosen is lost')
    wrong.push(...(await look(page, 'question-wrong')))
  }
  return wrong
}
