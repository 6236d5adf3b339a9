"""Steps of the clock: what cannot be done for one stops nothing that is done for others."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Apart:
    """Lets each of many steps fail by itself; what failed is told once all were taken."""

    def __init__(self, said: str) -> None:
        """Take what is said of those that failed."""
        self._said = said
        self._failed: list[Exception] = []

    @contextmanager
    def each(self, what: str, *, otherwise: Callable[[], None] | None = None) -> Iterator[None]:
        """Take one step.

        Args:
            what: named with what went wrong.
            otherwise: is done where the step has failed.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - told once the other steps are taken.
            error.add_note(what)
            self._failed.append(error)
            if otherwise is not None:
                otherwise()

    def tell(self) -> None:
        """Raise what failed.

        Raises:
            ExceptionGroup: some steps failed; all others were taken.
        """
        if self._failed:
            raise ExceptionGroup(self._said, self._failed)
