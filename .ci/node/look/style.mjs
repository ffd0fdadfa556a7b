// static/css/golau.css: govuk-frontend, trimmed, and then theme.css,
// blocks.css (the parts of a lesson) and pages.css (what only some pages need).
//
// Trimming takes away only what cannot show here: colours that theme.css names again, fallbacks for
// variables that are always set, the same typeface said once more for print, variants for dark
// GOV.UK bars, and the parts of components whose script we do not ship.
import { transform } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postcss from 'postcss'
import { compileAsync } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))

const unused = [
  /--inverse\b/, // on coloured bars
  /govuk-\\!-static-/, // spacing that ignores the screen
  /govuk-drop-zone|govuk-file-upload-button/, // the script of file upload
  /__conditional/, // the script of radios and checkboxes
  /govuk-header|govuk-footer|govuk-cookie-banner|govuk-service-navigation/
]

export async function style() {
  const govuk = await compileAsync(join(here, 'govuk.scss'), {
    loadPaths: [join(here, '..', 'node_modules')],
    charset: false
  })
  const sheets = ['theme.css', 'blocks.css', 'pages.css'].map((name) => readFile(join(here, name), 'utf8'))
  const theme = (await Promise.all(sheets)).join('\n')
  const { version } = JSON.parse(await readFile(join(here, '..', 'node_modules', 'govuk-frontend', 'package.json'), 'utf8'))

  const sheet = trim(postcss.parse(govuk.css), postcss.parse(theme))
  const { code } = await transform(`${sheet}\n${theme}`, { loader: 'css', minify: true, charset: 'utf8', legalComments: 'none' })
  const banner = `/* Golau. Includes govuk-frontend ${version}, MIT: see LICENSE beside this folder. */\n`
  return { 'static/css/golau.css': banner + code }
}

function trim(sheet, theme) {
  const inTheme = rootVariables(theme)
  const known = new Set([...rootVariables(sheet), ...inTheme])

  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !unused.some((pattern) => pattern.test(selector)))
    if (kept.length === 0) rule.remove()
    else rule.selectors = kept
  })
  sheet.walkDecls((decl) => {
    const print = decl.parent.parent.type === 'atrule' && decl.parent.parent.params === 'print'
    const root = decl.parent.selector === ':root' && decl.parent.parent.type === 'root'
    if (root && inTheme.has(decl.prop)) decl.remove()
    else if (print && decl.prop === 'font-family') decl.remove()
    else decl.value = decl.value.replace(/var\((--govuk-[a-z-]+), #[0-9a-f]{3,8}\)/g, (all, name) => (known.has(name) ? `var(${name})` : all))
  })
  sheet.walkAtRules('media', (rule) => {
    rule.params = rule.params.replace(', (-ms-high-contrast: active)', '')
  })
  sheet.walkComments((comment) => comment.remove())
  removeEmpty(sheet)
  return sheet.toString()
}

// rootVariables are those that :root sets whatever the medium, so that they always have a value.
function rootVariables(sheet) {
  const names = new Set()
  sheet.each((rule) => {
    if (rule.type === 'rule' && rule.selector === ':root') rule.walkDecls(/^--/, (decl) => names.add(decl.prop))
  })
  return names
}

function removeEmpty(container) {
  container.each((node) => {
    if (node.nodes) {
      removeEmpty(node)
      if (node.nodes.length === 0) node.remove()
    }
  })
}
