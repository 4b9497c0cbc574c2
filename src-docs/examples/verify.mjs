import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = process.env.OSMO_URL
const keys = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'))

const { payload } = await jwtVerify(process.env.OSMO_JWT, keys, {
  issuer,
  audience: 'osmo',
  typ: 'at+jwt',
  algorithms: ['ES256'],
  requiredClaims: ['sub', 'exp', 'roles'],
})
console.log(payload.sub, payload.roles)
