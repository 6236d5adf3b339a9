"""Mail: one message to one address, by SMTP or, without a server, to the terminal."""

from __future__ import annotations

import smtplib
import ssl
import sys
from email.header import Header
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


class Post(NamedTuple):
    """One message to one address."""

    sender: str
    """The address, perhaps with a name, for which the server speaks."""
    to: str
    subject: str
    text: str
    html: str = ""
    sender_name: str = ""
    """In whose name it comes, where it is another than the sender's."""
    reply_to: str = ""
    calendar: str = ""
    """An iCalendar file."""
    method: str = ""
    """What it is: `REQUEST` and `CANCEL` are read by mail programs, `PUBLISH` is only attached."""


class MailRefused(Exception):  # noqa: N818 - named for what happened.
    """The server did not take the mail; the message says why."""


def send_by_smtp(server: MailServer, post: Post, *, timeout: int = 20) -> None:
    """Hand one mail to a server.

    Raises:
        MailRefused: it was not taken, or the server could not be reached.
    """
    try:
        message = _write(post)
        with _connect(server, timeout) as connection:
            if server.username:
                connection.login(server.username, server.password)
            # The library's own `send_message` would write ">From" where a line begins with "From".
            sender = parseaddr(post.sender)[1]
            connection.sendmail(sender, [post.to], message.as_bytes(policy=SMTP))
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


def show_in_terminal(post: Post, *, terminal: TextIO | None = None) -> None:
    """Show a mail where the server runs, for a practice without a mail server."""
    terminal = terminal or sys.stdout
    terminal.write(
        f"\n--- No mail server is set, so this letter to {post.to} is shown here ---\n"
        f"{post.subject}\n\n{post.text.strip()}\n---\n"
    )
    terminal.flush()


def _write(post: Post) -> EmailMessage:
    """Write a message to one address; its headers refuse line breaks."""
    message = EmailMessage()
    _name_sender(message, post)
    message["To"] = Address(addr_spec=post.to)
    if post.reply_to:
        message["Reply-To"] = Address(addr_spec=post.reply_to)
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=post.sender.rpartition("@")[2].strip(" >") or None)
    message.set_raw("Subject", _encode("Subject", post.subject))
    message.set_content(post.text, cte="quoted-printable")
    if post.html:
        message.add_alternative(post.html, subtype="html", cte="quoted-printable")
    if post.calendar:
        _add_calendar(message, post)
    return message


def _add_calendar(message: EmailMessage, post: Post) -> None:
    """Add an iCalendar file.

    Gmail and Apple look for it among the alternatives, Outlook too; some others see attachments
    only. So an invitation is in both places, and what is only to be kept in the second.
    """
    # As bytes: the library would end the lines of a text as it does its own, and not with CRLF.
    file = post.calendar.encode()
    if post.method in ("REQUEST", "CANCEL"):
        message.add_alternative(
            file, maintype="text", subtype="calendar", cte="base64",
            params={"charset": "utf-8", "method": post.method},
        )  # fmt: skip
    message.add_attachment(file, maintype="application", subtype="ics", filename="meeting.ics")


def _name_sender(message: EmailMessage, post: Post) -> None:
    """Who sends: the practice's name before the address for which the server speaks."""
    if post.sender_name:
        address = parseaddr(post.sender)[1]
        message.set_raw("From", f"{_encode('From', post.sender_name)}\n <{address}>")
    else:
        message["From"] = post.sender


def _encode(header: str, text: str) -> str:
    """A text for a header, encoded and folded here.

    The library would decode an encoded word that somebody has in their name, and write the line
    breaks hidden in it as they are, with any header behind them; and where it folds a long name in
    quotes, it loses the quotes, so that a name becomes addresses (CVE-2025-1795).
    """
    return Header(" ".join(text.split()), "utf-8", header_name=header).encode()
