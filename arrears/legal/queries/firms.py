"""Law firms with their agreements, and who holds copies of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from arrears.legal.models import Bundle, LawFirm, ProcessingAgreement
from arrears.legal.rules.firms import agreement_in_force, over_on
from tenancy.kernel.errors import NotFound


class FirmRow(NamedTuple):
    """A law firm; `agreed_until`: how long it may be given data, None where it may not on the day asked."""

    firm_id: int
    name: str
    lawyer: str
    licence: str
    phone: str
    address: str
    is_active: bool
    agreed_until: date | None

    @property
    def agreed(self) -> bool:
        """Whether it may be given data."""
        return self.agreed_until is not None

    @property
    def word(self) -> str:
        """The key of its standing among the words."""
        return "firm.AGREED" if self.agreed else "firm.NOT_AGREED"

    @property
    def tone(self) -> str:
        """How its badge looks."""
        return "good" if self.agreed else "late"


class AgreementRow(NamedTuple):
    """An agreement on the processing of personal data, signed with a firm."""

    agreement_id: int
    firm_id: int
    firm: str
    purpose: str
    scope: str
    from_on: date
    until: date
    file_id: int
    ended_on: date | None
    by: str | None

    def in_force(self, day: date) -> bool:
        """Whether data may be given to the firm on a day."""
        return agreement_in_force(self.from_on, self.until, self.ended_on, on=day)


class Copies(NamedTuple):
    """What of a case lies with law firms: the newest copy, and firms whose agreement is over."""

    newest_firm: str = ""
    newest_on: date | None = None
    uncovered: tuple[str, ...] = ()
    over_on: date | None = None


def law_firms() -> QuerySet[LawFirm, Any]:
    """All firms, those that work for the company first."""
    return LawFirm.objects.order_by("-is_active", "name", "lawyer")


def firm_rows(page: Sequence[LawFirm], *, as_of: date) -> list[FirmRow]:
    """One page of them."""
    agreed = {name: row.until for name, row in ProcessingAgreement.standing(as_of).items()} if page else {}
    return [
        FirmRow(
            row.pk,
            row.name,
            row.lawyer,
            row.licence,
            row.phone,
            row.address,
            row.is_active,
            agreed.get(row.name),
        )
        for row in page
    ]


def law_firm(firm_id: int, *, as_of: date) -> FirmRow:
    """One firm; NotFound."""
    found = LawFirm.objects.filter(pk=firm_id).first()
    if found is None:
        raise NotFound(_("There is no such law firm."))
    return firm_rows([found], as_of=as_of)[0]


def agreements_of(firm_id: int) -> list[AgreementRow]:
    """The agreements with a firm, whichever of its lawyers signed, the newest first; NotFound."""
    name = LawFirm.objects.filter(pk=firm_id).values_list("name", flat=True).first()
    if name is None:
        raise NotFound(_("There is no such law firm."))
    fields = (
        "pk", "firm_id", "firm__name", "purpose", "scope", "from_on", "until", "file_id", "ended_on",
        "by__name",
    )  # fmt: skip
    rows = ProcessingAgreement.objects.filter(firm__name=name).order_by("-from_on", "-pk")
    return [AgreementRow._make(row) for row in rows.values_list(*fields)]


def may_be_given(*, as_of: date) -> tuple[str, date | None]:
    """A firm that works for the company under an agreement in force, and until when; ("", None) without."""
    agreed = ProcessingAgreement.standing(as_of)
    working = set(LawFirm.objects.filter(is_active=True).values_list("name", flat=True))
    found = max((row for name, row in agreed.items() if name in working), key=_until, default=None)
    return ("", None) if found is None else (found.firm.name, found.until)


def copies_of(case_id: int, *, as_of: date) -> Copies:
    """Which firms were given copies of a case, and whether an agreement still binds each."""
    fields = ("firm__name", "as_of", "agreement__until", "agreement__ended_on")
    rows = list(
        Bundle.objects.filter(case_id=case_id, audience="LAW_FIRM", as_of__lte=as_of)
        .order_by("-pk")
        .values_list(*fields)
    )
    if not rows:
        return Copies()
    agreed = ProcessingAgreement.standing(as_of)
    left = [(name, over_on(until, ended_on)) for name, _on, until, ended_on in rows if name not in agreed]
    return Copies(
        newest_firm=rows[0][0],
        newest_on=rows[0][1],
        uncovered=tuple(dict.fromkeys(name for name, _day in left)),
        over_on=max((day for _name, day in left), default=None),
    )


def _until(row: ProcessingAgreement) -> date:
    return row.until
