"""Settings of Cobalog, read from the environment (and from an optional ``.env`` file).

Without any setting the app serves this machine only: SQLite in ``var/``, DEBUG off, plain HTTP on
loopback. As soon as COBALOG_HOSTS names another host, HTTPS, secure cookies and HSTS are on.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tracker.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VERSION = "0.1"

# --- where things are kept
VAR_DIR = BASE_DIR / Path(env.str("COBALOG_VAR", default="").strip() or "var").expanduser()
"""Database, secret key and collected files; ignored by git."""


def _proxies() -> int:
    """Return how many proxies stand in front, each of which appends to X-Forwarded-For."""
    text = env.str("COBALOG_BEHIND_PROXY", default="").strip().lower()
    said = {"": 0, "false": 0, "no": 0, "off": 0, "true": 1, "yes": 1, "on": 1}
    if text not in said and not (text.isascii() and text.isdigit() and int(text) <= 9):
        raise ImproperlyConfigured(
            f"COBALOG_BEHIND_PROXY must be true, false or how many proxies, got {text!r}."
        )
    return said[text] if text in said else int(text)


# --- who is served
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(env.str("SECRET_KEY", default=""), VAR_DIR / "secret_key")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("COBALOG_HOSTS", default=LOOPBACK)
IS_LOOPBACK = set(ALLOWED_HOSTS) <= {*LOOPBACK, "testserver"}
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEMO = env.bool("COBALOG_DEMO", default=DEBUG)
"""Offer the four demo persons on the sign-in page."""
OPEN_SIGNUP = env.bool("COBALOG_SIGNUP", default=True)
"""Let anyone who reaches the site make an account or try it as a guest."""

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOOPBACK
SECURE_HSTS_SECONDS = 0 if IS_LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOOPBACK
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
ALLAUTH_TRUSTED_PROXY_COUNT = _proxies()
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""Hash of the empty string: plotly.js adds an empty <style>, whose rules come through CSSOM."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- what it is made of
INSTALLED_APPS = [
    "tracker.fields",  # first: fields take their messages when a form's module is imported
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "foods",
    "tracker.charts",
    "tracker.numbers",
    "tracker.accounts",
    "tracker.memo",
    "tracker.profiles",
    "tracker.history",
    "tracker.diary",
    "tracker.recipes",
    "tracker.intake",
    "tracker.insights",
    "tracker.learn",
    "tracker.suggestions",
    "tracker.today",
    "tracker.demo",
    "tracker.serving",
]
MIDDLEWARE = [
    # Outermost: what another layer refuses, a wrong host name first, is answered under them too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.serving.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tracker.serving.middleware.WrongMethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.accounts.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.accounts.middleware.CredentialGates",
    "tracker.accounts.middleware.WhoIsCalling",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.profiles.middleware.ProfileMiddleware",
]
ROOT_URLCONF = "tracker.urls"
CSRF_FAILURE_VIEW = "tracker.serving.failures.form_out_of_date"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATE_LOADERS = [
    "tracker.templating.UnindentedLoader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.context.site",
            ],
        },
    },
]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]


# --- database: SQLite tuned so that parallel writers wait for each other, or DATABASE_URL
def _named_database(url: str) -> dict[str, Any]:
    try:
        if url and url.partition("://")[0] not in environ.Env.DB_SCHEMES:
            raise ValueError
        return dict(environ.Env.db_url_config(url)) if url else {}
    except ValueError:  # also from a port that is no number
        raise ImproperlyConfigured(
            "Cobalog: DATABASE_URL should look like postgres://user:password@host:5432/name."
        ) from None


# The file's name is no address: a folder may be called "B12 #1".
OWN_DATABASE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(VAR_DIR / "cobalog.sqlite3"),
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": _named_database(env.str("DATABASE_URL", default="")) or OWN_DATABASE
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Never with IMMEDIATE: every GET would take the write lock.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
        ),
    }
elif "postgresql" in DATABASES["default"]["ENGINE"]:
    # A server that does not answer, or is cut off later, is given up; DATABASE_URL may say other.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 20_000,
        "keepalives_idle": 30,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers, or a rate limit would hold per process only.
CACHES = {"default": {"BACKEND": "tracker.accounts.counting.CountingCache", "LOCATION": "cache"}}

# --- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "tracker.accounts.passwords.LengthValidator",
        "tracker.accounts.passwords.NameValidator",
        "tracker.accounts.passwords.ShortValidator",
        "tracker.accounts.passwords.DigitsValidator",
        "tracker.accounts.passwords.ObviousPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "tracker.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*", "email"]
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# At sign-up too: an address is taken by who confirms it first, and no page tells whose it is.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_SESSION_REMEMBER = True
# Before what tracker.accounts.gates lists; long enough to scan a code and type it.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# A guest may sign in to an account; tracker.accounts.views redirects the others.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_FORMS = {
    "login": "tracker.accounts.forms.SignInForm",
    "signup": "tracker.accounts.forms.SignUpForm",
    "add_email": "tracker.accounts.credential_forms.AddAddressForm",
    "change_password": "tracker.accounts.credential_forms.NewPasswordForm",
    "set_password": "tracker.accounts.credential_forms.FirstPasswordForm",
    "reauthenticate": "tracker.accounts.credential_forms.ProofForm",
    "reset_password": "tracker.accounts.credential_forms.ForgottenPasswordForm",
    "reset_password_from_key": "tracker.accounts.credential_forms.ReplacedPasswordForm",
}
# On top of allauth's own limits.
ACCOUNT_RATE_LIMITS = {
    "try": "20/h/ip",
    "demo": "40/h/ip",
    "signup": "10/m/ip,40/h/ip",
    # allauth would count a browser that the account knows too; tracker.accounts.views does not.
    "login": None,
    "sign_in": "30/m/ip",
    # Wrong passwords (tracker.accounts.guessing): one address alone never reaches the last limit.
    "login_failed_device": "10/5m/key",
    "login_failed_address": "10/m/ip,60/h/ip",
    "login_failed_pair": "5/5m/key,20/h/key",
    "login_failed_account": "100/h/key",
    # Wrong codes; allauth would count them by account alone.
    "login_failed": None,
    "code_failed_device": "10/5m/key",
    "code_failed_pair": "5/5m/key,10/h/key",
    "code_failed_account": "20/h/key",
    # Of somebody who is signed in, or found the browser open.
    "reauthenticate": "10/m/user,40/h/user",
    "change_password": "5/m/user,40/h/user",
    # Another mail adds nothing: the link of the last one is good for three days.
    "reset_password": "10/m/ip,40/h/ip,5/h/key",
}
MFA_FORMS = {
    "authenticate": "tracker.accounts.forms.CodeForm",
    "reauthenticate": "tracker.accounts.forms.CodeAgainForm",
    "add_webauthn": "tracker.accounts.passkey_forms.NewPasskeyForm",
    "edit_webauthn": "tracker.accounts.passkey_forms.RenamedPasskeyForm",
    "login_webauthn": "tracker.accounts.passkey_forms.PasskeySignInForm",
    "authenticate_webauthn": "tracker.accounts.passkey_forms.PasskeyForm",
    "reauthenticate_webauthn": "tracker.accounts.passkey_forms.PasskeyAgainForm",
}
MFA_ADAPTER = "tracker.accounts.codes.CodeAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A self-hosted site without a mail server could not switch them on otherwise.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOOPBACK
MFA_TOTP_ISSUER = "Cobalog"

# --- mail: through EMAIL_URL, or none at all


def _mail_config() -> dict[str, Any]:
    """Return what EMAIL_URL says; nothing is sent where it names no server.

    The console and files show the links of a forgotten password, so they are for debugging only.
    """
    url = env.str("EMAIL_URL", default="") or "dummymail://"
    try:
        config = env.email_url_config(url)
        is_readable = bool(config["EMAIL_HOST"]) or not url.startswith("smtp")
    except (ImproperlyConfigured, ValueError):
        is_readable = False
    if not is_readable:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://name:password@host:587.")
    sending = ("smtp", "console", "filebased") if DEBUG else ("smtp",)
    if config["EMAIL_BACKEND"].split(".")[-2] in sending:
        return dict(config)
    return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def _sender() -> str:
    """Return an address under the first name of this site."""
    names = [host.lstrip(".") for host in ALLOWED_HOSTS if host not in LOOPBACK]
    named = [name for name in names if name.rpartition(".")[2].isalpha()]
    return f"Cobalog <cobalog@{[*named, 'localhost'][0]}>"


EMAIL_CONFIG = _mail_config()
vars().update(EMAIL_CONFIG)
SENDS_MAIL = not EMAIL_CONFIG["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
"""Without it no page offers what needs a mail, a forgotten password first of all."""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or _sender()
ACCOUNT_EMAIL_VERIFICATION = "optional" if SENDS_MAIL else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Cobalog: "
EMAIL_TIMEOUT = 10
"""For each step, such as connecting; the whole is limited by the backend below."""
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
    EMAIL_BACKEND = "tracker.serving.mail.LimitedSmtp"

# --- language and numbers
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("en-gb", _("English (UK)"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TZ", default="UTC") or "UTC"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["tracker.formats"]
# Thousands are grouped where amounts are written (tracker.numbers), never in an id or a form value.
USE_THOUSAND_SEPARATOR = False

# --- static files: collected once, hashed, compressed
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
NODE_MODULES = Path(env.str("COBALOG_NODE_MODULES", default=str(BASE_DIR / "node_modules")))
"""Where ``make vendor`` puts the small plotly.js."""
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tracker.staticfiles.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "tracker.staticfiles.CollectedStaticFiles"
    },
}
# The app serves them itself; nobody else needs to read what is collected.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- barcodes
OPENFOODFACTS = env.bool("COBALOG_OPENFOODFACTS", default=False)
"""Let people look barcodes up at Open Food Facts, each after saying yes once. A look-up sends the
number under the barcode, this server's address, the name and version of this app and the contact
below to world.openfoodfacts.org; nothing about the person or the diary. Off: nothing is sent."""
OPENFOODFACTS_CONTACT = env.str("COBALOG_OPENFOODFACTS_CONTACT", default="")
"""How Open Food Facts can reach whoever runs this site, which it asks for; may stay empty."""

# --- limits on what comes in
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {message_levels.ERROR: "error"}

# --- logs: what went wrong and where, never what somebody ate
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Whoever scans the net asks under made-up names: a traceback each would bury the rest.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
}
