"""The strict reader of the tests refuses what a strict program would."""

from __future__ import annotations

import pytest

from miedza.adapters.calendars.writing import write_invitation
from miedza.core.calendars import Entry, Guest
from tests.adapters.strict_calendar import read_strictly

SOUND = write_invitation(
    Entry(
        "a", 0, 1772438400, 1772442000, 0, "Anna, Ola", location="Łódź" * 30,
        link="https://a.example/", organizer=Guest("Anna", "anna@a.example"),
        guests=(Guest("Ola", "ola@a.example"),),
    )
)  # fmt: skip


def test_sound_file_is_read() -> None:
    assert read_strictly(SOUND.encode()).name == "VCALENDAR"


@pytest.mark.parametrize(
    ("sound", "faulty"),
    [
        ("\r\n", "\n"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR"),
        ("END:VEVENT", " END:VEVENT"),
        ("END:VEVENT\r\n", ""),
        ("END:VEVENT", "END:VEVENT\r\n"),
        ("BEGIN:VEVENT", "BEGIN:VALARM"),
        ("END:VEVENT", "BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
        ("SUMMARY:Anna\\,", "SUMMARY:Anna,"),
        ("SUMMARY:Anna\\,", "SUMMARY:Anna\\x"),
        ("SUMMARY:Anna\\,", "SUMMARY:Anna\\\\,"),
        ("SUMMARY:Anna\\, Ola", "SUMMARY:"),
        ("SUMMARY:Anna", "SUMMARY:An\0na"),
        ("SUMMARY:Anna", "SUMMARY:An\rna"),
        ("SUMMARY:Anna", "SUMMARY:A\r\nSUMMARY:Anna"),
        ("SUMMARY:Anna", "SUMMARY:" + "A" * 80),
        ("SUMMARY:Anna", "COLOR:red\r\nSUMMARY:Anna"),
        ("DTSTART:20260302T080000Z", "DTSTART:20260302T080000"),
        ("DTSTART:20260302T080000Z", "DTSTART:20260302T090000Z"),
        ("DTSTART:20260302T080000Z", "DTSTART:20260302T250000Z"),
        ("DTSTART:20260302T080000Z", "DTSTART;TZID=Europe/Warsaw:20260302T080000"),
        ("DTSTAMP:19700101T000000Z\r\n", ""),
        ("UID:a\r\n", ""),
        ("VERSION:2.0", "VERSION:1.0"),
        ("PRODID:-//Miedza//Miedza//EN\r\n", ""),
        ("METHOD:REQUEST", "METHOD:CANCEL"),
        ("METHOD:REQUEST", "METHOD:PUBLISH"),
        ("METHOD:REQUEST\r\n", ""),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=YES"),
        (";PARTSTAT=ACCEPTED", ""),
        ("ATTENDEE;CUTYPE=INDIVIDUAL;", "ATTENDEE:"),
        ('CN="Ola"', 'CN="Ola"x"'),
        ('CN="Ola"', "CN="),
        ('CN="Ola"', "CN=Ola, Anna"),
        ('CN="Ola"', 'CN="Ola";CN="Ola"'),
        ("mailto:ola", "MAILTO:ola"),
        ("mailto:ola", "mailto:ola ola"),
        ("mailto:ola@a.example", "ola@a.example"),
        ("URL:https://a.example/", "URL:https://a.example/ x"),
        ("URL:https://a.example/", "URL:a.example"),
        ("SEQUENCE:0", "SEQUENCE:-1"),
        ("SEQUENCE:0\r\n", ""),
    ],
)
def test_fault_is_found(sound: str, faulty: str) -> None:
    changed = SOUND.replace(sound, faulty)
    assert changed != SOUND

    with pytest.raises(AssertionError):
        read_strictly(changed.encode())


def test_letter_broken_in_two_is_found() -> None:
    octets = SOUND.encode()
    at = octets.index("Łódź".encode()) + 1

    with pytest.raises((AssertionError, UnicodeDecodeError)):
        read_strictly(octets[:at] + b"\r\n " + octets[at:])


def test_calendar_with_nothing_in_it_is_found() -> None:
    with pytest.raises(AssertionError, match="at least one component"):
        read_strictly(b"BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
