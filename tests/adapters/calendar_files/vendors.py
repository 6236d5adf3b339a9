"""Programs: the manner in which each writes calendars."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.adapters.calendar_files.descriptions import (
    WINDOWS_NAMES,
    describe_by_microsoft,
    describe_each_change,
    describe_nothing,
    describe_one_year,
    describe_since_1970,
)

ALARM = (
    "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-P0DT0H10M0S",
    "DURATION:PT5M", "REPEAT:2", "END:VALARM",
)  # fmt: skip
ALLDAY = "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE"


class Vendor(NamedTuple):
    """How a program writes."""

    product: str
    head: tuple[str, ...] = ()
    """More lines of the calendar."""
    extra: tuple[str, ...] = ()
    """More lines of each event."""
    alarms: tuple[str, ...] = ()
    describe: Callable[[str, str], list[str]] = describe_since_1970
    name_zone: Callable[[str], str] = str
    zone_form: str = ";TZID={}"
    times: str = "zone"
    """Times of single meetings: in a `zone`, in `utc`, `floating`, or only whole `days`."""
    end: str = "DTEND"
    """Or `DURATION`, or `omitted` for whole days of one day."""
    until: str = "utc"
    """The end of a series: `utc`, `day_end`, `date` or `naive`."""
    free: str = "TRANSP:TRANSPARENT"
    busy: tuple[str, ...] = ("TRANSP:OPAQUE",)
    line_end: str = "\r\n"
    fold: str = " "
    """What a folded line goes on with; empty where lines are not folded."""
    zones: tuple[str, ...] = ("Europe/Warsaw", "Europe/Warsaw", "Europe/London", "America/New_York")
    moved_in_utc: bool = False
    """Whether the occurrence that was moved is named in UTC."""


def _windows(zone: str) -> str:
    return WINDOWS_NAMES[zone]


MICROSOFT = Vendor(
    "Microsoft Exchange Server 2010", ("METHOD:PUBLISH", "X-WR-CALNAME:Kalender"),
    (
        "CLASS:PUBLIC", "PRIORITY:5", "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY", "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE", "LOCATION:", ALLDAY,
    ),
    ALARM, describe_by_microsoft, _windows, free="X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    busy=("TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"), until="utc",
)  # fmt: skip

VENDORS = {
    "google": Vendor(
        "-//Google Inc//Google Calendar 70.9054//EN",
        ("CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:a@b.pl", "X-WR-TIMEZONE:Asia/Tokyo"),
        ("CREATED:20251130T100000Z", "LAST-MODIFIED:20251201T100000Z", "SEQUENCE:0", "LOCATION:"),
        times="utc", until="day_end",
    ),
    "google_dates": Vendor(
        "-//Google Inc//Google Calendar 70.9054//EN", times="utc", until="date", moved_in_utc=True
    ),
    "apple": Vendor(
        "-//Apple Inc.//macOS 15.3//EN", ("CALSCALE:GREGORIAN",),
        ("X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC", "CREATED:20251130T100000Z", "SEQUENCE:1"),
        (*ALARM[:-1], "X-WR-ALARMUID:1F2E", "X-APPLE-DEFAULT-ALARM:TRUE", "END:VALARM"),
        until="naive",
    ),
    "icloud_shared": Vendor(
        "-//caldav.icloud.com//CALDAVJ 2413B750//EN",
        ("X-WR-CALNAME:Dom", "X-APPLE-CALENDAR-COLOR:#1BADF8", "X-WR-TIMEZONE:Europe/Warsaw"),
        ('X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Długa 1; Łódź: II p.":geo:51.7,19.4',),
        ALARM,
    ),
    "outlook": MICROSOFT._replace(
        product="-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
        head=("METHOD:PUBLISH", "X-MS-OLK-FORCEINSPECTOROPEN:TRUE"), zone_form=';TZID="{}"',
        extra=(*MICROSOFT.extra, "X-ALT-DESC;FMTTYPE=text/html:<html><body>a: b</body></html>"),
        fold="\t",
    ),
    "exchange": MICROSOFT,
    "office365": MICROSOFT._replace(
        name_zone=lambda _: "Customized Time Zone", zones=("Europe/Warsaw",), until="date"
    ),
    "office365_utc": MICROSOFT._replace(
        name_zone=lambda _: "tzone://Microsoft/Utc", zone_form=';TZID="{}"', zones=("UTC",),
        describe=describe_nothing,
    ),
    "office365_untold": MICROSOFT._replace(describe=describe_nothing),
    "teams": MICROSOFT._replace(
        extra=(
            *MICROSOFT.extra, "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/meetup",
            "DESCRIPTION;LANGUAGE=pl-PL:____________\\nDołącz: https://teams.example/\\n",
        )
    ),
    "nextcloud": Vendor(
        "-//IDN nextcloud.com//Calendar app 4.7.16//EN",
        ("CALSCALE:GREGORIAN", "X-WR-CALNAME:Praca", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"),
        ("CREATED:20251130T100000Z", "SEQUENCE:2"), ALARM,
    ),
    "thunderbird": Vendor(
        "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", (), ("X-MOZ-GENERATION:4",), ALARM,
        describe_each_change, lambda zone: f"/mozilla.org/20050126_1/{zone}",
    ),
    "yandex": Vendor(
        "-//Yandex LLC//Yandex Calendar//EN", ("CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        ("URL:https://calendar.yandex.example/event?event_id=1", "CATEGORIES:Мои события"),
        describe=describe_each_change, zones=("Europe/Moscow",),
    ),
    "fastmail": Vendor(
        "-//CyrusIMAP.org/Cyrus 3.11.0-alpha0//EN", (), ("X-JMAP-SENT-BY:a@b.pl",),
        end="DURATION",
    ),
    "domino": Vendor(
        "-//Lotus Development Corporation//NONSGML Notes 9.0//EN_C", ("METHOD:PUBLISH",),
        ("X-LOTUS-PARTSTAT:ACCEPTED", "CLASS:PUBLIC"), ALARM, describe_each_change,
        lambda zone: f"Local, {zone.replace('/', ' ')}", ';TZID="{}"', moved_in_utc=True,
    ),
    "proton": Vendor(
        "-//Proton AG//WebCalendar 5.0//EN", ("CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        describe=describe_nothing,
    ),
    "zoom": Vendor(
        "-//zoom.us//iCalendar Event//EN", ("CALSCALE:GREGORIAN", "METHOD:REQUEST", "CLASS:PUBLIC"),
        ("ORGANIZER;CN=Anna, Żak:mailto:anna@a.example",), ALARM,
    ),
    "airbnb": Vendor(
        "-//Airbnb Inc//Hosting Calendar 1.0//EN", ("CALSCALE:GREGORIAN",),
        ("DESCRIPTION:Reservation URL: https://a.example/\\nPhone Number (Last 4 Digits): 1234",),
        times="days", busy=(), describe=describe_nothing,
    ),
    "radicale": Vendor(
        "-//PYVOBJECT//NONSGML Version 0.9.9//EN", (), ("X-RADICALE-NAME:1.ics",), ALARM,
        describe_one_year, line_end="\n",
    ),
    "calendly": Vendor(
        "-//Calendly//EN", ("CALSCALE:GREGORIAN", "METHOD:PUBLISH"), times="utc",
        describe=describe_nothing, fold="",
    ),
    "cal_com": Vendor(
        "adamgibbons/ics", ("METHOD:REQUEST", "X-PUBLISHED-TTL:PT1H"),
        ("ATTENDEE;RSVP=FALSE;CN=Ola:mailto:ola@a.example",), times="utc", end="DURATION",
        describe=describe_nothing, busy=(),
    ),
    "handheld": Vendor(
        "-//Handheld//1.0//EN", times="floating", end="omitted", until="naive", line_end="\n",
        describe=describe_nothing, zones=("Europe/Warsaw",),
    ),
}  # fmt: skip
