"""Answers in XML are read, and those that are bombs are not."""

from __future__ import annotations

import pytest

from miedza.adapters.caldav_answers import DAV, CalDavRefused, read_multistatus

BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
OUTSIDE = '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">'
PARAMETER = '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/a.dtd"> %b;]>'
PLAIN = '<multistatus xmlns="DAV:"><response><href>{}</href></response></multistatus>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("start", [BOMB, ENTITY, OUTSIDE, PARAMETER, "<!DOCTYPE a>"])
def test_document_type_is_refused_in_any_writing(start: str, encoding: str) -> None:
    declared = encoding.removesuffix("-be").removesuffix("-le")
    text = f'<?xml version="1.0" encoding="{declared}"?>{start}{PLAIN.format("a")}'

    with pytest.raises(CalDavRefused, match="not_caldav"):
        read_multistatus(text.encode(encoding))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"<",
        PLAIN.format("&b;").encode(),
        PLAIN.format("\x00").encode(),
        b'<?xml version="1.0" encoding="nonsense"?><multistatus xmlns="DAV:"/>',
        b'<?xml version="1.0" encoding="shift_jis"?><multistatus xmlns="DAV:"/>',
        b'<multistatus xmlns="DAV:"/><multistatus xmlns="DAV:"/>',
        b"<multistatus/>",
        b'<multistatus xmlns="DAV:">' + b"<a>" * 600_000,
        b'<multistatus xmlns="DAV:">' + b"<a/>" * 600_000 + b"</multistatus>",
    ],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(CalDavRefused, match="not_caldav"):
        read_multistatus(body)


def test_answer_is_read_with_what_was_found_alone() -> None:
    body = """<?xml version="1.0" encoding="utf-8"?><!-- DOCTYPE -->
    <x:multistatus xmlns:x="DAV:"><x:response><x:href> /ż%20/ </x:href>
    <x:propstat><x:prop><x:getetag>"1"</x:getetag></x:prop><x:status>HTTP/1.1 200 OK</x:status>
    </x:propstat><x:propstat><x:prop><x:displayname>a</x:displayname></x:prop>
    <x:status>HTTP/1.1 404 Not Found</x:status></x:propstat></x:response></x:multistatus>"""

    (found,) = read_multistatus(body.encode())

    assert (found.href, found.status, set(found.properties)) == ("/ż%20/", 200, {f"{DAV}getetag"})
    assert (found.read_text(f"{DAV}getetag"), found.read_text(f"{DAV}displayname")) == ('"1"', "")
