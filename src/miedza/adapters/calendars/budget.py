"""The time that one reading may take: a calendar from outside must not keep anybody waiting."""

from __future__ import annotations

from time import thread_time

from miedza.core.calendars import UnreadableCalendar

_STEPS_BETWEEN_LOOKS = 256
"""Looking at the clock takes as long as a step, so it is done after so many."""


class Budget:
    """Counts steps of work, and refuses a calendar that needs too much of it.

    Time is that of this thread on the processor, so that the same file is read or refused on a
    machine with other work as on an idle one.
    """

    def __init__(self, seconds: float) -> None:
        """Begin to count: from now on, work may take so many seconds."""
        self._ends_at = thread_time() + seconds
        self._steps_left = _STEPS_BETWEEN_LOOKS

    def spend(self, steps: int = 1) -> None:
        """Do so many steps of about a microsecond or more.

        Raises:
            UnreadableCalendar: `too_slow`, the time is spent.
        """
        self._steps_left -= steps
        if self._steps_left < 0:
            self._steps_left = _STEPS_BETWEEN_LOOKS
            if thread_time() > self._ends_at:
                raise UnreadableCalendar("too_slow")
