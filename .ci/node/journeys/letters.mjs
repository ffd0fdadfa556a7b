// The letters of a demonstration, as files: what stands in the newest to somebody.
//
//   GOLAU_MAIL    the folder into which the site writes its letters
import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

// plain undoes quoted-printable as far as addresses and numbers need it.
const plain = (letter) => letter.replace(/=\r?\n/g, '').replaceAll('=3D', '=')

/** letterTo waits for a letter to an address in which something stands, and returns its first group. */
export async function letterTo(address, pattern) {
  const folder = process.env.GOLAU_MAIL
  for (let n = 0; n < 150; n++, await wait(200)) {
    const found = []
    for (const name of await readdir(folder).catch(() => [])) {
      const letter = name.endsWith('.eml') ? plain(await readFile(join(folder, name), 'utf8')) : ''
      const match = letter.includes(`<${address}>`) && letter.match(pattern)
      if (match) found.push({ at: (await stat(join(folder, name))).mtimeMs, what: match[1] })
    }
    if (found.length) return found.sort((a, b) => b.at - a.at)[0].what
  }
  assert.fail(`no letter to ${address} has ${pattern}`)
}
