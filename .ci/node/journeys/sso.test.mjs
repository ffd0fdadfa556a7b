// Coming in through an agency's own sign-in, which is a real one: set up by an administrator, found by
// an address, there and back, in and out, in both languages; what a stranger alters on the way opens
// nothing, and when the provider is down its people still come in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idp } from './idp.mjs'
import { letterTo } from './letters.mjs'
import { arm, audit, both, look } from './looks.mjs'
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

// outside opens a window from which the provider is asked too: its pages are not ours to mend.
async function outside(there, options) {
  const visit = await open(options)
  await visit.context.route(`${typeface}/**`, (route) => route.fulfill({ contentType: 'text/css', body: '' }))
  const ours = (fault) => !fault.includes(there.url) && !fault.includes(typeface)
  const close = visit.close
  visit.close = () => {
    visit.faults.splice(0, visit.faults.length, ...visit.faults.filter(ours))
    return close()
  }
  return visit
}

// altered goes through with one word of the question changed on its way to the provider, by somebody
// whom the site knows: the answer is a true one, to another question, and opens nothing.
async function altered(there, agency, who, word) {
  const visit = await outside(there)
  const { page } = visit
  visit.expect(409, `^/sso/${agency}/callback$`)
  let changed = 0
  there.alter = (url) => url.replace(new RegExp(`^(/auth\\?.*\\b${word}=)[\\w-]+`), (_, before) => `${before}another-${++changed}`)
  try {
    await page.goto(`${base}/sso/${agency}`)
    await signsIn(page, who)
  } finally {
    there.alter = (url) => url
  }
  assert.equal(changed, 1, `the ${word} was not changed`)
  assert.equal(pathOf(page), `/sso/${agency}/callback`, `with another ${word} somebody came in`)
  await go(page, '/en/account')
  assert.equal(await page.locator('#sign-in').count(), 1, `with another ${word} there is a session`)
  await visit.close()
}

// locked is somebody who only ever came through the agency, on the day when its provider is down.
async function locked(there, agency, who, { lang, scripts }) {
  const visit = await outside(there, { lang, scripts })
  const { page } = visit
  const address = `${who}@${domain}`
  const wrong = []
  there.down = (url) => url.startsWith('/token')
  visit.expect(503, `^/sso/${agency}/callback$`)
  await go(page, `/${lang}/sign-in/with/${agency}`)
  await signsIn(page, who)
  assert.match(await page.innerText('main'), { en: /does not answer at the moment/, cy: /Nid yw mewngofnodi eich asiantaeth yn ateb/ }[lang])
  if (scripts) {
    await arm(page)
    wrong.push(...(await audit(page)))
  }
  await press(page, `main a[href="/${lang}/sign-in"]`)
  await page.fill('#email', address)
  await press(page, 'button[formaction$="/sign-in/letter"]')
  await page.fill('#code', await letterTo(address, /^\s*(\d{3} ?\d{3})\s*$/m))
  await press(page, '#code-form > button')
  assert.equal(pathOf(page), `/${lang}/learn`)
  there.down = () => false
  await visit.close()
  return wrong
}

// byKey has the site prove itself by its key from now on, as NHS CIS2 and GOV.UK One Login want it: who
// is known by the agency comes in all the same.
async function byKey(desk, there, agency, who) {
  await go(desk, `/en/admin/sign-in/${agency}`)
  await desk.selectOption('#proof', 'key')
  await desk.fill('#client_id', 'golau-by-key')
  await press(desk, '#sign-in > button')
  if (await desk.locator('#enable').count()) await press(desk, '#enable button')
  assert.match(await desk.textContent('main'), /is in use/)
  const wrong = await look(desk, 'agency-sign-in-by-key')
  const visit = await outside(there)
  await visit.page.goto(`${base}/sso/${agency}`)
  await signsIn(visit.page, who)
  assert.equal(pathOf(visit.page), '/en/learn', await visit.page.innerText('body'))
  await visit.close()
  return wrong
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
  const there = await idp({ back: `${base}/sso/${agency}/callback`, domain, keys: `${base}/sso/${agency}/jwks.json` })
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
    const names = (await desk.innerText('#agency option:checked')).replace(/ \(.*/, '')
    for (const [field, value] of Object.entries({ name_en: 'Lighthouse account', name_cy: 'Cyfrif y Goleudy', issuer: there.url, client_id: 'golau', domains: domain })) {
      await desk.fill(`#${field}`, value)
    }
    await desk.fill('#secret', 'not this one')
    await press(desk, '#sign-in > button')
    await press(desk, '#enable button')
    assert.match(await desk.textContent('main'), /does not know this site/)
    wrong.push(...(await look(desk, 'agency-sign-in-wrong')))
    await desk.fill('#secret', 'a word that both know')
    await press(desk, '#sign-in > button')
    await press(desk, '#enable button')
    assert.match(await desk.textContent('main'), /is in use/)
    wrong.push(...(await both(office, [['agency-sign-in', `/admin/sign-in/${agency}`], ['sign-in-retire', `/admin/sign-in/${agency}/retire`]])))

    for (const lang of ['cy', 'en']) {
      const who = `mari-${lang}`
      const visit = await outside(there, { lang })
      const { page } = visit
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
      await go(page, '/en/account') // a place at the agency was made for them, as a learner
      const place = await page.innerText('.govuk-summary-list')
      assert.ok(place.includes(names) && /health/i.test(place) && /learner/i.test(place), place)
      await go(page, `/${lang}/account/connections`)
      wrong.push(...(await look(page, 'connections')))
      await go(page, `/${lang}/account`)
      await press(page, 'form[action$="/sign-out"] button')
      assert.equal(pathOf(page), `/${lang}/signed-out/${agency}`)
      wrong.push(...(await look(page, 'signed-out')))
      await page.goto(`${base}/sso/${agency}`) // still signed in there: straight in here
      for (let n = 0; n < 3 && !page.url().startsWith(base); n++) await press(page, 'button[type=submit]')
      await page.waitForURL((at) => at.pathname.endsWith('/learn')).catch(async (late) => {
        throw new Error(`straight in ended at ${page.url()}: ${await page.innerText('body')}`, { cause: late })
      })
      await visit.close()
    }
    for (const word of ['state', 'nonce']) await altered(there, agency, 'mari-en', word)
    wrong.push(...(await locked(there, agency, 'mari-en', { lang: 'en', scripts: true })))
    wrong.push(...(await locked(there, agency, 'mari-cy', { lang: 'cy', scripts: false })))
    wrong.push(...(await byKey(desk, there, agency, 'mari-en')))
    await office.close()
  } finally {
    there.close()
  }
  assert.deepEqual(wrong, [])
})
