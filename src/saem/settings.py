"""Every setting of the site, read from the environment with types; a wrong value stops the start with its name."""

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}")


def env_object(name: str) -> dict[str, object]:
    try:
        value = json.loads(os.environ.get(name, "") or "{}")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be JSON: {error}") from error
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f"{name} must be a JSON object")
    return value


def env_number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name, "") or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}")
    return value


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def database(url: str) -> dict[str, object]:
    """Read `sqlite:///path` or `postgresql://user:password@host:port/name` (host may be a socket folder in ?host=)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) or ":memory:",
            # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing half-way.
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        socket = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(socket) or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured("SAEM_DATABASE_URL must begin with sqlite:/// or postgresql://")


# Where this installation keeps its files: database, caches, sockets.
HOME = Path(env_text("SAEM_HOME", "var")).resolve()

DEBUG = env_flag("SAEM_DEBUG", default=False)
# A site that has not been given a key keeps one it made itself (see `saem.cli`); an empty key refuses to start.
SECRET_KEY_FILE = HOME / "secret_key"
SECRET_KEY = env_text("SAEM_SECRET_KEY", "") or (
    SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.is_file() else ""
)
ALLOWED_HOSTS = env_list("SAEM_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("SAEM_TRUSTED_ORIGINS", "")
# Behind HTTPS every cookie is secure and browsers are told to stay on HTTPS.
HTTPS = env_flag("SAEM_HTTPS", default=False)

INSTALLED_APPS = [
    # Before the packages whose pages they restyle: the first template and the first translation found win.
    "saem.web",
    "saem.apps.people",
    "saem.apps.people.admin_config.SuperuserAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "saem.apps.events",
    "saem.apps.jobs",
    "saem.apps.notices",
    "saem.apps.catalog",
    "saem.apps.cohorts",
    "saem.apps.learning",
    "saem.apps.projects",
    "saem.apps.awards",
    "saem.apps.partners",
    "saem.apps.insight",
]

MIDDLEWARE = [
    "saem.web.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "saem.web.middleware.language",
    "saem.web.middleware.nothing_left_behind",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "saem.web.middleware.expected_errors",
]

ROOT_URLCONF = "saem.urls"
WSGI_APPLICATION = "saem.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "saem.apps.insight.navigation.navigation",
            ],
            "builtins": ["saem.web.templatetags.saem"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(env_text("SAEM_DATABASE_URL", f"sqlite:///{HOME}/saem.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of sign-in attempts are shared by all server processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env_text("SAEM_CACHE_DIR", str(HOME / "cache" / "django")),
    }
}

# --- accounts
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "saem.apps.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "saem.apps.people.forms.LoginForm",
    "signup": "saem.apps.people.forms.SignupForm",
    "change_password": "saem.apps.people.forms.ChangePasswordForm",
    "set_password": "saem.apps.people.forms.SetPasswordForm",
    "reset_password": "saem.apps.people.forms.ResetPasswordForm",
    "reset_password_from_key": "saem.apps.people.forms.ResetPasswordKeyForm",
}
# Generous per address, because a whole school shares one; tight per account.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,5/5m/key", "login": "120/m/ip"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# People sign themselves up only where the operator says so; otherwise staff create accounts.
SIGN_UP_OPEN = env_flag("SAEM_SIGN_UP_OPEN", default=False)
# An invitation sent on the Friday before a holiday week must still open on the Monday after it.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
# Who signs up proves the address first: a role may later be given to it. Accounts that staff create are proved by
# the link that sets their password.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SIGN_UP_OPEN else "none"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "insight:home"
LOGOUT_REDIRECT_URL = "insight:home"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# How many proxies stand before the server; the visitor's address for rate limits is read accordingly.
TRUSTED_PROXIES = env_number("SAEM_TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- languages: Korean first, English complete
LANGUAGE_CODE = "ko"
FORMAT_MODULE_PATH = "saem.web.formats"
LANGUAGES = [("ko", _("한국어")), ("en", _("English"))]
TIME_ZONE = env_text("SAEM_TIME_ZONE", "Asia/Seoul")
USE_I18N = True
USE_TZ = True

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = env_text("SAEM_STATIC_ROOT", str(HOME / "static"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "files")},
    },
    "staticfiles": {
        "BACKEND": env_text("SAEM_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What one submission may weigh; the form says it, the server enforces it while the bytes arrive.
SUBMISSION_MAX_BYTES = env_number("SAEM_SUBMISSION_MAX_MB", 20) * 1024 * 1024

# --- the sandbox and the jobs
SANDBOX_SOCKET = env_text("SAEM_SANDBOX_SOCKET", str(HOME / "run" / "sandbox.sock"))
SANDBOX_MINIMUM_RUNG = env_text("SAEM_SANDBOX_MINIMUM_RUNG", "B")
# Sources of data that could not be downloaded may be placed here by hand (docs/operations.md).
DATA_MIRRORS = [Path(folder) for folder in env_list("SAEM_DATA_MIRRORS", "")]
DATA_DOWNLOAD = env_flag("SAEM_DATA_DOWNLOAD", default=True)
JOB_LEASE_SECONDS = env_number("SAEM_JOB_LEASE_SECONDS", 5)
# What wakes workers: the database itself, or Celery on the broker that the URL names (redis:// or amqp://).
JOB_ENGINE = env_choice("SAEM_JOB_ENGINE", "local", ("local", "celery"))
BROKER_URL = env_text("SAEM_BROKER_URL", "redis://127.0.0.1:6379/0")
# Who shows this bearer token may read /operate/metrics; without one only superusers may.
METRICS_TOKEN = env_text("SAEM_METRICS_TOKEN", "")

# --- mail: printed to the console until the operator names a server
EMAIL_HOST = env_text("SAEM_EMAIL_HOST", "")
EMAIL_PORT = env_number("SAEM_EMAIL_PORT", 587)
EMAIL_HOST_USER = env_text("SAEM_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env_text("SAEM_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env_flag("SAEM_EMAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = env_text("SAEM_EMAIL_FROM", "saem@localhost")
EMAIL_TIMEOUT = 10
# Any backend of Django's or django-anymail's (the extra `anymail`); its settings are one JSON object.
EMAIL_BACKEND = env_text(
    "SAEM_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
ANYMAIL = env_object("SAEM_ANYMAIL")
# "package.module.function" that sends a text message (`saem.apps.notices.channels.SmsSender`); without it none is sent.
SMS_SENDER = env_text("SAEM_SMS_SENDER", "")
# Where people find this site: letters lead there.
SITE_URL = env_text("SAEM_SITE_URL", "http://127.0.0.1:8000")

# --- credentials: private keys of issuers are locked with this secret, or with one that the site makes in a file;
# machines that share a database must share it, too.
CREDENTIALS_KEY = env_text("SAEM_CREDENTIALS_KEY", "")
CREDENTIALS_KEY_FILE = HOME / "credentials_key"

# --- security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
# A health check comes from the machine itself, without HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "saem.web.error_pages.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("SAEM_LOG_LEVEL", "INFO")},
}
