"""What people, machines and attackers write into fields."""

from __future__ import annotations

UNSEEN = "There is a character here that cannot be seen."
REQUIRED = "This field is required."

Bad = dict[str, str]
"""What is written, and what the page must say of it."""


def bad_text(most: int, *, required: bool = True) -> Bad:
    """Texts that no one-line field of so many letters takes."""
    bad = {
        "a\0b": UNSEEN, "\0": UNSEEN, "a\x1b[2Jb": UNSEEN, "\x07": UNSEEN, "\x7f": UNSEEN,
        "a\x9bb": UNSEEN, "x" * (most + 1): f"at most {most} characters",
        "ż" * max(10_240, most + 1): f"at most {most} characters",
    }  # fmt: skip
    return {**bad, "": REQUIRED, " \t ": REQUIRED} if required else bad


def bad_name() -> Bad:
    """Names that no field takes: too long, or with nothing in them that shows."""
    unseen = ("\u3164", "\u2800 \u2800", "\u200d\u2060", "\u115f\u0301", "\ufeff")
    return {**bad_text(120), **dict.fromkeys(unseen, "Write a name.")}


def bad_number(least: int, most: int, *, empty: str = REQUIRED) -> Bad:
    """What a whole number within bounds cannot be; an empty `empty` where it may be left out."""
    whole = "Enter a whole number."
    bad = {
        "abc": whole, "1.5": whole, "1e3": whole, "0x10": whole, "NaN": whole, "\0": whole,
        "1\0": whole, "9" * 5_000: whole, "x" * 10_240: whole, "5 minutes": whole,
        "<script>alert(1)</script>": whole,
        str(least - 1): f"greater than or equal to {least}",
        str(most + 1): f"less than or equal to {most}",
        "1000000000": f"less than or equal to {most}",
        "9" * 4_000: f"less than or equal to {most}",
    }  # fmt: skip
    return {**bad, "": empty} if empty else bad


def bad_choice(*, required: bool = True) -> Bad:
    """What nobody can choose."""
    choice = "Select a valid choice."
    bad = {"xx": choice, "\0": choice, "en\0": choice, "x" * 10_240: choice, "' OR 1=1": choice}
    return {**bad, "": REQUIRED} if required else bad


def bad_email(*, required: bool = True) -> Bad:
    """What is no address of a mailbox, or of more than one."""
    valid = "Enter a valid email address."
    bad = {
        "ola": valid, "ola@": valid, "@example.com": valid, "ola@example": valid,
        "ola@example.com, eve@example.com": valid, "ola@example.com\nBcc: eve@example.com": valid,
        "ola@example.com\r\nBcc: eve@example.com": valid, "<ola@example.com>": valid,
        "ola@example.com\0": valid, "ola@exam\0ple.com": valid, "x" * 10_240: valid,
        "ola@<script>alert(1)</script>.com": valid, "a b@example.com": valid,
        "o" * 243 + "@example.com": "at most 254 characters",
    }  # fmt: skip
    return {**bad, "": REQUIRED} if required else bad


def bad_money(*, empty: str = REQUIRED) -> Bad:
    """What is no amount, or could be read as two."""
    amount = "Write an amount such as 200 or 200.50."
    bad = {
        "abc": amount, "-5": amount, "+5": amount, "1,200": amount, "1.200": amount,
        "200.505": amount, "1.200,50": amount, "1,200.50": amount, "200 zł": amount,
        "1e5": amount, "1e999999": amount, "9e-999999": amount, "NaN": amount, "sNaN": amount,
        "Infinity": amount, "-0": amount, "1_000": amount, "٢٠٠": amount, "1/2": amount,
        "10000000000.01": amount, "9999999999999999": amount, ".": amount, ",5": amount,
        "9" * 21: "at most 20 characters", "9" * 10_240: "at most 20 characters",
        "2\0": UNSEEN, "\0": UNSEEN,
    }  # fmt: skip
    return {**bad, "": empty} if empty else bad


def bad_date(*, required: bool = True) -> Bad:
    """What is no date, or none in which somebody meets."""
    valid, year = "Enter a valid date.", "Write a year between 2000 and 2199."
    bad = {
        "2026-02-30": valid, "2026-13-01": valid, "yesterday": valid, "\0": valid,
        "2026-10-10\0": valid, "99999-01-01": valid, "x" * 10_240: valid, "1" * 5_000: valid,
        "9999-12-31": year, "0001-01-01": year, "1999-12-31": year, "2200-01-01": year,
    }  # fmt: skip
    return {**bad, "": REQUIRED} if required else bad


def bad_time(*, required: bool = True) -> Bad:
    """What is no time of day."""
    valid = "Enter a valid time."
    bad = {
        "25:00": valid, "12:60": valid, "noon": valid, "\0": valid, "12:00\0": valid,
        "-1:00": valid, "9" * 5_000: valid, "x" * 10_240: valid,
    }  # fmt: skip
    return {**bad, "": REQUIRED} if required else bad


NAMES = (
    "O", "Ó", "李", "Ng", "Null", "NULL", "None", "undefined", "NaN", "true", "0", "-1", "1e5",
    "O'Brien", "O’Brien", "D`Angelo", "Plunkett-Ernle-Erle-Drax", "Robert'); DROP TABLE people;--",
    "\" OR \"\"=\"", "%", "_", "\\", "%s %(name)s", "{{ 7*7 }}", "{% debug %}", "${jndi:ldap://x}",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
    "' onfocus='alert(1)", "</title><script>alert(1)</script>", "<!--", "]]>", "&lt;b&gt;", "&amp;",
    "javascript:alert(1)", "data:text/html,x", "=1+1", "@SUM(A1)", "+48 123", "../../etc/passwd",
    "Jan Kowalski, Esq.", "Smith, John", "a@b.pl", "Łucja Żółć", "Gżegżółka", "Ёлкина", "Щукин-Ъ",
    "מרים", "محمد", "مُحَمَّد بن سَلمان", "नरेन्द्र", "ปิยะ", "김철수", "さくら", "𝒜𝓃𝓃𝒶", "𠮷野家", "Zoë",
    "Zoe\u0308", "Z̷͇̀o̶̳̓e̵̡̓", "Nguyễn Thị Minh Khai", "Đặng", "İstanbul ıŞık", "ﬁancée", "ŐŰ", "ß",
    "👩‍🏫 Ola", "🏳️‍🌈", "👨‍👩‍👧‍👦", "a\u200bb", "a\u200db", "\u202etxet", "\u200fמרים",
    "a\u2028b", "\ufeffOla",
    "Keihanaikukauakahihuliheekahaunaele", "W" * 120, "Ż" * 120, "👩‍🏫" * 40, "ﷺ" * 12, "a b " * 30,
    "Name\twith\ttabs", "Two  spaces", "Line\nbreak", "Mr. T", "X Æ A-12", "M", "?", "¿", "…", "–",
)  # fmt: skip
"""Names somebody has, or gives; the product shows each as it was written, and acts on none."""
