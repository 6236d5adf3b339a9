"""Mail: one message to one address, by SMTP or, without a server, to the terminal."""

from __future__ import annotations

import smtplib
import ssl
import sys
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid, parseaddr
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
    try:
        message = _write(sender, to, subject, text)
        with _connect(server, timeout) as connection:
            if server.username:
                connection.login(server.username, server.password)
            # The library's own `send_message` would write ">From" where a line begins with "From".
            connection.sendmail(parseaddr(sender)[1], [to], message.as_bytes(policy=SMTP))
    except (OSError, smtplib.SMTPException, ValueError, IndexError) as error:
        # A ValueError or IndexError where an address is none, or would break its line.
        raise MailRefused(str(error) or type(error).__name__) from error


def _connect(server: MailServer, timeout: int) -> smtplib.SMTP:
    """Reach a server; its certificate must be its own, or the password would go to anybody."""
    trust = ssl.create_default_context()
    if server.port == 465:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=trust)
    connection = smtplib.SMTP(server.host, server.port, timeout=timeout)
    if server.use_tls:
        try:
            connection.starttls(context=trust)
        except BaseException:
            connection.close()
            raise
    return connection


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
    """Write a message to one address; its headers refuse line breaks."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=to)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(" >") or None)
    message["Subject"] = " ".join(subject.split())
    message.set_content(text, cte="quoted-printable")
    return message
