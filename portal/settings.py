"""The one settings file. What differs between the ways to run is decided here by name, from PORTAL_ENV."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from portal.database import data_folder, database_settings
from portal.environment import allowed_hosts, env_bool, env_int, env_list, env_text, environment_name, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment_name()
IN_PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = data_folder()

# Demo mode shows passwords on the login page: only `make run` starts it, portal.wsgi refuses it.
DEMO = ENVIRONMENT == "demo"

DEBUG = False
SECRET_KEY = secret_key(ENVIRONMENT, DATA_DIR)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = allowed_hosts(ENVIRONMENT)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "portal",
    "arbeitsmittel",
    "weisungen",
    "portal.admin_config.RedaktionAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_prose_editor",  # its files; configured in portal/editor/
    "pgtrigger",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.StichtagMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

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
                "csp.context_processors.nonce",
                "portal.context.portal",
            ],
        },
    }
]

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in. Roles decide (portal/roles.py); axes slows down guessing per person AND address, because a whole
# office may share one address.
AUTH_USER_MODEL = "portal.Benutzer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "portal.role_backend.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes half a second a person
LOGIN_URL = "anmelden"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "anmelden"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "konto/gesperrt.html"
AXES_CLIENT_IP_CALLABLE = "portal.addresses.client_address"
PROXY_COUNT = env_int("PROXY_COUNT", 0)
AXES_ENABLE_ACCESS_FAILURE_LOG = True  # the reviewers' timeline shows them; kept as long as the operator decides
AXES_VERBOSE = AXES_ENABLE_ADMIN = False

SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
if IN_PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sitzung", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", default=False) else None
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # probes come from inside, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],  # KERN's icons are data: SVG in its style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# History: reasons are as long as they need to be, nothing is reverted by a click, rights are those of the history.
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

# Mail: only `manage.py anchor` sends any, and only where somebody is named.
ANCHOR_MAIL_TO = env_list("ANCHOR_MAIL_TO")
EMAIL_HOST = env_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
DEFAULT_FROM_EMAIL = env_text("EMAIL_FROM", "arbeitsmittelportal@localhost")
EMAIL_TIMEOUT = 10  # seconds

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = "portal.formats"  # DIN 5008: 02.01.2024, with leading zeros

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
KERN_DIR = BASE_DIR / "node_modules" / "@kern-ux" / "native" / "dist"
FONT_DIR = BASE_DIR / "node_modules" / ".fonts"
STATICFILES_DIRS = [BASE_DIR / "static", ("kern", KERN_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if ENVIRONMENT in ("local", "test")
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ENVIRONMENT in ("local", "test")  # no collectstatic there

# In every worker; what something was made from is in its key.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in {
        "default": 200,  # rendered PDF files, some 50 KB each
        "pages": 1000,  # pages of readers, some 30 KB each
    }.items()
}

FILE_UPLOAD_HANDLERS = [
    "portal.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if IN_PRODUCTION else "WARNING"},
}
