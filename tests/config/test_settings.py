"""The settings follow the environment; what they cannot follow, they refuse in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

PROGRAM = """
import json
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
try:
    database = settings.DATABASES["default"]
except ImproperlyConfigured as refusal:
    print(json.dumps({"refused": str(refusal)}))
else:
    known = ("SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS")
    print(json.dumps({
        "database": {k: str(v) if k == "NAME" else v for k, v in database.items()},
        **{name: getattr(settings, name) for name in known},
    }))
"""


def _read_settings(**surroundings: str) -> dict[str, Any]:
    """The settings of a program of its own, in other surroundings."""
    kept = {name: value for name, value in os.environ.items() if name != "MIEDZA_DATABASE_URL"}
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True,
        env={**kept, "DJANGO_SETTINGS_MODULE": "miedza.config.settings", **surroundings},
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def test_without_an_address_it_is_sqlite_with_waiting_writers() -> None:
    database = _read_settings()["database"]

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"].endswith("/miedza.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_address_of_postgresql_is_followed_and_nothing_of_it_dropped() -> None:
    url = (
        "postgresql://anna:h%40s%2Fo@db.example:6432/gabinet?sslmode=verify-full&sslrootcert=%2Fca"
    )
    database = _read_settings(MIEDZA_DATABASE_URL=url)["database"]

    told = {name: database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert told == {
        "NAME": "gabinet", "USER": "anna", "PASSWORD": "h@s/o", "HOST": "db.example",
        "PORT": "6432",
    }  # fmt: skip
    assert database["OPTIONS"] == {
        "connect_timeout": 2, "sslmode": "verify-full", "sslrootcert": "/ca",
    }  # fmt: skip


def test_address_of_a_socket_is_followed() -> None:
    url = "postgresql://anna@/gabinet?host=%2Frun%2Fpostgresql&port=5433"
    database = _read_settings(MIEDZA_DATABASE_URL=url)["database"]

    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "5433")
    assert database["OPTIONS"] == {"connect_timeout": 2}


@pytest.mark.parametrize(
    ("surroundings", "refusal"),
    [
        ({"MIEDZA_DATABASE_URL": "mysql://a/b"}, "MIEDZA_DATABASE_URL must begin with"),
        ({"MIEDZA_URL": "praktyka.example"}, "MIEDZA_URL must be an address like"),
        ({"MIEDZA_MASTER_KEY": "short"}, "MIEDZA_MASTER_KEY must be 32 bytes"),
        ({"MIEDZA_PORT": "eight"}, "MIEDZA_PORT must be a whole number"),
        ({"MIEDZA_SMTP_PORT": "smtp"}, "MIEDZA_SMTP_PORT must be a whole number"),
    ],
)
def test_what_cannot_be_followed_is_refused(surroundings: dict[str, str], refusal: str) -> None:
    answer = _read_settings(**surroundings)

    assert list(answer) == ["refused"]
    assert answer["refused"].startswith(refusal)
    assert "\n" not in answer["refused"]


def test_public_address_is_served_over_https_alone() -> None:
    public = _read_settings(MIEDZA_URL="https://praktyka.example")

    assert public["SESSION_COOKIE_SECURE"] is True
    assert public["SECURE_SSL_REDIRECT"] is True
    assert public["ALLOWED_HOSTS"] == ["praktyka.example"]
