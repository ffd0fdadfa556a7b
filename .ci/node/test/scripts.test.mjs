// What static/js does, seen from a real browser under the policy that every page has.
//   npm test
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { closed } from '../closed.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

const document = (lang, main) => `<!DOCTYPE html>
<html lang="${lang}" class="govuk-template"><head><meta charset="utf-8"><title>T</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/static/images/favicon.svg">
<link rel="stylesheet" href="/static/css/golau.css"><script type="module" src="/static/js/golau.js"></script>
<script type="module" src="/static/js/quiz.js"></script></head><body class="govuk-template__body golau-body">
<a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">Skip</a>
<aside class="golau-safety"><div class="govuk-width-container golau-safety__row"><span>Help</span>
<div class="govuk-exit-this-page" data-module="govuk-exit-this-page" data-i18n.activated="Yn llwytho." data-i18n.timed-out="Daeth i ben."
 data-i18n.press-two-more-times="Pwyswch ddwywaith eto." data-i18n.press-one-more-time="Pwyswch unwaith eto.">
<a href="/weather" role="button" class="govuk-button govuk-exit-this-page__button govuk-js-exit-this-page-button" data-module="govuk-button">Gadael</a></div></div></aside>
<main id="main" class="govuk-width-container golau-main">${main}</main></body></html>`

const choice = (kind, value) => `<div class="govuk-${kind}__item"><input class="govuk-${kind}__input" id="${kind}-${value}" name="${kind}"
 type="${kind === 'radios' ? 'radio' : 'checkbox'}" value="${value}"><label class="govuk-label govuk-${kind}__label" for="${kind}-${value}">Answer ${value}</label></div>`

const quiz = document(
  'en',
  `<form method="post" action="/submit" data-autosave="/save" data-offline="Not saved yet." data-signed-out="Press Next and sign in."><input type="hidden" name="version" value="1">
<div class="govuk-radios golau-choices">${['a', 'b', 'c'].map((v) => choice('radios', v)).join('')}</div>
<div class="govuk-checkboxes golau-choices">${['x', 'y'].map((v) => choice('checkboxes', v)).join('')}</div>
<p class="golau-saved" role="status"></p><button class="govuk-button" id="go" name="go" value="next">Next</button></form>`
)

const lists = document(
  'en',
  `<form method="post" action="/submit" data-autosave="/save" data-offline="Not saved yet."><input type="hidden" name="version" value="1">
<label for="list">First</label><select id="list" name="list"><option value="">Choose</option><option>a</option><option>b</option><option>c</option></select>
<p class="golau-saved" role="status"></p><button class="govuk-button" id="go" name="go" value="next">Next</button></form>`
)

const password = document(
  'cy',
  `<form method="post" action="/submit"><div class="govuk-form-group govuk-password-input" data-module="govuk-password-input"
 data-i18n.show-password="Dangos" data-i18n.hide-password="Cuddio" data-i18n.show-password-aria-label="Dangos y cyfrinair"
 data-i18n.hide-password-aria-label="Cuddio’r cyfrinair" data-i18n.password-shown-announcement="Mae’ch cyfrinair i’w weld"
 data-i18n.password-hidden-announcement="Mae’ch cyfrinair wedi’i guddio"><label class="govuk-label" for="p">Cyfrinair</label>
<div class="govuk-input__wrapper govuk-password-input__wrapper"><input class="govuk-input govuk-password-input__input govuk-js-password-input-input"
 id="p" name="p" type="password"><button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
 hidden>Dangos</button></div></div></form>`
)

const error = document(
  'en',
  `<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert"><h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#n">Enter a name</a></li></ul></div></div></div>
<div class="govuk-form-group govuk-form-group--error"><label class="govuk-label" for="n">Name</label><input class="govuk-input" id="n"></div>`
)

// answer(request) decides what saving answers: {status, json, wait, cut}.
let answer, saves, posted, busy, most, server, browser, base, context, page, complaints
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const launch = () => chromium.launch({ executablePath, args })

before(async () => {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x')
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
    if (pathname === '/save') {
      most = Math.max(most, ++busy)
      const save = { form, headers: request.headers, at: Date.now() }
      saves.push(save)
      const { status = 200, json, wait = 0, cut = false, headers = {} } = answer(save, saves.length)
      await new Promise((done) => setTimeout(done, wait))
      busy--
      if (cut) {
        // Half an answer: where there is none at all, Chromium asks again by itself.
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 })
        response.write('{')
        return setTimeout(() => response.destroy(), 50)
      }
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
      return response.end(json === undefined ? '' : JSON.stringify(json))
    }
    const pages = { '/quiz': quiz, '/lists': lists, '/password': password, '/error': error, '/weather': '<title>weather</title>', '/submit': '<title>submitted</title>' }
    if (pathname in pages) {
      if (pathname === '/submit') posted.push(form)
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
      return response.end(pages[pathname])
    }
    try {
      const kind = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2' }[pathname.split('.').pop()]
      const content = await readFile(join(root, pathname))
      response.writeHead(200, { 'Content-Type': kind })
      response.end(content)
    } catch {
      response.writeHead(404)
      response.end()
    }
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  base = `http://127.0.0.1:${server.address().port}`
  browser = await launch()
})

after(async () => {
  if (browser) await closed(browser)
  server?.closeAllConnections()
  server?.close()
})

beforeEach(async () => {
  if (context && !(await closed(context))) {
    await closed(browser)
    browser = await launch()
  }
  context = await browser.newContext()
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (fault) => complaints.push(String(fault)))
  page.on('console', (message) => /Content Security Policy|TrustedHTML|Trusted/i.test(message.text()) && complaints.push(message.text()))
  saves = []
  posted = []
  busy = most = 0
  answer = (_, n) => ({ json: { saved: '14:02', version: n + 1, message: `Saved ${n}` } })
})

const says = (text) => page.waitForFunction((want) => globalThis.document.querySelector('.golau-saved').textContent === want, text)
const choose = (id) => page.check(`#${id}`)
// atOnce presses things without a breath between them, however slow the machine.
const atOnce = (...ids) => page.evaluate((all) => all.forEach((id) => globalThis.document.getElementById(id).click()), ids)
const untroubled = () => assert.deepEqual(complaints, [])
test('an answer is kept when it is given', async () => {
  await page.goto(`${base}/quiz`)
  await choose('radios-b')
  await says('Saved 1')
  await choose('checkboxes-x')
  await says('Saved 2')
  assert.deepEqual(saves.map((save) => save.form), [
    { version: '1', radios: 'b' },
    { version: '2', radios: 'b', checkboxes: 'x' }
  ])
  const { headers } = saves[0]
  assert.equal(headers.accept, 'application/json')
  assert.equal(headers['x-requested-with'], 'fetch')
  assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/)
  assert.equal(await page.inputValue('[name=version]'), '3')
  untroubled()
})

test('one request at a time, and the newest answer last', async () => {
  answer = (_, n) => ({ json: { version: n + 1, message: `Saved ${n}` }, wait: 300 })
  await page.goto(`${base}/quiz`)
  await atOnce('radios-a', 'radios-b', 'radios-c')
  await says('Saved 2')
  assert.equal(most, 1)
  assert.deepEqual(saves.map((save) => [save.form.version, save.form.radios]), [['1', 'a'], ['2', 'c']])
  untroubled()
})

test('answered elsewhere: says so, offers the page again, and stops', async () => {
  answer = () => ({ status: 409, json: { message: 'Changed <b>elsewhere</b>.', reload: '/weather', reload_text: 'Load it again' } })
  await page.goto(`${base}/quiz`)
  await choose('radios-a')
  await says('Changed <b>elsewhere</b>. Load it again')
  assert.ok(await page.isVisible('.golau-saved--stale'))
  await choose('radios-b')
  await page.waitForTimeout(200)
  assert.equal(saves.length, 1)
  await page.click('.golau-saved a')
  assert.equal(await page.title(), 'weather')
  untroubled()
})

test('a link to anywhere else is not made', async () => {
  answer = () => ({ status: 409, json: { message: 'Changed.', reload: 'javascript:alert(1)', reload_text: 'Load it again' } })
  await page.goto(`${base}/quiz`)
  await choose('radios-a')
  await says('Changed.')
  assert.equal(await page.locator('.golau-saved a').count(), 0)
})

test('signed out: says so, and the next answer tries again', async () => {
  answer = (_, n) => (n === 1 ? { status: 401, json: { message: 'Sign in to see this page.' } } : { json: { version: 2, message: 'Saved' } })
  await page.goto(`${base}/quiz`)
  await choose('radios-a')
  await says('Press Next and sign in.')
  assert.ok(await page.isVisible('.golau-saved--stale'))
  await choose('radios-b')
  await says('Saved')
  assert.equal(await page.locator('.golau-saved--stale').count(), 0)
})

// go through the list as the arrow keys do: a change at each of them, without a breath between.
const through = (...values) =>
  page.evaluate((all) => {
    const list = globalThis.document.getElementById('list')
    list.focus()
    for (const value of all) {
      list.value = value
      list.dispatchEvent(new Event('change', { bubbles: true }))
    }
  }, values)
const sent = () => saves.map((save) => save.form.list)
test('a list gone through by the arrows is kept where it comes to rest', async () => {
  await page.goto(`${base}/lists`)
  await through('a', 'b', 'c')
  await says('Saved 1')
  assert.deepEqual(sent(), ['c'])
  await through('a')
  await says('Saved 2')
  assert.deepEqual(sent(), ['c', 'a'])
  untroubled()
})

for (const [how, [leave, left]] of Object.entries({
  'the focus goes on': [() => globalThis.document.getElementById('go').focus()],
  'the page is left': [() => globalThis.location.assign('/weather'), '**/weather']
})) {
  test(`a list is kept at once when ${how}`, async () => {
    await page.clock.install() // no pause ever ends by itself
    await page.goto(`${base}/lists`)
    await through('a', 'b')
    assert.deepEqual(sent(), [])
    await page.evaluate(leave)
    for (let n = 0; n < 200 && !saves.length; n++) await new Promise((done) => setTimeout(done, 50))
    assert.deepEqual(sent(), ['b'])
    if (left) await page.waitForURL(left)
  })
}

test('a list that changes while an answer is on its way is sent once, after it', async () => {
  answer = (_, n) => ({ json: { version: n + 1, message: `Saved ${n}` }, wait: n === 1 ? 1500 : 0 })
  await page.goto(`${base}/lists`)
  await through('a')
  await page.waitForRequest('**/save')
  await through('b', 'c')
  await says('Saved 2')
  assert.deepEqual(saves.map((save) => [save.form.version, save.form.list]), [['1', 'a'], ['2', 'c']])
  assert.equal(most, 1)
})

test('sending the page takes the list along, without a pause', async () => {
  await page.goto(`${base}/lists`)
  await through('a', 'b')
  await page.evaluate(() => globalThis.document.getElementById('go').click())
  await page.waitForURL('**/submit')
  assert.equal(posted[0].list, 'b')
  assert.deepEqual(sent(), [])
})

for (const [what, fault] of Object.entries({
  'the line is cut': { cut: true },
  'the server is busy': { status: 503 },
  'something else answers': { json: null },
  'the answer says nothing': { status: 403, json: {} }
})) {
  test(`${what}: says so and tries again until it is kept`, async () => {
    answer = (_, n) => (n <= 2 ? fault : { json: { version: 2, message: 'Saved' } })
    await page.goto(`${base}/quiz`)
    await choose('radios-a')
    await says('Not saved yet.')
    assert.ok(await page.isVisible('.golau-saved--waiting'))
    await says('Saved')
    assert.equal(await page.locator('.golau-saved--waiting').count(), 0)
    assert.equal(saves.length, 3)
    const waits = [saves[1].at - saves[0].at, saves[2].at - saves[1].at]
    assert.ok(waits[0] >= 950 && waits[1] >= 1950, `waited ${waits}`)
    assert.deepEqual(saves[2].form, { version: '1', radios: 'a' })
    untroubled()
  })
}

test('waits as long as the server asks', async () => {
  answer = (_, n) => (n === 1 ? { status: 429, headers: { 'Retry-After': '3' } } : { json: { version: 2, message: 'Saved' } })
  await page.goto(`${base}/quiz`)
  await choose('radios-a')
  await says('Saved')
  assert.ok(saves[1].at - saves[0].at >= 2950)
})

test('sending the page waits for the answer under way and carries its version', async () => {
  answer = () => ({ json: { version: 2, message: 'Saved' }, wait: 600 })
  await page.goto(`${base}/quiz`)
  await atOnce('radios-a', 'go')
  await page.waitForURL('**/submit')
  assert.deepEqual(posted, [{ version: '2', radios: 'a', go: 'next' }])
  assert.equal(saves.length, 1)
})

test('sending the page does not wait for ever', async () => {
  answer = () => ({ json: { version: 2, message: 'Saved' }, wait: 9000 })
  await page.goto(`${base}/quiz`)
  const pressed = Date.now()
  await atOnce('radios-a', 'go', 'go')
  await page.waitForURL('**/submit')
  assert.ok(Date.now() - pressed < 8500)
  assert.equal(posted.length, 1)
})

for (const [why, then] of Object.entries({ 'Not saved yet.': { cut: true }, 'Press Next and sign in.': { status: 401, json: { message: 'Sign in.' } } })) {
  test(`a page sent while it is not known whether its last answer was kept says what that was: ${why}`, async () => {
    answer = (_, n) => (n === 1 ? { cut: true } : then)
    await page.goto(`${base}/quiz`)
    await choose('radios-a')
    await says(why)
    await atOnce('radios-b', 'go')
    await page.waitForURL('**/submit')
    assert.deepEqual(posted, [{ version: '1', radios: 'b', go: 'next', sent: 'version=1&radios=a' }])
  })
}

test('Leave this page: a press, the space bar, or Shift three times', async () => {
  // The page is on its way out while it is covered, so it notes itself what was seen.
  await page.addInitScript(() => {
    new globalThis.MutationObserver(() => {
      const cover = globalThis.document.querySelector('.govuk-exit-this-page-overlay')
      const main = globalThis.document.querySelector('main')
      if (cover) globalThis.sessionStorage.setItem('seen', `${cover.textContent} main is ${globalThis.getComputedStyle(main).display}`)
    }).observe(globalThis.document, { childList: true, subtree: true })
  })
  const help = () => page.textContent('.govuk-exit-this-page [role=status]')
  for (const leave of [
    () => page.click('.govuk-exit-this-page__button'),
    async () => {
      await page.focus('.govuk-exit-this-page__button')
      await page.keyboard.press('Space')
    },
    async () => {
      await page.keyboard.press('Shift')
      assert.equal(await help(), 'Pwyswch ddwywaith eto.')
      await page.keyboard.press('Shift')
      assert.equal(await help(), 'Pwyswch unwaith eto.')
      assert.ok(await page.isVisible('.govuk-exit-this-page__indicator'))
      await page.keyboard.press('Shift')
    }
  ]) {
    await page.goto(`${base}/quiz`)
    await page.waitForSelector('.govuk-frontend-supported')
    await page.evaluate(() => globalThis.sessionStorage.clear())
    await leave()
    await page.waitForURL('**/weather')
    assert.equal(await page.evaluate(() => globalThis.sessionStorage.getItem('seen')), 'Yn llwytho. main is none')
  }
  untroubled()
})

test('a password can be shown and hidden, in Welsh', async () => {
  await page.goto(`${base}/password`)
  await page.fill('#p', 'abc')
  const toggle = page.locator('.govuk-password-input__toggle')
  await toggle.click()
  assert.equal(await page.getAttribute('#p', 'type'), 'text')
  assert.equal(await toggle.textContent(), 'Cuddio')
  assert.equal(await toggle.getAttribute('aria-label'), 'Cuddio’r cyfrinair')
  assert.equal(await page.textContent('.govuk-password-input__sr-status'), 'Mae’ch cyfrinair i’w weld')
  await toggle.click()
  assert.equal(await page.getAttribute('#p', 'type'), 'password')
  untroubled()
})

test('errors are read first and lead to their field; the skip link leads to the text', async () => {
  await page.goto(`${base}/error`)
  await page.waitForFunction(() => globalThis.document.activeElement.classList.contains('govuk-error-summary'))
  await page.click('.govuk-error-summary a')
  assert.equal(await page.evaluate(() => globalThis.document.activeElement.id), 'n')
  await page.focus('.govuk-skip-link')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => globalThis.document.activeElement.id), 'main')
  untroubled()
})

test('figures are of one width where asked, and Welsh letters come from our typeface', async () => {
  await page.goto(`${base}/error`)
  const [ones, eights, ours] = await page.evaluate(async () => {
    await globalThis.document.fonts.ready
    const wide = (text, family) => {
      const span = globalThis.document.createElement('span')
      span.className = 'golau-number'
      span.style.fontFamily = family
      span.style.fontSize = '100px'
      span.textContent = text
      globalThis.document.body.append(span)
      return span.getBoundingClientRect().width
    }
    const face = '"Atkinson Hyperlegible Next"'
    const same = (text) => wide(text, `${face}, serif`) === wide(text, `${face}, monospace`)
    return [wide('1111', face), wide('8888', face), [...'âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿÂÊÎÔÛŴŶẀẂẄỲÝŁłŠšŽžŐő–—‘’“”…•·×£€§'].filter((letter) => !same(letter))]
  })
  assert.equal(ones, eights)
  assert.deepEqual(ours, [])
})
