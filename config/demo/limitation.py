"""The demo's old debts: some expire within weeks, some have; letters, a proof by hand, a lawyer's word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from arrears.cases import services as desk
from arrears.cases.queries import CaseFilter, CaseLine, case_lines, expired_charges, find_cases
from arrears.cases.rules.clock_proofs import Claimed, Proof
from arrears.cases.services.limitation import TOLD
from billing.charges.queries import charge_names, fee_items
from billing.charges.services import OpeningDebt, opening_charges
from config.demo.company import Place
from config.demo.picture import photo_of_a_door
from notices.services import Photo, record_delivery
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import default_membership_id, staff_member
from values.period import Period, add_months, month_end

# How many days before the end of their clocks the debts stand; negative ones have expired.
_LEFT: Final = (22, 74, 80, 140, 155, 168, -40, -75)
_SENT, _ANSWERED, _GONE = 1, 3, -1
_FEN: Final = 25_000
_YEARS: Final = 36  # months
_TAKEN_OVER: Final = 200  # days ago the old program's debts came into this one


def old_debts(place: Place, *, as_of: date) -> int:
    """From before this program: a month each of a few who owe anyway; how many there are."""
    with acting_for(place.tenant_id):
        cases = _cases(as_of)
        for case, left in zip(cases, _LEFT, strict=False):
            _owes(case, left, as_of)
        for day in _told_on(as_of):
            desk.watch_clocks(as_of=day)
    if len(cases) == len(_LEFT):
        _letter(place, cases[_SENT], as_of)
        _answer(place, cases[_ANSWERED], as_of)
        _decision(place, cases[_GONE], as_of)
    return len(cases)


def _told_on(as_of: date) -> list[date]:
    """The nights in which a clock of theirs came to a day of which somebody is told, and tonight."""
    days = {as_of - timedelta(days=told - left) for left in _LEFT for told in TOLD if told >= left}
    return sorted({day for day in days if day > as_of - timedelta(days=_TAKEN_OVER)} | {as_of})


def _cases(as_of: date) -> list[CaseLine]:
    """Those who were only called so far: an old debt does not turn a story of the court upside down."""
    found = find_cases(CaseFilter(rung="CALL"), as_of=as_of)
    return case_lines(found[: len(_LEFT)], as_of=as_of)


def _owes(case: CaseLine, left: int, as_of: date) -> None:
    month = add_months(as_of + timedelta(days=left), -_YEARS).replace(day=1)
    item = next(one.fee_item_id for one in fee_items() if one.code == "property")
    debt = OpeningDebt(
        case.unit_id, case.party_id, item, Period(month, month_end(month) + timedelta(1)), _FEN, "旧系统欠费"
    )
    taken_on = as_of - timedelta(days=_TAKEN_OVER)
    opening_charges(community_id=case.community_id, debts=[debt], as_of=taken_on)


def _letter(place: Place, case: CaseLine, as_of: date) -> None:
    """A demand goes out by EMS and is signed for."""
    with acting_for(place.tenant_id, user_id=place.user_ids["fawu"]):
        notice_id = desk.demand_by_ems(case_id=case.case_id, as_of=as_of)
        record_delivery(
            notice_id=notice_id,
            method="EMS",
            result="SIGNED",
            on=as_of,
            as_of=as_of,
            receiver="ADULT_CORESIDENT",
            receiver_name="王芳",
            relation="配偶",
            waybill="1098765432101",
            photo=Photo("ems.png", photo_of_a_door()),
        )


def _answer(place: Place, case: CaseLine, as_of: date) -> None:
    """The owner answered at the WeChat address that the contract names."""
    ids = [one.charge_id for one in charge_names(account_ids=[case.account_id])]
    said = "微信约定送达地址，对方回复“收到，月底前交”，截图存档"
    claimed = Claimed(Proof.MESSAGE_AGREED, True, said, at_agreed_address=True, arrived=True)
    with acting_for(place.tenant_id, user_id=place.user_ids["jingli"]):
        desk.record_proof(
            account_id=case.account_id, charge_ids=ids, on=as_of - timedelta(3), claimed=claimed,
            content=photo_of_a_door(), file_name="微信.png", as_of=as_of,
        )  # fmt: skip


def _decision(place: Place, case: CaseLine, as_of: date) -> None:
    gone = expired_charges([case.account_id], as_of=as_of).get(case.account_id, ())
    by = _member(place.user_ids["fawu"])
    with acting_for(place.tenant_id, user_id=by.user_id):
        if gone:
            desk.record_lawyer_decision(
                charge_ids=gone, decision="LEAVE", reason="时效已过，仅友好提醒", by=by, as_of=as_of
            )


def _member(user_id: int) -> StaffMember:
    found = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
    if found is None:
        raise LookupError(user_id)
    return found
