"""The product on a set morning: gunicorn and Celery load this instead of config, and MORNING is the time."""

from __future__ import annotations

import os
from datetime import datetime

from tenancy.kernel import clock


def set_clock(moment: datetime) -> None:
    """Let the doors of this process read `moment` now, and let the time go on from there."""
    really = clock.now
    ahead = moment - really()
    clock.now = lambda: really() + ahead
    clock.today = lambda: clock.now().astimezone(moment.tzinfo).date()


# Whatever else reads this module, the tests' own process first of all, keeps its time.
if "MORNING" in os.environ:
    from config.celery import app as app
    from config.wsgi import application as application

    set_clock(datetime.fromisoformat(os.environ["MORNING"]))
