// Keeps each answer as it is given. Without this script the page's own button keeps it instead.
//
//   <form data-autosave="URL" data-offline="Not saved yet. We are trying again."
//     data-signed-out="Not saved yet. Press Next, sign in, and your answer is kept.">
//     <input type="hidden" name="version" value="3"> …
//     <p class="golau-saved" role="status"></p>
//
// The server knows the language, so every word shown comes from it: in its answers, and in
// data-offline for when it cannot be reached, and data-signed-out for when it does not know whose
// answer this is: sending the page then keeps it. One request at a time: two could arrive in the wrong
// order, and the older answer would win. An answer given meanwhile is sent when the first is done.
// An answer whose acknowledgement was lost is sent once more with the version it had: the server
// has to take the same answer twice. Only then is a newer one sent, with the version that came back.
// A page that is sent before that carries in sent what may have been kept: so the server knows this
// window's own answer from one that was given elsewhere.
// Without a network the page is not sent while it holds an answer that was not kept: the browser would
// put its own page in place of this one, and the answer would be gone. It is sent when it can be.
// A list that is gone through by arrow keys changes at each of them: it is sent after a pause, or when
// the focus goes on or the page is left.

const firstWait = 1000
const longestWait = 30000
const patience = 15000 // for one request
const pause = 600 // for whoever is going through a list
const parting = 4000 // how long leaving the page may wait for a request that is under way

for (const form of document.querySelectorAll('form[data-autosave]')) keep(form)

function keep(form) {
  const status = form.querySelector('[role=status].golau-saved') || document.querySelector('[role=status].golau-saved')
  const version = form.querySelector('input[name=version]')
  const { offline = '', signedOut = '' } = form.dataset

  let underWay = null // the promise of the request in flight
  let changed = false // something has been given since it left
  let stale = false // answered elsewhere: only the server's page can sort that out
  let failures = 0
  let timer = 0
  let pausing = 0 // a list has changed and may change again at once
  let leaving = false // the page is being sent, and carries every answer itself
  let parted = false // a page that waited has been let go
  let unsure = '' // an answer that may have been kept although no reply came
  let flying = '' // the answer in flight

  form.addEventListener('change', ({ target }) => {
    changed = true
    clearTimeout(pausing)
    pausing = target instanceof HTMLSelectElement ? setTimeout(settle, pause) : 0
    if (!pausing && !underWay) send()
  })
  form.addEventListener('focusout', settle)
  window.addEventListener('pagehide', settle)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) settle()
  })

  // settle ends a pause: what the list shows now is the answer.
  function settle() {
    if (!pausing) return
    clearTimeout(pausing)
    pausing = 0
    if (changed && !underWay) send()
  }

  window.addEventListener('online', () => {
    if (owes() && !underWay) send()
  })
  window.addEventListener('pageshow', () => {
    leaving = parted = false
  })

  // A page that is sent while an answer is on its way would carry the old version and be refused.
  form.addEventListener('submit', (event) => {
    clearTimeout(pausing)
    pausing = 0
    if (navigator.onLine === false && owes()) {
      event.preventDefault()
      leaving = parted = false
      show('') // so that the words are read out again
      setTimeout(() => owes() && show(offline, 'golau-saved--waiting'), 100)
      return
    }
    clearTimeout(timer)
    leaving = true
    if (parted || !underWay || !form.requestSubmit) return
    event.preventDefault()
    const button = event.submitter
    let done = false
    const part = () => {
      if (done || parted) return
      done = parted = true
      form.requestSubmit(button)
    }
    underWay.then(part)
    setTimeout(part, parting)
  })

  // Whether the page that is sent arrives is seen only by the next one. Who comes back to this one
  // finds it as it was left, and what it sent may have been kept.
  form.addEventListener('formdata', ({ formData }) => {
    if (!leaving) return
    for (const body of doubts()) formData.append('sent', body)
    unsure = new URLSearchParams(formData).toString()
  })

  function owes() {
    return Boolean(changed || unsure || underWay)
  }

  // doubts lists what may have been kept although no reply came, the newest first.
  function doubts() {
    const last = new URLSearchParams(flying || unsure)
    const before = last.getAll('sent')
    last.delete('sent')
    return [last.toString(), ...before].filter(Boolean).slice(0, 8)
  }

  function send() {
    clearTimeout(timer)
    if (stale || leaving) return
    const body = flying = unsure || fresh()
    underWay = post(body).catch(() => {
      unsure = body
      return longestWait
    }).then((wait) => {
      underWay = null
      flying = ''
      if (wait > 0) {
        timer = leaving ? 0 : setTimeout(send, wait)
      } else if (changed && !pausing) {
        send()
      }
    })
  }

  function fresh() {
    changed = false
    return new URLSearchParams(new FormData(form)).toString()
  }

  // post answers how long to wait before trying again; 0 says that there is nothing to try again.
  async function post(body) {
    let response, answer
    try {
      response = await fetch(form.dataset.autosave, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded', 'X-Requested-With': 'fetch' },
        credentials: 'same-origin',
        redirect: 'error',
        keepalive: true, // closing the page does not lose the answer
        signal: AbortSignal.timeout?.(patience)
      })
      answer = await response.json()
    } catch {
      unsure = body
      return again(response)
    }
    // A refusal for want of a session or of time says nothing of the time before.
    const doubt = response.status >= 500 || (unsure && [401, 429].includes(response.status))
    unsure = doubt ? body : ''
    if (response.ok && answer?.version !== undefined) {
      failures = 0
      if (version) version.value = answer.version
      show(answer.message)
      return 0
    }
    if (response.status === 409 && answer?.message) {
      stale = true
      show(answer.message, 'golau-saved--stale', link(answer))
      return 0
    }
    if (response.status === 401 && signedOut) {
      show(signedOut, 'golau-saved--stale')
      return 0
    }
    const final = response.status >= 400 && response.status < 500 && response.status !== 429
    if (final && answer?.message) {
      show(answer.message, 'golau-saved--stale')
      return 0
    }
    return again(response)
  }

  function again(response) {
    show(offline, 'golau-saved--waiting')
    const asked = Number(response?.headers.get('Retry-After')) * 1000 || 0
    return Math.max(asked, Math.min(longestWait, firstWait * 2 ** failures++))
  }

  function show(message, kind, more = '') {
    if (!status) return
    status.classList.remove('golau-saved--stale', 'golau-saved--waiting')
    if (kind) status.classList.add(kind)
    // The same words again would be read out again.
    if (more || status.textContent !== message) status.replaceChildren(message || '', more)
  }
}

function link(answer) {
  if (!answer.reload || !answer.reload_text) return ''
  const to = new URL(answer.reload, location.href)
  if (to.origin !== location.origin) return ''
  const a = document.createElement('a')
  a.className = 'govuk-link'
  a.href = to.href
  a.textContent = answer.reload_text
  const both = document.createDocumentFragment()
  both.append(' ', a)
  return both
}
