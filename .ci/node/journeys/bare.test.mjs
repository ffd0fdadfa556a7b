// What somebody without scripts meets, looked through like every other page, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer } from './answers.mjs'
import { both, look } from './looks.mjs'
import { course, end, open, post, press, signIn, start, go } from './site.mjs'

before(start)
after(end)

test('pages of visitors without scripts', async () => {
  const visit = await open({ bare: true })
  const wrong = await both(visit, [
    ['bare-home', ''],
    ['bare-sign-in', '/sign-in'],
    ['bare-support', '/support'],
    ['bare-card', '/cards/what-to-do-now'],
    ['bare-verify', '/verify']
  ])
  assert.equal(await visit.page.locator('.js-enabled').count(), 0, 'a script has run')
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('learning without scripts: a lesson, questions, the review, the result, a certificate', async () => {
  const visit = await open({ bare: true })
  const { page } = visit
  await signIn(page, 'idris')
  const wrong = await both(visit, [
    ['bare-learn', '/learn'],
    ['bare-course', course],
    ['bare-lesson', `${course}/what-it-is/case`],
    ['bare-case', `${course}/first-hours/cases/semi`],
    ['bare-exercise', `${course}/signs/exercises/attendance`],
    ['bare-search', '/search?q=nrm'],
    ['bare-plan', '/plan'],
    ['bare-assessment', `${course}/assessment`],
    ['bare-account', '/account']
  ])
  const first = await post(page, `/en${course}/assessment`)
  const paper = first.replace(/^\/en|\d+$/g, '')
  const seen = new Set()
  for (let n = 1; n <= 25; n++) {
    await go(page, `/en${paper}${n}`)
    const { type } = await answer(page)
    await press(page, 'main button[value=next]')
    if (seen.has(type)) continue
    seen.add(type)
    await go(page, `/${['en', 'cy'][seen.size % 2]}${paper}${n}`) // in one language each: the types share their frame
    wrong.push(...(await look(page, `bare-question-${type}`)))
  }
  assert.ok(seen.size >= 3, `the paper has questions of the types ${[...seen]} only`)
  wrong.push(...(await both(visit, [['bare-review', paper.replace('questions/', 'review')]])))
  await post(page, `/en${paper.replace('questions/', 'submit')}`)
  wrong.push(...(await both(visit, [['bare-result', paper.replace('questions/', 'result')]])))
  await go(page, '/en/certificates')
  const certificate = await page.getAttribute('main a[href*="/certificates/"]', 'href')
  await go(page, certificate)
  const check = await page.getAttribute('a[href*="/verify/"]', 'href')
  wrong.push(...(await both(visit, [
    ['bare-certificate', certificate.replace(/^\/en/, '')],
    ['bare-verified', new URL(check, page.url()).pathname.replace(/^\/en/, '')]
  ])))
  await visit.close()
  assert.deepEqual(wrong, [])
})
