"""How a form refuses: it says where and why, loses nothing that was typed, and keeps nothing."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from tests.web.pages import dump_rows, read, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from tests.web.hostile import Bad


def check_refused(
    client: Client, address: str, good: Mapping[str, Any], field: str, label: str, bad: Bad
) -> None:
    """Post each bad value of a field beside good ones of the others."""
    before = dump_rows()
    for value, message in bad.items():
        response = client.post(address, {**good, field: value})
        shown = repr(value[:40])

        assert response.status_code == 422, (field, shown, response.status_code)
        page = read(response)
        assert message in page, (field, shown, message)
        assert label in page, (field, shown, label)
        _check_typed(response, {**good, field: value}, field)
        assert "<script>alert" not in response.content.decode(), (field, shown)
    assert dump_rows() == before

    left_out = {name: value for name, value in good.items() if name != field}
    if "" in bad:
        response = client.post(address, {**left_out, "csrfmiddlewaretoken": "x"})
        assert response.status_code == 422, (field, "missing")
        assert bad[""] in read(response)
        assert dump_rows() == before


def _check_typed(response: Any, body: Mapping[str, Any], field: str) -> None:
    """What was typed is still there; only what nobody can choose is not."""
    page = response.content.decode()
    for name, value in body.items():
        shown = typed(response, name)
        is_chosen = f'<select name="{name}"' in page or f'type="radio" name="{name}"' in page
        if is_chosen and name == field:
            continue
        assert value in shown or value.strip() in shown, (field, name, html.escape(value[:40]))
