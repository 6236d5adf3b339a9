"""Personal data: how long it is kept. Source: Regulation (EU) 2016/679, article 5."""

from __future__ import annotations

from miedza.core.faults import whole

FIELDS = {"retention_years": (whole(1), "how many years data is kept after the work has ended")}
