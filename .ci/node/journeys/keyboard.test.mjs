// By keyboard alone: no journey here touches the page in any other way.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer } from './answers.mjs'
import { enter, seen, skip, tabBackTo, tabTo } from './keys.mjs'
import { frame } from './looks.mjs'
import { course, end, exit, go, open, pathOf, read, signIn, start } from './site.mjs'

before(start)
after(end)

test('signing in, a section, a question, the review', async () => {
  const visit = await open()
  const { page } = visit
  await go(page, '/en/sign-in')
  await skip(page)
  await tabTo(page, 'button[value=alex]')
  await enter(page, /^\/en\/learn$/)

  await skip(page)
  await tabTo(page, 'main a.govuk-button--start')
  await enter(page, /\/before-you-start\/[a-z-]+$/)

  const first = pathOf(page)
  await tabTo(page, '.golau-help summary')
  for (const [key, open] of [['Enter', true], ['Space', false], ['Space', true]]) {
    await page.keyboard.press(key)
    assert.equal(await page.locator('.golau-help__panel').isVisible(), open, `${key} on the help at the top`)
  }
  await tabTo(page, '.golau-help__panel a[href$="/support"]')
  await page.keyboard.press('Shift+Tab')
  await tabTo(page, 'main form button')
  await enter(page, /\/before-you-start\/[a-z-]+$/)
  assert.notEqual(pathOf(page), first, 'the section does not go on')

  await read(page, 'what-it-is')
  await go(page, `/en${course}/what-it-is/check`)
  await tabTo(page, 'main form button')
  await enter(page, /\/questions\/1$/)
  await toSingle(page)
  const question = pathOf(page)

  await skip(page)
  await tabTo(page, '#answer input[type=radio]')
  await page.keyboard.press('Space')
  assert.equal(await chosen(page), 0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await chosen(page), 2)
  await page.keyboard.press('ArrowUp')
  assert.equal(await chosen(page), 1)
  await seen(page)
  await tabTo(page, '[name=sure]')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  assert.ok(await page.isChecked('#sure-fairly'))
  await page.waitForFunction(() => /^Saved at \d\d:\d\d$/.test(document.querySelector('.golau-saved').textContent))
  assert.equal(pathOf(page), question, 'saving leaves the page')
  await tabTo(page, 'main button[value=review]')
  await enter(page, /\/review$/)
  await skip(page)
  await tabTo(page, `main a[href="${question}"]`)
  await enter(page, new RegExp(`${question}$`))
  assert.equal(await chosen(page), 1)
  assert.ok(await page.isChecked('#sure-fairly'))
  await visit.close()
})

for (const scripts of [true, false]) {
  test(`the open help is never over what has the focus, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const visit = await open({ scripts })
    const { page } = visit
    await signIn(page, 'tom')
    await go(page, `/en${course}/what-it-is/act-purpose`)
    await tabTo(page, '.golau-help summary')
    await page.keyboard.press('Enter')
    assert.ok(await page.isVisible('.golau-help__panel'))
    await tabTo(page, 'main a')
    assert.ok(!(await page.isVisible('.golau-help__panel')))
    await tabTo(page, 'main form button') // and everything before it
    if (scripts) {
      await tabBackTo(page, '.golau-help summary')
      await page.keyboard.press('Enter')
      await tabTo(page, '.golau-help__panel a')
      await page.keyboard.press('Escape')
      assert.ok(!(await page.isVisible('.golau-help__panel')))
      assert.ok(await page.evaluate(() => document.activeElement.matches('.golau-help summary')))
    }
    await visit.close()
  })
}

test('checkboxes and lists', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'alex')
  await read(page, 'what-it-is')
  await go(page, `/en${course}/what-it-is/check`)
  await page.keyboard.press('Tab')
  await tabTo(page, 'main form button')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/questions/*')
  const done = new Set()
  for (let n = 1; n <= 10 && done.size < 2; n++) {
    const url = page.url().replace(/\d+$/, String(n))
    await page.goto(url)
    if (!done.has('box') && (await page.locator('#answer input[type=checkbox]').count())) {
      done.add('box')
      await tabTo(page, '#answer input[type=checkbox]')
      const was = await page.isChecked('#answer input[type=checkbox]')
      await page.keyboard.press('Space')
      assert.equal(await page.isChecked('#answer input[type=checkbox]'), !was)
      await saved(page)
    } else if (!done.has('list') && (await page.locator('#answer select').count())) {
      done.add('list')
      await tabTo(page, '#answer select')
      await page.keyboard.press('ArrowDown')
      assert.notEqual(await page.inputValue('#answer select >> nth=0'), '')
      await saved(page)
    }
  }
  assert.ok(done.size > 0, 'the paper has neither checkboxes nor lists')
  await visit.close()
})

test('leaving: Shift three times, or the button', async () => {
  const visit = await open()
  const { page } = visit
  await signIn(page, 'alex')
  await go(page, '/en/learn')
  const from = page.url()
  for (const leave of [
    async () => {
      for (let n = 0; n < 3; n++) await page.keyboard.press('Shift')
    },
    async () => {
      await tabTo(page, '.govuk-js-exit-this-page-skiplink')
      await page.keyboard.press('Enter')
    },
    async () => {
      await tabTo(page, '.govuk-exit-this-page__button')
      await page.keyboard.press('Enter')
    },
    async () => {
      await tabTo(page, '.govuk-exit-this-page__button')
      await page.keyboard.press('Space')
    }
  ]) {
    await page.goto(from)
    await page.waitForSelector('.govuk-frontend-supported')
    await leave()
    await page.waitForURL(exit)
    assert.equal(await page.title(), 'left')
  }
  await visit.close()

  const plain = await open({ scripts: false })
  await go(plain.page, '/en')
  await tabTo(plain.page, '.govuk-exit-this-page__button')
  await plain.page.keyboard.press('Enter')
  await plain.page.waitForURL(exit)
  await plain.close()
})

// All of it by keyboard: the modules, the checks, the assessment and what comes of them. Only the
// last modules are left to these two.
const genuine = { en: 'This certificate is genuine and in date', cy: 'Mae’r dystysgrif hon yn un go iawn ac yn gyfredol' }
for (const { lang, who, modules, scripts, viewport } of [
  { lang: 'cy', who: 'dafydd', modules: ['working-together', 'my-plan'], scripts: true },
  { lang: 'en', who: 'tom', modules: ['my-plan'], scripts: false, viewport: { width: 390, height: 844 } }
]) {
  test(`to a result, a certificate and its check, scripts ${scripts ? 'on' : 'off, on a narrow screen'}`, async () => {
    const visit = await open({ lang, scripts, ...(viewport && { viewport }) })
    const { page } = visit
    await go(page, `/${lang}/sign-in`)
    await skip(page)
    await tabTo(page, `button[value=${who}]`)
    await enter(page, new RegExp(`^/${lang}/learn$`))
    for (const module of modules) {
      await tabTo(page, 'main a.govuk-button--start')
      await enter(page, new RegExp(`/${module}/[a-z-]+$`))
      await readOn(page, lang, module)
      await sit(page, 10)
    }

    await tabTo(page, 'main a.govuk-button--start')
    await enter(page, /\/assessment$/)
    await sit(page, 25)
    await tabTo(page, 'main a.govuk-button--start')
    await enter(page, new RegExp(`^/${lang}/certificates/[0-9a-z]{26}$`))
    await frame(page)
    const number = (await page.textContent('.golau-cert__no')).trim()
    await skip(page)
    await tabTo(page, 'main a[href*="/verify/"]')
    await enter(page, new RegExp(`^/${lang}/verify/[0-9a-z]{26}$`))
    await frame(page)
    assert.equal(await page.textContent('h1'), genuine[lang])
    await skip(page)
    await tabTo(page, '#number')
    await page.keyboard.type(number)
    await tabTo(page, '#again button')
    await enter(page, new RegExp(`^/${lang}/verify/[0-9a-z]{26}$`))
    assert.ok((await page.textContent('main dl')).includes(number))
    await visit.close()
  })
}

// readOn goes through a module, section by section, up to the page of its check.
async function readOn(page, lang, module) {
  for (let n = 0; !pathOf(page).endsWith('/check'); n++) {
    assert.ok(n < 50, `reading ${module} led to ${pathOf(page)}`)
    await frame(page)
    await skip(page)
    await tabTo(page, 'main form button.govuk-button--start')
    await enter(page, new RegExp(`^/${lang}${course}/${module}/[a-z-]+$`))
  }
}

// sit takes what begins on this page with the keyboard, answers everything right, and ends on the result.
async function sit(page, questions) {
  const hand = keys(page)
  await skip(page)
  await tabTo(page, 'main form button.govuk-button--start')
  await enter(page, /\/questions\/1$/)
  for (let n = 1; n <= questions; n++) {
    await skip(page)
    await answer(page, true, hand)
    await tabTo(page, 'main button[value=next]')
    await enter(page, n < questions ? new RegExp(`/questions/${n + 1}$`) : /\/review$/)
  }
  await skip(page)
  await tabTo(page, 'main form button')
  await enter(page, /\/result$/)
  await frame(page)
  assert.equal(await page.textContent('.golau-score__figure'), '100%')
  await skip(page)
}

// keys is a hand that has only the keyboard.
const keys = (page) => ({
  async check(input) {
    const { type, name, id } = await input.evaluate(({ type, name, id }) => ({ type, name, id }))
    // Of radio buttons Tab reaches one; the arrows go on to the others, and choose.
    await tabTo(page, type === 'radio' ? `[name="${name}"]` : `[id="${id}"]`)
    for (let n = 0; !(await input.isChecked()); n++) {
      assert.ok(n < 12, `the keyboard does not choose ${id}`)
      await page.keyboard.press(n ? 'ArrowDown' : 'Space')
    }
  },
  async select(list, index) {
    await tabTo(page, `[id="${await list.getAttribute('id')}"]`)
    // By its letter: the arrows would pass entries on the way that are taken elsewhere, and say so.
    await page.keyboard.press('ABCDEFGH'[index - 1])
    assert.equal(await list.evaluate((l) => l.selectedIndex), index, 'the keyboard does not choose from the list')
  }
})

const chosen = (page) => page.evaluate(() => [...document.querySelectorAll('#answer input[type=radio]')].findIndex((r) => r.checked))
const saved = (page) => page.waitForFunction(() => /^Saved at \d\d:\d\d$/.test(document.querySelector('.golau-saved').textContent))

// toSingle goes on until a question takes one answer of several.
async function toSingle(page) {
  for (let n = 0; n < 10; n++) {
    const [radios, lines] = await Promise.all([page.locator('#answer input[type=radio]').count(), page.locator('.golau-line').count()])
    if (radios && !lines) return
    await tabTo(page, 'main button[value=next]')
    await enter(page, /\/questions\/\d+$/)
  }
  assert.fail('the paper has no question with one answer')
}
