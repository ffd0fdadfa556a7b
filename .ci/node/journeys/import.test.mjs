// A training lead brings in a list of 500 people with twelve planted errors, puts right what the
// site says of them in the file that it gives back, and carries it out; then takes it back.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { both, look } from './looks.mjs'
import { end, go, open, pathOf, press, signIn, start, tick } from './site.mjs'

before(start)
after(end)

const people = 500
const heading = ['Enw', 'E-bost', 'Math o waith', 'Tîm', 'Grŵp diogelu', 'Yn gweithio yma ers', 'Rhif staff', 'Rheolwr llinell', 'Nodyn']

/** row is somebody new as the systems of an agency write them. */
const row = (n) => [
  `Efa Wyn`,
  `efa${n}@import.example`,
  n % 2 ? 'Iechyd' : 'Health',
  n % 3 ? 'Wardiau / Nos' : 'Wardiau',
  'ABCDEF'[n % 6],
  `${1 + (n % 28)}/03/2020`,
  `W${n}`,
  n > 1 ? 'W0' : '',
  'x'
]

// What is planted: the row, the column, and what stands there instead.
const planted = [
  [11, 0, ''],
  [52, 0, '=1+1'],
  [93, 1, 'efa at import.example'],
  [134, 1, 'efa1@import.example'],
  [175, 2, 'dewin'],
  [216, 2, ''],
  [257, 4, 'G'],
  [298, 5, '31/02/2020'],
  [339, 5, '1/1/2099'],
  [380, 6, 'W3'],
  [421, 7, 'nobody@import.example'],
  [462, 0, 'N'.repeat(300)]
]

const write = (rows) => Buffer.from(`\ufeff${rows.map((r) => r.map((c) => `"${c.replaceAll('"', '""')}"`).join(';')).join('\r\n')}\r\n`)

/** read takes apart what the site wrote: no cell of these lists holds a line of its own. */
const read = (text) =>
  text
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => (m[1] ?? m[2]).replaceAll('""', '"').replace(/^'(?==)/, '')))

async function bring(page, rows, name = 'pobl.csv') {
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: write(rows) })
  await press(page, 'form#import button[type=submit]')
}

const shown = (page) => page.locator('main').innerText()

test('500 people with twelve planted errors come in clean, and go again', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'dafydd')
  await page.waitForURL(/\/learn/)
  const wrong = await both(visit, [['lead-import', '/lead/import']])
  visit.expect(422, '^/cy/lead/import')
  await go(page, '/cy/lead/import')
  await press(page, 'form#import button[type=submit]')
  assert.equal(await page.locator('.govuk-error-summary').count(), 1, 'nothing says that there is no file')
  wrong.push(...(await look(page, 'lead-import-wrong')))

  const rows = [heading, ...Array.from({ length: people }, (_, n) => row(n))]
  for (const [n, column, typed] of planted) rows[n][column] = typed
  await go(page, '/en/lead/import')
  await bring(page, rows)
  const plan = pathOf(page).replace(/^\/../, '')
  wrong.push(...(await both(visit, [['lead-import-faults', plan]])))
  await go(page, `/en${plan}`)
  assert.match(await shown(page), /To be put right: 12\b/)
  assert.match(await shown(page), /Nodyn/, 'the column of another name is not named')
  assert.equal(await page.locator('form#carry-out').count(), 0, 'it can be carried out')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('main form[action$="/marked"] button:not([name])')])
  const back = read((await readFile(await download.path())).toString())
  const marked = back.flatMap((r, n) => (n && r.at(-1) ? [n] : []))
  assert.deepEqual(marked, planted.map(([n]) => n), 'the file does not say where')
  for (const n of marked) back[n] = [...row(n - 1), '']

  await go(page, '/en/lead/import')
  await bring(page, back)
  const clean = pathOf(page).replace(/^\/../, '')
  assert.match(await shown(page), /New: 500\b/)
  assert.match(await shown(page), /To be put right: 0\b/)
  assert.match(await shown(page), /Wardiau, Wardiau \/ Nos|Wardiau \/ Nos/)
  assert.equal(await page.locator('main input[type=checkbox]:checked').count(), 0, 'something is ticked already')
  wrong.push(...(await both(visit, [['lead-import-plan', clean]])))
  await go(page, `/en${clean}`)
  visit.expect(422, '^/en/lead/import/')
  await press(page, 'form#carry-out button[type=submit]:not(.golau-switch)')
  wrong.push(...(await look(page, 'lead-import-plan-done')))
  if (await page.locator('form#carry-out').count()) {
    await tick(page.locator('#invite'))
    await press(page, 'form#carry-out button[type=submit]:not(.golau-switch)')
  }
  for (let n = 0; !/was carried out/.test(await shown(page)); n++) {
    assert.ok(n < 200, 'it is never done')
    await go(page, `/en${clean}`)
  }
  assert.match(await shown(page), /People invited\s+500\s+0/)
  wrong.push(...(await both(visit, [['lead-import-done', clean], ['lead-import-list', '/lead/import']])))

  await go(page, '/en/lead/import')
  await bring(page, back)
  assert.match(await shown(page), /Unchanged: 500\b/, 'the same list again changes something')

  await go(page, `/en${clean}`)
  await press(page, 'main form[action$="/undo"] button')
  for (let n = 0; !/was taken back/.test(await shown(page)); n++) {
    assert.ok(n < 200, 'it is never taken back')
    await go(page, `/en${clean}`)
  }
  wrong.push(...(await both(visit, [['lead-import-undone', clean]])))
  await visit.close()
  assert.deepEqual(wrong, [])
})
