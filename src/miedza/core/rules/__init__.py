"""The rules, one file each: what can be set, what is checked, how it is judged."""

RULES = (
    "session",
    "lateness",
    "ending",
    "missed",
    "cancellation",
    "rescheduling",
    "payment",
    "messages",
    "free_session",
    "engagement",
    "hardship",
    "goodwill",
    "conduct",
    "community",
    "confidentiality",
    "personal_data",
    "withdrawal",
    "aftercare",
)
"""The registry: to add a rule is to add its file here, its sentences in `words`, and this line."""


def __getattr__(name: str) -> object:
    """Load a rule when it is first asked for, so that a command pays only for what it judges."""
    if name not in RULES:
        raise AttributeError(name)
    __import__(f"{__name__}.{name}")
    return globals()[name]
