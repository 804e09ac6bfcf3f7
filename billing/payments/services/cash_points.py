"""Open a desk that takes money."""

from __future__ import annotations

import re
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.payments.models import CashPoint
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Refused
from tenancy.people.services import audit

_CODE: Final = re.compile(r"[0-9A-Z]{1,10}")


class CodeTaken(Conflict):
    """The community has a desk with this code already."""

    code = "payments.cash_point_code_taken"


class BadCode(Refused):
    """The code stands in every receipt's number: digits and capital letters only."""

    code = "payments.cash_point_code_bad"


def open_cash_point(*, community_id: int, code: str, name: str) -> int:
    """A new desk; its code stands in its receipts' numbers. Its id; or NotFound, BadCode, CodeTaken."""
    community_card(community_id)
    if _CODE.fullmatch(code) is None:
        raise BadCode(_("A code has up to ten digits or capital letters."), field="code")
    try:
        with transaction.atomic():
            desk = CashPoint.objects.create(community_id=community_id, code=code, name=name)
    except IntegrityError as error:
        raise CodeTaken(_("This community has a cash point with this code already."), field="code") from error
    audit.record("cash_point.opened", kind="cash_point", pk=desk.pk, code=code)
    return int(desk.pk)
