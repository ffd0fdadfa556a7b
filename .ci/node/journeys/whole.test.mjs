// The whole way from where two modules are left: learn, their checks, the assessment, the certificate,
// and the page on which anybody checks it. TestTheWholeWay walks all nine. In each language, with scripts and without, on a wide screen and on a telephone, by day
// and at night.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer } from './answers.mjs'
import { frame } from './looks.mjs'
import { base, course, end, go, open, pathOf, press, signIn, start } from './site.mjs'

before(start)
after(end)

const genuine = { en: 'This certificate is genuine and in date', cy: 'Mae’r dystysgrif hon yn un go iawn ac yn gyfredol' }
const telephone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const night = { colorScheme: 'dark' }

for (const { lang, scripts, who, name, on = {} } of [
  { lang: 'en', scripts: true, who: 'owen', name: 'Owen Price' },
  { lang: 'cy', scripts: false, who: 'rhian', name: 'Rhian Morgan', on: telephone },
  { lang: 'cy', scripts: true, who: 'sian', name: 'Siân Pritchard', on: { ...telephone, ...night } },
  { lang: 'en', scripts: false, who: 'megan', name: 'Megan Howells', on: night }
]) {
  const how = `in ${lang}, scripts ${scripts ? 'on' : 'off'}${on.hasTouch ? ', on a telephone' : ''}${on.colorScheme ? ', at night' : ''}`
  test(`from the first page to a certificate that anybody can check, ${how}`, async () => {
    const visit = await open({ lang, scripts, ...on })
    const { page } = visit
    await go(page, '/')
    assert.equal(pathOf(page), `/${lang}`, 'the front door does not lead to the browser’s language')
    await press(page, 'a.govuk-button--start')
    await signIn(page, who, lang)
    assert.equal(pathOf(page), `/${lang}/learn`)

    await readOn(page, lang, 'working-together')
    await sit(page, lang, 10)
    await press(page, 'a.govuk-button--start') // on to the next module
    await readOn(page, lang, 'my-plan')
    await sit(page, lang, 10)
    await press(page, 'a.govuk-button--start') // on to the assessment
    assert.equal(pathOf(page), `/${lang}${course}/assessment`)
    await sit(page, lang, 25)
    await press(page, 'a.govuk-button--start') // on to the certificate
    await frame(page)

    assert.match(pathOf(page), new RegExp(`^/${lang}/certificates/[0-9a-z]{26}$`))
    assert.equal(await page.textContent('#cert-name'), name)
    const number = (await page.textContent('.golau-cert__no')).trim()
    const check = await page.getAttribute(`a[href*="/verify/"]`, 'href')
    await opensPDF(page)
    await visit.close()
    await verified({ lang, scripts, check, number, name, on })
  })
}

// readOn goes through a module by its own buttons, up to the page of its check.
async function readOn(page, lang, module) {
  if (pathOf(page) === `/${lang}/learn`) await press(page, 'a.govuk-button--start')
  for (let n = 0; !pathOf(page).endsWith('/check'); n++) {
    assert.ok(n < 50 && pathOf(page).startsWith(`/${lang}${course}/${module}/`), `reading ${module} led to ${pathOf(page)}`)
    await frame(page)
    await press(page, 'main form button.govuk-button--start')
  }
}

// sit takes what begins on this page, answers everything right, and ends on a result that passes.
async function sit(page, lang, questions) {
  await press(page, 'main form button.govuk-button--start')
  for (let n = 1; n <= questions; n++) {
    assert.match(pathOf(page), new RegExp(`^/${lang}/attempts/[0-9a-z]{26}/questions/${n}$`))
    await frame(page)
    await answer(page)
    await press(page, 'main button[value=next]')
  }
  assert.match(pathOf(page), /\/review$/)
  await frame(page)
  assert.equal(await page.locator('main .govuk-tag--green').count(), questions, 'not every question counts as answered')
  await press(page, 'main form button')
  await frame(page)
  assert.equal(await page.textContent('.golau-score__figure'), '100%')
}

async function opensPDF(page) {
  const link = page.locator('main a[href$="/pdf"]')
  const file = await page.evaluate(async (href) => {
    const answer = await fetch(href)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { kind: answer.headers.get('content-type'), begins: String.fromCharCode(...bytes.slice(0, 5)), size: bytes.length }
  }, await link.getAttribute('href'))
  assert.equal(file.kind, 'application/pdf')
  assert.equal(file.begins, '%PDF-')
  assert.ok(file.size > 10000, `a PDF of ${file.size} bytes`)
  const [shown] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/pdf')), link.click()])
  assert.equal(shown.status(), 200)
  await page.waitForURL('**/pdf')
}

// verified is somebody else, who has only the paper: first by its address, then by its number.
async function verified({ lang, scripts, check, number, name, on }) {
  const visit = await open({ lang, scripts, ...on })
  const { page } = visit
  const itIs = async () => {
    await frame(page)
    assert.equal(await page.textContent('h1'), genuine[lang])
    const lines = await page.textContent('main dl')
    for (const line of [name, number]) assert.ok(lines.includes(line), `the check does not say ${line}`)
  }
  assert.ok(check.startsWith(`${base}/${lang}/verify/`), check)
  await page.goto(check)
  await itIs()
  await go(page, `/${lang}/verify`)
  await page.fill('#number', ` ${number.toLowerCase()} `)
  await press(page, '#verify button[type=submit]')
  assert.equal(page.url(), check)
  await itIs()
  assert.deepEqual(await visit.context.cookies(), [], 'a visitor who switches nothing gets a cookie')
  await visit.close()
}
