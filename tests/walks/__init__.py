"""Walks through the real thing: `miedza serve` in a process of its own, pages in a real browser."""
