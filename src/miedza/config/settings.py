"""The settings: one file, read from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import reset_tzpath

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from miedza.config import environment

reset_tzpath()  # Something may have asked for it before this program said where its zones are.
PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()

PORT = environment.read_whole("PORT", 8000)
PUBLIC_URL = environment.read("URL", f"http://localhost:{PORT}").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in ("http", "https") or not _public.hostname:
    raise ImproperlyConfigured("MIEDZA_URL must be an address like https://praktyka.example.")

DEBUG = False
SECRET_KEY = environment.read_key("SECRET_KEY", "secret.key")
MIEDZA_MASTER_KEY = environment.read_master_key()
IS_LOCAL = _public.hostname in ("localhost", "127.0.0.1")
ALLOWED_HOSTS = [
    _public.hostname,
    *environment.read_list("ALLOWED_HOSTS"),
    *(["localhost", "127.0.0.1", "[::1]"] if IS_LOCAL else []),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SETUP_CODE = environment.read("SETUP_CODE")
"""Asked for at the first visit where the server can be reached from outside."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "miedza.practice",
    "miedza.people",
    "miedza.agreements",
    "miedza.ledger",
    "miedza.calendars",
    "miedza.messaging",
    "miedza.bookings",
    "miedza.web",
]
MIDDLEWARE = [
    "miedza.web.middleware.PlainRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "miedza.web.middleware.NothingKept",
    "miedza.web.middleware.LanguageOfTheReader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "miedza.config.urls"
WSGI_APPLICATION = "miedza.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "miedza.web.context.page",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """SQLite in the data folder, or PostgreSQL where `MIEDZA_DATABASE_URL` says so."""
    url = environment.read("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "miedza.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("MIEDZA_DATABASE_URL must begin with postgresql://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # What else the address says (`sslmode=verify-full`) is for the driver, never dropped.
        "OPTIONS": {"connect_timeout": 2, **query},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "local_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Limits of sign-in live here; the database is shared by all processes."""

AUTH_USER_MODEL = "practice.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "miedza.web.signin.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # Nobody else's address gets mail from here.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"request_login_code": "miedza.web.signin.forms.CodeForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.read_whole("PROXIES", 0)
MFA_ADAPTER = "miedza.web.signin.adapter.KeyAdapter"
MFA_FORMS = {
    "add_webauthn": "miedza.web.signin.passkeys.PasskeyAdd",
    "login_webauthn": "miedza.web.signin.passkeys.PasskeySignIn",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL

SESSION_ENGINE = "miedza.web.signin.sessions"  # Sealed: a sign-in code waits in it.
SESSION_COOKIE_AGE = 30 * 86_400
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "miedza_session", "miedza_csrf"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_COOKIE_HTTPONLY = True  # Forms carry their token themselves.
X_FRAME_OPTIONS = "DENY"
if _public.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
    }
}

EMAIL_BACKEND = "miedza.web.signin.mail.QueueBackend"
DEFAULT_FROM_EMAIL = environment.read("MAIL_FROM", f"miedza@{_public.hostname}")
MIEDZA_SMTP = (
    environment.read("SMTP_HOST"),
    environment.read_whole("SMTP_PORT", 587),
    environment.read("SMTP_USER"),
    environment.read("SMTP_PASSWORD"),
    environment.read_yes("SMTP_TLS", default=True),
)
"""The mail server; without one, mails are shown in the terminal where Miedza runs."""

CALENDAR_HOSTS = environment.read_list("CALENDAR_HOSTS")
"""Hosts of other calendars in one's own network, such as `cloud.home:8443`. All others must be
public: nobody who types in an address makes the server look around inside."""

UNDO_SECONDS = environment.read_whole("UNDO_SECONDS", 30)
"""For so long a letter about what the practitioner did waits: an undo takes it back."""

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("pl", _("Polish")), ("ru", _("Russian"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "miedza_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.read("STATIC", str(DATA / "static")))
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"links": {"()": "miedza.config.logs.HideLinks"}},
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["links"],
        }
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"miedza": {"level": "INFO"}},
}
