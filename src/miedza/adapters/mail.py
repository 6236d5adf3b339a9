"""Mail: one message to one address, by SMTP or, without a server, to the terminal."""

from __future__ import annotations

import smtplib
import sys
from email.message import EmailMessage
from typing import NamedTuple, TextIO


class MailServer(NamedTuple):
    """Where mail is handed over."""

    host: str
    port: int
    username: str
    password: str
    use_tls: bool
    """STARTTLS; a server on port 465 is spoken to in TLS from the first byte."""


class MailRefused(Exception):  # noqa: N818 - named for what happened.
    """The server did not take the mail; the message says why."""


def send_by_smtp(
    server: MailServer, *, sender: str, to: str, subject: str, text: str, timeout: int = 20
) -> None:
    """Hand one mail to a server.

    Raises:
        MailRefused: it was not taken, or the server could not be reached.
    """
    message = _write(sender, to, subject, text)
    connect = smtplib.SMTP_SSL if server.port == 465 else smtplib.SMTP
    try:
        with connect(server.host, server.port, timeout=timeout) as connection:
            if server.use_tls and server.port != 465:
                connection.starttls()
            if server.username:
                connection.login(server.username, server.password)
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailRefused(str(error)) from error


def show_in_terminal(
    *, sender: str, to: str, subject: str, text: str, terminal: TextIO | None = None
) -> None:
    """Show a mail where the server runs, for a practice without a mail server."""
    terminal = terminal or sys.stdout
    terminal.write(
        f"\n--- No mail server is set, so this letter to {to} is shown here ---\n"
        f"{subject}\n\n{text.strip()}\n---\n"
    )
    terminal.flush()
    del sender


def _write(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Write a message; its headers refuse line breaks."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    return message
