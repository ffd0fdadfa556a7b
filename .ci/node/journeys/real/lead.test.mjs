// A new training lead: from the invitation to a first assignment by keyboard alone, in English with
// scripts and in Welsh without; then somebody moves to another team, and who is overdue is reminded.
//
//   GOLAU_LETTERS   where the letters that went out can be read: [{to, text}]
//   GOLAU_CLOCK     lets ?minutes=n pass, does what waits, and says what time it is
//   GOLAU_PASSWORD  by which the cast comes in
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hand } from '../hand.mjs'
import { both, frame, look } from '../looks.mjs'
import { end, go, open, pathOf, press, start, tick } from '../site.mjs'
import { code } from './totp.mjs'

before(start)
after(end)

const me = { en: 'mair@glannau.example', cy: 'eurgain@glannau.example' }
const mine = 'saith cwch bach glas'
const app = {} // the keys of their authenticator apps
const send = (form) => `main form#${form} button[type=submit]:not(.golau-switch)`
const main = (page) => page.locator('main').innerText()
const letters = async () => (await fetch(process.env.GOLAU_LETTERS)).json()

/** pass lets minutes pass on the site, and returns what time it is there. */
async function pass(minutes) {
  const answer = await fetch(`${process.env.GOLAU_CLOCK}?minutes=${minutes}`)
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

const words = {
  en: { role: 'Education', concerns: /It concerns 4 people/, asked: /Asked of 4 people now/ },
  cy: { role: 'Addysg', concerns: /Mae’n effeithio ar 4 o bobl/, asked: /Gofynnir i 4 o bobl nawr/ }
}

for (const [lang, scripts] of [['en', true], ['cy', false]]) {
  test(`a new lead's first assignment by keyboard, in ${lang}, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const now = await pass(1)
    const { text } = (await letters()).find(({ to }) => to === me[lang])
    const link = text.match(/http\S+\/(?:en|cy)\/invitation\/\S+/)[0]
    const visit = await open({ lang, scripts })
    const { page } = visit
    const { clock, read, type, choose, push } = hand(page)
    const at = (rest) => new RegExp(`^/${lang}${rest}$`)

    await go(page, new URL(link).pathname)
    await read(at('/invitation/\\S+'))
    await type('password', mine)
    await push(send('invitation'), at('/second-factor'))
    await read(at('/second-factor'))
    await push(send('second'), at('/second-factor/set-up'))
    await read(at('/second-factor/set-up'))
    app[lang] = await page.locator('main code').innerText()
    await type('code', code(app[lang], 0, now))
    await push(send('confirm'), at('/second-factor/confirm'))
    clock.seconds += 60 // to write the recovery codes down
    await read(at('/second-factor/confirm'))
    await push('main a.govuk-button', at('/(learn|lead)'))
    await push(`header a[href="/${lang}/lead"], nav a[href="/${lang}/lead"]`, at('/lead'))
    await read(at('/lead'))
    await push(`main a[href="/${lang}/lead/rules"]`, at('/lead/rules'))
    await read(at('/lead/rules'))
    await push(`main a[href="/${lang}/lead/rules/new"]`, at('/lead/rules/new'))
    await read(at('/lead/rules/new'))
    await choose('job_role', 'education')
    if (lang === 'cy') await type('days', '35') // what the other asks already is not asked twice
    await push(send('rule'), at('/lead/rules/plan'))

    const plan = await main(page)
    assert.match(plan, words[lang].concerns)
    for (const row of await page.locator('main tbody tr').all()) {
      assert.match(await row.locator('td').first().innerText(), new RegExp(words[lang].role), 'a row does not say why')
    }
    for (const name of ['Huw Penri', 'Lowri Haf', 'Nia Rhydderch']) assert.ok(plan.includes(name), `${name} is not named`)
    assert.ok(!plan.includes('Gwen Ifans'), 'somebody of another agency is named')
    await read(at('/lead/rules/plan'))
    await push('main form[action$="/lead/rules"] button', at('/lead/rules/[a-z0-9]{26}'))
    await read(at('/lead/rules/[a-z0-9]{26}'))
    assert.match(await main(page), words[lang].asked)
    console.log(`${lang}: somebody unhurried would take ${Math.round(clock.seconds)} s for ${clock.pages} pages and ${clock.keys} keys`)
    assert.ok(clock.seconds < 300, `somebody unhurried would take ${Math.round(clock.seconds)} s`)
    await visit.close()
  })
}

/** signIn comes in by a password, and by the app where there is one, in a moment in which its code is new. */
async function signIn(page, email, password, key, lang = 'en') {
  const now = await pass(1)
  await go(page, `/${lang}/sign-in`)
  await page.fill('#email', email)
  await page.fill('#password', password)
  await press(page, send('sign-in'))
  if (key) {
    await page.fill('#code', code(key, 0, now))
    await press(page, send('second'))
  }
  assert.match(pathOf(page), /^\/(en|cy)\/(learn|lead)/)
}

/** asks makes a rule for a team, about one module, as the form and its preview do. */
async function asks(page, team, part) {
  await go(page, '/en/lead/rules/new')
  await tick(page.locator(`input[name=parts][value=${part}]`))
  const option = await page.locator('#team option', { hasText: team }).getAttribute('value')
  await page.selectOption('#team', option)
  await press(page, send('rule'))
  await press(page, 'main form[action$="/lead/rules"] button')
  return { rule: pathOf(page), team: option }
}

/** asked is what stands under "what is asked" on a person's page. */
const asked = (page) => page.locator('table:has(#asked) tbody tr').allInnerTexts()

/** counted is the row of a team in the overview: its name, how many there are, and of each status. */
async function counted(page, team) {
  await go(page, '/en/lead')
  const row = page.locator('table:has(#figures) tbody tr', { hasText: team })
  return (await row.locator('td').allInnerTexts()).map((cell) => parseInt(cell, 10))
}

test('somebody moves, and falls under the rule of the other team at once', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, me.en, mine, app.en)
  for (const [en, cy] of [['Day shift', 'Shifft dydd'], ['Night shift', 'Shifft nos']]) {
    await go(page, '/en/lead/teams')
    await page.fill('#name_en', en)
    await page.fill('#name_cy', cy)
    await press(page, send('team'))
  }
  const day = await asks(page, 'Day shift', 'what-it-is')
  const night = await asks(page, 'Night shift', 'signs')
  const mover = async () => {
    await go(page, '/en/lead/people?q=huw')
    return page.locator('main tbody tr').first().locator('th a').first().getAttribute('href')
  }
  const person = await mover()
  await go(page, person)
  await page.selectOption('#team', day.team)
  await press(page, send('position'))
  const before = await asked(page)
  assert.equal(before.length, 3, 'what both leads ask of their kind of work, and what the team asks')
  assert.ok(before.some((row) => row.includes('What child trafficking is')), `the first team asks nothing: ${before}`)
  assert.deepEqual((await counted(page, 'Day shift'))[0], 1)

  await mover()
  await tick(page.locator('main input[name=who]').first())
  await press(page, page.locator('form#chosen button:not([name])'))
  await page.selectOption('#to_team', night.team)
  await press(page, send('move'))
  await go(page, person)
  const now = await asked(page)
  assert.equal(now.length, 3)
  assert.ok(now.some((row) => row.includes('Seeing the signs')), `the other team asks nothing: ${now}`)
  assert.ok(!now.some((row) => row.includes('What child trafficking is')), `the first team goes on asking: ${now}`)
  const wrong = await both(visit, [['lead-person-moved', person.slice(3)]])

  const [, ...none] = await counted(page, 'Day shift')
  assert.ok(none.every((n) => n === 0), `the team that was left counts ${none}`)
  const [total, ...some] = await counted(page, 'Night shift')
  assert.equal(total, 1)
  assert.equal(some.reduce((sum, n) => sum + n), 1, `of one person it counts ${some}`)
  await press(page, page.locator('table:has(#figures) tbody tr', { hasText: 'Night shift' }).locator('td a').first())
  assert.deepEqual(await page.locator('main tbody tr th a').first().innerText(), 'Huw Penri', 'the number leads to somebody else')
  assert.equal(await page.locator('main tbody tr').count(), 1)
  await go(page, day.rule)
  assert.match(await main(page), /Asked of nobody now/)
  await go(page, night.rule)
  assert.match(await main(page), /Asked of 1 person now/)
  await visit.close()

  const his = await open({ lang: 'cy', scripts: false, viewport: { width: 390, height: 844 } })
  await signIn(his.page, 'huw@shared.example', process.env.GOLAU_PASSWORD, '', 'cy')
  const card = his.page.locator('section[aria-labelledby=asked]')
  assert.match(await card.innerText(), /Gweld yr arwyddion/, 'his own card does not say what is asked')
  assert.equal(await card.locator('li').count(), 3)
  await frame(his.page)
  await his.close()
  assert.deepEqual(wrong, [])
})

/** rowsOf are the names in a list, as the page has it. */
const rowsOf = (page) => page.locator('main tbody tr th a.govuk-link:not(.golau-small)').allInnerTexts()
const reminders = async () => (await letters()).filter(({ text }) => /asks you to go on with this|gofyn i chi fynd ymlaen/.test(text)).map(({ to }) => to).sort()

test('whoever is overdue is reminded: as many as were shown, once, and the log says so', async () => {
  await pass(30 * 24 * 60) // two days before Christmas: the 28 days are over, and somebody is at work
  const visit = await open()
  const { page, context } = visit
  await signIn(page, me.en, mine, app.en)
  assert.deepEqual(await reminders(), [])
  await go(page, '/en/lead')
  const line = page.locator('.golau-week li', { hasText: 'overdue' })
  const late = parseInt(await line.locator('.golau-week__n').innerText(), 10)
  await press(page, line.locator('a'))
  assert.match(page.url(), /status=overdue/)
  const names = await rowsOf(page)
  assert.equal(names.length, late, `the overview says ${late}, the list has ${names}`)
  await press(page, 'main a[href*="/lead/nudge"]')
  const shown = parseInt(await page.inputValue('main input[name=shown]'), 10)
  assert.match(await main(page), new RegExp(`${late} people match`))
  assert.ok(shown > 1 && shown <= late, `${shown} of ${late}`)
  const wrong = await look(page, 'lead-nudge-late')

  const other = await context.newPage() // meanwhile somebody is reminded by themselves
  await go(other, '/en/lead/people?q=huw')
  await press(other, other.locator('main tbody tr th a').first())
  const person = pathOf(other)
  await press(other, 'main form[action$="/nudge"] button')
  assert.match(await main(other), /on its way/)
  visit.expect(409, '^/en/lead/nudge$')
  await press(page, 'main form[action$="/lead/nudge"] button')
  assert.match(await main(page), new RegExp(`It was ${shown} when you looked, and it is ${shown - 1} now`))
  wrong.push(...(await look(page, 'lead-nudge-refused')))
  await pass(1)
  assert.deepEqual(await reminders(), ['huw@shared.example'], 'somebody was written to, although the number had changed')
  assert.equal(parseInt(await page.inputValue('main input[name=shown]'), 10), shown - 1, 'the new number is not shown')
  await press(page, 'main form[action$="/lead/nudge"] button')
  assert.match(await main(page), /on its way/)
  await pass(1)
  const got = await reminders()
  assert.equal(got.length, shown, `letters to ${got}`)
  assert.equal(new Set(got).size, shown, `somebody has two: ${got}`)

  await go(page, '/en/lead/reminders?state=sent')
  const log = (await page.locator('table:has(#log) tbody tr').allInnerTexts()).filter((row) => row.includes('Reminder that a lead or line manager asked for'))
  assert.equal(log.length, shown)
  assert.ok(log.every((row) => /Sent/.test(row)), log.join('\n'))
  wrong.push(...(await both(visit, [['lead-nudge-none', '/lead/nudge?status=overdue'], ['lead-reminders-log', '/lead/reminders?state=sent']])))

  await go(page, '/en/lead/nudge?status=overdue')
  assert.match(await main(page), new RegExp(`To be emailed: 0\\s+Left out, because a training lead or line manager had them reminded in the last seven days: ${shown}`))
  assert.equal(await page.locator('main form[action$="/lead/nudge"]').count(), 0, 'there is a button for nobody')
  visit.expect(409, `^${person}/nudge$`)
  await go(page, person)
  await press(page, 'main form[action$="/nudge"] button')
  assert.match(await main(page), /reminded in the last seven days. Nothing was sent/)
  await pass(1)
  assert.deepEqual(await reminders(), got, 'a second reminder went out on the same day')
  await pass(7 * 24 * 60)
  await signIn(page, me.en, mine, app.en)
  await go(page, '/en/lead/nudge?status=overdue')
  assert.equal(parseInt(await page.inputValue('main input[name=shown]'), 10), shown, 'after a week nobody can be reminded again')
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('a lead finds, reminds, lets off, moves and records people, and brings in a list: by keyboard alone, without scripts', async () => {
  const visit = await open({ lang: 'cy', scripts: false })
  const { page } = visit
  await signIn(page, me.cy, mine, app.cy, 'cy')
  const { clock, read, type, choose, tick, open: unfold, browse, day, push } = hand(page)
  const at = (rest) => new RegExp(`^/cy${rest}$`)
  const menu = (to) => push(`main nav a[href="/cy/lead${to}"]`, at(`/lead${to}`))
  const find = () => push('form#find button', at('/lead/people'))

  await push('header a[href="/cy/lead"], nav a[href="/cy/lead"]', at('/lead'))
  await menu('/people')
  await read(at('/lead/people'))
  const link = (name) => page.locator('main tbody tr th a', { hasText: name }).first().getAttribute('href')
  const [huw, nia] = [await link('Huw Penri'), await link('Nia Rhydderch')]
  await type('q', 'huw')
  await unfold('form#find summary')
  await choose('job', 'education')
  await find()
  assert.deepEqual(await rowsOf(page), ['Huw Penri'])
  await read(at('/lead/people'))
  await type('q', ' ') // what stands there is chosen whole, and typed over
  await choose('status', 'overdue')
  await find()
  const late = await rowsOf(page)
  assert.ok(late.length > 1 && late.includes('Huw Penri'), `overdue are ${late}`)

  await push('main a[href*="/lead/nudge"]', at('/lead/nudge'))
  await read(at('/lead/nudge'))
  const shown = async () => parseInt(await page.inputValue('main input[name=shown]'), 10)
  const before = await shown()
  assert.ok(before > 1 && before <= late.length, `${before} of ${late}`)
  const other = await open() // meanwhile another lead reminds one of them
  await signIn(other.page, me.en, mine, app.en)
  await go(other.page, huw.replace('/cy/', '/en/'))
  await press(other.page, 'main form[action$="/nudge"] button')
  await other.close()
  visit.expect(409, '^/cy/lead/nudge$')
  await push('main form[action$="/lead/nudge"] button', at('/lead/nudge'))
  assert.match(await main(page), new RegExp(`${before} oedd y nifer pan edrychoch, a ${before - 1} ydyw nawr`))
  assert.equal(await shown(), before - 1)
  await read(at('/lead/nudge'))
  await push('main form[action$="/lead/nudge"] button', at('/lead/people'))
  assert.match(await main(page), /ar ei ffordd/)

  await push(`main a[href="${huw}"]`, at('/lead/people/[a-z0-9]{26}'))
  await read(new RegExp(huw))
  await push('main a[href$="/exempt"]', at('/lead/people/[a-z0-9]{26}/exempt'))
  await read(new RegExp(`${huw}/exempt`))
  await day('until', '2027-03-03')
  await type('reason', 'Ar secondiad')
  await push(send('exempt'), new RegExp(`${huw}$`))
  assert.match(await main(page), /Ar secondiad/)

  await menu('/people')
  await tick(`#who-${nia.split('/').pop()}`)
  await push('form#chosen button:not([name])', at('/lead/people/move'))
  await read(at('/lead/people/move'))
  await choose('to_team', await page.locator('#to_team option', { hasText: 'Shifft dydd' }).getAttribute('value'))
  await push(send('move'), at('/lead/people'))
  assert.match(await page.locator('main tbody tr', { hasText: 'Nia Rhydderch' }).innerText(), /Shifft dydd/)

  await push(`main a[href="${nia}"]`, new RegExp(nia))
  await read(new RegExp(nia))
  await day('left_on', '2026-12-12')
  await push(send('left'), new RegExp(nia))
  assert.match(await main(page), /Cofnodwyd eu bod wedi gadael/)

  await menu('/import')
  await read(at('/lead/import'))
  await browse('#file', { name: 'pobl.csv', mimeType: 'text/csv', buffer: Buffer.from('Enw;E-bost;Math o waith\r\nEfa Wyn;efa@import.example;Iechyd\r\nMeg Wyn;meg@import.example;dewin\r\n') })
  await push('form#import button', at('/lead/import/[a-z0-9]{26}'))
  assert.match(await main(page), /dewin/)
  await read(at('/lead/import/[a-z0-9]{26}'))
  await push('main form[action$="/marked"] ~ p a[href="/cy/lead/import"], main p a[href="/cy/lead/import"]', at('/lead/import'))
  await browse('#file', { name: 'pobl.csv', mimeType: 'text/csv', buffer: Buffer.from('Enw;E-bost;Math o waith\r\nEfa Wyn;efa@import.example;Iechyd\r\n') })
  await push('form#import button', at('/lead/import/[a-z0-9]{26}'))
  assert.match(await main(page), /Newydd: 1\b/)
  await unfold('main details summary')
  await tick('#invite')
  await push(send('carry-out'), at('/lead/import/[a-z0-9]{26}'))
  console.log(`without scripts: ${clock.pages} pages, ${clock.keys} keys, about ${Math.round(clock.seconds)} s`)
  await visit.close()
})
