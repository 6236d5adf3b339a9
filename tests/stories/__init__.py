"""Stories a coach or tutor can read, each with what the rules say about it."""
