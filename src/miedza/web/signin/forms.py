"""The form by which one asks for a code."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

from miedza.web.forms import plain_letters


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc] # The library ships no types.
    """The library's, with an e-mail no longer than one can be kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound the e-mail, and call it what it is called elsewhere."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext_lazy("E-mail")
        self.fields["email"].validators += [MaxLengthValidator(254), plain_letters]
