// The only script on most pages. Nothing depends on it: every page works without.
//
// govuk-frontend asks for a class on <body> that a page would usually set with an inline script.
// Inline scripts are forbidden here, so this module says it before it wakes the components.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Leaving comes first: a fault in any other component must not keep somebody on the page.
for (const Component of [ExitThisPage, SkipLink, ErrorSummary, PasswordInput, Button]) {
  for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      new Component(root)
    } catch (fault) {
      console.warn(fault)
    }
  }
}

// The help at the top lies over the page while it is open. It folds when the focus goes on to the
// page below, and by Escape, so that nobody's focus is under it. (Without scripts: see theme.css.)
const help = document.querySelector('.golau-help')
document.addEventListener('focusin', ({ target }) => {
  if (help && !help.contains(target)) help.open = false
})
help?.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !help.open) return
  help.open = false
  help.querySelector('summary').focus()
})

// A page that is only worth printing offers it; without scripts it says how.
for (const offer of document.querySelectorAll('[data-print]')) {
  offer.hidden = false
  offer.addEventListener('click', () => window.print())
}
