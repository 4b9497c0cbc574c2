import os
import sys
import time

import requests

server = os.environ["OSMO_URL"]


class Exchange(requests.auth.AuthBase):
    """Sends a JWT with each request, and exchanges the access token again before it expires."""

    def __init__(self, token_file):
        self.token_file = token_file
        self.jwt, self.renew_at = None, 0

    def __call__(self, request):
        if time.monotonic() >= self.renew_at:
            self.exchange()
        request.headers["Authorization"] = "Bearer " + self.jwt
        return request

    def exchange(self):
        with open(self.token_file) as file:
            pat = file.read().strip()
        began = time.monotonic()
        response = requests.post(
            server + "/oauth2/token",
            data={
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token": pat,
                "subject_token_type": "urn:osmo:params:oauth:token-type:pat",
            },
            timeout=10,
        )
        if not response.ok:
            sys.exit("No JWT: " + response.json()["error_description"])
        issued = response.json()
        self.jwt, self.renew_at = issued["access_token"], began + issued["expires_in"] - 10


session = requests.Session()
session.auth = Exchange(os.environ["OSMO_TOKEN_FILE"])

tokens = session.get(server + "/api/auth/access_token", timeout=10)
tokens.raise_for_status()
for token in tokens.json():
    print(token["token_name"], token["state"])

missing = session.get(server + "/api/auth/access_token/nothing", timeout=10)
print(missing.status_code, missing.json()["type"])
