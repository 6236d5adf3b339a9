"""Tokens of links: nobody guesses one, nobody reads one out of the database."""

from __future__ import annotations

import hashlib
import string
import uuid
from base64 import urlsafe_b64decode
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miedza.db.tokens import Token, make_token, read_token
from tests.hostile import HOSTILE

PRACTICE, ROW = uuid.UUID(int=1), uuid.UUID(int=2**128 - 1)
LETTERS = string.ascii_letters + string.digits + "-_"
MANY = 100_000


@given(st.uuids(), st.uuids())
def test_token_is_read_as_it_was_made(practice_id: uuid.UUID, row_id: uuid.UUID) -> None:
    token, digest = make_token(practice_id, row_id)

    assert read_token(token) == Token(practice_id, row_id, digest)
    assert (len(token), set(token) <= set(LETTERS)) == (70, True)


def test_digest_is_of_a_secret_of_160_bits_that_is_not_kept() -> None:
    token, digest = make_token(PRACTICE, ROW)

    secret = urlsafe_b64decode(token + "==")[32:]
    assert len(secret) == 20
    assert digest == hashlib.sha256(secret).hexdigest()
    assert secret.hex() not in digest
    assert digest not in token


def test_no_two_tokens_of_a_hundred_thousand_are_alike() -> None:
    made = [make_token(PRACTICE, ROW) for _ in range(MANY)]

    tokens, digests = zip(*made, strict=True)
    assert (len(set(tokens)), len(set(digests))) == (MANY, MANY)
    assert not set(tokens) & set(digests)
    # Each letter of the secret is any letter: the rarest is there, the most frequent no rule.
    for place in range(43, 69):
        seen = Counter(token[place] for token in tokens)
        assert set(seen) == set(LETTERS)
        assert max(seen.values()) < 2 * MANY / 64


def test_change_of_one_letter_makes_it_another_token_or_none() -> None:
    token, digest = make_token(PRACTICE, ROW)
    mine = read_token(token)

    for place in range(len(token)):
        for letter in LETTERS.replace(token[place], ""):
            changed = read_token(token[:place] + letter + token[place + 1 :])
            assert changed is None or changed != mine
            if place >= 43 and changed is not None:
                assert changed.digest != digest
                assert changed[:2] == (PRACTICE, ROW)


def test_last_letter_is_written_in_one_way() -> None:
    token, _digest = make_token(PRACTICE, ROW)

    read = [letter for letter in LETTERS if read_token(token[:-1] + letter) is not None]

    assert len(read) == 4  # Two of its six bits say something.


@pytest.mark.parametrize("text", ["", "=" * 70, "A" * 69, "A" * 71, "A" * 72, "Ａ" * 70, "\0" * 70])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert read_token(text) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_token(text: str) -> None:
    token, _digest = make_token(PRACTICE, ROW)

    assert (read_token(text), read_token(token + text), read_token(text + token)) == (None,) * 3


@given(st.text(alphabet=LETTERS + "+/= \n", min_size=70, max_size=70))
def test_reading_never_raises_and_one_token_has_one_spelling(text: str) -> None:
    read = read_token(text)

    if set("+/= \n") & set(text):
        assert read is None


def test_spellings_of_other_alphabets_are_refused() -> None:
    tokens = [make_token(uuid.uuid4(), uuid.uuid4())[0] for _ in range(50)]
    dashed = [token for token in tokens if "-" in token or "_" in token]

    assert dashed
    for token in dashed:
        assert read_token(token.replace("-", "+").replace("_", "/")) is None
