import os

import requests

server = os.environ["OSMO_URL"]
with open(os.environ["OSMO_TOKEN_FILE"]) as file:
    pat = file.read().strip()

exchange = requests.post(
    server + "/oauth2/token",
    data={
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": pat,
        "subject_token_type": "urn:osmo:params:oauth:token-type:pat",
    },
    timeout=10,
)
exchange.raise_for_status()

session = requests.Session()
session.headers["Authorization"] = "Bearer " + exchange.json()["access_token"]

tokens = session.get(server + "/api/auth/access_token", timeout=10)
tokens.raise_for_status()
for token in tokens.json():
    print(token["token_name"], token["state"])

missing = session.get(server + "/api/auth/access_token/nothing", timeout=10)
print(missing.status_code, missing.json()["type"])
