"""Empty homes: the list, one of them, and which stand when bills are made."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import Adjustment, Charge, FeeItem, Vacancy
from tenancy.kernel.errors import NotFound
from values.daily_rate import percent

VACANCY = "vacancy"


class VacancyRow(NamedTuple):
    """One empty home; `off_fen`: what was let off so far and not taken back."""

    vacancy_id: int
    account_id: int
    unit_id: int
    unit_code: str
    party_name: str
    state: str
    accepted_on: date
    from_on: date
    last_on: date | None
    moved_in_on: date | None
    share: str
    min_months: int
    off_fen: int
    reason: str
    evidence_id: int
    approval_id: int | None
    asked_by: str
    asked_on: date

    @property
    def state_word(self) -> str:
        """The key of its state, among the words."""
        return f"vacancy.{self.state}"

    @property
    def tone(self) -> str:
        """How its state looks."""
        return {"ASKED": "warn", "GRANTED": "good", "FAILED": "late"}.get(self.state, "quiet")

    @property
    def is_open(self) -> bool:
        """Whether it stands without an end."""
        return self.state == Vacancy.State.GRANTED


class Standing(NamedTuple):
    """A vacancy that bills have to know; `until_on` None: nobody has moved in."""

    vacancy_id: int
    account_id: int
    ratio: Decimal
    from_on: date
    until_on: date | None


def vacancies() -> QuerySet[Vacancy]:
    """All, the newest first."""
    found = Vacancy.objects.select_related("account__unit", "account__party", "asked_by")
    return found.order_by("-pk")


def vacancy_rows(page: list[Vacancy]) -> list[VacancyRow]:
    """One page with what was let off on each."""
    off = dict.fromkeys([row.pk for row in page], 0)
    sums = Adjustment.objects.filter(vacancy_id__in=list(off)).values_list("vacancy_id", "amount_fen")
    for vacancy_id, fen in sums:
        off[vacancy_id] += fen
    return [_row(one, off[one.pk]) for one in page]


def vacancy_card(vacancy_id: int) -> VacancyRow:
    """One; NotFound where it is not (or not yours)."""
    found = vacancies().filter(pk=vacancy_id).first()
    if found is None:
        raise NotFound(_("There is no such application."))
    return vacancy_rows([found])[0]


def standing_in(community_id: int) -> dict[int, list[Standing]]:
    """Granted vacancies of a community by account: few, or none."""
    stands = [Vacancy.State.GRANTED, Vacancy.State.ENDED]
    found: dict[int, list[Standing]] = {}
    rows = Vacancy.objects.filter(community_id=community_id, state__in=stands).order_by("pk")
    for row in rows.values_list("pk", "account_id", "ratio", "from_on", "until_on"):
        found.setdefault(row[1], []).append(Standing(*row))
    return found


def reducible(account_id: int, *, from_on: date) -> QuerySet[Charge]:
    """The issued service fee of an account from a day on; what is passed through is not reduced."""
    return Charge.objects.filter(
        account_id=account_id,
        kind=Charge.Kind.PERIODIC,
        reversed_on=None,
        ends_on__gt=from_on,
        fee_item__revenue=FeeItem.Revenue.OWN_INCOME,
    ).order_by("period", "pk")


def _row(vacancy: Vacancy, off_fen: int) -> VacancyRow:
    return VacancyRow(
        vacancy_id=vacancy.pk,
        account_id=vacancy.account_id,
        unit_id=vacancy.account.unit_id,
        unit_code=vacancy.account.unit.code,
        party_name=vacancy.account.party.name,
        state=vacancy.state,
        accepted_on=vacancy.accepted_on,
        from_on=vacancy.from_on,
        last_on=vacancy.until_on - timedelta(1) if vacancy.until_on else None,
        moved_in_on=vacancy.moved_in_on,
        share=percent(vacancy.ratio),
        min_months=vacancy.min_months,
        off_fen=off_fen,
        reason=vacancy.reason,
        evidence_id=vacancy.evidence_id,
        approval_id=vacancy.approval_id,
        asked_by=vacancy.asked_by.name if vacancy.asked_by else "",
        asked_on=vacancy.asked_on,
    )
