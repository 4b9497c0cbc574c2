import os

import jwt

issuer = os.environ["OSMO_URL"]
keys = jwt.PyJWKClient(issuer + "/.well-known/jwks.json")


def verify(token):
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("not an access token")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],
        issuer=issuer,
        audience="osmo",
        options={"require": ["sub", "exp", "roles"]},
    )


claims = verify(os.environ["OSMO_JWT"])
print(claims["sub"], claims["roles"])
