// Every page of those who run the site, of training leads and of board officers, in both languages, with what their forms
// say when something is missing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { both, look } from './looks.mjs'
import { end, go, open, press, signIn, start, tick } from './site.mjs'

before(start)
after(end)

const council = 'W06000001'
const button = (form) => `main form#${form} button[type=submit]:not(.golau-switch)`

/** first is the first link of a page to an address, without its language. */
async function first(page, on, wanted) {
  await go(page, `/en${on}`)
  const links = await page.locator('main a').evaluateAll((all) => all.map((a) => new URL(a.href).pathname.replace(/^\/../, '')))
  const found = links.find((link) => wanted.test(link))
  assert.ok(found, `${on} has no link to ${wanted}: ${links}`)
  return found
}

/** merger is where merging an agency into the first that may be leads. */
async function merger(page, agency) {
  for (let n = 1; ; n++) {
    await go(page, `/en${agency}/merge`)
    await page.selectOption('#into', { index: n })
    await press(page, button('merge'))
    if (await page.locator('form#merge').count()) return new URL(page.url()).pathname.replace(/^\/../, '')
  }
}

/** refused presses a form's button as it is in each language, and looks at what is said of it. */
async function refused(visit, name, path, form, fill = {}) {
  const wrong = []
  const { page } = visit
  for (const lang of ['en', 'cy']) {
    visit.expect(422, '^/(en|cy)/(admin|board|lead)/')
    await go(page, `/${lang}${path}`)
    for (const [field, value] of Object.entries(fill)) await page.fill(`#${field}`, value)
    await press(page, button(form))
    assert.equal(await page.locator('.govuk-error-summary').count(), 1, `${path}: nothing says what is wrong`)
    wrong.push(...(await look(page, name)))
  }
  return wrong
}

async function comeIn(who) {
  const visit = await open()
  await signIn(visit.page, who)
  await visit.page.waitForURL(/\/learn/)
  return visit
}

test('places: boards, agencies, councils and what a board adds for its area', async () => {
  const visit = await comeIn('alex')
  const { page } = visit
  const board = await first(page, '/admin/boards', /^\/admin\/boards\/./)
  const agency = await first(page, '/admin/agencies', /^\/admin\/agency\/./)
  const note = await first(page, '/admin/local', /^\/admin\/local\/./)
  const wrong = await both(visit, [
    ['admin-boards', '/admin/boards'],
    ['admin-board', board],
    ['admin-agencies', '/admin/agencies'],
    ['admin-agency-new', '/admin/agencies/new'],
    ['admin-agency', agency],
    ['admin-agency-retire', `${agency}/retire`],
    ['admin-agency-merge', `${agency}/merge`],
    ['admin-agency-merge-into', await merger(page, agency)],
    ['admin-councils', '/admin/councils'],
    ['admin-council', `/admin/councils/${council}`],
    ['admin-council-new', '/admin/new-council'],
    ['admin-council-name', `/admin/councils/${council}/name`],
    ['admin-council-retire', `/admin/councils/${council}/retire`],
    ['admin-local', '/admin/local'],
    ['admin-local-note', note],
    ['admin-setup', '/admin/setup'],
    ['admin-setup-boards', '/admin/setup/boards'],
    ['admin-setup-agency', '/admin/setup/agency'],
    ['admin-setup-contacts', '/admin/setup/contacts'],
    ['admin-setup-council', `/admin/setup/contacts/${council}`],
    ['admin-setup-letters', '/admin/setup/letters']
  ])
  wrong.push(...(await refused(visit, 'admin-boards-wrong', '/admin/boards', 'own')))
  wrong.push(...(await refused(visit, 'admin-agency-wrong', '/admin/agencies/new', 'agency')))
  wrong.push(...(await refused(visit, 'admin-agency-retire-wrong', `${agency}/retire`, 'retire')))
  wrong.push(...(await refused(visit, 'admin-council-wrong', `/admin/councils/${council}`, 'council', { day_number: 'x' })))
  wrong.push(...(await refused(visit, 'admin-council-new-wrong', '/admin/new-council', 'council')))
  wrong.push(...(await refused(visit, 'admin-local-wrong', note, 'note', { text_en: 'Only in one language.' })))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('people: one of them, roles, invitations, who joins', async () => {
  const visit = await comeIn('alex')
  const { page } = visit
  const person = await first(page, '/admin/people?q=tom', /^\/admin\/people\/./)
  const ending = await first(page, person, /^\/admin\/people\/.+\/end$/)
  const leads = await first(page, await first(page, '/admin/people?q=dafydd+tomos', /^\/admin\/people\/./), /^\/admin\/leads\/./)
  const wrong = await both(visit, [
    ['admin', '/admin'],
    ['admin-people', '/admin/people'],
    ['admin-people-found', '/admin/people?q=tom'],
    ['admin-person', person],
    ['admin-membership-end', ending],
    ['admin-person-email', `${person}/email`],
    ['admin-person-second', `${person}/second-factor`],
    ['admin-person-erase', `${person}/erase`],
    ['admin-leads', leads],
    ['admin-roles', '/admin/roles'],
    ['admin-invitations', '/admin/invitations'],
    ['admin-invite', '/admin/invitations/new'],
    ['admin-invite-many', '/admin/invitations/many'],
    ['admin-joining', '/admin/joining']
  ])
  wrong.push(...(await refused(visit, 'admin-membership-end-wrong', ending, 'end')))
  wrong.push(...(await refused(visit, 'admin-person-wrong', person, 'suspend')))
  wrong.push(...(await refused(visit, 'admin-invite-wrong', '/admin/invitations/new', 'invite')))
  wrong.push(...(await refused(visit, 'admin-invite-many-wrong', '/admin/invitations/many', 'many', { list: 'Nia Rhydderch, no-address' })))
  await visit.close()
  assert.deepEqual(wrong, [])
})

const { GOLAU_REVOKED: revoked, GOLAU_SUPERSEDED: superseded } = process.env
test('evidence and running: certificates, cases, the record, letters, how long things are kept', async () => {
  const visit = await comeIn('alex')
  const { page } = visit
  const certificate = await first(page, `/admin/certificates/${superseded}`, /^\/admin\/certificates\/./)
  const branching = await first(page, '/admin/cases', /^\/admin\/cases\/./)
  const aside = await first(page, '/admin/outbox?state=failed', /\/aside$/)
  const wrong = await both(visit, [
    ['admin-certificates', '/admin/certificates'],
    ['admin-certificate', certificate],
    ['admin-certificate-withdrawn', `/admin/certificates/${revoked}`],
    ['admin-review', '/admin/review'],
    ['admin-cases', '/admin/cases'],
    ['admin-branching', branching],
    ['admin-audit', '/admin/audit'],
    ['admin-health', '/admin/health'],
    ['admin-mail', '/admin/mail'],
    ['admin-outbox', '/admin/outbox?state=failed'],
    ['admin-outbox-done', '/admin/outbox?state=done'],
    ['admin-aside', aside],
    ['admin-retention', '/admin/retention'],
    ['admin-site', '/admin/site'],
    ['admin-notices', '/admin/notices'],
    ['admin-sign-ins', '/admin/sign-ins'],
    ['admin-sign-in-new', '/admin/sign-ins/new']
  ])
  wrong.push(...(await refused(visit, 'admin-certificate-wrong', certificate, 'correct')))
  wrong.push(...(await refused(visit, 'admin-aside-wrong', aside, 'aside')))
  await go(page, `/en${certificate}`)
  await page.selectOption('main form#withdraw select', { index: 1 })
  await press(page, button('withdraw'))
  wrong.push(...(await look(page, 'admin-withdraw')))
  await go(page, '/cy/admin/mail')
  await press(page, button('mail'))
  wrong.push(...(await look(page, 'admin-mail-written')))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('what was typed when a session ended waits to be sent again', async () => {
  const visit = await comeIn('owen')
  const { page } = visit
  visit.expect(401, '^/en/account/name$')
  await go(page, '/en/account')
  await page.fill('#name', 'Owen Prys')
  const elsewhere = await comeIn('owen')
  await go(elsewhere.page, '/en/account')
  await press(elsewhere.page, 'form[action$="/sign-out-everywhere"] button')
  await elsewhere.close()
  await press(page, '#name-form button[type=submit]:not(.golau-switch)')
  await page.click('button[value=owen]')
  await page.waitForURL(/\/send-again$/)
  const wrong = await both(visit, [['send-again', '/send-again']])
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('two accounts of one person: proposed, answered, withdrawn', async () => {
  const visit = await comeIn('sian')
  const { page } = visit
  const aisha = await first(page, '/lead/people?q=aisha', /^\/lead\/people\/[a-z0-9]{26}$/)
  await go(page, '/en/lead/people')
  const others = await page.locator('tbody th .golau-small').allTextContents()
  const address = others.find((text) => text.includes('@') && !text.startsWith('aisha') && !text.startsWith('sian'))
  const wrong = await both(visit, [['lead-same', '/lead/same'], ['lead-same-choose', `${aisha}/same`]])
  wrong.push(...(await refused(visit, 'lead-same-choose-wrong', `${aisha}/same`, 'choose', { email: 'nobody@nowhere.example' })))
  const compare = async () => {
    await go(page, `/en${aisha}/same`)
    await page.fill('#email', address)
    await press(page, button('choose'))
  }
  await compare()
  const comparing = new URL(page.url()).pathname.replace(/^\/../, '')
  wrong.push(...(await both(visit, [['lead-same-compare', comparing]])))
  await compare()
  await press(page, button('ask'))
  wrong.push(...(await look(page, 'lead-same-asked')))
  await press(page, 'main form[action$="/end"] button')
  await compare()
  await press(page, button('ask'))
  wrong.push(...(await both(visit, [['lead-same-compare-asked', comparing]])))

  const asked = await comeIn('aisha')
  assert.ok(await asked.page.locator('main a[href$="/account/same"]').count(), 'nobody tells her that she is asked')
  wrong.push(...(await both(asked, [['account-same', '/account/same'], ['account-asked', '/account']])))
  await go(asked.page, '/cy/account/same')
  await press(asked.page, 'main button[name=answer][value=yes]')
  wrong.push(...(await look(asked.page, 'account-same-yes')))
  await press(asked.page, 'main button[name=answer][value=no]')
  wrong.push(...(await look(asked.page, 'account-same-no')))
  await asked.close()

  wrong.push(...(await both(visit, [['lead-same-refused', '/lead/same'], ['lead-overview-refused', '/lead']])))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('pages of a training lead', async () => {
  const visit = await comeIn('sian')
  const { page } = visit
  const person = await first(page, '/lead/people', /^\/lead\/people\/./)
  const wrong = await both(visit, [
    ['lead-overview', '/lead'],
    ['lead-people', '/lead/people'],
    ['lead-people-week', '/lead/people?status=week'],
    ['lead-people-found', '/lead/people?q=a&status=not_started&group=A'],
    ['lead-people-left', '/lead/people?status=left'],
    ['lead-person', person],
    ['lead-exempt', `${person}/exempt`],
    ['lead-exemptions', '/lead/exemptions'],
    ['lead-teams', '/lead/teams'],
    ['lead-rules', '/lead/rules'],
    ['lead-rule-new', '/lead/rules/new'],
    ['lead-rule-plan', '/lead/rules/plan?basis=after_start&days=28&every_months=36&parts=signs'],
    ['lead-leads', '/lead/leads'],
    ['manager', '/manager'],
    ['manager-below', '/manager?who=below'],
    ['lead-reminders', '/lead/reminders'],
    ['lead-reminders-sent', '/lead/reminders?state=sent'],
    ['lead-nudge', '/lead/nudge?status=overdue'],
    ['lead-reminder-settings', '/lead/reminders/settings'],
    ['lead-words', '/lead/reminders/words/late'],
    ['lead-words-weekly', '/lead/reminders/words/weekly'],
    ['lead-invitations', '/lead/invitations'],
    ['lead-invitations-waiting', '/lead/invitations?state=waiting'],
    ['lead-invitations-found', '/lead/invitations?state=registered&q=a'],
    ['lead-invite', '/lead/invitations/new'],
    ['lead-invite-many', '/lead/invitations/many'],
    ['lead-joining', '/lead/joining']
  ])
  wrong.push(...(await refused(visit, 'lead-person-wrong', person, 'position', { manager: 'nobody@nowhere.example' })))
  wrong.push(...(await refused(visit, 'lead-exempt-wrong', `${person}/exempt`, 'exempt')))
  wrong.push(...(await refused(visit, 'lead-left-wrong', person, 'left')))
  wrong.push(...(await refused(visit, 'lead-words-wrong', '/lead/reminders/words/nudge', 'words', { opening_en: 'Please see www.bro.example', closing_cy: 'Gofynnwch i ni.' })))
  const asked = await first(page, '/lead/rules', /^\/lead\/rules\/(?!new)./)
  const later = new Date(Date.now() + 12 * 864e5).toISOString().slice(0, 10).split('-').reverse().join('/')
  wrong.push(...(await both(visit, [['lead-more-time', `/lead/more-time?rule=${asked.split('/').pop()}`], ['lead-more-time-plan', `/lead/more-time?rule=${asked.split('/').pop()}&until=${encodeURIComponent(later)}`]])))
  await go(page, '/cy/lead/reminders/settings')
  await page.locator('input[type=checkbox][value="before_30"]').uncheck()
  await press(page, button('settings'))
  wrong.push(...(await look(page, 'lead-reminder-settings-saved')))
  assert.equal(await page.locator('input[type=checkbox][value="before_30"]').isChecked(), false)
  await go(page, '/en/lead/reminders/words/before')
  for (const [field, text] of [['opening_en', 'Please finish this with us.'], ['opening_cy', 'Gorffennwch hyn gyda ni.']]) await page.fill(`#${field}`, text)
  await press(page, page.locator('button[value="preview"]'))
  assert.match(await page.locator('.golau-letter[lang=cy]').innerText(), /Gorffennwch hyn gyda ni/)
  await press(page, page.locator('#words button:not([name])'))
  wrong.push(...(await look(page, 'lead-words-saved')))
  assert.equal(await page.inputValue('#opening_cy'), 'Gorffennwch hyn gyda ni.')
  wrong.push(...(await refused(visit, 'lead-suspend-wrong', person, 'suspend')))
  await go(page, `/en${person}`)
  await page.fill('#suspend #reason', 'Away until March')
  await press(page, button('suspend'))
  wrong.push(...(await look(page, 'lead-suspended')))
  await go(page, '/en/manager')
  await press(page, page.locator('form[action$="/nudge"] button').first())
  wrong.push(...(await look(page, 'manager-nudged')))
  const leader = await first(page, '/lead/leads', /^\/lead\/leads\/./)
  wrong.push(...(await both(visit, [['lead-leader', leader]])))
  visit.expect(422, `${leader}$`)
  await go(page, `/en${leader}`)
  await tick(page.locator('#part-teams'))
  await press(page, button('part'))
  wrong.push(...(await look(page, 'lead-leader-wrong')))
  await go(page, '/cy/lead/people')
  for (const who of await page.locator('input[name=who]').all().then((all) => all.slice(0, 3))) await tick(who)
  await press(page, page.locator('form#chosen button:not([name])'))
  assert.equal(await page.locator('main form#move input[name=who]').count(), 3)
  wrong.push(...(await look(page, 'lead-move')))
  visit.expect(422, '/lead/people/move$')
  await press(page, button('move'))
  wrong.push(...(await look(page, 'lead-move-wrong')))
  await page.selectOption('#to_job', 'housing-community')
  await press(page, button('move'))
  wrong.push(...(await look(page, 'lead-moved')))
  wrong.push(...(await refused(visit, 'lead-team-wrong', '/lead/teams', 'team')))
  await page.fill('#name_en', 'Night duty')
  await page.fill('#name_cy', 'Dyletswydd nos')
  await press(page, button('team'))
  const rule = await first(page, '/lead/rules', /^\/lead\/rules\/(?!new)./)
  wrong.push(...(await both(visit, [['lead-rule', rule]])))
  const team = await first(page, '/lead/teams', /^\/lead\/teams\/./)
  wrong.push(...(await both(visit, [['lead-team', team], ['lead-teams-one', '/lead/teams']])))
  wrong.push(...(await refused(visit, 'lead-invite-wrong', '/lead/invitations/new', 'invite')))
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('pages of a board officer', async () => {
  const visit = await comeIn('owen')
  const note = await first(visit.page, '/board/local', /^\/board\/local\/[^/]+\/[^/]+$/)
  const numbers = await first(visit.page, '/board/local', /^\/board\/local\/[^/]+\/council\/./)
  const certificate = await first(visit.page, '/board/certificates', /^\/board\/certificates\/(?!check$)./)
  const wrong = await both(visit, [['board-completions', '/board/completions'], ['board-certificates', '/board/certificates'], ['board-certificate', certificate], ['board-check', '/board/certificates/check'], ['board-local', '/board/local'], ['board-exemptions', '/board/exemptions'], ['board-local-note', note], ['board-numbers', numbers]])
  wrong.push(...(await refused(visit, 'board-numbers-wrong', numbers, 'numbers', { day_number: '12' })))
  wrong.push(...(await refused(visit, 'board-local-wrong', note, 'note', { text_en: 'Only in one language.' })))
  await visit.close()
  assert.deepEqual(wrong, [])
})
