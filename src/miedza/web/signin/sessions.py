"""Sessions, sealed in the database: while somebody signs in, the code waits in one."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from miedza.db.encryption import SealBroken, seal, unseal

_PLACE = "session"


class SessionStore(DatabaseStore):
    """Django's own, with what it keeps encrypted by the key of the installation."""

    def _validate_session_key(self, key: str | None) -> bool:
        """A key is as Django makes them; a cookie can hold anything, a zero byte too."""
        return bool(key) and len(key or "") == 32 and (key or "").isalnum()

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what a session holds."""
        sealed = seal(settings.MIEDZA_MASTER_KEY, json.dumps(session_dict), place=_PLACE)
        return base64.b64encode(sealed).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Open a session; one that does not open is empty, and its owner signs in anew."""
        try:
            sealed = base64.b64decode(session_data)
            opened = unseal(settings.MIEDZA_MASTER_KEY, sealed, place=_PLACE)
        except (SealBroken, ValueError):
            return {}
        held: dict[str, Any] = json.loads(opened)
        return held
