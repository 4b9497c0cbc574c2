"""Receives notices of osmo: python3 webhook_receiver.py PORT SECRET_FILE"""

import base64
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 300  # seconds between the clocks of the sender and of this machine
LONGEST = 65536


def verify(secrets, headers, body, now):
    """The message, if it was signed just now with one of the secrets. Otherwise ValueError."""
    ident, timestamp, signatures = (headers.get("webhook-" + name, "") for name in ("id", "timestamp", "signature"))
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > TOLERANCE:
        raise ValueError("too old, or without a time")
    signed = f"{ident}.{timestamp}.".encode() + body
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = b"v1," + base64.b64encode(hmac.digest(key, signed, "sha256"))
        if any(hmac.compare_digest(expected, one.encode()) for one in signatures.split(" ")):
            return json.loads(body)
    raise ValueError("not signed with a secret of this receiver")


def serve(port, secret_file, handle):
    """Calls handle(message) once for each message. If it fails, the sender repeats the message."""
    with open(secret_file, encoding="ascii") as file:
        secrets = file.read().split()
    handled = set()  # several receivers, or one that restarts, keep the ids in a database

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LONGEST))
            try:
                message = verify(secrets, self.headers, body, time.time())
            except ValueError as refusal:
                self.send_error(401, str(refusal))
                return
            if self.headers["webhook-id"] not in handled:
                handle(message)
                handled.add(self.headers["webhook-id"])
            self.send_response(204)
            self.end_headers()

    ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()


def show(message):
    data = message["data"]
    print(message["type"], data["token"]["name"], data["token"]["owner"], data["days_left"], flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], show)
