import { readFile } from 'node:fs/promises'
import * as client from 'openid-client'

const server = new URL(process.env.OSMO_URL)
const pat = (await readFile(process.env.OSMO_TOKEN_FILE, 'utf8')).trim()

// Any client id. The access token is the client secret of HTTP Basic, for introspection.
const config = await client.discovery(server, 'reports', pat, client.ClientSecretBasic(pat), {
  algorithm: 'oauth2',
  execute: server.protocol === 'http:' ? [client.allowInsecureRequests] : [],
})

const issued = await client.genericGrantRequest(
  config,
  'urn:ietf:params:oauth:grant-type:token-exchange',
  { subject_token: pat, subject_token_type: 'urn:osmo:params:oauth:token-type:pat' },
)
console.log(issued.scope)

const profile = new URL('/api/profile/settings', server)
const response = await client.fetchProtectedResource(config, issued.access_token, profile, 'GET')
console.log(response.status)

const answer = await client.tokenIntrospection(config, issued.access_token)
if (!answer.active || answer.token_type !== 'Bearer' || answer.aud !== 'osmo')
  throw new Error('not a JWT for this server')
console.log(answer.scope)
