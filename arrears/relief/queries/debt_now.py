"""What an application asked for beside what is owed today: what was granted is what is signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries import disputed_fen, is_closed_since, undisputed
from arrears.cases.queries.calling import active_holds
from arrears.relief.models import Application, ApplicationCharge
from arrears.relief.rules.applications import Stood, is_same_debt
from billing.charges.queries import OpenCharge, open_charges, paid_of

_DISPUTE: Final = "DISPUTE"


class DebtNow(NamedTuple):
    """Principal and late fee as asked for and as owed undisputed now; whether it is still the same debt.

    `charges`: what of the application's charges is owed and undisputed. `is_closed`: the case of this debt
    is closed; there is nothing more to agree on.
    """

    asked_fen: int
    charges: Sequence[OpenCharge]
    is_same: bool
    is_closed: bool

    @property
    def now_fen(self) -> int:
        """What is owed and undisputed."""
        return sum(one.owed_fen for one in self.charges)


def undisputed_charges(account_id: int, *, as_of: date) -> list[OpenCharge]:
    """What an account owes on a day without what is disputed; nothing where all of it is."""
    if any(hold.kind == _DISPUTE and not hold.only_listed for hold in active_holds(account_id, as_of=as_of)):
        return []
    found = open_charges(account_ids=[account_id], as_of=as_of)
    return undisputed(found, disputed_fen([account_id], as_of=as_of))


def debt_now(application: Application, *, as_of: date) -> DebtNow:
    """The debt of an application as it stands on a day."""
    rows = ApplicationCharge.objects.filter(application=application)
    fields = rows.values_list("charge_id", "principal_fen", "paid_fen")
    asked = {charge_id: Stood(fen, paid_fen) for charge_id, fen, paid_fen in fields}
    found = undisputed_charges(application.account_id, as_of=as_of)
    charges = [charge for charge in found if charge.charge_id in asked]
    now = {charge.charge_id: charge.unpaid_fen for charge in charges}
    return DebtNow(
        asked_fen=application.principal_fen + application.late_fee_fen,
        charges=charges,
        is_same=is_same_debt(asked, now, paid_of(asked)),
        is_closed=is_closed_since(application.account_id, application.asked_on),
    )
