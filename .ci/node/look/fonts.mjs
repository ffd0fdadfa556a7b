// The typeface: three small woff2 for the screen and two whole TTF for the PDF writer, which cuts
// out of them what each document needs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subset from 'subset-font'

const source = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible-next/package.json'))
const weights = { 400: '400Regular', 600: '600SemiBold', 700: '700Bold' }

const span = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('')

// English, Welsh (all eight circumflexes, graves, acutes and diaereses over vowels, w and y), and
// Latin-1 and Latin Extended-A, because people's names have other letters than their languages.
const letters =
  span(0x20, 0x7e) + span(0xa0, 0xff) + span(0x100, 0x17f) + 'ẀẁẂẃẄẅỲỳȘșȚțẞ' + '–—‘’‚“”„†‡•…‰‹›⁄€™−≈≠≤≥'

// tnum: figures in tables and certificate numbers. The slashed zero is the font's only zero.
const features = ['kern', 'liga', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum', 'lnum', 'pnum', 'zero']

export async function fonts() {
  const ttf = (weight) => readFile(join(source, weights[weight], `AtkinsonHyperlegibleNext_${weights[weight]}.ttf`))
  const licence = (await readFile(join(source, 'LICENSE_FONT'), 'utf8')).replace(/[ \t]+$/gm, '')
  const files = {
    'static/fonts/LICENSE': licence,
    'certificates/pdf/fonts/LICENSE': licence,
    'certificates/pdf/fonts/AtkinsonHyperlegibleNext-Regular.ttf': await ttf(400),
    'certificates/pdf/fonts/AtkinsonHyperlegibleNext-Bold.ttf': await ttf(700)
  }
  for (const weight of Object.keys(weights)) {
    files[`static/fonts/atkinson-hyperlegible-next-${weight}.woff2`] = await subset(await ttf(weight), letters, {
      targetFormat: 'woff2',
      keepFeatures: features
    })
  }
  return files
}
