// static/js/golau.js: the few govuk-frontend components we use, as one module.
// static/js/quiz.js is written by hand where it lies.
import { build } from 'esbuild'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

export async function script() {
  const result = await build({
    entryPoints: [join(here, 'golau.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: '/* Golau. Includes govuk-frontend, MIT: see LICENSE beside this folder. */' }
  })
  return { 'static/js/golau.js': result.outputFiles[0].text }
}
