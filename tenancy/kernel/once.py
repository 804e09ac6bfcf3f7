"""A form sent twice is done once: its token is written in the same transaction as what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenancy.kernel import clock
from tenancy.kernel.models import SentForm
from tenancy.kernel.scope import current_user_id

FIELD = "once"
KEPT_FOR = timedelta(days=2)
_DONE = frozenset({HTTPStatus.FOUND, HTTPStatus.SEE_OTHER})


def token_of(request: HttpRequest) -> UUID | None:
    """The token that `{% csrf_token %}` put into the form; None for a form without one."""
    try:
        return UUID(request.POST.get(FIELD, "")) if request.method == "POST" else None
    except ValueError:
        return None


def once(request: HttpRequest, token: UUID, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `act` answers; the second time, the way to where the first one went. Needs the company open.

    A form is done when it is answered by a redirect. One that came back with its errors may be sent again.
    Two at the same moment: the second waits at the constraint for the first to commit.
    """
    now = clock.now()
    sent, first = SentForm.objects.get_or_create(
        token=token, defaults={"user_id": current_user_id() or 0, "sent_at": now}
    )
    if not first:
        messages.info(request, _("This form was sent twice. It was done once."))
        return redirect(sent.went_to or "/")
    answer = act()
    if answer.status_code in _DONE:
        sent.went_to = answer.headers.get("Location", "")[:300]
        sent.save(update_fields=["went_to"])
        SentForm.objects.filter(sent_at__lt=now - KEPT_FOR).delete()
    else:
        sent.delete()
    return answer
