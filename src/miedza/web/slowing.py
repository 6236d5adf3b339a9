"""How much strangers may do in an hour: each of their acts may write a mail to somebody."""

from __future__ import annotations

import hashlib
from time import time
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction

from miedza.practice.actions import lock_installation

if TYPE_CHECKING:
    from django.http import HttpRequest

FROM_ONE_PLACE = 30
"""So many acts an hour from one IP address,"""
FOR_ONE_ADDRESS = 6
"""and so many an hour that mail one e-mail."""


@transaction.atomic
def may_act(request: HttpRequest, email: str = "") -> bool:
    """Count one act of a stranger; tell whether it is within what an hour allows."""
    lock_installation()  # No act slips through beside another.
    place = str(get_adapter().get_client_ip(request))
    within = _count("place", place) <= FROM_ONE_PLACE
    if email:
        within = _count("mail", email.strip().lower()) <= FOR_ONE_ADDRESS and within
    return within


def _count(kind: str, whose: str) -> int:
    """Count one more in this hour."""
    digest = hashlib.sha256(whose.encode()).hexdigest()[:32]
    key = f"stranger:{kind}:{digest}:{int(time()) // 3600}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, timeout=3600)
    return count
