// Somebody who does a whole task by keyboard alone, unhurried, and how long it would take them.
import assert from 'node:assert/strict'
import { enter, skip, tabTo } from './keys.mjs'
import { frame } from './looks.mjs'
import { pathOf } from './site.mjs'

// What somebody unhurried takes, in seconds, as in first-run.test.mjs: to take a page in, to find a
// control, to hit a key. Here each Tab on the way is a key as well.
const takes = { page: 15, control: 3, key: 0.3 }

/** hand works on a page by keyboard alone, as somebody would, and adds up how long they would take. */
export function hand(page) {
  const clock = { seconds: takes.page, pages: 1, keys: 0 }
  const hit = (n) => {
    clock.keys += n
    clock.seconds += takes.key * n
  }
  const reach = async (selector) => {
    clock.seconds += takes.control
    hit(await tabTo(page, selector))
  }
  return {
    clock,
    async read(to) {
      assert.match(pathOf(page), to)
      await frame(page)
      await skip(page)
      hit(2)
    },
    async type(field, value) {
      await reach(`#${field}`)
      await page.keyboard.type(value)
      hit(value.length)
    },
    async choose(field, value) {
      await reach(`#${field}`)
      for (let n = 0; (await page.inputValue(`#${field}`)) !== value; n++) {
        assert.ok(n < 20, `the arrows do not choose ${value}`)
        await page.keyboard.press('ArrowDown')
        hit(1)
      }
    },
    /** tick chooses a box, open unfolds what is folded, browse opens the window in which a file is chosen: by one key each. */
    async tick(box) {
      await reach(box)
      await page.keyboard.press('Space')
      hit(1)
      assert.ok(await page.isChecked(box), 'the space bar chooses nothing')
    },
    async open(summary) {
      await reach(summary)
      await page.keyboard.press('Enter')
      hit(1)
      assert.ok(await page.locator(summary).first().evaluate((at) => at.parentElement.open), 'what is folded stays folded')
    },
    async browse(field, file) {
      await frame(page) // the browser opens no window for a page that it has not drawn
      await reach(field)
      const [chooser] = await Promise.all([page.waitForEvent('filechooser', { timeout: 20000 }), page.keyboard.press('Space')])
      hit(1)
      await chooser.setFiles(file)
    },
    /** day types a day into the browser's own field: one whose month is its day, whichever the browser wants first. */
    async day(field, value) {
      await reach(`#${field}`)
      const [year, month, day] = value.split('-')
      assert.equal(month, day)
      await page.keyboard.type(`${month}${day}${year}`)
      hit(8)
      assert.equal(await page.inputValue(`#${field}`), value)
    },
    async push(target, to = /./) {
      await reach(target)
      hit(1)
      clock.seconds += takes.page
      clock.pages++
      await enter(page, to)
    }
  }
}
