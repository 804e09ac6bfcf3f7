"""What an empty home is let off a charge: read off the charge's own calculation, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, WaiverLine
from billing.charges.queries.vacancies import Standing
from billing.charges.rules.vacancy import MonthLine, off_fen
from billing.charges.services.adjust import LetOff
from values.daily_rate import percent
from values.period import Period


def off_of(snapshot: Mapping[str, Any], standing: Iterable[Standing]) -> int:
    """The sum of a charge's reduced months; only what goes by area is the service fee."""
    lines = [
        MonthLine(Period.parse(line["period"]), line["amount_fen"])
        for line in snapshot.get("lines", ())
        if line.get("basis") == "AREA"
    ]
    return sum(
        off_fen(lines, ratio=one.ratio, from_on=one.from_on, until_on=one.until_on) for one in standing
    )


def let_off(charge_id: int, fen: int, standing: Standing) -> LetOff:
    """The adjustment of a charge."""
    return LetOff(
        charge_id,
        Adjustment.Kind.DISCOUNT,
        WaiverLine.Part.PRINCIPAL,
        fen,
        reason_of(standing),
        vacancy_id=standing.vacancy_id,
    )


def reason_of(standing: Standing) -> str:
    """In words, for the charge and the owner's bill."""
    said = {"day": standing.from_on.isoformat(), "share": percent(standing.ratio)}
    return _("Empty since %(day)s: %(share)s of the fee") % said
