"""Practices and the practitioners who lead them."""
