// Lessons in both languages: every part of two modules, the first of the others that are open, and
// what one costs to fetch. The words of all are looked through by golau check.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { both } from './looks.mjs'
import { base, course, end, go, open, pathOf, read, signIn, start } from './site.mjs'

before(start)
after(end)

test('lessons, full and short', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'tom')
  const pages = [['learn-half', '/learn'], ['course-half', course]]
  for (const module of ['what-it-is', 'signs']) {
    // The rail leads to every part once all are read.
    await read(page, 'signs')
    await go(page, `/en${course}/${module}/case`)
    const all = await page.locator('.golau-rail a, .golau-rail li[aria-current]').evaluateAll((parts) => parts.map((p) => p.getAttribute('href')))
    const links = [...new Set([...all.filter(Boolean), pathOf(page)])].filter((path) => !path.endsWith('/check'))
    assert.ok(links.length >= 4, `${module} has the parts ${links}`)
    for (const link of links) {
      const path = link.replace(/^\/en/, '')
      pages.push([`lesson-${path.split('/').slice(-2).join('-')}`, path])
      await go(page, link)
      if (await page.locator('a[href$="?version=short"]').count()) pages.push([`lesson-${path.split('/').slice(-2).join('-')}-short`, `${path}?version=short`])
    }
  }
  for (const module of ['before-you-start', 'own-streets', 'first-hours', 'nrm-and-guardian', 'victims-not-criminals', 'working-together']) {
    const link = new URL(await page.evaluate(async (to) => (await fetch(to)).url, `/en${course}/${module}`)).pathname
    const part = link.endsWith('/check') ? `${course}/${module}/${module === 'before-you-start' ? 'report' : 'case'}` : link.replace(/^\/en/, '')
    pages.push([`lesson-${part.split('/').slice(-2).join('-')}`, part])
  }
  assert.ok(pages.some(([name]) => name.endsWith('-short')), 'no lesson has a shorter version')
  // The first part of each, in full and short, is looked at in every mode; the others are of its make.
  const whole = ([name]) => /^(learn|course)-|^lesson-(what-it-is|signs)-case(-short)?$/.test(name)
  const wrong = await both(visit, pages.filter(whole))
  wrong.push(...(await both(visit, pages.filter((page) => !whole(page)), { sibling: true })))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('a cold lesson in Welsh is small', async () => {
  const warm = await open({ lang: 'cy' })
  await signIn(warm.page, 'tom', 'cy')
  const storageState = await warm.context.storageState()
  await warm.close()
  const cold = await open({ lang: 'cy', storageState, viewport: { width: 390, height: 844 } })
  const line = await cold.context.newCDPSession(cold.page)
  await line.send('Network.enable')
  const asked = []
  let bytes = 0
  line.on('Network.requestWillBeSent', ({ request }) => asked.push(new URL(request.url).pathname))
  line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await cold.page.goto(`${base}/cy${course}/what-it-is/act-purpose`, { waitUntil: 'networkidle' })
  await cold.page.evaluate(() => document.fonts.ready)
  assert.match(await cold.page.textContent('h1'), /\S/)
  await cold.close()
  assert.ok(asked.length <= 8, `${asked.length} requests: ${asked.join(' ')}`)
  assert.ok(bytes > 20000 && bytes <= 90000, `${bytes} bytes in ${asked.length} requests`)
  console.log(`cold Welsh lesson: ${asked.length} requests, ${bytes} bytes`)
})
