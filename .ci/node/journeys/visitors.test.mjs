// Every page that anybody can open, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arm, audit, look } from './looks.mjs'
import { course, end, go, open, post, press, signIn, start } from './site.mjs'

before(start)
after(end)

const footer = ['support', 'accessibility', 'privacy', 'cookies', 'history', 'figures', 'nations', 'sources', 'contact']

test('public pages', async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  for (const lang of ['en', 'cy']) {
    for (const [name, path] of [['home', ''], ...footer.map((p) => [p, `/${p}`]), ['cards', '/cards'], ['card', '/cards/what-to-do-now'], ['card-lines', '/cards/my-plan'], ['glossary', '/glossary'], ['packs', '/packs'], ['pack', '/packs/signs'], ['verify-form', '/verify'], ['sign-in', '/sign-in']]) {
      const answer = await go(page, `/${lang}${path}`)
      assert.equal(answer.status(), 200, path)
      wrong.push(...(await look(page, name)))
    }
    await page.click('.golau-help summary')
    await arm(page)
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      wrong.push(...(await audit(page)).map((fault) => `the open help, ${lang}, at ${width}: ${fault}`))
    }
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

// No page replaces or withdraws a certificate yet: whoever starts this has done so.
const { GOLAU_SUPERSEDED: superseded, GOLAU_REVOKED: revoked } = process.env
test('a certificate that was replaced, and one that was withdrawn', { skip: !superseded && 'GOLAU_SUPERSEDED and GOLAU_REVOKED name none' }, async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  for (const lang of ['en', 'cy']) {
    for (const [name, id, colour] of [['verify-superseded', superseded, 'yellow'], ['verify-revoked', revoked, 'red']]) {
      const answer = await go(page, `/${lang}/verify/${id}`)
      assert.equal(answer.status(), 200, name)
      assert.equal(await page.locator(`main dl .govuk-tag--${colour}`).count(), 1, name)
      assert.equal(await page.locator('main .govuk-tag--green').count(), 0, name)
      wrong.push(...(await look(page, name)))
    }
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('errors', async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  const nobody = `/verify/${'0'.repeat(26)}`
  for (const [status, path] of [[404, '/nothing'], [404, nobody], [422, '/verify'], [422, '/sign-in']]) visit.expect(status, `^/(en|cy)${path}$`)
  for (const lang of ['en', 'cy']) {
    for (const [name, path, status] of [
      ['error-404', '/nothing', 404],
      ['verify-unknown', nobody, 404],
      ['verify-wrong', '/verify?number=GL-1234', 422]
    ]) {
      const answer = await go(page, `/${lang}${path}`)
      assert.equal(answer.status(), status, path)
      wrong.push(...(await look(page, name)))
    }
    await go(page, `/${lang}/sign-in`)
    await page.fill('#email', 'nobody@demo.example')
    await page.fill('#password', 'neither this nor that')
    await press(page, '#sign-in button[type=submit]')
    assert.equal(await page.locator('.govuk-error-summary').count(), 1)
    assert.equal(await page.inputValue('#email'), 'nobody@demo.example', 'what was typed is lost')
    wrong.push(...(await look(page, 'sign-in-wrong')))
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

// The button comes with the script, so that it is never there to no effect.
test('a password can be shown, and is sent hidden', async () => {
  for (const [lang, scripts, show, hide] of [['en', true, 'Show', 'Hide'], ['cy', true, 'Dangos', 'Cuddio'], ['cy', false]]) {
    const visit = await open({ lang, scripts })
    const { page } = visit
    await go(page, `/${lang}/sign-in`)
    const toggle = page.locator('.govuk-password-input__toggle')
    assert.equal(await toggle.isVisible(), scripts)
    await page.fill('#password', 'neither this nor that')
    if (scripts) {
      assert.equal(await toggle.textContent(), show)
      await toggle.click()
      assert.equal(await page.getAttribute('#password', 'type'), 'text')
      assert.equal(await toggle.textContent(), hide)
    }
    visit.expect(422, '/sign-in$')
    await press(page, '#sign-in button[type=submit]')
    assert.equal(await page.getAttribute('#password', 'type'), 'password')
    assert.equal(await page.inputValue('#password'), '', 'a password is sent back')
    await visit.close()
  }
})

test('a certificate, its list, its check, and what its holder sees', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'aisha')
  const wrong = []
  let check
  for (const lang of ['en', 'cy']) {
    for (const [name, path] of [['learn-done', '/learn'], ['course-done', course], ['assessment-done', `${course}/assessment`]]) {
      await go(page, `/${lang}${path}`)
      wrong.push(...(await look(page, name)))
    }
    await press(page, 'a[href*="/attempts/"]')
    wrong.push(...(await look(page, 'result-final')))
    await go(page, `/${lang}/account`)
    wrong.push(...(await look(page, 'account-name-fixed')))
    await go(page, `/${lang}/certificates`)
    wrong.push(...(await look(page, 'certificates')))
    await press(page, '.golau-module a')
    check = new URL(await page.getAttribute('a[href*="/verify/"]', 'href')).pathname
    wrong.push(...(await look(page, 'certificate')))
  }
  await post(page, '/en/sign-out')
  for (const lang of ['en', 'cy']) {
    await go(page, check.replace(/^\/../, `/${lang}`))
    wrong.push(...(await look(page, 'verify-valid')))
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('the help ends within the smallest window', async () => {
  for (const [width, height] of [[360, 560], [390, 667], [640, 560]]) {
    const visit = await open({ lang: 'cy', scripts: false, viewport: { width, height } })
    const { page } = visit
    await go(page, '/cy')
    await page.click('.golau-help summary')
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight)) // the strip stays from here on
    const below = await page.evaluate(() => {
      const panel = document.querySelector('.golau-help__panel')
      panel.scrollTop = panel.scrollHeight
      return [panel, panel.lastElementChild].map((e) => e.getBoundingClientRect().bottom - innerHeight)
    })
    assert.ok(below.every((by) => by <= 0), `at ${width} by ${height} the help ends ${below} pixels below the window`)
    await visit.close()
  }
})
