"""The WSGI entry point. It refuses to serve on a database role that the walls do not bind."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from tenancy.kernel.checks import refuse_powerful_role  # noqa: E402 - Django must be set up first

refuse_powerful_role()
