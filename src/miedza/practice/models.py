"""Tables of the practice: who may sign in, whose rows are whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from miedza.db.encryption import open_practice_key
from miedza.db.ids import make_id
from miedza.db.tenancy import TenantModel

if TYPE_CHECKING:
    from typing import ClassVar

LANGUAGES = [("en", "English"), ("pl", "Polski"), ("ru", "Русский")]
PROFESSIONS = ("tutor", "psychologist", "coach", "mentor", "consultant")


class UserManager(BaseUserManager["User"]):
    """Finds people who sign in by e-mail, whatever its letters' case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with an e-mail."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, **fields: Any) -> User:
        """Make a user; there is no password, they sign in by code or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in. A local table: it belongs to the installation, not to a practice."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    practice = models.ForeignKey(
        "practice.Practice", on_delete=models.SET_NULL, null=True, related_name="+",
        db_constraint=False, db_index=False,
    )  # fmt: skip
    """Where they work: who signs in is looked up here, and from then on within one practice."""
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    theme = models.CharField(
        max_length=5, choices=[("", "auto"), ("light", "light"), ("dark", "dark")], default="",
        blank=True,
    )  # fmt: skip

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        """Their e-mail."""
        return self.email


class Practice(models.Model):
    """One practice. Its id is the `practice_id` of every row that belongs to it."""

    id = models.UUIDField(primary_key=True, default=make_id, editable=False)
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=20, choices=[(p, p) for p in PROFESSIONS])
    language = models.CharField(max_length=2, choices=LANGUAGES)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=64)
    sealed_key = models.BinaryField()
    """The key of its encrypted texts, wrapped by the key of the installation."""
    created_at = models.DateTimeField()
    slug = models.SlugField(max_length=60, null=True, db_index=False)  # noqa: DJ001 - none yet.
    """What its public pages are called in addresses; null while they were never wanted."""
    public_at = models.DateTimeField(null=True)
    """Since when its public pages can be read; null where they cannot."""
    stamp = models.BigIntegerField(null=True)
    """Another with every change in the practice: what was drawn of it before may be old."""
    clock_rules = models.CharField(max_length=16, null=True)  # noqa: DJ001 - never looked at.
    """The edition of the zone rules by which its times were last looked at."""
    wished_hour_minor = models.BigIntegerField(null=True)
    """What an hour should bring, in minor units, where the practitioner has said so."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(slug__isnull=False), name="practice_by_slug"
            )
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def key(self) -> bytes:
        """The key of its encrypted texts."""
        return open_practice_key(self.id, bytes(self.sealed_key))


class Door(models.Model):
    """A practice that somebody enters as a client, or beside one. A local table, as users are."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="doors")
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="door_once")]

    def __str__(self) -> str:
        """Whose, and where to."""
        return f"door of {self.user_id} to {self.practice_id}"


class SentForm(models.Model):
    """A form that was sent, by the id that was handed out with it. A local table.

    Sent again as it was, it is answered again; with something else in it, it is asked about.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=64)
    """Of what was in it."""
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="sentform_by_time")]

    def __str__(self) -> str:
        """When."""
        return f"form of {self.made_at:%Y-%m-%d}"


class Practitioner(TenantModel):
    """Someone who leads work in a practice."""

    user = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    name = models.CharField(max_length=120)
    calendar_key = models.BigIntegerField()
    """A number that stands for this practitioner's calendar in the rule against double bookings."""
    left_at = models.DateTimeField(null=True)
    """Since when they lead nothing here any more; what they led stays."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="practitioner_in_practice"),
            models.UniqueConstraint(fields=["practice", "user"], name="practitioner_once"),
        ]

    def __str__(self) -> str:
        """Their name."""
        return self.name


class Joining(TenantModel):
    """Somebody is asked to work in a practice: a link in a letter, until it is followed or ends."""

    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Since when it opens nothing: followed, taken back or asked anew."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="joining_in_practice")
        ]

    def __str__(self) -> str:
        """When."""
        return f"asked on {self.made_at:%Y-%m-%d}"
