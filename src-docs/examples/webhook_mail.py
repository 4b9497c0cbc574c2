"""Mails each notice to the owner of the token: python3 webhook_mail.py PORT SECRET_FILE SMTP_HOST:PORT SENDER"""

import smtplib
import sys
from email.message import EmailMessage

import webhook_receiver


def send_mail(message, server, sender):
    data, token = message["data"], message["data"]["token"]
    to = sender if message["type"] == "notice.test" else token["owner"]
    if "@" not in to:
        return  # the id of a service account, which is no address
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = f"Your access token {token['name']} expires in {data['days_left']} day(s)"
    mail.set_content(
        f"The access token {token['name']} ({token['id']}) expires at {data['expires_at']}.\n\n"
        f"To renew it, sign in and run: {data['renew']['command']}\n"
        f"Or open {data['renew'].get('page', 'the web page of osmo')}. If nobody needs the token, delete it.\n"
    )
    with smtplib.SMTP(*server.split(":"), timeout=10) as connection:
        connection.send_message(mail)


if __name__ == "__main__":
    port, secret_file, server, sender = sys.argv[1:]
    webhook_receiver.serve(int(port), secret_file, lambda message: send_mail(message, server, sender))
