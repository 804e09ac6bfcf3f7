"""Who an account is, which of its charges are late, and what the rung before proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from arrears.cases.queries.disputed import disputed_fen, undisputed
from arrears.cases.rules.coverage import LateCharge
from billing.charges.queries import OpenCharge, open_charges
from billing.charges.rules.late_fee import Running, Terms, cap_as_issued, outstanding_fen
from tenancy.kernel import sql
from tenancy.kernel.crypto import decrypt

PACKAGE: Final = "arrears.cases"


class Subject(NamedTuple):
    """An account in words. `id_number` is sealed: `last_four_of_id` opens what a letter may show."""

    account_id: int
    community_id: int
    community_code: str
    community_name: str
    community_address: str
    unit_id: int
    unit_code: str
    area_cm2: int
    handover_on: date | None
    party_id: int
    party_name: str
    party_kind: str
    domicile: str
    id_number: bytes
    no_calls: bool
    legacy_issues: list[str]
    handover: str

    @property
    def address(self) -> str:
        """Where the unit is, in full."""
        return f"{self.community_address}{self.community_name}{self.unit_code}"

    @property
    def last_four_of_id(self) -> str:
        """Never more of an identity number than this on a letter."""
        return decrypt(self.id_number)[-4:]


def subjects(account_ids: Collection[int]) -> dict[int, Subject]:
    """Accounts by id, in the order of their units."""
    rows = sql.rows(PACKAGE, "subjects", {"account_ids": list(account_ids)})
    return {row[0]: Subject._make(row) for row in rows}


def late_charges(account_ids: Sequence[int], *, as_of: date) -> dict[int, list[OpenCharge]]:
    """Charges with unpaid principal past due, by account, oldest due first, less what of them is disputed."""
    disputed, found = disputed_fen(account_ids, as_of=as_of), all_late(account_ids, as_of=as_of)
    left = {account_id: undisputed(charges, disputed) for account_id, charges in found.items()}
    return defaultdict(list, {account_id: charges for account_id, charges in left.items() if charges})


def all_late(account_ids: Sequence[int], *, as_of: date) -> dict[int, list[OpenCharge]]:
    """Charges with unpaid principal past due, disputed or not."""
    found: dict[int, list[OpenCharge]] = defaultdict(list)
    for charge in open_charges(account_ids=account_ids, as_of=as_of):
        if charge.due_on < as_of and charge.unpaid_fen > 0:
            found[charge.account_id].append(charge)
    return found


def lean_charges(account_ids: Collection[int], *, as_of: date) -> dict[int, list[LateCharge]]:
    """What late_charges finds, with the amounts only, for many accounts at once."""
    found: dict[int, list[LateCharge]] = defaultdict(list)
    disputed = disputed_fen(account_ids, as_of=as_of)
    for row in sql.rows(PACKAGE, "late_charges", {"account_ids": list(account_ids), "as_of": as_of}):
        found[row[0]] += undisputed([_lean(row, as_of)], disputed)
    return found


def bills_delivered(account_ids: Collection[int]) -> dict[int, date]:
    """Charge id -> the day its bill arrived."""
    return dict(sql.rows(PACKAGE, "bills_delivered", {"account_ids": list(account_ids)}))


def proved_charges(wanted: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """(case id, level) -> the charges that the newest taken step of that level listed, by case."""
    pairs = list(wanted)
    params = {"case_ids": [case_id for case_id, _level in pairs], "levels": [level for _case, level in pairs]}
    return {case_id: frozenset(ids) for case_id, ids in sql.rows(PACKAGE, "proved_charges", params)}


def _lean(row: tuple[Any, ...], as_of: date) -> LateCharge:
    (
        _account_id, charge_id, kind, due_on, unpaid_fen, amount_fen, rate_e8, from_on, settled_e8, cap_fen,
        paid_fen, cap_ratio, grace_days,
    ) = row  # fmt: skip
    if rate_e8 == 0 and settled_e8 == 0:
        return LateCharge(charge_id, kind, due_on, unpaid_fen, 0)
    cap_e4 = cap_as_issued(cap_ratio, cap_fen, amount_fen)
    terms = Terms(due_on, rate_e8, amount_fen, grace_days, cap_e4)
    running = Running(settled_e8, from_on, unpaid_fen)
    owed_fen = outstanding_fen(terms, running, as_of=as_of, paid_fen=paid_fen)
    return LateCharge(charge_id, kind, due_on, unpaid_fen, owed_fen)
