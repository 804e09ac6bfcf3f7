"""Law firms for tests, with an agreement on the processing of personal data, or without."""

from __future__ import annotations

from datetime import date

from arrears.legal.models import LawFirm
from arrears.legal.services import FirmFields, add_agreement, save_firm
from notices.services import Photo
from tests.cast import Company

PAPER = Photo("委托处理协议.pdf", b"%PDF-1.7 agreement")


def firm(
    company: Company,
    name: str = "正和律师事务所",
    *,
    agreed: tuple[date, date] | None = (date(2026, 1, 1), date(2026, 12, 31)),
    lawyer: str = "钱律师",
) -> LawFirm:
    """A firm that works for the company; `agreed`: the days of its agreement."""
    with company.open("legal"):
        firm_id = save_firm(fields=FirmFields(name=name, lawyer=lawyer, licence="13301201010000000"))
        if agreed is not None:
            agree(firm_id, *agreed)
        return LawFirm.objects.get(pk=firm_id)


def firm_for_letters(company: Company) -> None:
    """Whoever approves a lawyer letter has a firm to write it."""
    if not LawFirm.objects.exists():
        firm(company)


def agree(firm_id: int, from_on: date, until: date) -> int:
    """An agreement with a firm."""
    return add_agreement(
        firm_id=firm_id,
        purpose="代理诉讼",
        scope="姓名、房号、欠费明细",
        from_on=from_on,
        until=until,
        file=PAPER,
    )
