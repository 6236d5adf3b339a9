"""Whence a request comes, as an acceptance keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter

from miedza.agreements.accepting import Evidence

if TYPE_CHECKING:
    from django.http import HttpRequest


def read_evidence(request: HttpRequest, *, way: str, mailed_to: str = "") -> Evidence:
    """The way, the address and the browser of a request, and where its link was mailed."""
    address = str(get_adapter().get_client_ip(request))
    return Evidence(way, address, request.headers.get("User-Agent", ""), mailed_to)
