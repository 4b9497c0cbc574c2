import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = process.env.OSMO_URL
const audience = 'osmo' // or the audience of your own
const keys = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'))

const { payload } = await jwtVerify(process.env.OSMO_JWT, keys, {
  issuer,
  audience,
  clockTolerance: 10,
  typ: 'at+jwt',
  algorithms: ['ES256'],
  requiredClaims: ['sub', 'exp', 'roles'],
})
console.log(payload.sub, payload.roles)
