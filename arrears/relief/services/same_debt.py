"""What was asked for is what is granted and signed: a debt that changed meanwhile is asked for anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from arrears.relief.models import Application
from arrears.relief.queries.debt_now import debt_now
from billing.charges.queries import OpenCharge
from tenancy.kernel.errors import Conflict
from values.fen import yuan


class DebtChanged(Conflict):
    """The debt of a plan is no longer what was asked for: let off, disputed, reversed, or its case closed."""

    code = "relief.debt_changed"


def require_same_debt(application: Application, *, as_of: date) -> Sequence[OpenCharge]:
    """What a plan is about as it is owed and undisputed on a day. Raises DebtChanged."""
    debt = debt_now(application, as_of=as_of)
    if debt.is_same and not debt.is_closed:
        return debt.charges
    said = _(
        "Asked for: ¥%(asked)s; owed and undisputed now: ¥%(now)s. This is no longer the debt that was asked "
        "for: this application ends, and the owner asks anew."
    )
    raise DebtChanged(
        said % {"asked": yuan(debt.asked_fen), "now": yuan(debt.now_fen)},
        asked_fen=debt.asked_fen,
        now_fen=debt.now_fen,
    )
