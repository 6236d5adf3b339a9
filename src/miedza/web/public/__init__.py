"""Pages for whoever has a link."""
