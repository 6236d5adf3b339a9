"""Jobs: claim due rows and act."""
