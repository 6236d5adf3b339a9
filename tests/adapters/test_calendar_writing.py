"""What is written is a calendar file to the letter, whatever names and texts are put into it."""

from __future__ import annotations

import re
from itertools import product

import pytest

from miedza.adapters.calendars.writing import write_event, write_feed, write_invitation
from miedza.core.calendars import Entry, Guest
from tests.adapters.strict_calendar import only_event, read_strictly

ANNA = Guest("Anna Żółć", "anna@praktyka.example")
OLA = Guest("Ola Nowak", "ola@miedza.example")
MEETING = Entry(
    "0198-7d0c@miedza.example", 3, 1772438400, 1772442000, 1772430000, "Spotkanie z Anną",
    description="Zażółć gęślą jaźń.\nDo zobaczenia!", location="Długa 1, Łódź",
    link="https://miedza.example/s/1", organizer=ANNA, guests=(OLA,),
)  # fmt: skip
FACTS = ["DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "UID"]
FULL = sorted([*FACTS, "SUMMARY", "DESCRIPTION", "LOCATION", "URL"])


def test_invitation_holds_the_whole_meeting() -> None:
    calendar = read_strictly(write_invitation(MEETING).encode())

    (event,) = calendar.inside
    assert {line.name: line.value for line in calendar.lines} == {
        "PRODID": "-//Miedza//Miedza//EN", "VERSION": "2.0", "CALSCALE": "GREGORIAN",
        "METHOD": "REQUEST",
    }  # fmt: skip
    assert {line.name: line.value for line in event.lines} == {
        "UID": "0198-7d0c@miedza.example", "SEQUENCE": "3", "DTSTAMP": "20260302T054000Z",
        "LAST-MODIFIED": "20260302T054000Z", "DTSTART": "20260302T080000Z",
        "DTEND": "20260302T090000Z", "STATUS": "CONFIRMED", "TRANSP": "OPAQUE",
        "SUMMARY": "Spotkanie z Anną", "LOCATION": "Długa 1\\, Łódź",
        "DESCRIPTION": "Zażółć gęślą jaźń.\\nDo zobaczenia!", "URL": "https://miedza.example/s/1",
        "ORGANIZER": "mailto:anna@praktyka.example", "ATTENDEE": "mailto:ola@miedza.example",
    }  # fmt: skip


def test_invitation_for_gmail_has_its_parameters_after_semicolons() -> None:
    """With `ATTENDEE:PARTSTAT=` Gmail shows nothing (rdv-service-public, PR 5922)."""
    text = write_invitation(MEETING).replace("\r\n ", "")

    assert (
        "\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
        ';CN="Ola Nowak":mailto:ola@miedza.example\r\n'
    ) in text


def test_invitation_for_gmail_and_outlook_says_its_method_once_at_the_head() -> None:
    """Else it is "not supported calendar message.ics" (ical-generator 534, ical4j 423)."""
    lines = write_invitation(MEETING).split("\r\n")

    assert lines[:6] == [
        "BEGIN:VCALENDAR", "PRODID:-//Miedza//Miedza//EN", "VERSION:2.0", "CALSCALE:GREGORIAN",
        "METHOD:REQUEST", "BEGIN:VEVENT",
    ]  # fmt: skip


def test_invitation_for_gmail_has_no_line_that_begins_with_a_space_by_chance() -> None:
    """Such a line continues the one before it, and the event is gone (calrs 36)."""
    long = MEETING._replace(summary="a " * 200, description="\n ".join("abc"))

    text = write_invitation(long)

    folded = [line for line in text.split("\r\n") if line.startswith((" ", "\t"))]
    assert all(not line.startswith("  ") for line in folded)
    assert only_event(text).text("SUMMARY") == ("a " * 200).strip()


@pytest.mark.parametrize("name", ["Smith, John", "Anna; mgr", "dr: Ola", "Żółć", "O'Brien"])
def test_name_is_in_quotes_for_outlook_google_and_ical4j(name: str) -> None:
    """A comma stops Gmail (vobject-js 13); letters beyond ASCII without quotes stop ical4j."""
    text = write_invitation(MEETING._replace(organizer=ANNA._replace(name=name)))

    assert f'ORGANIZER;CN="{name}":mailto:anna@praktyka.example\r\n' in text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('Anna "Ania" Żak', "Anna ’Ania’ Żak"),
        ("a^'b", "aˆ'b"),
        ("a^nb", "aˆnb"),
        ("back\\slash", "back∖slash"),
        ("x\r\nATTENDEE:mailto:eve@evil.example", "x ATTENDEE:mailto:eve@evil.example"),
        ("x\u2028y\0z", "x yz"),
    ],
)
def test_name_holds_nothing_that_outlook_reads_otherwise(name: str, written: str) -> None:
    """It knows no RFC 6868, and nothing can escape a quote (ical4j 87, ical-generator 753)."""
    event = only_event(write_invitation(MEETING._replace(guests=(Guest(name, OLA.email),))))

    (guest,) = event.of("ATTENDEE")
    assert guest.parameters["CN"] == written


@pytest.mark.parametrize("name", ["", " ", "\0", "\r\n"])
def test_nameless_guest_has_no_empty_parameter(name: str) -> None:
    event = only_event(write_invitation(MEETING._replace(guests=(Guest(name, OLA.email),))))

    assert "CN" not in event.of("ATTENDEE")[0].parameters


@pytest.mark.parametrize(
    ("email", "uri"),
    [
        ("Ola.Nowak+a@miedza.example", "mailto:Ola.Nowak+a@miedza.example"),
        ("o'brien@x.example", "mailto:o'brien@x.example"),
        ("ola@x.example\nBcc: eve@evil.example", "mailto:ola@x.exampleBcc%3Aeve@evil.example"),
        ("ola@x.example\r\nSTATUS:CANCELLED", "mailto:ola@x.exampleSTATUS%3ACANCELLED"),
        ("a?cc=eve@evil.example", "mailto:a%3Fcc%3Deve@evil.example"),
        ("ola@żółć.example", "mailto:ola@%C5%BC%C3%B3%C5%82%C4%87.example"),
    ],
)
def test_address_is_one_uri(email: str, uri: str) -> None:
    """A line break in one came from outside (alf.io 168)."""
    event = only_event(write_invitation(MEETING._replace(guests=(Guest("", email),))))

    assert [guest.value for guest in event.of("ATTENDEE")] == [uri]


def test_cancellation_for_outlook_and_google_names_all_and_keeps_the_uid() -> None:
    """With METHOD:REQUEST and STATUS:CANCELLED it stays and rings (cal.diy 29706)."""
    guests = (OLA, Guest("Marek", "marek@miedza.example"))
    asked = only_event(write_invitation(MEETING._replace(guests=guests)))

    text = write_invitation(MEETING._replace(guests=guests, sequence=4, is_cancelled=True))

    told = only_event(text)
    assert "\r\nMETHOD:CANCEL\r\n" in text
    assert told.text("STATUS") == "CANCELLED"
    assert int(told.text("SEQUENCE")) > int(asked.text("SEQUENCE"))
    for name in ("UID", "ORGANIZER", "ATTENDEE", "DTSTART", "DTEND"):
        assert told.of(name) == asked.of(name)


def test_tentative_invitation_says_that_no_answer_was_given() -> None:
    event = only_event(write_invitation(MEETING._replace(is_tentative=True)))

    assert event.text("STATUS") == "TENTATIVE"
    assert [guest.parameters["PARTSTAT"] for guest in event.of("ATTENDEE")] == ["NEEDS-ACTION"]


@pytest.mark.parametrize(
    "lacking",
    [
        {"organizer": None}, {"guests": ()}, {"organizer": Guest("A", " \0")}, {"uid": "\n"},
        {"guests": (Guest("A", ""),)},
    ],
)  # fmt: skip
def test_invitation_that_nobody_could_send_is_refused(lacking: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="needs"):
        write_invitation(MEETING._replace(**lacking))  # type: ignore[arg-type] # One field each.


def test_object_for_a_caldav_server_has_no_method_and_nobody_to_write_to() -> None:
    """RFC 4791, 4.1; a server wrote 50 invitations (outlookcaldavsynchronizer 116)."""
    calendar = read_strictly(write_event(MEETING).encode())

    (event,) = calendar.inside
    assert calendar.names() == ["CALSCALE", "PRODID", "VERSION"]
    assert event.names() == FULL


def test_cancelled_object_says_so() -> None:
    assert (
        only_event(write_event(MEETING._replace(is_cancelled=True))).text("STATUS") == "CANCELLED"
    )


def test_feed_says_its_name_zone_and_rhythm_to_each_program() -> None:
    feed = write_feed([MEETING], name="Anna, spotkania", zone="Europe/Warsaw", refresh_minutes=90)

    calendar = read_strictly(feed.encode())
    assert [(line.name, line.value) for line in calendar.lines[3:]] == [
        ("METHOD", "PUBLISH"),
        ("NAME", "Anna\\, spotkania"),
        ("X-WR-CALNAME", "Anna\\, spotkania"),
        ("X-WR-TIMEZONE", "Europe/Warsaw"),
        ("REFRESH-INTERVAL", "PT90M"),
        ("X-PUBLISHED-TTL", "PT90M"),
    ]


def test_feed_for_apple_and_outlook_names_nobody_and_no_alarm() -> None:
    feed = write_feed([MEETING, MEETING._replace(uid="b", is_tentative=True)], name="A", zone="UTC")

    events = read_strictly(feed.encode()).inside
    assert [event.names() for event in events] == [FULL, FULL]
    assert [event.text("STATUS") for event in events] == ["CONFIRMED", "TENTATIVE"]


def test_feed_leaves_out_what_is_cancelled() -> None:
    """Programs differ in what they do with it: some show it as if it were to be held."""
    gone = MEETING._replace(uid="gone", is_cancelled=True)

    feed = write_feed([gone, MEETING, gone], name="A", zone="UTC")

    assert [event.text("UID") for event in read_strictly(feed.encode()).inside] == [MEETING.uid]


def test_feed_without_meetings_is_still_a_calendar() -> None:
    """Strict readers refuse one with nothing in it (RFC 5545, 3.6; icalendar 251)."""
    feed = write_feed([MEETING._replace(is_cancelled=True)], name="A", zone="UTC")

    assert [part.name for part in read_strictly(feed.encode()).inside] == ["VTIMEZONE"]


def test_feed_without_a_name_has_no_empty_line() -> None:
    names = read_strictly(write_feed([], name="\0", zone=" ").encode()).names()

    assert names == [
        "CALSCALE",
        "METHOD",
        "PRODID",
        "REFRESH-INTERVAL",
        "VERSION",
        "X-PUBLISHED-TTL",
    ]


def test_same_entries_are_the_same_text_again() -> None:
    """Else every look at a feed would be news."""
    assert write_feed([MEETING], name="A", zone="UTC") == write_feed(
        iter([MEETING]), name="A", zone="UTC"
    )


def test_empty_texts_are_left_out() -> None:
    bare = Entry("a", 0, 0, 60, 0, "")

    assert only_event(write_event(bare)).names() == FACTS


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://miedza.example/s/1?a=b&c=d#e", "https://miedza.example/s/1?a=b&c=d#e"),
        (
            "https://miedza.example/ż%20%zz \r\nX:y",
            "https://miedza.example/%C5%BC%20%25zz%20%20X:y",
        ),
        ("javascript:alert(1)", ""),
        ("miedza.example/s/1", ""),
    ],
)
def test_link_is_a_uri_or_is_left_out(link: str, written: str) -> None:
    event = only_event(write_event(MEETING._replace(link=link)))

    assert [line.value for line in event.of("URL")] == [written] * bool(written)


def test_line_is_not_broken_inside_a_letter_or_an_escape() -> None:
    """Readers that look at each part by itself lose both (libical 427, Edupage-Extras 50)."""
    for before, mixed in product(range(80), ("żółć,\\;" * 40, "\\" * 80)):
        summary = "x" * before + mixed

        text = write_event(MEETING._replace(summary=summary))

        parts = text.encode().split(b"\r\n")
        assert only_event(text).text("SUMMARY") == summary
        assert not any(re.search(rb"(?<!\\)(\\\\)*\\$", part) for part in parts)
