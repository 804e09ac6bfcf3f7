"""What was done for a case so far: calls, visits, promises, documents and how they arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from notices.documents.parts import Contacted, DemandSent
from notices.queries import DocumentFact, documents_of
from tenancy.kernel import sql

PACKAGE: Final = "arrears.cases"
TITLES: Final = {
    "DEMAND": "催款通知书",
    "SECOND_DEMAND": "二次催款通知书",
    "LAWYER_LETTER": "律师函",
    "PAYMENT_ORDER_APPLICATION": "支付令申请书",
}
METHODS: Final = {
    "HAND": "直接送达签收",
    "EMS": "EMS邮寄",
    "REGISTERED_MAIL": "挂号信",
    "MAILBOX": "投递信箱",
    "DOOR_POST": "门贴",
    "SMS": "短信",
    "WECHAT": "微信",
    "EMAIL": "电子邮件",
}
_SPOKEN: Final = {"CALL": "电话", "VISIT": "上门走访"}


class Effort(NamedTuple):
    """How much was tried: counts, and the last days of each."""

    calls: int
    last_call_on: date | None
    visits: int
    last_visit_on: date | None
    promises: int
    last_promised_on: date | None


def contacts(case_ids: Collection[int]) -> dict[int, tuple[Contacted, ...]]:
    """The days on which we spoke, in the words of a document, by case."""
    found: dict[int, list[Contacted]] = defaultdict(list)
    for case_id, on, how in sql.rows(PACKAGE, "contacts", {"case_ids": list(case_ids)}):
        found[case_id].append(Contacted(on=on, how=_SPOKEN[how]))
    return {case_id: tuple(rows) for case_id, rows in found.items()}


def demands_sent(
    account_ids: Collection[int], *, charge_ids: Collection[int] | None = None
) -> dict[int, tuple[DocumentFact, ...]]:
    """The delivered demands and letters of accounts, oldest first; only about some charges, if given."""
    wanted = None if charge_ids is None else set(charge_ids)
    found: dict[int, list[DocumentFact]] = defaultdict(list)
    for fact in documents_of(account_ids, kinds=TITLES):
        about = wanted is None or not wanted.isdisjoint(fact.charge_ids)
        if fact.gates_open_on is not None and about:
            found[fact.account_id].append(fact)
    return {account_id: tuple(rows) for account_id, rows in found.items()}


def as_sent(fact: DocumentFact) -> DemandSent:
    """A delivered document as a later one refers to it."""
    return DemandSent(
        title=TITLES[fact.kind],
        number=fact.number,
        issued_on=fact.issued_on,
        delivered_on=fact.gates_open_on,
        method=METHODS.get(fact.method, ""),
    )


def efforts(case_ids: Collection[int]) -> dict[int, Effort]:
    """What was tried, by case."""
    rows = sql.rows(PACKAGE, "efforts", {"case_ids": list(case_ids)})
    return {case_id: Effort(*tried) for case_id, *tried in rows}
