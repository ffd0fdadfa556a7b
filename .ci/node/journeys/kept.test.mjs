// Nothing that was given is lost, and nothing older wins: a killed browser, a second tab, a session
// that ends, a change of language.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { frame, look } from './looks.mjs'
import { course, end, go, open, pathOf, post, press, read, signIn, start } from './site.mjs'

const who = 'megan'
const check = `/en${course}/what-it-is/check`
const questions = /^\/(en|cy)\/attempts\/[0-9a-z]{26}\/questions\/\d+$/

let attempt // its questions' address, without the number

before(async () => {
  await start()
  const { page, close } = await open()
  await signIn(page, who)
  await read(page, 'what-it-is')
  attempt = (await post(page, check)).replace(/^\/en|\d+$/g, '')
  assert.match(`/en${attempt}1`, questions)
  await close()
})
after(end)

const at = (n, lang = 'en') => `/${lang}${attempt}${n}`
const next = 'main button[value=next]'

// controls of a question, whatever its type: the n-th thing that can be chosen.
const choose = async (page, n) => {
  const input = page.locator('#answer input')
  if (await input.count()) return input.nth(n).click()
  // Other lists come to their own values: a step can be used only once.
  return page.locator('#answer select').first().selectOption({ index: n + 1 })
}
const given = (page) =>
  page.evaluate(() => [...new FormData(document.getElementById('question'))].filter(([name, value]) => value && name !== 'version').join(';'))
const status = (page) => page.textContent('.golau-saved')
const saved = (page) => page.waitForFunction(() => /^(Saved at|Cadwyd am) \d\d:\d\d$/.test(document.querySelector('.golau-saved').textContent))

test('an answer is kept when it is chosen, and outlives the browser', async () => {
  const first = await open()
  await signIn(first.page, who)
  await go(first.page, at(3))
  await choose(first.page, 1)
  await saved(first.page)
  assert.equal(pathOf(first.page), at(3), 'saving leaves the page')
  const before = await given(first.page)
  assert.ok(before)
  await first.close()

  const second = await open({ viewport: { width: 390, height: 844 } })
  await signIn(second.page, who)
  await press(second.page, 'main a.govuk-button--start')
  assert.equal(pathOf(second.page), at(3), 'it does not go on at the same question')
  assert.equal(await given(second.page), before)
  assert.match(await status(second.page), /^Saved at \d\d:\d\d$/)
  await second.close()
})

test('without scripts an answer is kept by Next', async () => {
  const visit = await open({ scripts: false })
  const { page } = visit
  await signIn(page, who)
  await go(page, at(4))
  await choose(page, 1)
  await press(page, next)
  assert.equal(pathOf(page), at(5))
  assert.match(await status(page), /^Question 4: saved at \d\d:\d\d$/, 'right after Next nothing says that the answer was kept')
  await press(page, 'main button[value=previous]')
  assert.equal(pathOf(page), at(4))
  assert.ok(await given(page))
  assert.match(await status(page), /^Saved at \d\d:\d\d$/)
  await visit.close()
})

for (const scripts of [true, false]) {
  const n = scripts ? 1 : 2
  test(`a stale tab is told so and changes nothing, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const visit = await open({ scripts })
    const { page: older } = visit
    await signIn(older, who)
    await go(older, at(n))
    const newer = await visit.context.newPage()
    await go(newer, at(n))
    await choose(newer, 0)
    if (scripts) await saved(newer)
    else await press(newer, next)
    await go(newer, at(n))
    const kept = await given(newer)

    visit.expect(409, `/en${attempt}${n}`)
    await choose(older, 1)
    assert.notEqual(await given(older), kept)
    if (scripts) {
      await older.waitForSelector('.golau-saved--stale a')
      assert.match(await status(older), /newer answer/i)
      assert.equal(pathOf(older), at(n))
      await press(older, '.golau-saved a')
    } else {
      await press(older, next)
      assert.match(await older.textContent('main [role=alert]'), /answer/)
      assert.match(await older.textContent('main'), /There is a newer answer/)
      await frame(older)
    }
    assert.equal(await given(older), kept, 'the stale tab does not show the newer answer')
    await go(newer, at(n))
    assert.equal(await given(newer), kept, 'the stale tab has overwritten the newer answer')
    await visit.close()
  })
}

test('the page that says an answer is stale looks as it should', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, who)
  for (const lang of ['en', 'cy']) {
    await go(page, at(6, lang))
    const other = await visit.context.newPage()
    await go(other, at(6, lang))
    await choose(other, lang === 'en' ? 0 : 1)
    await saved(other)
    await other.close()
    visit.expect(409, `/${lang}${attempt}6`)
    await choose(page, 2)
    await page.waitForSelector('.golau-saved--stale a')
    assert.deepEqual(await look(page, 'question-stale-script'), [])
    await press(page, next)
    assert.deepEqual(await look(page, 'question-stale'), [])
  }
  await visit.close()
})

test('back and forward in the browser lose nothing and undo nothing', async () => {
  for (const scripts of [true, false]) {
    const visit = await open({ scripts })
    const { page } = visit
    await signIn(page, who)
    const n = scripts ? 1 : 2
    await go(page, at(n))
    await choose(page, 0)
    const first = await given(page)
    await press(page, next)
    await page.goBack()
    assert.equal(pathOf(page), at(n))
    assert.equal(await given(page), first, 'the way back does not show the answer')
    await choose(page, 1)
    const second = await given(page)
    assert.notEqual(second, first)
    await press(page, next)
    assert.equal(pathOf(page), at(n + 1), 'an answer given after going back is not taken')
    await page.goBack()
    await page.goBack()
    await page.goForward()
    await go(page, at(n))
    assert.equal(await given(page), second, 'going back and forward has brought the older answer back')
    assert.equal(await page.locator('.golau-saved--stale').count(), 0)
    await visit.close()
  }
})

for (const [how, scripts] of [['the cookie is gone', true], ['signed out everywhere', true], ['signed out everywhere', false]]) {
  const n = how === 'the cookie is gone' ? 7 : scripts ? 8 : 9
  test(`the session ends in the middle (${how}, scripts ${scripts ? 'on' : 'off'}): the answer is kept`, async () => {
    const visit = await open({ scripts })
    const { page } = visit
    await signIn(page, who)
    await go(page, at(n))
    if (how === 'the cookie is gone') await visit.context.clearCookies({ name: '__Host-golau' })
    else {
      const elsewhere = await open()
      await signIn(elsewhere.page, who)
      await go(elsewhere.page, '/en/account')
      await press(elsewhere.page, 'form[action$="/sign-out-everywhere"] button')
      assert.equal(pathOf(elsewhere.page), '/en/sign-in')
      await elsewhere.close()
    }
    visit.expect(401, `/(en|cy)${attempt}${n}`)
    await choose(page, 1)
    const wanted = await given(page)
    if (scripts) await page.waitForSelector('.golau-saved--stale')
    await press(page, next)
    await frame(page)
    assert.match(await page.textContent('main .golau-note'), /What you sent is kept/)
    assert.deepEqual(scripts ? await look(page, 'sign-in-answer-kept') : [], [])
    await signIn(page, who)
    assert.equal(pathOf(page), at(n), 'signing in does not lead back to the question')
    assert.equal(await given(page), wanted)
    assert.match(await status(page), /^Saved at \d\d:\d\d$/)
    await visit.close()
  })
}

test('an answer that waited is not given in somebody else’s name', async () => {
  const visit = await open({ scripts: false })
  const { page } = visit
  await signIn(page, who)
  await go(page, at(10))
  await visit.context.clearCookies({ name: '__Host-golau' })
  await choose(page, 1)
  visit.expect(401, at(10))
  await press(page, next)
  await signIn(page, 'dafydd')
  assert.match(pathOf(page), /^\/(en|cy)\/learn$/)
  assert.equal(await page.locator('main .golau-note[role=status]').count(), 1, 'nobody is told that the answer was not kept')
  await visit.context.clearCookies({ name: '__Host-golau' })
  await go(page, '/en/sign-in')
  await signIn(page, who)
  await go(page, at(10))
  assert.equal(await given(page), '')
  await visit.close()
})

for (const scripts of [true, false]) {
  test(`the language can change in the middle of a question, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const visit = await open({ scripts })
    const { page } = visit
    await signIn(page, who)
    const n = scripts ? 4 : 5
    await go(page, at(n))
    await choose(page, 2)
    await page.check('#sure-guessing')
    const before = await given(page)
    await press(page, '.golau-switch')
    assert.equal(pathOf(page), at(n, 'cy'))
    await frame(page)
    assert.equal(await given(page), before)
    await press(page, '.golau-switch')
    assert.equal(pathOf(page), at(n, 'en'))
    assert.equal(await given(page), before)
    await visit.close()
  })
}
