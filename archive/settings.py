"""Django's settings. What a person may set is read in `archive.environment`; README lists it."""

import re
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from archive.environment import read_environment

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_environment(BASE_DIR)

DATA_DIR = ENVIRONMENT.data_dir
INDEX_DIR = ENVIRONMENT.index_dir
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
PUBLIC_READING = ENVIRONMENT.public_reading
FETCH = ENVIRONMENT.fetch  # whether the server may fetch a page that a person saves
SUBPATH = ENVIRONMENT.subpath
FORCE_SCRIPT_NAME = SUBPATH or None

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "archive.articles.apps.TaggitConfig",
    "django_htmx",
    "axes",
    "csp",
    "archive.accounts",
    "archive.articles",
    "archive.annotations",
    "archive.reading",
    "archive.search",
    "archive.importing",
    "archive.exporting",
    "archive.curating",
    "archive.web",
]

MIDDLEWARE = [
    "archive.web.middleware.subpath",
    "archive.web.middleware.safety_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "archive.accounts.token_requests.TokenMiddleware",
    "archive.web.kept_forms.KeptFormMiddleware",
    "archive.accounts.time_zones.in_readers_time_zone",
    "archive.accounts.middleware.PrivateArchiveMiddleware",
    "archive.accounts.middleware.note_device",
    "archive.web.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": ENVIRONMENT.database}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# People
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "sesame.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"

# What tells the search, which lies below, the articles in a collection and those that an import brought.
ARTICLES_IN_COLLECTION = "archive.curating.collections.articles_in"
ARTICLES_OF_IMPORT = "archive.importing.brought.articles_of"
LOGIN_REDIRECT_URL = "library"
LOGOUT_REDIRECT_URL = "sign-in"
SESAME_MAX_AGE = 24 * 60 * 60  # seconds
SESAME_ONE_TIME = True
AXES_HANDLER = "archive.accounts.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "archive.accounts.lockout.counted_address"
AXES_FAILURE_LIMIT = 10  # wrong passwords for one name from one address
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is theirs
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # a sign-in link lets in whoever is kept out
MOST_FAILURES_BY_ADDRESS = 50  # wrong passwords for all names from one address, within AXES_COOLOFF_TIME
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # it asks for the whole address to be locked out as soon as a name is; a shared house has one address
    "security.W005",  # HSTS for subdomains and the preload list are ARCHIVE_HSTS's to ask for: they bind other sites
    "security.W021",
]

# Mail
CAN_SEND_MAIL = bool(ENVIRONMENT.mail)
globals().update(ENVIRONMENT.mail)
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
MINUTES_BETWEEN_RESET_MAILS = 10

# Words and time
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone  # of those whose own is not known
TAGGIT_CASE_INSENSITIVE = True
# Messages name what a person did, and must not wait in a cookie for the next one who signs in.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {message_levels.ERROR: "problem"}

# Files
STATIC_URL = f"{SUBPATH}/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "archive.web.static_files.StaticFiles"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes
# Larger ones are open files while they come in, smaller ones are held in memory: together at most 250 of the 500 MB
# that an upload may have, and fewer files than a process may open.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # bytes

# Safety
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_REDIRECT_EXEMPT = [rf"^({re.escape(SUBPATH[1:])}/)?(healthz|readyz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.hsts in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = ENVIRONMENT.hsts == "preload"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = SUBPATH or "/"  # two archives of one host keep theirs apart
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins
CSRF_FAILURE_VIEW = "archive.web.refusals.csrf_refused"
SECURE_REFERRER_POLICY = "same-origin"  # a click on a source link tells nobody which archive it came from
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# What went wrong is written to the standard error, where the service that runs the archive keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # pages that are not there are no trouble
    },
}
