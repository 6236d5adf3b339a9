"""Confidentiality: whether meetings may be recorded. Source: ICF Code of Ethics, section 2."""

from __future__ import annotations

from miedza.core.faults import one_of

FIELDS = {"recording": (one_of("never", "with_consent"), "whether meetings may be recorded")}
