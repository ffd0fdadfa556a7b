// Twenty answers given without a network: ten one after the other, ten in as many windows whose
// session ends meanwhile. Each is there once when the network is back, on the question it was given to.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer } from './answers.mjs'
import { look } from './looks.mjs'
import { course, end, go, open, pathOf, post, press, read, signIn, start } from './site.mjs'

const who = 'rhian'
const questions = 10
const next = 'main button[value=next]'

before(start)
after(end)

const given = (page) =>
  page.evaluate(() => [...new FormData(document.getElementById('question'))].filter(([name, value]) => value && name !== 'version').join(';'))
const version = async (page) => Number(await page.inputValue('#question [name=version]'))
const waits = (page) => page.waitForSelector('.golau-saved--waiting')
const saved = (page) => page.waitForFunction(() => /^(Saved at|Cadwyd am) \d\d:\d\d$/.test(document.querySelector('.golau-saved').textContent))

// counted has every window count what is changed in it by hand.
const counted = (context) =>
  context.addInitScript(() => {
    globalThis.changes = 0
    document.addEventListener('change', () => globalThis.changes++)
  })

// Without a network what is asked fails, and the browser complains of it.
const cut = (visit) => visit.context.setOffline(true)
const mend = (visit) => visit.context.setOffline(false)
async function close(visit) {
  const others = visit.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))
  visit.faults.splice(0, visit.faults.length, ...others)
  await visit.close()
}

// once wants the question to hold what was given, in no more versions than it was changed by hand.
async function once(page, path, wanted, changes) {
  await go(page, path)
  assert.equal(await given(page), wanted, `${path} does not hold what was given`)
  const v = await version(page)
  assert.ok(v >= 1 && v <= changes, `${path} was changed ${changes} times and has version ${v}`)
}

test('ten answers one after the other: no press loses one, and each is kept when the network is back', async () => {
  const visit = await open()
  const { page } = visit
  await counted(visit.context)
  await signIn(page, who, 'cy')
  await read(page, 'what-it-is', 'cy')
  const attempt = (await post(page, `/cy${course}/what-it-is/check`)).replace(/\d+$/, '')
  const all = []
  for (let n = 1; n <= questions; n++) {
    await go(page, attempt + n)
    await cut(visit)
    await answer(page)
    await waits(page)
    const wanted = await given(page)
    await page.click(next)
    await waits(page)
    if (n === 1) assert.deepEqual(await look(page, 'question-offline'), [])
    assert.equal(pathOf(page), attempt + n, 'pressing Next has lost the page, and the answer on it')
    assert.equal(await given(page), wanted)
    all.push({ path: attempt + n, wanted, changes: await page.evaluate('changes') })
    await mend(visit)
    await saved(page)
    await press(page, next)
    assert.equal(pathOf(page), n < questions ? attempt + (n + 1) : attempt.replace(/questions\/$/, 'review'))
  }
  for (const { path, wanted, changes } of all) await once(page, path, wanted, changes)
  await go(page, attempt.replace(/questions\/$/, 'review'))
  await press(page, 'main form[action$="/submit"] button')
  assert.match(pathOf(page), /\/result$/)
  await close(visit)
})

test('ten windows, and the session ends meanwhile: each is led back to its own question after signing in', async () => {
  const visit = await open()
  await counted(visit.context)
  await signIn(visit.page, who)
  await read(visit.page, 'signs')
  const attempt = (await post(visit.page, `/en${course}/signs/check`)).replace(/\d+$/, '')
  const windows = []
  for (let n = 1; n <= questions; n++) {
    const page = await visit.context.newPage()
    await go(page, attempt + n)
    windows.push({ page, path: attempt + n })
  }
  await cut(visit)
  for (const w of windows) {
    await answer(w.page)
    await waits(w.page)
    w.wanted = await given(w.page)
    w.changes = await w.page.evaluate('changes')
  }
  await visit.context.clearCookies({ name: '__Host-golau' })
  visit.expect(401, /^\/en\/attempts\//)
  await mend(visit)
  for (const { page } of windows) {
    await page.bringToFront()
    await page.waitForSelector('.golau-saved--stale')
  }
  for (const { page, path, wanted } of windows) {
    await page.bringToFront()
    await press(page, next)
    assert.match(await page.textContent('main .golau-note'), /What you sent is kept/)
    await signIn(page, who)
    assert.equal(pathOf(page), path, 'signing in does not lead back to the question')
    assert.equal(await given(page), wanted)
    await visit.context.clearCookies({ name: '__Host-golau' })
  }
  await signIn(visit.page, who)
  for (const { path, wanted, changes } of windows) await once(visit.page, path, wanted, changes)
  await close(visit)
})
