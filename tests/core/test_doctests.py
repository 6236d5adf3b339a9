"""The examples in the docstrings of the core are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import miedza.core

MODULES = [
    module.name for module in pkgutil.walk_packages(miedza.core.__path__, prefix="miedza.core.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0


def test_examples_are_found() -> None:
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(name) for name in MODULES]

    examples = [e for module in modules for found in finder.find(module) for e in found.examples]

    assert len(examples) >= 8
