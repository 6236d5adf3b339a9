"""Hands: each does one kind of I/O, and knows no other."""
