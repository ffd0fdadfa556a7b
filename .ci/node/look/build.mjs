// Builds what the program serves and prints from govuk-frontend, the typeface and our own sources.
//
//   npm run look          writes the files
//   npm run look:check    writes nothing; exit 1 if a committed file is not what this would write
//
// The output is committed, so that building the program needs Go and nothing else.
import { readFile, writeFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { fonts } from './fonts.mjs'
import { script } from './script.mjs'
import { style } from './style.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const check = process.argv.includes('--check')

const files = { ...(await style()), ...(await script()), ...(await fonts()) }

let stale = 0
for (const [name, content] of Object.entries(files)) {
  const path = join(root, name)
  const bytes = Buffer.from(content)
  if (check) {
    const there = await readFile(path).catch(() => null)
    if (!there || !there.equals(bytes)) {
      stale++
      console.error(`${name} is not what its sources say: run npm run look in .ci/node and commit`)
    }
    continue
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  const sent = /\.(css|js)$/.test(name) ? gzipSync(bytes, { level: 9 }).length : bytes.length
  console.log(`${String(bytes.length).padStart(7)} bytes, ${String(sent).padStart(6)} sent  ${name}`)
}
process.exitCode = stale > 0 ? 1 : 0
