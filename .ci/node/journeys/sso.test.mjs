// Coming in through an agency's own sign-in, which is a real one: set up by an administrator, found by
// an address, there and back, in and out, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idp } from './idp.mjs'
import { look } from './looks.mjs'
import { base, end, go, open, pathOf, press, signIn, start } from './site.mjs'

before(start)
after(end)

// typeface is what the provider's own pages ask for; it is answered here.
const typeface = 'https://fonts.googleapis.com'
const domain = 'light-house.example'

// signsIn fills in the provider's own pages: who, and that they agree.
async function signsIn(page, who) {
  await page.fill('input[name=login]', who)
  await page.fill('input[name=password]', 'any')
  await press(page, 'button[type=submit]')
  for (let n = 0; n < 3 && !page.url().startsWith(base); n++) await press(page, 'button[type=submit]')
}

test('through the agency', async () => {
  const office = await open()
  const { page: desk } = office
  const wrong = []
  await signIn(desk, 'alex')
  await desk.waitForURL(/\/learn/)
  await go(desk, '/en/admin/agencies')
  const to = await desk.locator('a[href*="/admin/agency/"]').first().getAttribute('href')
  const agency = to.split('/').pop()
  await go(desk, to)
  await desk.fill('#domain', domain)
  await press(desk, '#domain-form button')
  const there = await idp({ back: `${base}/sso/${agency}/callback`, domain })
  office.expect(409, `^/en/admin/sign-in/${agency}/enable$`)
  office.expect(422, '^/cy/admin/sign-ins/new$')
  try {
    for (const lang of ['en', 'cy']) {
      await go(desk, `/${lang}/admin/sign-ins`)
      wrong.push(...(await look(desk, 'sign-ins')))
    }
    await press(desk, 'a[href$="/admin/sign-ins/new"]')
    await press(desk, '#sign-in button.govuk-button[type=submit]:not([name])')
    wrong.push(...(await look(desk, 'sign-in-new')))
    await go(desk, '/en/admin/sign-ins/new')
    await desk.selectOption('#agency', agency)
    for (const [field, value] of Object.entries({ name_en: 'Lighthouse account', name_cy: 'Cyfrif y Goleudy', issuer: there.url, client_id: 'golau', domains: domain })) {
      await desk.fill(`#${field}`, value)
    }
    await desk.fill('#secret', 'not this one')
    await press(desk, '#sign-in > button')
    await press(desk, '#enable button')
    assert.match(await desk.textContent('main'), /does not know this site/)
    wrong.push(...(await look(desk, 'sign-in-wrong')))
    await desk.fill('#secret', 'a word that both know')
    await press(desk, '#sign-in > button')
    await press(desk, '#enable button')
    assert.match(await desk.textContent('main'), /is in use/)

    for (const [lang, scripts] of [['cy', true], ['en', false]]) {
      const who = `mari-${lang}`
      const visit = await open({ lang, scripts })
      const { page } = visit
      await visit.context.route(`${typeface}/**`, (route) => route.fulfill({ contentType: 'text/css', body: '' }))
      await go(page, `/${lang}/sign-in`)
      await page.fill('#email', `${who}@${domain}`)
      await press(page, 'button[formaction$="/sign-in/work"]')
      wrong.push(...(await look(page, 'sign-in-work')))
      await press(page, `a[href*="/sign-in/with/${agency}"]`)
      assert.ok(page.url().startsWith(there.url), page.url())
      await signsIn(page, who)
      assert.equal(pathOf(page), `/${lang}/sign-in/arrival`)
      wrong.push(...(await look(page, 'arrival')))
      assert.equal(await page.inputValue('#name'), 'Mari Wyn')
      await page.selectOption('#job_role', 'health')
      if (await page.locator('#place').count()) await page.selectOption('#place', { index: 1 })
      await press(page, '#arrival button[type=submit]:not([name])')
      assert.equal(pathOf(page), `/${lang}/learn`)
      await go(page, `/${lang}/account/connections`)
      wrong.push(...(await look(page, 'connections')))
      await go(page, `/${lang}/account`)
      await press(page, 'form[action$="/sign-out"] button')
      assert.equal(pathOf(page), `/${lang}/signed-out/${agency}`)
      wrong.push(...(await look(page, 'signed-out')))
      await page.goto(`${base}/sso/${agency}`) // still signed in there: straight in here
      for (let n = 0; n < 3 && !page.url().startsWith(base); n++) await press(page, 'button[type=submit]')
      assert.match(pathOf(page), /\/learn$/)
      const ours = (fault) => !fault.includes(there.url) && !fault.includes(typeface) // the provider's pages are not ours to mend
      visit.faults.splice(0, visit.faults.length, ...visit.faults.filter(ours))
      await visit.close()
    }
    await office.close()
  } finally {
    there.close()
  }
  assert.deepEqual(wrong, [])
})
