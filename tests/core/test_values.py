"""Value types: what `typing.NamedTuple` makes, made without `typing`."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from miedza.core.ruling import Ruling, Settlement
from miedza.core.values import NamedTuple


class Point(NamedTuple):
    """Where something is."""

    x: int
    """To the right."""
    y: int = 7
    """Up."""

    def doubled(self) -> Point:
        """Twice as far."""
        return self._replace(x=self.x * 2, y=self.y * 2)


def test_value_has_fields_defaults_and_methods() -> None:
    point = Point(1)

    assert (point, point.x, point.y, point.doubled()) == ((1, 7), 1, 7, Point(2, 14))


def test_value_tells_its_fields() -> None:
    assert (Point._fields, Point._field_defaults, repr(Point(x=1, y=2))) == (
        ("x", "y"),
        {"y": 7},
        "Point(x=1, y=2)",
    )


def test_value_keeps_its_module_and_docstring() -> None:
    assert (Point.__module__, Point.__doc__) == (__name__, "Where something is.")


def test_value_cannot_be_changed() -> None:
    point: SimpleNamespace = Point(1)  # type: ignore[assignment]  # To try what mypy refuses.

    with pytest.raises(AttributeError):
        point.x = 2


def test_value_without_a_field_is_refused() -> None:
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]  # To try what mypy refuses.


def test_values_sort_by_their_fields() -> None:
    assert sorted([Point(2, 0), Point(1, 9), Point(1)]) == [Point(1), Point(1, 9), Point(2, 0)]


def test_ruling_has_no_step_unless_it_is_given() -> None:
    assert (Ruling._field_defaults, Settlement._field_defaults) == ({"step": None}, {})
