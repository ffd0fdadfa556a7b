// The doors of whoever comes in: joining, a new password, a letter instead of a password, an invitation
// and the link by which an administrator comes back, each from a real letter, in both languages.
//
//   GOLAU_ADMIN_LINK  what `golau admin link` printed for alex
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letterTo } from './letters.mjs'
import { both, look } from './looks.mjs'
import { end, go, open, pathOf, press, signIn, start } from './site.mjs'

before(start)
after(end)

const domain = 'dyffrynarian.example' // of two agencies, so that whoever joins says which
const secret = 'saith cwch bach glas'
const asked = /^\/(en|cy)\/(join|password|sign-in)(\/.*)?$/
const button = (form) => `main form#${form} button[type=submit]:not(.golau-switch)`

/** wrongly presses a button with nothing filled in, and looks at what is said of it. */
async function wrongly(page, name, form) {
  await press(page, button(form))
  assert.equal(await page.locator('.govuk-error-summary').count(), 1, `${name}: nothing says what is wrong`)
  return look(page, name)
}

/** byLetter goes through one door up to what its letter's link opens, and returns what is wrong. */
async function byLetter(page, lang, door, email) {
  const wrong = []
  await go(page, `/${lang}/${door}`)
  wrong.push(...(await look(page, `${door}-ask`)), ...(await wrongly(page, `${door}-ask-wrong`, 'ask')))
  await page.fill('#email', email)
  await press(page, button('ask'))
  wrong.push(...(await look(page, `${door}-code`)))
  const link = await letterTo(email, new RegExp(`(http\\S+/${door}/link/[\\w-]+)`))
  wrong.push(...(await wrongly(page, `${door}-code-wrong`, 'code-form')))
  await go(page, new URL(link).pathname.replace(/^\/../, `/${lang}`))
  wrong.push(...(await look(page, `${door}-link`)))
  await press(page, 'main form button[type=submit]:not(.golau-switch)')
  return wrong
}

for (const lang of ['en', 'cy']) {
  test(`somebody joins, forgets the password and comes in without one, in ${lang}`, async () => {
    const email = `mari-${lang}@${domain}`
    const visit = await open({ lang })
    const { page } = visit
    visit.expect(422, asked)
    const wrong = await byLetter(page, lang, 'join', email)
    assert.equal(pathOf(page), `/${lang}/join/details`)
    wrong.push(...(await look(page, 'join-details')), ...(await wrongly(page, 'join-details-wrong', 'join')))
    await page.fill('#name', 'Mari Wyn')
    await page.locator('main [name=place]').first().check()
    await page.selectOption('#job_role', 'education')
    await page.fill('#password', secret)
    await press(page, button('join'))
    assert.equal(pathOf(page), `/${lang}/learn`)

    await visit.context.clearCookies()
    wrong.push(...(await byLetter(page, lang, 'password', email)))
    assert.equal(pathOf(page), `/${lang}/password/new`)
    wrong.push(...(await look(page, 'password-new')))
    await press(page, 'main form button[type=submit]:not(.golau-switch)')
    wrong.push(...(await look(page, 'password-new-wrong')))

    await visit.context.clearCookies()
    await go(page, `/${lang}/sign-in`)
    await page.fill('#email', email)
    await press(page, '#sign-in button[formaction$="/sign-in/letter"]')
    wrong.push(...(await look(page, 'sign-in-code')))
    const link = await letterTo(email, /(http\S+\/sign-in\/link\/[\w-]+)/)
    await go(page, new URL(link).pathname.replace(/^\/../, `/${lang}`))
    wrong.push(...(await look(page, 'sign-in-link')))
    await visit.close()
    assert.deepEqual(wrong, [])
  })
}

test('an invitation, opened by whoever it is to and by somebody who is in', async () => {
  const email = 'nia@elsewhere.example'
  const office = await open()
  await signIn(office.page, 'alex')
  await office.page.waitForURL(/\/learn/)
  await go(office.page, '/en/admin/invitations/new')
  await office.page.fill('#email', email)
  await office.page.fill('#name', 'Nia Rhydderch')
  await office.page.selectOption('#place', { index: 1 })
  await office.page.selectOption('#job_role', 'education')
  await press(office.page, button('invite'))
  const path = new URL(await letterTo(email, /(http\S+\/invitation\/[\w-]+)/)).pathname.replace(/^\/../, '')
  const wrong = await both(office, [['invitation-somebody-in', path]])
  await office.close()

  const visit = await open()
  visit.expect(422, '^/(en|cy)/invitation/')
  wrong.push(...(await both(visit, [['invitation', path]])))
  await visit.page.fill('#name', ' ')
  wrong.push(...(await wrongly(visit.page, 'invitation-wrong', 'invitation')))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('an administrator comes back by the link of the machine', async () => {
  const visit = await open()
  const path = new URL(process.env.GOLAU_ADMIN_LINK).pathname.replace(/^\/../, '')
  visit.expect(422, '^/(en|cy)/admin-link/')
  const wrong = await both(visit, [['admin-link', path]])
  wrong.push(...(await wrongly(visit.page, 'admin-link-wrong', 'come-in')))
  await visit.close()
  assert.deepEqual(wrong, [])
})
