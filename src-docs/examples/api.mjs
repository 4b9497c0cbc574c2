import { readFile } from 'node:fs/promises'

const server = process.env.OSMO_URL
const pat = (await readFile(process.env.OSMO_TOKEN_FILE, 'utf8')).trim()

const exchange = await fetch(server + '/oauth2/token', {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: pat,
    subject_token_type: 'urn:osmo:params:oauth:token-type:pat',
  }),
})
if (!exchange.ok) throw new Error((await exchange.json()).error_description)
const { access_token } = await exchange.json()

const tokens = await fetch(server + '/api/auth/access_token', {
  headers: { Authorization: `Bearer ${access_token}` },
})
for (const { token_name, state } of await tokens.json()) console.log(token_name, state)
