// The first run of a real site, from its link: five steps, a board and a council's numbers, and a first learner who is invited by a
// letter that a mail server took, comes in without a password, begins, and comes again by a code.
//
//   GOLAU_SETUP    the link that makes the first administrator
//   GOLAU_LETTERS  where the letters that went out can be read: [{to, text}]
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { look } from '../looks.mjs'
import { end, go, open, pathOf, press, start } from '../site.mjs'
import { code } from './totp.mjs'

before(start)
after(end)

const council = 'W06000001'
const numbers = ['01632 960101', '01632 960102'] // kept free for fiction

const send = (form) => `main form#${form} button[type=submit]`

// What somebody unhurried takes, in seconds: to take a page in, to find and reach a control, to hit
// a key (Card, Moran and Newell's keystroke-level model gives 1.35 + 1.1 and 0.28 to people who type
// a little).
const takes = { page: 15, control: 3, key: 0.3 }

/** hand works on a page as somebody would, and adds up how long they would take. */
function hand(page) {
  const clock = { seconds: 0, pages: 0 }
  const reach = () => (clock.seconds += takes.control)
  return {
    clock,
    async type(fields) {
      for (const [field, value] of Object.entries(fields)) {
        reach()
        clock.seconds += takes.key * value.length
        await page.fill(`#${field}`, value)
      }
    },
    async choose(field, value) {
      reach()
      await page.selectOption(`#${field}`, value)
    },
    async press(target) {
      reach()
      clock.seconds += takes.page
      clock.pages++
      await press(page, target)
    }
  }
}

/** letterTo waits for a letter to somebody in which something stands, and returns that. */
async function letterTo(address, pattern) {
  for (let n = 0; n < 150; n++, await wait(200)) {
    const letters = await (await fetch(process.env.GOLAU_LETTERS)).json()
    for (const { to, text } of letters) {
      const found = to === address && text.match(pattern)
      if (found) return found[1]
    }
  }
  assert.fail(`no letter to ${address} has ${pattern}`)
}

test('from the first start to the first learner', async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  const { type, choose, press: push, clock } = hand(page)
  const now = async (name) => wrong.push(...(await look(page, name)))

  await go(page, new URL(process.env.GOLAU_SETUP).pathname)
  await now('first-run-1')
  clock.seconds += takes.page
  await type({ name: 'Mair Eleri', email: 'mair@glannau.example', password: 'saith cwch bach glas' })
  await type({ organisation_en: 'Shores Council', organisation_cy: 'Cyngor Glannau', board_en: 'Shores Safeguarding Board', board_cy: 'Bwrdd Diogelu Glannau' })
  await choose('job_role', 'social-care')
  await choose('kind', 'council')
  await push(send('setup'))
  await push(send('second')) // an app, since no device is at hand
  await type({ code: code(await page.locator('main code').innerText()) })
  await push(send('confirm'))
  clock.seconds += 60 // to write the recovery codes down
  await push('main a.govuk-button')

  await go(page, '/en/admin/setup')
  await push('main a.govuk-button--start')
  assert.equal(pathOf(page), '/en/admin/setup/agency', 'the board is there since step 1')
  await now('first-run-3')
  await type({ 'domain-shores-council': 'glannau.example' }) // the agency of step 1 is there, and asks for its domain
  await push('main form#domain-form-shores-council button')
  assert.equal(pathOf(page), '/en/admin/setup/agency')
  assert.match(await page.innerText('main'), /glannau\.example/)
  await type({ name_en: 'Cove Primary School', name_cy: 'Ysgol Gynradd y Gilfach' })
  await choose('kind', 'school')
  await choose('council', council)
  assert.ok(await page.isChecked('[name=boards]'), 'the only board is not chosen')
  await now('first-run-3-done')
  await push('main form#agency button[value=next]')
  assert.equal(pathOf(page), '/en/admin/setup/contacts')
  await type({ owner_name_en: 'Shores Council', owner_name_cy: 'Cyngor Glannau', owner_email: 'golau@glannau.example' })
  await push('main form#site button[value=next]')
  assert.equal(pathOf(page), '/en/admin/setup/letters')
  await go(page, '/en/admin/setup/contacts')
  await now('first-run-4-done')
  await go(page, '/en/admin/setup/letters')
  await push(send('mail'))
  await letterTo('mair@glannau.example', /(Golau)/)
  await now('first-run-5-sent')
  await push(send('step'))
  assert.equal(pathOf(page), '/en/admin/setup')
  await now('first-run-over')

  // Another board, and the numbers of the agency's council.
  await go(page, '/en/admin/boards')
  clock.seconds += takes.page
  await type({ name_en: 'Headland Safeguarding Partnership', name_cy: 'Partneriaeth Diogelu’r Penrhyn' })
  await choose('kind', 'safeguarding-children-partnership')
  await push(send('own'))
  assert.match(await page.innerText('main'), /Headland Safeguarding Partnership/)
  await now('first-run-board')
  await go(page, `/en/admin/councils/${council}`)
  clock.seconds += 2 * takes.page
  await type({ day_number: numbers[0], out_of_hours_number: numbers[1] })
  await push('main form#council button[value=today]')
  await now('first-run-council')
  for (const number of numbers) assert.ok((await page.innerText('main .govuk-inset-text')).includes(number), `the bar will not show ${number}`)

  await go(page, '/en/admin/invitations/new')
  clock.seconds += 2 * takes.page
  await type({ email: 'nia@elsewhere.example', name: 'Nia Rhydderch' })
  const place = await page.locator('#place option', { hasText: 'Cove Primary School' }).getAttribute('value')
  await choose('place', place)
  await choose('role', 'learner')
  await choose('job_role', 'education')
  await choose('language', 'cy')
  await push(send('invite'))
  assert.match(await page.innerText('main'), /Nia Rhydderch/)
  const link = await letterTo('nia@elsewhere.example', /(http\S+\/cy\/invitation\/\S+)/)
  assert.ok(clock.seconds < 600, `somebody unhurried would take ${Math.round(clock.seconds)} s`)
  console.log(`somebody unhurried would take ${Math.round(clock.seconds)} s for ${clock.pages} pages`)
  await visit.close()

  const learner = await open({ lang: 'cy', scripts: false, viewport: { width: 390, height: 844 } })
  await go(learner.page, new URL(link).pathname)
  assert.equal(await learner.page.inputValue('#name'), 'Nia Rhydderch')
  await press(learner.page, send('invitation'))
  assert.match(pathOf(learner.page), /^\/cy\/learn/)
  const help = await learner.page.textContent('.golau-help__panel')
  for (const number of numbers) assert.ok(help.includes(number), `${number} does not stand in the help of a learner there: ${help}`)
  await press(learner.page, 'a.govuk-button--start')
  assert.match(pathOf(learner.page), /^\/cy\/learn\/child-trafficking\/before-you-start\/[a-z-]+$/)
  await learner.close()

  const again = await open({ lang: 'cy', scripts: false })
  await go(again.page, '/cy/sign-in')
  await again.page.fill('#email', 'nia@elsewhere.example')
  await press(again.page, '#sign-in button[formaction$="/sign-in/letter"]')
  await again.page.fill('#code', await letterTo('nia@elsewhere.example', /^\s*(\d{3} ?\d{3})\s*$/m))
  await press(again.page, send('code-form'))
  assert.match(pathOf(again.page), /^\/cy\/learn/)
  await again.close()
  assert.deepEqual(wrong, [])
})
