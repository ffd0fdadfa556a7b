// What one writes for oneself: it comes back, with and without scripts, by keyboard alone, in both
// languages, and the browser keeps nothing of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { look } from './looks.mjs'
import { end, go, open, pathOf, press, start } from './site.mjs'

before(start)
after(end)

/** sheets is how many sheets of A4 the browser prints a page on. */
const sheets = async (page) => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length

/** formatsOnPaper asks a page as it is printed where another format of it can be asked for. */
const formatsOnPaper = async (page) => {
  assert.ok(await page.locator('footer a.golau-formats').isVisible(), 'paper does not say that another format can be asked for')
  for (const at of await page.locator('footer .golau-paper').all()) assert.ok(await at.isVisible(), 'paper does not say where to ask')
}

/** kept is all that a page could have left with the browser. */
const kept = (page) =>
  page.evaluate(async () => [{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()].map((all) => JSON.stringify(all)).join())

for (const bare of [false, true]) {
  test(`a practice referral is written and compared, ${bare ? 'without' : 'with'} scripts`, async () => {
    const visit = await open({ bare })
    const { page } = visit
    const wrong = []
    const name = bare ? 'bare-referral' : 'referral'
    for (const lang of ['en', 'cy']) {
      visit.expect(422, '^/(en|cy)/practice/referral$')
      await go(page, `/${lang}/practice/referral`)
      wrong.push(...(await look(page, name)))
      await press(page, 'main button[value=compare]')
      assert.ok(await page.locator('.govuk-error-summary').isVisible(), 'an empty form says nothing')
      wrong.push(...(await look(page, `${name}-empty`)))

      await page.focus('#told')
      await page.keyboard.type('Ffoniwyd 999 am 3.25.')
      await page.keyboard.press('Tab')
      await page.keyboard.type('16 or 19.')
      await page.focus('main button[value=compare]')
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
      const yours = page.locator('.golau-path__yours')
      assert.match(await yours.nth(0).innerText(), /Ffoniwyd 999 am 3\.25\./)
      assert.match(await yours.nth(1).innerText(), /16 or 19\./)
      wrong.push(...(await look(page, `${name}-compared`)))
      await page.emulateMedia({ media: 'print' })
      await formatsOnPaper(page)
      await page.emulateMedia({ media: null })

      await press(page, '.golau-header__lang button.golau-switch')
      assert.equal(pathOf(page), `/${lang === 'en' ? 'cy' : 'en'}/practice/referral`)
      assert.match(await yours.nth(0).innerText(), /Ffoniwyd 999/)
      await press(page, 'main button[value=edit]')
      assert.equal(await page.inputValue('#told'), 'Ffoniwyd 999 am 3.25.')
      assert.doesNotMatch(await kept(page), /Ffoniwyd/)
    }
    assert.doesNotMatch(JSON.stringify(await visit.context.cookies()), /Ffoniwyd/)
    await visit.close()
    assert.deepEqual(wrong, [])
  })
}

test('a plan is written and printed', async () => {
  const visit = await open()
  const { page } = visit
  const wrong = []
  for (const lang of ['en', 'cy']) {
    await go(page, `/${lang}/plan`)
    wrong.push(...(await look(page, 'plan')))
    await page.fill('#one', 'Ffonio ddydd Llun.')
    await page.fill('#deputy', 'Ceri, 01632 960444')
    await press(page, 'main button[value=make]')
    wrong.push(...(await look(page, 'plan-made')))
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.getByText('Ffonio ddydd Llun.').isVisible())
    assert.ok(!(await page.locator('main button[value=edit]').isVisible()), 'a button is printed')
    assert.ok(!(await page.locator('main .golau-screen').isVisible()), 'what is for the screen is printed')
    await formatsOnPaper(page)
    assert.ok((await sheets(page)) <= 2, 'a plan takes more than two sheets')
    await page.emulateMedia({ media: null })
    await press(page, '.golau-header__lang button.golau-switch')
    assert.ok(await page.getByText('Ceri, 01632 960444').isVisible())
    assert.doesNotMatch(await kept(page), /Ceri/)
  }
  await visit.close()
  assert.deepEqual(wrong, [])
})

test('a pack for a team prints on three sheets', async () => {
  const visit = await open()
  const { page } = visit
  for (const lang of ['en', 'cy']) {
    await go(page, `/${lang}/packs`)
    const packs = await page.locator('main li a').evaluateAll((all) => all.map((at) => at.pathname))
    assert.ok(packs.length >= 9, `${packs.length} packs`)
    for (const path of packs) {
      await go(page, path)
      await page.emulateMedia({ media: 'print' })
      await formatsOnPaper(page)
      await page.emulateMedia({ media: null })
      // one for everybody, one for whoever leads, one to sign: without its part each is one less
      assert.equal(await sheets(page), 3, `${path} with the foot of the page`)
      await page.locator('footer').evaluate((at) => at.remove())
      // each is short enough: without it there is one sheet less
      for (const left of [3, 2, 1]) {
        assert.equal(await sheets(page), left, `${path}: what is for everybody, for whoever leads or to sign takes two sheets`)
        if (left > 1) await page.locator(`.golau-own-sheet >> nth=${left - 2}`).evaluate((at) => (at.style.display = 'none'))
      }
      // and begins a sheet: of headings alone there are three sheets too
      await page.evaluate(() => {
        for (const at of document.querySelectorAll('.golau-own-sheet')) at.style.display = ''
        for (const at of document.querySelectorAll('main :is(p, ol, ul, table)')) at.style.display = 'none'
      })
      assert.equal(await sheets(page), 3, `${path}: what is for everybody, for whoever leads or to sign begins no sheet of its own`)
      assert.deepEqual([await page.locator('.golau-own-sheet #talk').count(), await page.locator('.golau-own-sheet #next').count()], [0, 1], `${path}: a team reads ahead`)
    }
  }
  await visit.close()
})
