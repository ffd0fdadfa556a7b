// The certificate on a phone and on paper: what a sheet's own sizes come to.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
let browser, page

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const template = await readFile(join(root, 'cmd/golau/internal/web/learner/pages/certificate.html'), 'utf8')
  // The page's own marks, with a word wherever the program writes.
  const sheet = template.slice(template.indexOf('<section'), template.indexOf('</section>')).replace(/\{\{(if|with|range|end|else|template)[^}]*\}\}/g, '').replace(/>\{\{[^}]*\}\}/g, '>Gair').replace(/\{\{[^}]*\}\}/g, '')
  const css = await readFile(join(root, 'static/css/golau.css'), 'utf8')
  await page.setContent(`<!DOCTYPE html><html class="govuk-template"><style>${css}</style><body class="govuk-template__body"><main>${sheet}</section></main></body></html>`)
})

after(() => browser?.close())

// sizes lists the size of every text on the sheet, in pixels.
const sizes = () =>
  page.evaluate(() => {
    const walk = globalThis.document.createTreeWalker(globalThis.document.querySelector('.golau-cert'), 4)
    const all = {}
    while (walk.nextNode()) {
      const at = walk.currentNode.parentElement
      if (walk.currentNode.data.trim()) all[at.closest('[class]').className + ' ' + at.tagName] = parseFloat(globalThis.getComputedStyle(at).fontSize)
    }
    return all
  })

test('on a phone nothing on a certificate is smaller than 14 pixels', async () => {
  const all = await sizes()
  assert.ok(Object.keys(all).length >= 8, JSON.stringify(all))
  assert.deepEqual(Object.entries(all).filter(([, size]) => size < 14), [])
})

test('on paper a certificate keeps its own sizes', async () => {
  await page.emulateMedia({ media: 'print' })
  const all = await sizes()
  assert.ok(Object.values(all).includes(12), JSON.stringify(all)) // 9 points
})
