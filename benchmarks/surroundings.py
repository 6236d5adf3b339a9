"""The settings of the product, with an empty page to measure against."""

from miedza.config.settings import *  # noqa: F403 - all of them.

ROOT_URLCONF = "benchmarks.addresses"
