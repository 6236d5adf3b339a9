"""Other calendars: what they say of busy times, and what is shown to them."""
