import os

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url

issuer = os.environ["OSMO_URL"]
with open(os.environ["OSMO_TOKEN_FILE"]) as file:
    pat = file.read().strip()

response = requests.get(get_well_known_url(issuer, external=True), timeout=10)
metadata = AuthorizationServerMetadata(response.json())
if issuer.startswith("https://"):
    metadata.validate()

# Any client id. The access token is the client secret of HTTP Basic, for introspection.
client = OAuth2Session("reports", pat, token_endpoint_auth_method="none")
issued = client.fetch_token(
    metadata["token_endpoint"],
    grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token=pat,
    subject_token_type="urn:osmo:params:oauth:token-type:pat",
    timeout=10,
)
print(client.get(issuer + "/api/profile/settings", timeout=10).status_code)

keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"], timeout=10).json())
claims = JsonWebToken(["ES256"]).decode(
    issued["access_token"],
    keys,
    claims_options={
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": "osmo"},
        "exp": {"essential": True},
        "roles": {"essential": True},
    },
)
if claims.header["typ"] != "at+jwt":
    raise ValueError("not an access token")
claims.validate(leeway=10)
print(claims["sub"], claims["roles"])

server = OAuth2Session("reports", pat, token_endpoint_auth_method="client_secret_basic")
answer = server.introspect_token(
    metadata["introspection_endpoint"], token=issued["access_token"], timeout=10
)
found = answer.json()
if not found["active"] or found["token_type"] != "Bearer" or found["aud"] != "osmo":
    raise ValueError("not a JWT for this server")
print(found["scope"])
