"""How often promises are kept: by those who give them and by those who take them down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.rules.standing import since
from tenancy.kernel import sql

PACKAGE: Final = "arrears.cases"


class KeptRate(NamedTuple):
    """Promises whose day is over, of the last 24 months."""

    kept: int = 0
    broken: int = 0

    @property
    def judged(self) -> int:
        """All of them."""
        return self.kept + self.broken

    @property
    def percent(self) -> int | None:
        """Kept of a hundred; None while none was judged."""
        return round(100 * self.kept / self.judged) if self.judged else None


def kept_by_party(party_ids: Collection[int], *, as_of: date) -> dict[int, KeptRate]:
    """Party id -> how he kept his word; those who promised nothing are left out."""
    return _rates(True, list(party_ids), as_of)


def kept_by_collector(*, as_of: date) -> dict[int, KeptRate]:
    """User id -> what became of the promises he took down."""
    return {who: rate for who, rate in _rates(False, None, as_of).items() if who is not None}


def _rates(by_party: bool, party_ids: list[int] | None, as_of: date) -> dict[int, KeptRate]:
    params = {"by_party": by_party, "party_ids": party_ids, "since": since(as_of), "as_of": as_of}
    return {who: KeptRate(kept, broken) for who, kept, broken in sql.rows(PACKAGE, "kept_promises", params)}
