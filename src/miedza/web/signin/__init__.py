"""Signing in, and the first visit."""
