// Letting another system in: its token is made, shown once, used and revoked.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { both, look } from './looks.mjs'
import { end, go, open, press, signIn, start } from './site.mjs'

before(start)
after(end)

const button = (form) => `main form#${form} button[type=submit]:not(.golau-switch)`

test('access for other systems: a token is made, shown once in both languages, used and revoked', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'dafydd')
  await page.waitForURL(/\/learn/)
  await go(page, '/en/account')
  await page.click('main a[href="/en/account/systems"]')
  const wrong = await both(visit, [['systems-none', '/account/systems']])
  visit.expect(422, '^/(en|cy)/account/systems$')
  for (const lang of ['en', 'cy']) {
    await go(page, `/${lang}/account/systems`)
    await page.fill('#name', 'Personnel system')
    await press(page, button('new'))
    assert.equal(await page.locator('.govuk-error-summary').count(), 1, 'nothing says what is wrong')
    assert.equal(await page.inputValue('#name'), 'Personnel system')
    wrong.push(...(await look(page, 'systems-wrong')))
  }
  await go(page, '/en/account/systems')
  await page.fill('#name', 'Personnel system')
  await page.check('#scopes')
  await press(page, button('new'))
  const token = await page.textContent('main code')
  wrong.push(...(await look(page, 'systems-made')))
  await page.click('.golau-switch')
  await page.waitForURL(/\/cy\/account\/systems\/made$/)
  assert.equal(await page.textContent('main code'), token, 'the other language shows another token')
  wrong.push(...(await look(page, 'systems-made')))
  const ask = (headers) => page.request.get(new URL('/api/v1/people?limit=1', page.url()).href, { headers })
  assert.equal((await ask({})).status(), 401, 'the session opens the way of other systems')
  const answer = await ask({ Authorization: `Bearer ${token}` })
  assert.equal(answer.status(), 200)
  assert.equal((await answer.json()).data.length, 1)
  wrong.push(...(await both(visit, [['systems', '/account/systems']])))
  await press(page, 'main button[name=token]')
  assert.match(page.url(), /done=revoked/)
  wrong.push(...(await look(page, 'systems-revoked')))
  assert.equal((await ask({ Authorization: `Bearer ${token}` })).status(), 401, 'a revoked token opens something')
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('access for other systems: an administrator revokes a token of somebody else', async () => {
  const maker = await open()
  await signIn(maker.page, 'dafydd')
  await maker.page.waitForURL(/\/learn/)
  await go(maker.page, '/en/account/systems')
  await maker.page.fill('#name', 'Payroll system')
  await maker.page.check('#scopes')
  await press(maker.page, button('new'))
  const token = await maker.page.textContent('main code')
  const visit = await open()
  const { page } = visit
  await signIn(page, 'alex')
  await page.waitForURL(/\/learn/)
  const wrong = await both(visit, [['admin-systems', '/admin/systems'], ['admin-systems-ended', '/admin/systems?ended=yes']])
  await page.click('main table a[href*="/admin/systems/"]')
  const one = new URL(page.url()).pathname.slice(3)
  wrong.push(...(await both(visit, [['admin-system', one]])))
  visit.expect(422, '^/(en|cy)/admin/systems/')
  for (const lang of ['en', 'cy']) {
    await go(page, `/${lang}${one}`)
    await press(page, button('revoke'))
    assert.equal(await page.locator('.govuk-error-summary').count(), 1, 'nothing says what is wrong')
    wrong.push(...(await look(page, 'admin-system-wrong')))
  }
  await page.fill('#reason', 'Collwyd gliniadur')
  await press(page, button('revoke'))
  assert.match(page.url(), /done=token_revoked/)
  wrong.push(...(await look(page, 'admin-systems-revoked')))
  const answer = await page.request.get(new URL('/api/v1/people?limit=1', page.url()).href, { headers: { Authorization: `Bearer ${token}` } })
  assert.equal(answer.status(), 401, 'a revoked token opens something')
  await visit.close()
  await maker.close()
  assert.deepEqual(wrong, [])
})
