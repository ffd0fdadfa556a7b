// The sign-in of an agency, as a journey needs it: the real oidc-provider on this machine. Whoever
// signs in there is called what they type, with an address at the given domain.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/**
 * idp starts one; back is where it sends people home to. It knows the site under two names: by a word
 * that both know, and by the key that the site publishes at keys. What it returns may be spoilt: alter(url)
 * changes what somebody asks of it on the way, as a stranger would, and down says whether an address
 * of it answers with an error.
 */
export async function idp({ back, domain, keys }) {
  let handler
  const it = { down: () => false, alter: (url) => url }
  const server = createServer((req, res) => {
    if (it.down(req.url)) return res.writeHead(503).end()
    req.url = it.alter(req.url)
    handler(req, res)
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  it.url = `http://127.0.0.1:${server.address().port}`
  it.close = () => server.close() && server.closeAllConnections()
  const warn = console.warn
  console.warn = () => {} // that it is not set up for others to use, it is told often
  const provider = new Provider(it.url, {
    clients: [
      { client_id: 'golau', client_secret: 'a word that both know', redirect_uris: [back] },
      { client_id: 'golau-by-key', token_endpoint_auth_method: 'private_key_jwt', jwks_uri: keys, redirect_uris: [back] }
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@${domain}`, email_verified: true, name: 'Mari Wyn' }) }),
    fetch: (url, { dispatcher, ...options }) => fetch(url, options), // the site is on this machine, where it would ask nobody
    cookies: { keys: ['for a journey'] }
  })
  console.warn = warn
  handler = provider.callback()
  return it
}
