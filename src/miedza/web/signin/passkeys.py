"""The library's passkey forms, that refuse what no device would send instead of stumbling on it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 20_000
NOT_A_PASSKEY = _("This passkey was not understood. Try again, or sign in with a code.")


class CredentialField(forms.JSONField):
    """What a device answers: JSON, not long, not deep."""

    def to_python(self, value: Any) -> Any:
        """Read it; refuse what is too long or too deep."""
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise forms.ValidationError(NOT_A_PASSKEY)
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise forms.ValidationError(NOT_A_PASSKEY) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What stands in the page again: nothing, since an answer is good once."""
        del data
        return initial


class PasskeySignIn(LoginWebAuthnForm):  # type: ignore[misc] # The library ships no types.
    """Signing in."""

    credential = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """Whatever is missing in the answer makes it no passkey."""
        try:
            return super().clean_credential()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise forms.ValidationError(NOT_A_PASSKEY) from None


class PasskeyAdd(AddWebAuthnForm):  # type: ignore[misc] # The library ships no types.
    """Adding one."""

    credential = CredentialField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the name in the reader's language."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")

    def clean(self) -> dict[str, Any]:
        """Whatever is missing in the answer makes it no passkey."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise forms.ValidationError(NOT_A_PASSKEY) from None
        return cleaned
