import { readFile } from 'node:fs/promises'

const server = process.env.OSMO_URL
let jwt
let renewAt = 0

/** The JWT, exchanged again ten seconds before it expires. */
async function currentJwt() {
  if (performance.now() < renewAt) return jwt
  const began = performance.now()
  const pat = (await readFile(process.env.OSMO_TOKEN_FILE, 'utf8')).trim()
  const response = await fetch(server + '/oauth2/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: pat,
      subject_token_type: 'urn:osmo:params:oauth:token-type:pat',
    }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error('No JWT: ' + answer.error_description)
  jwt = answer.access_token
  renewAt = began + (answer.expires_in - 10) * 1000
  return jwt
}

async function get(path) {
  const response = await fetch(server + path, {
    headers: { Authorization: `Bearer ${await currentJwt()}` },
  })
  if (!response.ok) throw new Error(`${path}: ${(await response.json()).detail}`)
  return response.json()
}

for (const { token_name, state } of await get('/api/auth/access_token')) {
  console.log(token_name, state)
}
