"""二次催款通知书, SECOND_DEMAND (domain 4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.demand import DemandData
from notices.documents.parts import DemandSent


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondDemandData(DemandData):
    """As DemandData, with the first demand and the project manager who signed."""

    first: DemandSent
    manager: str = ""
    signed_on: date | None = None
