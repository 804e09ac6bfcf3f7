"""Open a desk that takes money."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.payments.models import CashPoint
from tenancy.kernel.errors import Conflict
from tenancy.people.services import audit


class CodeTaken(Conflict):
    """The community has a desk with this code already."""

    code = "payments.cash_point_code_taken"


def open_cash_point(*, community_id: int, code: str, name: str) -> int:
    """A new desk; its code becomes part of its receipts' numbers. Returns its id."""
    try:
        with transaction.atomic():
            desk = CashPoint.objects.create(community_id=community_id, code=code, name=name)
    except IntegrityError as error:
        raise CodeTaken(_("This community has a cash point with this code already."), field="code") from error
    audit.record("cash_point.opened", kind="cash_point", pk=desk.pk, code=code)
    return int(desk.pk)
