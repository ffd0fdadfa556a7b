// Takes pictures of pages, so that a person can look at them.
//
//   node shots.mjs --base http://127.0.0.1:8080 --out shots --paths pages.json
//
//   --paths FILE    a JSON list of "/en/" or {"name": "home", "path": "/en/", "click": "summary"};
//                   click opens something before the picture is taken
//   --widths LIST   390,1280 unless told
//   --schemes LIST  light,dark unless told
//   --person NAME   signs in as one of the demonstration's cast first
//   --axe           also says what axe-core finds (WCAG 2.0 to 2.2, A and AA, and best practice)
//
// It says what the browser complained about (the content policy, missing files, scripts), a page
// that scrolls sideways, and what axe found, and ends with 1 if there was any such thing.
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const { values: given } = parseArgs({
  options: {
    base: { type: 'string' },
    out: { type: 'string', default: 'shots' },
    paths: { type: 'string' },
    widths: { type: 'string', default: '390,1280' },
    schemes: { type: 'string', default: 'light,dark' },
    person: { type: 'string', default: '' },
    axe: { type: 'boolean', default: false }
  }
})
if (!given.base || !given.paths) {
  console.error('Say which site and which pages: --base http://127.0.0.1:8080 --paths pages.json')
  process.exit(2)
}

const pages = JSON.parse(await readFile(given.paths, 'utf8')).map((page) => (typeof page === 'string' ? { path: page } : page))
const axe = given.axe ? await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8') : ''

await mkdir(given.out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
})

let complaints = 0
for (const width of given.widths.split(',').map(Number)) {
  for (const colorScheme of given.schemes.split(',')) {
    const context = await browser.newContext({ viewport: { width, height: width < 700 ? 844 : 900 }, colorScheme })
    if (given.person) {
      const door = await context.newPage()
      await door.goto(new URL('/en/sign-in', given.base).href)
      await door.click(`button[value="${given.person}"]`)
      await door.close()
    }
    for (const { path, name = slug(path), click } of pages) {
      const shot = `${name}-${width}-${colorScheme}`
      for (const complaint of await take(context, path, click, join(given.out, `${shot}.png`))) {
        complaints++
        console.log(`${shot}: ${complaint}`)
      }
    }
    await context.close()
  }
}
await browser.close()
console.log(`${pages.length} pages, ${complaints} complaints, pictures in ${given.out}`)
process.exitCode = complaints > 0 ? 1 : 0

async function take(context, path, click, file) {
  const said = []
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (fault) => said.push(String(fault)))
  try {
    await page.goto(new URL(path, given.base).href, { waitUntil: 'networkidle' })
    await page.evaluate(() => document.fonts.ready)
    if (click) await page.click(click)
    await page.screenshot({ path: file, fullPage: true })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over > 0) said.push(`scrolls sideways by ${over} pixels`)
    if (axe) {
      await page.evaluate(axe)
      const { violations } = await page.evaluate(() =>
        window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      )
      for (const { id, help, nodes } of violations) said.push(`axe ${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
    }
  } catch (fault) {
    said.push(fault.message)
  }
  await page.close()
  return said
}

function slug(path) {
  return path.replace(/[^a-z0-9.]+/gi, '-').replace(/^-+|-+$/g, '') || 'root'
}
