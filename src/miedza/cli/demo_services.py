"""What the example practices offer: a meeting, a free first talk, a group; and what waits there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from miedza.agreements.queries import read_standing
from miedza.bookings.choosing import choose_service, choose_usual
from miedza.bookings.grouping import open_group
from miedza.bookings.groups import list_open_groups
from miedza.bookings.hours import take_off
from miedza.bookings.offering import list_free
from miedza.bookings.reserving import book_offered
from miedza.bookings.series import list_starts
from miedza.bookings.services import define_service, write_slug
from miedza.bookings.waiting import Wanted, wait
from miedza.bookings.wishing import ask_for
from miedza.db.ids import make_id
from miedza.practice.actions import open_pages
from miedza.practice.formats import to_local

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Service
    from miedza.cli.demo_casts import Cast
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner


class Offer(NamedTuple):
    """What one profession offers in one language: name and a few words of each service."""

    meeting: tuple[str, str]
    talk: tuple[str, str]
    group: tuple[str, str]


OFFERS: dict[tuple[str, str], Offer] = {
    ("en", "tutor"): Offer(
        ("English lesson", "One-to-one, at your pace, with something to take home each time."),
        ("First talk", "We get to know each other and see whether we suit each other."),
        ("Conversation evening", "Six people, one topic, two hours of talking."),
    ),
    ("en", "psychologist"): Offer(
        ("Consultation", "Fifty minutes for what you bring."),
        ("First talk", "Short and free: whether and how I can help."),
        ("Support group", "Eight people, every other week."),
    ),
    ("en", "coach"): Offer(
        ("Coaching session", "One request, full attention."),
        ("Chemistry session", "Half an hour to see whether we suit each other."),
        ("Leaders' circle", "A small group that thinks aloud."),
    ),
    ("pl", "tutor"): Offer(
        ("Lekcja angielskiego", "Sam na sam, w swoim tempie, za każdym razem coś do zabrania."),
        ("Pierwsza rozmowa", "Poznajemy się i sprawdzamy, czy nam ze sobą po drodze."),
        ("Wieczór konwersacji", "Sześć osób, jeden temat, dwie godziny rozmowy."),
    ),
    ("pl", "psychologist"): Offer(
        ("Konsultacja", "Pięćdziesiąt minut na to, z czym przychodzisz."),
        ("Pierwsza rozmowa", "Krótko i bezpłatnie: czy i jak mogę pomóc."),
        ("Grupa wsparcia", "Osiem osób, co dwa tygodnie."),
    ),
    ("pl", "coach"): Offer(
        ("Sesja coachingowa", "Jeden temat, pełna uwaga."),
        ("Sesja zapoznawcza", "Pół godziny, by sprawdzić, czy nam ze sobą po drodze."),
        ("Krąg liderów", "Mała grupa, która myśli na głos."),
    ),
    ("ru", "tutor"): Offer(
        ("Урок английского", "Один на один, в вашем темпе, и каждый раз есть что унести с собой."),
        ("Первый разговор", "Знакомимся и смотрим, подходим ли мы друг другу."),
        ("Разговорный вечер", "Шесть человек, одна тема, два часа разговора."),
    ),
    ("ru", "psychologist"): Offer(
        ("Консультация", "Пятьдесят минут для того, с чем вы пришли."),
        ("Первый разговор", "Коротко и бесплатно: могу ли я помочь и как."),
        ("Группа поддержки", "Восемь человек, раз в две недели."),
    ),
    ("ru", "coach"): Offer(
        ("Коуч-сессия", "Один запрос и полное внимание."),
        ("Знакомство", "Полчаса, чтобы понять, подходим ли мы друг другу."),
        ("Круг руководителей", "Небольшая группа, которая думает вслух."),
    ),
}


def offer_services(
    practitioner: Practitioner, cast: Cast, language: str, now: datetime
) -> dict[str, Service]:
    """Put the services on offer, and open the public page."""
    practice = practitioner.practice
    offer = OFFERS[language, cast.profession]
    link = "https://meet.example/" + write_slug(practice.name, otherwise="room")
    minutes = 60 if cast.profession == "tutor" else 50
    kinds = {
        "meeting": (offer.meeting, minutes, cast.price_minor, "paid", 1, "at_once"),
        "talk": (offer.talk, 30, 0, "free", 1, "on_request"),
        "group": (offer.group, 120, cast.price_minor // 2, "paid", 6, "at_once"),
    }
    services = {}
    for key, ((name, about), length, price, kind, seats, way) in kinds.items():
        services[key] = define_service(
            practice=practice, service_id=make_id(), leaders=[practitioner], where=link, now=now,
            name=name, about=about, kind=kind, minutes=length, price_minor=price, seats=seats,
            place="video", languages=[language], who="anyone", way=way, buffer_before=0,
            buffer_after=None, notice_minutes=None, horizon_days=None, step_minutes=None,
            max_per_day=None, max_per_week=None, most_ahead=None,
        )  # fmt: skip
    open_pages(practice=practice, slug=write_slug(practice.name, otherwise="practice"), now=now)
    return services


def fill_services(
    practitioner: Practitioner,
    services: dict[str, Service],
    people: list[Person],
    monday: datetime,
    now: datetime,
) -> None:
    """Dates of the group with somebody in it, a wish that waits, somebody on the waiting list."""
    practice = practitioner.practice
    people = [each for each in people if _may_book(each, now)]
    first = monday + timedelta(days=11, hours=17)
    for start in list_starts(first=first, weeks=2, count=4, zone=practice.time_zone):
        open_group(practitioner=practitioner, service=services["group"], starts_at=start, now=now)
    choice = choose_service(services["group"])
    groups = list_open_groups(practice_id=practice.id, service=services["group"], now=now)
    for person in people[:3]:
        book_offered(
            practice=practice, practitioner=practitioner, person=person, choice=choice,
            starts_at=groups[0].frame.starts_at, seen=choice.seen, now=now,
        )  # fmt: skip
    _fill_next_week(practitioner, people, monday + timedelta(days=7), now)
    talk = choose_service(services["talk"])
    free = list_free(
        practitioner=practitioner, minutes=talk.minutes, now=now, service=services["talk"]
    )
    ask_for(
        practitioner=practitioner, person=people[-1], choice=talk, starts_at=free[5],
        seen=talk.seen, text="", now=now,
    )  # fmt: skip
    wait(
        practitioner=practitioner, person=people[0], now=now,
        wanted=Wanted(None, now.date(), (now + timedelta(days=2)).date(), ["sun"]),
    )  # fmt: skip


def _fill_next_week(
    practitioner: Practitioner, people: list[Person], monday: datetime, now: datetime
) -> None:
    """A meeting with each, and an afternoon off."""
    date = to_local(monday, practitioner.practice.time_zone).date()
    noon = monday + timedelta(days=2, hours=15)
    take_off(practitioner=practitioner, starts_at=noon, ends_at=noon + timedelta(hours=4))
    for number, person in enumerate(people):
        choice = choose_usual(person)
        free = list_free(
            practitioner=practitioner, minutes=choice.minutes, now=now,
            dates=(date, date + timedelta(days=3)),
        )  # fmt: skip
        book_offered(
            practice=practitioner.practice, practitioner=practitioner, person=person, now=now,
            starts_at=free[(number * 7 + 1) % len(free)], seen=choice.seen,
        )  # fmt: skip


def _may_book(person: Person, now: datetime) -> bool:
    """Whether somebody has accepted the rules in force."""
    practice_id = person.practice_id
    return read_standing(practice_id=practice_id, person_id=person.id, now=now).may_book
