"""Who plays in the examples: three practices in three languages."""

from __future__ import annotations

from typing import NamedTuple


class Client(NamedTuple):
    """Somebody who comes to a practice."""

    name: str
    what_for: str
    temper: str
    """How they keep what was agreed: see `demo_year.TEMPERS`."""
    weeks: tuple[int, int]
    """From how many weeks ago they have come, and since how many they come no more; 0: still."""
    note: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    """Names of whoever stands beside them, each with the kind of relation."""
    accepts: bool = True


class Cast(NamedTuple):
    """One practice."""

    email: str
    practitioner: str
    profession: str
    template: str
    price_minor: int
    clients: tuple[Client, ...]
    asks: str
    """What a client would like to speak about."""


class Scene(NamedTuple):
    """Three practices of one language."""

    currency: str
    zone: str
    introduction: str
    """The tutor's own words in the letter that introduces the rules."""
    gift: str
    """Why something is given away."""
    objection: str
    """How a client sees something differently."""
    casts: tuple[Cast, ...]


TUTOR, PSYCHOLOGIST, COACH = (
    "tutor@miedza.example", "psychologist@miedza.example", "coach@miedza.example",
)  # fmt: skip

SCENES = {
    "en": Scene(
        "EUR", "Europe/London",
        "I like our lessons, and I would like us both to look forward to them.",
        "The bus broke down; nobody chose that.",
        "I was there at three, but the door downstairs was locked.",
        (
            Cast(TUTOR, "Anna Zielińska", "tutor", "clear", 4000, (
                Client("Ola Nowak", "English", "forgets", (20, 0),
                       "Comes from school by two buses. Likes to begin with what she read.",
                       (("Ewa Nowak", "guardian"), ("Ewa Nowak", "payer"))),
                Client("Mark Hill", "English for work", "moves", (44, 0)),
                Client("Zoe Adams", "exam", "keeps", (38, 0)),
                Client("Ben Carter", "exam", "keeps", (51, 21), "Passed in June; wrote in July."),
            ), "the interview on Tuesday"),
            Cast(PSYCHOLOGIST, "Julia Kern", "psychologist", "gentle", 7000, (
                Client("Emma Reed", "sleep", "late", (30, 0)),
                Client("Paul Weber", "grief", "keeps", (47, 0)),
                Client("Nina Hart", "anxiety at work", "cancels", (26, 0)),
                Client("Tom Lane", "first talks", "keeps", (3, 0), accepts=False),
            ), "what happened on the weekend"),
            Cast(COACH, "Martin Gray", "coach", "clear", 12000, (
                Client("Sofia Bell", "a new role", "keeps", (16, 0), "",
                       (("Grace Moor", "sponsor"), ("Grace Moor", "payer"))),
                Client("Leon Fox", "own studio", "late", (22, 0)),
                Client("Ida Quinn", "ten sessions, closed", "keeps", (49, 29)),
                Client("Max Rowe", "decisions", "moves", (40, 0)),
            ), "how I tell my team"),
        ),
    ),
    "pl": Scene(
        "PLN", "Europe/Warsaw",
        "Lubię nasze lekcje i chcę, żebyśmy obie na nie czekały.",
        "Zepsuł się autobus, nikt tego nie wybierał.",
        "O trzeciej stałam pod drzwiami, ale na dole było zamknięte.",
        (
            Cast(TUTOR, "Anna Zielińska", "tutor", "clear", 12000, (
                Client("Ola Nowak", "angielski", "forgets", (20, 0),
                       "Dojeżdża dwoma autobusami. Lubi zaczynać od tego, co przeczytała.",
                       (("Ewa Nowak", "guardian"), ("Ewa Nowak", "payer"))),
                Client("Marek Górski", "angielski do pracy", "moves", (44, 0)),
                Client("Kasia Wójcik", "matura", "keeps", (38, 0)),
                Client("Bartek Lis", "matura", "keeps", (51, 21),
                       "Zdał w maju; odezwał się w lipcu."),
            ), "rozmowa kwalifikacyjna we wtorek"),
            Cast(PSYCHOLOGIST, "Julia Kern", "psychologist", "gentle", 18000, (
                Client("Emilia Rak", "sen", "late", (30, 0)),
                Client("Paweł Weber", "żałoba", "keeps", (47, 0)),
                Client("Nina Hart", "lęk w pracy", "cancels", (26, 0)),
                Client("Tomasz Łoś", "pierwsze rozmowy", "keeps", (3, 0), accepts=False),
            ), "co się stało w weekend"),
            Cast(COACH, "Marcin Szary", "coach", "clear", 30000, (
                Client("Zofia Dzwonek", "nowa rola", "keeps", (16, 0), "",
                       (("Grażyna Mróz", "sponsor"), ("Grażyna Mróz", "payer"))),
                Client("Leon Lisowski", "własne studio", "late", (22, 0)),
                Client("Ida Wrona", "dziesięć sesji, zamknięte", "keeps", (49, 29)),
                Client("Maks Rowiński", "decyzje", "moves", (40, 0)),
            ), "jak powiem zespołowi"),
        ),
    ),
    "ru": Scene(
        "RUB", "Europe/Moscow",
        "Мне нравятся наши занятия, и я хочу, чтобы мы обе ждали их с радостью.",
        "Сломался автобус, этого никто не выбирал.",
        "В три часа я стояла у двери, но внизу было закрыто.",
        (
            Cast(TUTOR, "Анна Зелинская", "tutor", "clear", 200000, (
                Client("Настя Белова", "английский", "forgets", (20, 0),
                       "Добирается двумя автобусами. Любит начинать с прочитанного.",
                       (("Ева Белова", "guardian"), ("Ева Белова", "payer"))),
                Client("Игорь Ким", "английский для работы", "moves", (44, 0)),
                Client("Мария Лис", "ЕГЭ", "keeps", (38, 0)),
                Client("Борис Котов", "ЕГЭ", "keeps", (51, 21), "Сдал в июне; написал в июле."),
            ), "собеседование во вторник"),
            Cast(PSYCHOLOGIST, "Юлия Керн", "psychologist", "gentle", 350000, (
                Client("Эмма Рид", "сон", "late", (30, 0)),
                Client("Павел Вебер", "горе", "keeps", (47, 0)),
                Client("Нина Гарт", "тревога на работе", "cancels", (26, 0)),
                Client("Фома Лосев", "первые разговоры", "keeps", (3, 0), accepts=False),
            ), "что случилось в выходные"),
            Cast(COACH, "Мартин Серов", "coach", "clear", 600000, (
                Client("София Белл", "новая роль", "keeps", (16, 0), "",
                       (("Галина Мороз", "sponsor"), ("Галина Мороз", "payer"))),
                Client("Леон Лисин", "своя студия", "late", (22, 0)),
                Client("Ида Воронова", "десять сессий, завершено", "keeps", (49, 29)),
                Client("Макс Ровин", "решения", "moves", (40, 0)),
            ), "как сказать команде"),
        ),
    ),
}  # fmt: skip
