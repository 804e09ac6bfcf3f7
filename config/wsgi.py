"""The WSGI entry point. It refuses to serve on a database role that the walls do not bind."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from tenancy.kernel.checks import refuse_powerful_role  # noqa: E402 - Django must be set up first

refuse_powerful_role()

import_module(settings.ROOT_URLCONF)  # every page is loaded now, not at somebody's first request
# What is loaded stays: the cycle collector need not walk all of it in the middle of a request.
gc.collect()
gc.freeze()
