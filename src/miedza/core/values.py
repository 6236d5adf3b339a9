"""`NamedTuple`, as the `typing` module has it, for programs that must start at once.

Importing `typing` takes 5 ms; a bare interpreter starts in 13. The commands of the core are started
many times by scripts, so their value types are made here from the same standard piece,
`collections.namedtuple`, and a type checker sees the ordinary `typing.NamedTuple`.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - says that it is passed on.
else:
    from collections import namedtuple

    class _ValueType(type):
        """Turns the annotations of a class into the fields of a named tuple."""

        def __new__(cls, name, bases, namespace):
            fields = namespace.get("__annotations__", {})
            if not fields:
                return super().__new__(cls, name, bases, namespace)
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            value_type = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            for key, value in namespace.items():
                if key not in ("__annotations__", "__module__", "__qualname__"):
                    setattr(value_type, key, value)
            return value_type

    class NamedTuple(metaclass=_ValueType):
        """The base of every value type of the core."""
