// In the dark only colours are others: the journeys ask there no more than the rules of colours.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import postcss from 'postcss'

const static_ = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'static')

test('a dark scheme sets colours, and nothing else', async () => {
  const sheet = postcss.parse(await readFile(join(static_, 'css', 'golau.css'), 'utf8'))
  let seen = 0
  sheet.walkAtRules('media', (media) => {
    if (!media.params.includes('prefers-color-scheme')) return
    media.walkRules((rule) => assert.equal(rule.selector, ':root', `the dark changes ${rule.selector}`))
    media.walkDecls(({ prop, value }) => {
      seen++
      assert.match(`${prop}: ${value}`, /^--g[a-z]?-[a-z0-9-]+: ?(#[0-9a-f]{3,8}|[a-z]+)$/i, 'this is no colour')
    })
  })
  assert.ok(seen > 40, `the dark sets ${seen} colours`)
})

test('no script asks whether it is dark', async () => {
  for (const name of ['golau.js', 'passkey.js', 'quiz.js']) assert.doesNotMatch(await readFile(join(static_, 'js', name), 'utf8'), /prefers-color-scheme/)
})
