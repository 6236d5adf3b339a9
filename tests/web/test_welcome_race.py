"""Two first visits at once: one practice, and no error for the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from miedza.practice.models import Practice, User
from tests.web.test_welcome import ADDRESS, GOOD

TOGETHER = 6


@pytest.mark.django_db(transaction=True)
def test_many_first_visits_at_once_create_one_practice() -> None:
    barrier = Barrier(TOGETHER)

    def visit(number: int) -> tuple[int, str]:
        try:
            client = Client()
            client.get(ADDRESS)
            barrier.wait()
            response = client.post(ADDRESS, {**GOOD, "email": f"anna{number}@example.com"})
            signed_in = "in" if "_auth_user_id" in client.session else "out"
            return response.status_code, signed_in
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(pool.map(visit, range(TOGETHER)))

    assert sorted(answers) == [(302, "in"), *[(302, "out")] * (TOGETHER - 1)]
    assert (Practice.objects.count(), User.objects.count()) == (1, 1)
