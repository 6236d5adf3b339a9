"""How the sign-in library behaves here: nobody signs up, keys are encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miedza.db.encryption import seal, unseal

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from miedza.practice.models import User


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc] # The library ships no types.
    """Only those who belong to a practice sign in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A practice is created at the first visit; nobody else signs up."""
        del request
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Adding a passkey is told by mail instead of asking to sign in again."""
        del app
        return False

    def get_login_stages(self) -> list[str]:
        """A code or a passkey lets one in; not both, so that a lost phone locks nobody out."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.startswith("allauth.mfa.")]


class KeyAdapter(DefaultMFAAdapter):  # type: ignore[misc] # The library ships no types.
    """Secrets of passkeys are kept sealed, and a refused one is not called a code."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This passkey cannot be used to sign in here. Sign in with a code."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002, ARG002 - the library's signature.
        """What a new passkey is called until its owner names it."""
        return gettext("my passkey")

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(settings.MIEDZA_MASTER_KEY, text, place="passkey").hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return unseal(settings.MIEDZA_MASTER_KEY, bytes.fromhex(encrypted_text), place="passkey")
