"""A real mail server for tests, with what each test wants it to do."""

from __future__ import annotations

import datetime
import socket
import ssl
import warnings
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from miedza.adapters.mail import MailServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path


class Postman:
    """Keeps what was delivered; refuses some addresses."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.delivered: list[tuple[str, list[str], EmailMessage]] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - the name the library calls.
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take or refuse one addressee."""
        if address == self.refuses:
            return "550 5.1.1 there is nobody of this name, nie ma nikogo"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name the library calls.
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        """Take a mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.delivered.append((envelope.mail_from, envelope.rcpt_tos, message))
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def running_server(
    postman: Postman, *, tls: ssl.SSLContext | None = None, password: str = ""
) -> Iterator[MailServer]:
    """Run a server on a free port; with `tls` it wants STARTTLS, with a password a login."""

    def check(_server: Any, _session: Any, _envelope: Any, _way: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=known, handled=False)

    more: dict[str, Any] = {}
    if tls is not None:
        more = {"tls_context": tls, "require_starttls": True}
    if password:
        more |= {"authenticator": check, "auth_required": True, "auth_require_tls": tls is not None}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=port, **more)
    with warnings.catch_warnings():
        # The library warns of its own use of asyncio, and of a login without TLS, which is tested.
        warnings.simplefilter("ignore")
        controller.start()
    try:
        yield MailServer("localhost", port, "anna" if password else "", password, tls is not None)
    finally:
        controller.stop()


def make_certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A certificate that signs itself: the server's side, and the file that makes it trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return context, public
