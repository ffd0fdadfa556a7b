// Answers questions as somebody would who has the question banks open: the question is read from
// the page, the answer from the files. There is no way from here to a paper's key.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'

const flat = (text) => text.replace(/\s+/g, ' ').trim()
let known

async function questionOn(page) {
  known ??= Object.values(JSON.parse(await readFile(process.env.GOLAU_ORACLE, 'utf8'))).flatMap((bank) => bank.questions)
  const lang = await page.locator('html').getAttribute('lang')
  const asked = flat(await page.locator('.golau-stem').textContent())
  const question = known.find((q) => flat(q.stem[lang]) === asked)
  assert.ok(question, `no bank asks in ${lang}: ${asked}`)
  return { question, lang }
}

const mouse = { check: (input) => input.check(), select: (list, index) => list.selectOption({ index }) }

/**
 * answer gives the best answer to the question on the page and says how sure it is; with right false
 * one that earns nothing. It changes the controls one by one, in the order of the page, as a hand
 * would: with the mouse, unless another hand is given.
 */
export async function answer(page, right = true, hand = mouse) {
  const { question, lang } = await questionOn(page)
  const form = page.locator('#question #answer')
  const say = (text) => flat(text[lang])
  const good = (options, text) => {
    const option = options.find((o) => say(o.text) === text)
    assert.ok(option, `${question.id} does not offer: ${text}`)
    return Number(option.worth) === (right ? 1 : 0)
  }
  if (question.options) await tick(hand, form, (text) => good(question.options, text))
  else if (question.steps) {
    const order = right ? question.steps : question.steps.toReversed()
    for (const [i, select] of (await form.locator('select').all()).entries()) await choose(hand, select, say(order[i].text))
  } else if (question.pairs) {
    const { pairs } = question
    for (const group of await form.locator('.govuk-form-group').all()) {
      const left = flat(await group.locator('label').textContent())
      const at = pairs.findIndex((pair) => say(pair.left) === left)
      assert.ok(at >= 0, `${question.id} has no line: ${left}`)
      await choose(hand, group.locator('select'), say(pairs[right ? at : (at + 1) % pairs.length].right))
    }
  } else {
    for (const line of await form.locator('.golau-line').all()) {
      const label = flat(await line.locator('legend').textContent())
      const { options } = question.lines.find((l) => say(l.label) === label)
      await tick(hand, line, (text) => good(options, text))
    }
  }
  await hand.check(page.locator('#sure-fairly'))
  return question
}

// choose takes the entry of a list that says text, after its letter.
async function choose(hand, select, text) {
  const entries = await select.locator('option').allTextContents()
  const index = entries.findIndex((entry) => flat(entry).replace(/^[A-Z]\. /, '') === text)
  assert.ok(index > 0, `the list does not offer: ${text}`)
  await hand.select(select, index)
}

// tick chooses every choice that fits; of radio buttons that is one.
async function tick(hand, within, fits) {
  const items = within.locator('.govuk-radios__item, .govuk-checkboxes__item')
  const labels = await items.allTextContents()
  for (const [i, label] of labels.entries()) {
    if (!fits(flat(label))) continue
    const input = items.nth(i).locator('input')
    await hand.check(input)
    if ((await input.getAttribute('type')) === 'radio') return
  }
}
