"""The client's own place: their side of the strip, and what they do by themselves."""
