"""Every setting, read once. A wrong value stops the start; secrets come only from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import database, env_bool, env_int, env_list, env_secret, env_str

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = env_secret("DJANGO_SECRET_KEY")
FIELD_ENCRYPTION_KEYS = env_list("FIELD_ENCRYPTION_KEY")
DEBUG = env_bool("DJANGO_DEBUG", False)
ALLOWED_HOSTS = env_list("DJANGO_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env_list("DJANGO_CSRF_TRUSTED_ORIGINS")
HTTPS = env_bool("DJANGO_HTTPS", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_filters",
    "django_vite",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "simple_history",
    "tenancy.kernel",
    "tenancy.people",
    "owners",
    "notices",
    "billing.charges",
    "billing.payments",
    "billing.banking",
    "arrears.cases",
    "arrears.relief",
    "arrears.legal",
    "arrears.team",
    "reports",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenancy.people.middleware.ViewerPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tenancy.people.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenancy.people.middleware.StaffMiddleware",
    "tenancy.people.uploads.ScanUploads",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tenancy.people.shell.shell",
            ],
            "builtins": ["tenancy.people.templatetags.house"],
        },
    }
]

# -- Database: pm_app serves; the owner of the tables only migrates (docs/adr/0001). --------------
AS_OWNER = env_bool("DJANGO_AS_OWNER", False)
APP_DB_ROLE = env_str("APP_DB_ROLE", "pm_app")
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(env_str("MIGRATION_DATABASE_URL" if AS_OWNER else "DATABASE_URL")),
}
# The second connection of long work: its progress rows are committed while the work is still open.
DATABASES["progress"] = {**DATABASES["default"], "TEST": {"MIRROR": "default"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_ENABLED = False  # history tables are filled by statement triggers (tenancy.kernel.migrate)

# -- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if env_bool("FAST_PASSWORDS", False):  # tests only: hundreds of log-ins a run
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tenancy.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AXES_VERBOSE = False  # a line at every start of every process says nothing
AXES_FAILURE_LIMIT = env_int("LOGIN_FAILURE_LIMIT", 8)
AXES_COOLOFF_TIME = 0.25  # hours
# Many names from one place: an office behind one address mistypes now and then, a thief guesses all day.
LOGIN_FAILURES_PER_ADDRESS = env_int("LOGIN_FAILURES_PER_ADDRESS", 100)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tenancy.people.web.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_PROXY_COUNT = env_int("PROXY_COUNT", 0) or None
AXES_CLIENT_IP_CALLABLE = "tenancy.kernel.portal.client_address"  # else every caller has the proxy's address

# -- Sessions, CSRF, headers ----------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tenancy.people.web.views.csrf_failed"
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; health checks come over plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in ("camera", "microphone", "payment", "usb")}
PERMISSIONS_POLICY["geolocation"] = ["self"]  # a visitor's tap, where the company allows it
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = env_int("MAX_UPLOAD_BYTES", 30 * 1024 * 1024)
# A virus scanner for uploads: unix:/run/clamav/clamd.sock or tcp://host:3310; empty: files are not scanned.
CLAMD = env_str("CLAMD", "")

# -- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# -- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env_str("STATIC_ROOT", str(VAR_DIR / "static"))
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.exists() else []
WHITENOISE_USE_FINDERS = env_bool("WHITENOISE_USE_FINDERS", True)
DJANGO_VITE = {"default": {"manifest_path": FRONTEND_DIST / ".vite" / "manifest.json"}}
MEDIA_ROOT = env_str("MEDIA_ROOT", str(VAR_DIR / "files"))
OUTBOX_DIR = Path(env_str("OUTBOX_DIR", str(VAR_DIR / "outbox")))

# -- Outside world --------------------------------------------------------------------------------
EMAIL_HOST = env_str("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "no-reply@example.invalid")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(OUTBOX_DIR / "email")
SMS_GATEWAY = env_str("SMS_GATEWAY", "outbox")  # outbox: JSON lines on disk; http: a signed HTTP provider
SMS_HTTP_URL = env_str("SMS_HTTP_URL", "")
SMS_HTTP_KEY = env_str("SMS_HTTP_KEY", "")
SMS_HTTP_SECRET = env_str("SMS_HTTP_SECRET", "")
SMS_RECEIPT_SECRET = env_str("SMS_RECEIPT_SECRET", "")  # empty: receipts of the provider are not taken
PLATFORM_SIGNATURE = env_str("PLATFORM_SIGNATURE", "业主缴费")  # of log-in codes: they come from no company

# -- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["tenancy.people.authentication.TokenOrSession"],
    "DEFAULT_PERMISSION_CLASSES": ["tenancy.kernel.rest.NamedPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "tenancy.kernel.rest.JsonBody",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "tenancy.kernel.rest.Page",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tenancy.kernel.rest.problem",
    "UNAUTHENTICATED_USER": None,
}
PORTAL_AUTHENTICATION = "tenancy.people.authentication.PortalBearer"
PORTAL_TICKET = "tenancy.people.authentication.PortalTicket"
SPECTACULAR_SETTINGS = {
    "TITLE": "物业收费与催缴 API",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # Choices that several answers share: without a name here they would be called after a hash.
    "ENUM_NAME_OVERRIDES": {
        "UnitKindEnum": ["ROOM", "SHOP", "BAY", "OTHER"],
        "ChargeKindEnum": ["PERIODIC", "OPENING", "COST"],
        "BillKindEnum": ["PERIODIC", "OPENING", "PREPAYMENT"],
        "BillStateEnum": ["PAID", "UNPAID", "OVERDUE", "VOID"],
        "PaymentKindEnum": ["RECEIVED", "REVERSAL", "REFUND", "RELEASE"],
        "WaiverKindEnum": ["LATE_FEE", "PRINCIPAL", "WRITE_OFF"],
        "WaiverStateEnum": ["ASKED", "OFFERED", "GRANTED", "REJECTED", "WITHDRAWN", "EXPIRED"],
        "VacancyStateEnum": ["ASKED", "GRANTED", "REJECTED", "ENDED", "FAILED"],
        "ReliefKindEnum": ["DEFERRAL", "INSTALMENT", "HARDSHIP"],
        "RefundStateEnum": ["ASKED", "APPROVED", "PAID", "REJECTED", "WITHDRAWN"],
        "PaymentMethodEnum": ["CASH", "POS", "TRANSFER", "WECHAT", "ALIPAY", "DEBIT", "CREDIT", "MIXED"],
        "CounterMethodEnum": ["CASH", "POS", "TRANSFER"],
        "AllocationPartEnum": ["LATE_FEE", "PRINCIPAL", "CREDIT"],
        "MessageFateEnum": ["DELIVERED", "FAILED"],
    },
}

# -- Background work ------------------------------------------------------------------------------
REDIS_URL = env_str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1700
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
# Which worker does what; a task that is not named goes to the default queue.
CELERY_TASK_ROUTES = {
    "notices.tasks.send_portal_code": {"queue": "login"},  # somebody waits: never behind a round of SMS
    "notices.tasks.print_round": {"queue": "pdf"},
    "notices.tasks.*": {"queue": "notify"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
    # Several installations may share one Redis; the tests do.
    "global_keyprefix": env_str("CELERY_QUEUE_PREFIX", ""),
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
