"""How often the broker may hand out one message: work that kills its worker must not do so for ever."""

from __future__ import annotations

import logging
from typing import Any, Final

from celery import Task
from django.core.cache import cache
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Refused

MAX_DELIVERIES: Final = 3
_KEPT_SECONDS: Final = 2 * 24 * 3600
log = logging.getLogger(__name__)


class WorkerLost(Refused):
    """The worker died each time it did this work, so it is given up."""

    code = "job.worker_lost"


def count_delivery(task_id: str) -> int:
    """Which hand-out of a message this is, the first being 1. No transaction takes the count back."""
    key = f"deliveries:{task_id}"
    cache.add(key, 0, timeout=_KEPT_SECONDS)
    return int(cache.incr(key))


class LimitedTask(Task):
    """Every task of the house: handed out again when its worker died, at most MAX_DELIVERIES times in all.

    What comes once more fails with WorkerLost instead of running; its `on_failure` tells whoever waits.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        request = self.request
        handed_out = not request.called_directly and not request.is_eager
        if handed_out and count_delivery(request.id) > MAX_DELIVERIES:
            log.error("%s %s lost its worker %s times and is given up", self.name, request.id, MAX_DELIVERIES)
            raise WorkerLost(
                _("The worker stopped %(times)s times while it did this. It was given up.")
                % {"times": MAX_DELIVERIES}
            )
        return super().__call__(*args, **kwargs)
