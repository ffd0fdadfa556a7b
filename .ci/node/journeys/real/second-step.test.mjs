// The second step on a real site, from the link of the first start: an app is set up, its codes let
// in once, recovery codes stand in for it.
//
//   GOLAU_SETUP   the link that makes the first administrator
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { look } from '../looks.mjs'
import { end, go, open, pathOf, press, start } from '../site.mjs'
import { code } from './totp.mjs'

before(start)
after(end)

const setup = new URL(process.env.GOLAU_SETUP).pathname
const me = { email: 'mair@glannau.example', password: 'saith cwch bach glas' }

async function password(page, lang) {
  await go(page, `/${lang}/sign-in`)
  await page.fill('#email', me.email)
  await page.fill('#password', me.password)
  await press(page, '#sign-in button[type=submit]:not(.golau-switch)')
}

const send = (form) => `main form#${form} button[type=submit]`

/** passkeys adds one with the browser's own authenticator, and signs in by it without an address. */
async function passkeys(codes) {
  const wrong = []
  const visit = await open()
  const { page } = visit
  const device = await visit.context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  })
  await password(page, 'en')
  await page.fill('#code', codes[1])
  await press(page, send('second'))
  await go(page, '/en/account/security')
  await page.fill('#name', 'My laptop')
  await page.fill('#passkey-proof', codes[2])
  await press(page, send('new-passkey'))
  assert.match(await page.innerText('main'), /My laptop/)
  wrong.push(...(await look(page, 'security-passkey')))
  await visit.context.clearCookies()
  await go(page, '/cy/sign-in')
  wrong.push(...(await look(page, 'sign-in-passkey')))
  await press(page, send('passkey'))
  assert.match(pathOf(page), /^\/cy\/learn/)
  await visit.context.clearCookies()
  await password(page, 'en')
  await press(page, send('passkey'))
  assert.match(pathOf(page), /^\/en\/learn/)
  await visit.close()
  return wrong
}

test('the second step', async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  const inBoth = async (name) => {
    wrong.push(...(await look(page, name)))
    await press(page, '.golau-header__lang a, .golau-header__lang button.golau-switch')
    wrong.push(...(await look(page, name)))
    await press(page, '.golau-header__lang a, .golau-header__lang button.golau-switch')
  }
  await go(page, setup)
  for (const [field, value] of Object.entries({ name: 'Mair Eleri', ...me, organisation_en: 'Shores Council', organisation_cy: 'Cyngor Glannau', board_en: 'Shores Board', board_cy: 'Bwrdd Glannau' })) {
    await page.fill(`#${field}`, value)
  }
  await page.selectOption('#job_role', 'social-care')
  await page.selectOption('#kind', 'council')
  await press(page, send('setup'))
  assert.equal(pathOf(page), '/en/second-factor')
  await inBoth('second-needed')
  visit.expect(401, '^/en/learn$')
  await go(page, '/en/learn')
  assert.equal(await page.locator('#second').count(), 1, 'half signed in, the lessons are shown')

  await press(page, send('second'))
  const key = await page.locator('main code').innerText()
  await inBoth('second-set-up')
  visit.expect(422, '^/en/second-factor/confirm$')
  await page.fill('#code', '000000')
  await press(page, send('confirm'))
  wrong.push(...(await look(page, 'second-set-up-wrong')))
  const first = code(key)
  await page.fill('#code', first)
  await press(page, send('confirm'))
  const codes = await page.locator('ol[aria-labelledby=codes] code').allInnerTexts()
  assert.equal(codes.length, 10)
  await inBoth('recovery-codes')
  assert.deepEqual(await page.locator('ol[aria-labelledby=codes] code').allInnerTexts(), codes, 'the codes are gone in the other language')
  assert.ok(await page.locator('[data-print] button').isVisible())
  await press(page, 'main a.govuk-button')

  await go(page, '/en/account/security')
  await inBoth('security')
  const other = await open({ lang: 'cy' })
  await password(other.page, 'cy')
  assert.equal(pathOf(other.page), '/cy/second-factor')
  wrong.push(...(await look(other.page, 'second-asked')))
  other.expect(422, '^/cy/second-factor$')
  await other.page.fill('#code', first)
  await press(other.page, send('second'))
  wrong.push(...(await look(other.page, 'second-refused')))
  await other.page.fill('#code', code(key, 1))
  await press(other.page, send('second'))
  assert.match(pathOf(other.page), /^\/cy\/learn/)

  const lost = await open({ scripts: false })
  await password(lost.page, 'en')
  await lost.page.fill('#code', codes[0].toUpperCase())
  await press(lost.page, send('second'))
  await go(lost.page, '/en/account/security')
  assert.equal(await lost.page.locator('main button[name=session]').count(), 3)
  assert.match(await lost.page.innerText('main'), /9 of 10 left/)
  await press(lost.page, lost.page.locator('main button[name=session]').last())
  await go(page, '/en/account')
  assert.equal(pathOf(page), '/en/sign-in', 'the session that was ended is open')
  wrong.push(...(await passkeys(codes)))
  for (const v of [visit, other, lost]) await v.close()
  assert.deepEqual(wrong, [])
})
