import os

import jwt

issuer = os.environ["OSMO_URL"]
audience = "osmo"  # or the audience of your own
keys = jwt.PyJWKClient(issuer + "/.well-known/jwks.json")


def verify(token):
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("not an access token")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],
        issuer=issuer,
        audience=audience,
        leeway=10,
        options={"require": ["sub", "exp", "roles"]},
    )


claims = verify(os.environ["OSMO_JWT"])
print(claims["sub"], claims["roles"])
