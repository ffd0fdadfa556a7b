// What the pages that matter most have to be for whoever reads them otherwise: with colours of
// their own (forced colours), with more contrast, and on paper.
// key names those pages, as the journeys name them.
const key = /^(home|sign-in|sign-in-wrong|learn-(new|done)|lesson-what-it-is-(case|mine)|question-\w+|result-\w+|certificate|verify-(form|valid))$/

const plain = { media: null, colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' }

/**
 * otherwise looks at a page that matters, and has axe-core in it, in those modes, and returns what is
 * wrong. In another language, again, it may be otherwise on paper; its colours are the same.
 */
export async function otherwise(page, name, again) {
  if (!key.test(name)) return []
  await page.evaluate(() => document.fonts.ready)
  const wrong = []
  const note = (mode, faults) => wrong.push(...faults.map((fault) => `${mode}: ${fault}`))
  if (!again) {
    note('forced colours', await marks(page))
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ ...plain, colorScheme, contrast: 'more' })
      note(`more contrast, ${colorScheme}`, await contrast(page))
      await page.emulateMedia({ ...plain, colorScheme, forcedColors: 'active' })
      note(`forced colours, ${colorScheme}`, await legible(page))
    }
    await page.emulateMedia({ ...plain, forcedColors: 'active' })
    note('forced colours', await focus(page))
  }
  await page.emulateMedia({ ...plain, colorScheme: 'dark', media: 'print' })
  note('print', await paper(page))
  note('print', await sheet(page))
  note('print', await card(page))
  await page.emulateMedia(plain)
  return wrong
}

// contrast asks axe whether every text stands out from what is behind it, seven to one.
async function contrast(page) {
  const faults = await page.evaluate(async () => {
    if (!matchMedia('(prefers-contrast: more)').matches) return ['the browser does not ask for more contrast']
    const rules = ['color-contrast', 'color-contrast-enhanced'] // each is silent where the other speaks
    const { violations } = await window.axe.run({ runOnly: { type: 'rule', values: rules }, rules: { [rules[1]]: { enabled: true } } })
    return violations.flatMap((v) => v.nodes.map((n) => `${n.target.join(' ')}: ${n.any[0]?.message}`))
  })
  return faults.slice(0, 3)
}

// marks finds signs that are painted as backgrounds only: forced colours and paper have none.
const marks = (page) =>
  page.evaluate(() => {
    const faults = new Set()
    for (const at of document.querySelectorAll('main *')) {
      for (const pseudo of [null, '::before', '::after']) {
        const s = getComputedStyle(at, pseudo)
        if (pseudo ? s.content !== '""' : !at.matches('hr')) continue
        const drawn = ['Top', 'Right', 'Bottom', 'Left'].some((side) => s[`border${side}Style`] !== 'none' && parseFloat(s[`border${side}Width`]) > 0)
        const painted = !/, 0\)$|transparent/.test(s.backgroundColor)
        if (painted && !drawn && s.display !== 'none' && parseFloat(s.height) > 0) faults.add(`${at.tagName.toLowerCase()} in .${at.parentElement.className} has a sign that is a background`)
      }
    }
    return [...faults]
  })

// legible looks at the picture, since what a browser says of its forced colours is not what it
// paints: within the box of each text, light and dark have to be far enough apart.
// The browser may not yet have painted the colours that it was told of: what is wrong is so twice.
async function legible(page) {
  const faults = await glimpse(page)
  return faults.length ? glimpse(page) : faults
}

async function glimpse(page) {
  await page.evaluate(() => scrollTo(0, 0)) // else the strip that stays in sight lies over what is read
  const texts = await page.evaluate(() => {
    const found = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.parentElement
      const hidden = at.closest('.govuk-visually-hidden, .govuk-skip-link, option, script, [aria-hidden=true]') || !at.checkVisibility({ visibilityProperty: true })
      if (hidden || !node.data.trim()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = [...range.getClientRects()].find((r) => r.width > 2 && r.height > 2)
      if (box) found.push({ name: `${at.tagName.toLowerCase()}.${at.className} (${node.data.trim().slice(0, 30)})`, x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height })
    }
    for (const at of document.querySelectorAll('svg[role=img]')) {
      const { x, y, width, height } = at.getBoundingClientRect()
      if (width) found.push({ name: `the picture ${at.getAttribute('aria-label').slice(0, 30)}`, x: x + scrollX, y: y + scrollY, width, height })
    }
    return found
  })
  const picture = (await page.screenshot({ fullPage: true })).toString('base64')
  const desk = await page.context().newPage() // the page's own policy lets no picture in
  const faults = await desk.evaluate(
    async ([data, boxes]) => {
      const canvas = document.createElement('canvas')
      const image = Object.assign(new Image(), { src: `data:image/png;base64,${data}` })
      await image.decode()
      Object.assign(canvas, { width: image.width, height: image.height })
      const paint = canvas.getContext('2d', { willReadFrequently: true })
      paint.drawImage(image, 0, 0)
      const line = (n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4)
      return boxes.flatMap(({ name, x, y, width, height }) => {
        const { data: dots } = paint.getImageData(Math.round(x), Math.round(y), Math.ceil(width), Math.ceil(height))
        let [low, high] = [1, 0]
        for (let i = 0; i < dots.length; i += 4) {
          const light = 0.2126 * line(dots[i]) + 0.7152 * line(dots[i + 1]) + 0.0722 * line(dots[i + 2])
          low = Math.min(low, light)
          high = Math.max(high, light)
        }
        const ratio = (high + 0.05) / (low + 0.05)
        return ratio < 4.5 ? [`${name} has ${ratio.toFixed(1)} to 1`] : []
      })
    },
    [picture, texts]
  )
  await desk.close()
  return texts.length ? faults.slice(0, 4) : ['there is no text']
}

// focus goes to one stop of each kind and compares the pictures with the focus and without. Whatever
// the style sheet says, that is what somebody sees.
async function focus(page) {
  await page.keyboard.press('Tab') // from here on the browser shows where the focus is
  const faults = []
  const kinds = new Set()
  for (const stop of await page.locator('a[href], button, input:not([type=hidden]), select, summary').all()) {
    const { kind, visible } = await stop.evaluate((e) => ({
      kind: [e.tagName, e.type, ...[...e.classList].filter((c) => !/skip-link/.test(c))].join('.'),
      visible: e.checkVisibility({ visibilityProperty: true }) && !e.matches('.govuk-visually-hidden, .govuk-skip-link')
    }))
    if (!visible || kinds.has(kind)) continue
    kinds.add(kind)
    await stop.evaluate((e) => e.scrollIntoView({ block: 'center' }))
    const box = await stop.boundingBox()
    const clip = { x: Math.max(0, box.x - 12), y: Math.max(0, box.y - 12), width: box.width + 24, height: box.height + 24 }
    await page.evaluate(() => document.activeElement.blur())
    const without = await page.screenshot({ clip })
    await stop.focus()
    const now = await page.screenshot({ clip })
    if (without.equals(now)) faults.push(`${kind} looks no different with the focus`)
  }
  return faults
}

// paper looks at what stands on it: no bar that stays, nothing to press, no text that needs a
// background, since printers leave those out, and nothing wider than the page.
async function paper(page) {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 658, height: 930 }) // A4 within its margins
  const faults = await page.evaluate(() => {
    const faults = new Set()
    const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0
    const name = (e) => `${e.tagName.toLowerCase()}.${e.className} (${e.textContent.trim().slice(0, 30)})`
    const light = (rgb) => {
      const [r, g, b] = rgb.match(/[\d.]+/g).map((n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    for (const at of document.querySelectorAll('body *')) {
      if (!seen(at)) continue
      const s = getComputedStyle(at)
      if (/fixed|sticky/.test(s.position)) faults.add(`${name(at)} stays over the text`)
      if (at.matches('button, .govuk-button, nav, .golau-safety')) faults.add(`${name(at)} is of no use`)
      if (/^\/|^"?\(\/|\(\/[ec]/.test(getComputedStyle(at, '::after').content) || (getComputedStyle(at, '::after').content.includes('(') && at.matches('[href^="/"]'))) faults.add(`${name(at)} prints its address`)
      const says = [...at.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())
      if (says && s.clipPath === 'none' && !at.closest('.govuk-visually-hidden') && 1.05 / (light(s.color) + 0.05) < 4.5) faults.add(`${name(at)} is too light for white paper`)
    }
    if (!document.querySelector('.golau-cert') && !seen(document.querySelector('h1'))) faults.add('the heading is not printed')
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth
    if (over > 0 && !document.querySelector('.golau-cert')) faults.add(`it is ${over} pixels wider than the page`)
    return [...faults]
  })
  await page.setViewportSize(size)
  return faults.slice(0, 6)
}

// card prints a quick-reference card: one side of A5, with the longest note of a board too.
async function card(page) {
  const grid = page.locator('.golau-a5__grid')
  if ((await grid.count()) !== 1) return []
  const faults = []
  for (const noted of [false, true]) {
    if (noted && !(await page.locator('.golau-a5__note').count())) {
      await grid.evaluate((e) => {
        const line = 'gwasanaethau cyhoeddus Llanfairpwllgwyngyll 01632 960145 ydy'
        e.insertAdjacentHTML('beforeend', `<div class="golau-a5__note" data-added><h2>Yn ein hardal</h2><ul>${`<li>${line}</li>`.repeat(4)}</ul><p class="golau-a5__foot">${line}</p></div>`)
      })
    }
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/MediaBox\s*\[[^\]]*\]/g)
    if (pages?.length !== 1) faults.push(`${noted ? 'with a full note ' : ''}the card is printed on ${pages?.length} sides`)
  }
  await page.locator('[data-added]').evaluateAll((all) => all.forEach((e) => e.remove()))
  return faults
}

// sheet prints a certificate: one whole A4 page, with everything on it above the hills, for the
// longest of names too.
async function sheet(page) {
  const certificate = page.locator('.golau-cert')
  if (!(await certificate.count())) return []
  const faults = []
  const size = page.viewportSize()
  await page.setViewportSize({ width: 794, height: 1123 }) // A4
  for (const holder of [null, 'Gwenllian Angharad Featherstonehaugh-Cholmondeley ap Rhydderch']) {
    const was = await certificate.locator('.golau-cert__name').evaluate((e, to) => {
      const before = [e.textContent, e.className]
      if (to) [e.textContent, e.className] = [to, 'golau-cert__name golau-cert__name--long']
      return before
    }, holder)
    const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/MediaBox\s*\[[^\]]*\]/g)
    if (pages?.length !== 1 || !/\[0 0 59[45][\d.]* 84[12][\d.]*\]/.test(pages[0])) faults.push(`it is printed as ${pages}`)
    const room = await certificate.evaluate((e) => {
      const [whole, foot, hills] = [e, e.querySelector('.golau-cert__foot'), e.querySelector('.golau-cert__art')].map((x) => x.getBoundingClientRect())
      return { height: whole.height, room: hills.top + hills.height / 4 - foot.bottom, whole: whole.width > 793 }
    })
    if (room.room < 0 || !room.whole || room.height > 1123) faults.push(`with ${holder || 'its name'} it does not fit: ${JSON.stringify(room)}`)
    await certificate.locator('.golau-cert__name').evaluate((e, [text, name]) => ([e.textContent, e.className] = [text, name]), was)
  }
  await page.setViewportSize(size)
  return faults
}
