// What every journey stands on: one browser, windows into the site that are watched, and the cast.
//
//   GOLAU_BASE    where `golau serve --demo` answers; its data are used up by one run
//   GOLAU_ORACLE  the question banks as JSON: {"bank": {"questions": [...]}}
//   SHOTS         a folder for pictures of every page; none are taken unless it is set
//   CHROMIUM      the browser, unless it is Debian's
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'
import { closed } from '../closed.mjs'

export const base = process.env.GOLAU_BASE
assert.ok(base, 'GOLAU_BASE says which site: start `golau serve --demo` and give its address')

// exit is where "Leave this page" leads. Nothing leaves this machine: it is answered here.
export const exit = 'https://www.bbc.co.uk/weather'
export const course = '/learn/child-trafficking'

let browser

/** start opens the browser before the first journey; end closes it after the last. */
export async function start() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'
    ]
  })
}

export const end = () => browser && closed(browser)

/**
 * open gives a page in a fresh browser profile. Whatever the browser complains about while it lasts
 * is kept in faults: errors on the console, the content policy, scripts that fail, answers from 400
 * on that nobody expected, and requests to any other host. A bare page is as it is for somebody
 * without scripts, but can be looked through: the site's own arrive empty.
 */
export async function open({ lang = 'en', scripts = true, bare = false, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: lang,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
    ...options
  })
  context.setDefaultTimeout(45000)
  const faults = []
  const expected = []
  const isExpected = (url, status) => expected.some((e) => new URL(url).pathname.match(e.path) && status === e.status)
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (e) => console.error(`content policy: ${e.violatedDirective} ${e.blockedURI}`))
  )
  await context.route(exit, (route) => route.fulfill({ contentType: 'text/html', body: '<title>left</title>' }))
  if (bare) await context.route(/\.js(\?.*)?$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  context.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(`${base}/`) && url !== exit) faults.push(`asks another host: ${url}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400 && !isExpected(response.url(), response.status())) faults.push(`${response.status()} from ${response.url()}`)
  })
  context.on('weberror', (fault) => faults.push(String(fault.error())))
  context.on('console', (message) => {
    const [, status] = message.text().match(/^Failed to load resource: .* status of (\d+)/) || []
    if (message.type() !== 'error' || (status && isExpected(message.location().url, Number(status)))) return
    faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  const page = await context.newPage()
  return {
    context,
    page,
    /** expect says that an address will answer with a status from 400 on, as it has to. */
    expect: (status, path) => expected.push({ status, path }),
    faults,
    /** close ends the window and fails if anything was wrong in it. */
    async close() {
      await closed(context)
      assert.deepEqual(faults, [], 'the browser complains')
    }
  }
}

export const go = (page, path) => page.goto(base + path)
export const pathOf = (page) => new URL(page.url()).pathname

/** signIn presses the button of one of the cast, from wherever the page is if it has one. */
export async function signIn(page, who, lang = 'en') {
  if (!page.url().startsWith(base) || !(await page.locator(`button[value=${who}]`).count())) await go(page, `/${lang}/sign-in`)
  await press(page, `button[value=${who}]`)
}

/** press clicks what leads on, and waits until a new page is there. */
export async function press(page, target) {
  await Promise.all([page.waitForNavigation(), typeof target === 'string' ? page.click(target) : target.click()])
}

/** tick chooses a box or a circle by the space bar: a click can miss what is still finding its place. */
export async function tick(input) {
  await input.focus()
  if (!(await input.isChecked())) await input.page().keyboard.press('Space')
  assert.ok(await input.isChecked(), 'the space bar chooses nothing')
}

/**
 * post sends a form as a page of the site would, without waiting for the page that comes of it, and
 * returns where it led: for what a journey needs done but does not look at.
 */
export async function post(page, path, form = {}) {
  const { status, url } = await page.evaluate(
    async ([to, fields]) => {
      const answer = await fetch(to, { method: 'POST', body: new URLSearchParams(fields) })
      return { status: answer.status, url: answer.url }
    },
    [path, form]
  )
  assert.equal(status, 200, `POST ${path} ends with ${status} at ${url}`)
  return new URL(url).pathname
}

/** read reads what is left of a module and returns the path of its check. */
export async function read(page, module, lang = 'en') {
  const door = `/${lang}${course}/${module}`
  let at = new URL(await page.evaluate(async (to) => (await fetch(to)).url, door)).pathname
  for (let n = 0; at !== `${door}/check`; n++) {
    assert.ok(n < 50, `module ${module} has no end: ${at}`)
    at = await post(page, at)
  }
  return at
}
