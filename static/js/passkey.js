// Passkeys: the only thing here that cannot be done without a script. Each form with data-passkey
// is hidden until this runs; what the page says to those without it is hidden then.
const able = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON

/** answer asks the site what is to be signed, and the browser to sign it. */
async function answer(form) {
  const asked = await fetch(form.dataset.options, { method: 'POST', headers: { Accept: 'application/json' } })
  if (!asked.ok) throw new Error(String(asked.status))
  const options = await asked.json()
  const made =
    form.dataset.passkey === 'new'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  return JSON.stringify(made)
}

for (const form of able ? document.querySelectorAll('form[data-passkey]') : []) {
  const failed = form.querySelector('[data-passkey-failed]')
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    if (event.submitter?.name === 'switch') return
    event.preventDefault()
    failed.hidden = true
    try {
      form.elements.answer.value = await answer(form)
      form.submit()
    } catch {
      failed.hidden = false
    }
  })
}
if (able) for (const without of document.querySelectorAll('[data-passkey-without]')) without.hidden = true
