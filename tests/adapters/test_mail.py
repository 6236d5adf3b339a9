"""One mail reaches one address, as it was written, through a server that is who it says."""

from __future__ import annotations

import io
import socket
from typing import TYPE_CHECKING

import pytest

from miedza.adapters.mail import MailRefused, MailServer, Post, send_by_smtp, show_in_terminal
from tests.adapters.smtp import Postman, make_certificate, running_server

if TYPE_CHECKING:
    from pathlib import Path

SENDER = "Miedza <miedza@praktyka.example>"
OLA = "ola@miedza.example"
LETTERS = {
    "Twój kod: żółć — gęślą jaźń": "Zażółć gęślą jaźń.\n\nAnna\n",
    "Ваш код для входа": "Съешь же ещё этих мягких французских булок.\n",
    "Your code " + "x" * 150: "A line of " + "many " * 300 + "words.\n.\n..\nFrom here\n",
}


def _send(server: MailServer, *, to: str = OLA, subject: str = "Kod", text: str = "…\n") -> None:
    send_by_smtp(server, Post(SENDER, to, subject, text), timeout=5)


@pytest.mark.parametrize("subject", LETTERS)
def test_letter_arrives_as_it_was_written(subject: str) -> None:
    postman = Postman()
    with running_server(postman) as server:
        _send(server, subject=subject, text=LETTERS[subject])

    ((sender, addressees, message),) = postman.delivered
    assert (sender, addressees) == ("miedza@praktyka.example", [OLA])
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, OLA, subject)
    assert message["Date"].datetime.tzinfo is not None
    assert message["Message-ID"].endswith("@praktyka.example>")
    assert message.get_content().replace("\r\n", "\n") == LETTERS[subject]


def test_letter_of_a_practice_comes_in_its_name_and_as_a_page() -> None:
    postman = Postman()
    post = Post(
        SENDER, OLA, "Spotkanie", "Zażółć.\n", html="<p>Zażółć.</p>",
        sender_name='Anna "Ania" Żółć, <x@y>', reply_to="anna@example.org",
    )  # fmt: skip
    with running_server(postman) as server:
        send_by_smtp(server, post, timeout=5)

    ((sender, _addressees, message),) = postman.delivered
    assert sender == "miedza@praktyka.example"
    (name,) = message["From"].addresses
    assert (name.display_name, name.addr_spec) == (
        'Anna "Ania" Żółć, <x@y>', "miedza@praktyka.example",
    )  # fmt: skip
    assert message["Reply-To"] == "anna@example.org"
    parts = {part.get_content_type(): part for part in message.walk()}
    assert parts["text/plain"].get_content().strip() == "Zażółć."
    assert parts["text/html"].get_content().strip() == "<p>Zażółć.</p>"


def test_each_letter_has_an_id_of_its_own() -> None:
    postman = Postman()
    with running_server(postman) as server:
        _send(server)
        _send(server)

    assert len({message["Message-ID"] for _sender, _to, message in postman.delivered}) == 2


def test_refusal_of_an_address_is_told_with_its_reason() -> None:
    postman = Postman(refuses=OLA)
    with running_server(postman) as server:
        with pytest.raises(MailRefused, match="there is nobody of this name"):
            _send(server)
        _send(server, to="marek@miedza.example")

    assert [to for _sender, to, _message in postman.delivered] == [["marek@miedza.example"]]


def test_server_that_is_down_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        port = taken.getsockname()[1]

        with pytest.raises(MailRefused, match="refused"):
            _send(MailServer("localhost", port, "", "", False))


def test_server_that_says_nothing_is_left_in_the_end() -> None:
    with socket.socket() as silent:
        silent.bind(("localhost", 0))
        silent.listen()
        server = MailServer("localhost", silent.getsockname()[1], "", "", False)

        with pytest.raises(MailRefused, match="timed out"):
            send_by_smtp(server, Post(SENDER, OLA, "", ""), timeout=1)


def test_unknown_server_is_told() -> None:
    with pytest.raises(MailRefused):
        _send(MailServer("no.such.host.invalid", 25, "", "", False))


@pytest.mark.parametrize(
    "to",
    [
        "ola@miedza.example\nBcc: all@miedza.example",
        "ola@miedza.example\r\n\r\nHello",
        "ola@miedza.example, marek@miedza.example",
        "Ola <ola@miedza.example>, marek@miedza.example",
        "ola",
        "",
    ],
)
def test_address_that_is_not_one_address_is_refused(to: str) -> None:
    postman = Postman()
    with running_server(postman) as server, pytest.raises(MailRefused):
        _send(server, to=to)

    assert postman.delivered == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_line_break_in_a_subject_brings_no_header(end: str) -> None:
    postman = Postman()
    with running_server(postman) as server:
        _send(server, subject=f"Kod{end}Bcc: all@miedza.example{end}{end}Hello")

    ((_sender, addressees, message),) = postman.delivered
    assert addressees == [OLA]
    assert message["Bcc"] is None
    assert message["Subject"] == "Kod Bcc: all@miedza.example Hello"
    assert message.get_content() == "…\r\n"


def test_password_goes_encrypted_to_the_server_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    postman = Postman()
    with running_server(postman, tls=context, password="haslo") as server:
        _send(server)
        with pytest.raises(MailRefused, match="535"):
            _send(server._replace(password="inne"))
        with pytest.raises(MailRefused):
            _send(server._replace(use_tls=False))

    assert postman.encrypted == [True]


@pytest.mark.parametrize("name", ["localhost", "elsewhere.example"])
def test_server_that_is_not_who_it_says_gets_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    context, public = make_certificate(tmp_path, name)
    if name != "localhost":  # Trusted, but for another name.
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
    postman = Postman()
    with (
        running_server(postman, tls=context, password="haslo") as server,
        pytest.raises(MailRefused, match="certificate verify failed"),
    ):
        _send(server)

    assert postman.delivered == []


def test_server_without_tls_is_not_spoken_to_where_tls_is_asked_for() -> None:
    postman = Postman()
    with running_server(postman) as server, pytest.raises(MailRefused, match="STARTTLS"):
        _send(server._replace(use_tls=True))

    assert postman.delivered == []


def test_without_a_server_the_letter_is_shown() -> None:
    terminal = io.StringIO()

    show_in_terminal(Post(SENDER, OLA, "Twój kod", "\n123456\n"), terminal=terminal)

    assert terminal.getvalue() == (
        "\n--- No mail server is set, so this letter to ola@miedza.example is shown here ---\n"
        "Twój kod\n\n123456\n---\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
        "=?utf-8?b?YQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
        '", <eve@evil.example>, ' * 5,
        "W, " * 40,
        "\\, " * 40,
        ":;" * 60,
    ],
)
def test_hostile_name_is_one_name_of_one_sender(name: str) -> None:
    postman = Postman()
    post = Post(SENDER, OLA, name, "…\n", sender_name=name)
    with running_server(postman) as server:
        send_by_smtp(server, post, timeout=5)

    ((_sender, addressees, message),) = postman.delivered
    assert addressees == [OLA]
    assert "Bcc" not in message
    (mailbox,) = message["From"].addresses
    assert mailbox.addr_spec == "miedza@praktyka.example"
    assert mailbox.display_name.split() != []
    assert message["Subject"] == " ".join(name.split())
