"""A unit with a long life: ever more bills, payments, papers, calls, visits and requests about 3-1-1602."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.models import Call, Case, Ladder, Promise, Rung, Step, Task, Visit
from arrears.cases.rules.ladder import DEFAULT_LADDER
from arrears.legal.models import Filing, Result
from billing.charges.models import (
    Bill,
    Charge,
    Contract,
    FeeItem,
    ImportBatch,
    ImportLine,
    Movement,
    Run,
    Tariff,
    TariffVersion,
)  # fmt: skip
from billing.payments.models import Allocation, CashPoint, Payment, Receipt
from notices.models import Attempt, Delivery, Notice
from owners.models import Building, Community, LegacyIssue
from reports.models import Target
from tenancy.people.models import ApiToken, Approval, Job, JobRun, SavedFilter
from tests.cast import Company, _phone
from tests.notices_data import DEMAND
from values.period import Period

FEN, PART = 21_002, 100
NOON = datetime(2026, 2, 20, 4, 0, tzinfo=UTC)


def long_life(company: Company, things: dict[str, Any], years: range) -> None:
    """One of everything in January of each of the `years`; `things` are those of tests.house.world."""
    with company.open("company_admin"):
        charges = [_bill(company, things, date(year, 1, 1)) for year in years]
        things["payment_id"] = _payment(company, charges, "all").pk
        for charge in charges:
            start = charge.issued_on
            _payment(company, [charge], "one")
            notice = _papers(company, things, charge, start)
            _steps(company, things, notice, start)
            _talks(company, things, start)
            _office(company, things, start)


def _bill(company: Company, things: dict[str, Any], start: date) -> Charge:
    """A bill of its own, and a charge of another fee on the bill that is looked at."""
    account = company.accounts["3-1-1602"]
    where = {"community": company.community, "account": account}
    month = Period.month(start.year, start.month)
    period, due_on = DateRange(month.start, month.end), month.last_day
    run = Run.objects.create(community=company.community, period=period, issued_on=start)
    bill = Bill.objects.create(
        **where, run=run, number=f"LL-{start.year}", period=period, amount_fen=FEN, issued_on=start,
        due_on=due_on,
    )  # fmt: skip
    owed = {
        **where, "unit": account.unit, "period": period, "amount_fen": FEN, "settled_fen": 0,
        "issued_on": start, "due_on": due_on, "late_fee_from": due_on + timedelta(1), "late_fee_cap_fen": FEN,
    }  # fmt: skip
    paid = owed | {"settled_fen": 2 * PART}  # by two payments
    charge = Charge.objects.create(**paid, fee_item=company.items["property"], bill=bill)
    Charge.objects.create(**owed, fee_item=company.items["parking"], bill_id=things["bill_id"])
    Movement.objects.create(charge_id=things["charge_id"], on=due_on, principal_fen=1)
    return charge


def _payment(company: Company, charges: list[Charge], name: str) -> Payment:
    """A payment of a part of each charge; its receipt was made anew as often as there are charges."""
    first = charges[0]
    payment = Payment.objects.create(
        community=company.community, account=first.account, unit=first.unit, cash_point=company.cash_point,
        method="CASH", amount_fen=PART * len(charges), paid_on=first.due_on, posted_on=first.due_on,
        idempotency_key=f"{name}-{first.pk}", created_at=NOON, taken_by=company.people["cashier"],
    )  # fmt: skip
    for charge in charges:
        Allocation.objects.create(payment=payment, charge=charge, part="PRINCIPAL", amount_fen=PART)
        Receipt.objects.create(
            cash_point=company.cash_point, payment=payment, number=f"LL-R-{payment.pk}-{charge.pk}", issued_on=charge.due_on,
            voided_on=charge.due_on, void_reason="重开", voided_by=company.people["project_manager"],
        )  # fmt: skip
    return payment


def _papers(company: Company, things: dict[str, Any], charge: Charge, start: date) -> Notice:
    """A demand that was delivered, and one more try to deliver the demand that is looked at."""
    notice = Notice.objects.create(
        community=company.community, unit=charge.unit, party=company.parties["张三"], account_id=charge.account_id,
        kind="DEMAND", channel="PAPER", unique_key=f"ll-{start.year}", number=f"LL-D-{start.year}",
        issued_on=start, data=DEMAND.as_json(), charge_ids=[charge.pk],
    )  # fmt: skip
    for notice_id in (notice.pk, things["notice_id"]):
        Delivery.objects.create(
            notice_id=notice_id, method="HAND", result="REFUSED", on=start, delivered=False, opens_gates=False,
            interrupts=False, recorded_by=company.people["collector"],
        )  # fmt: skip
        Attempt.objects.create(notice_id=notice_id, at=NOON, outcome="SENT")
    return notice


def _steps(company: Company, things: dict[str, Any], notice: Notice, start: date) -> None:
    """What the ladder did in the case that is looked at, what is asked for, and what the court was told."""
    case = Case.objects.get(pk=things["case_id"])
    by = company.people["collector"]
    approval = Approval.objects.create(
        kind="ladder.SECOND_DEMAND", subject="3-1-1602", role="project_manager", asked_at=NOON, asked_by=by,
        community_id=company.community.pk, facts={"unit": "3-1-1602"},
    )  # fmt: skip
    step = Step.objects.create(
        case=case, account=case.account, level=3, code="DEMAND", event="SENT", on=start, because="due",
        notice=notice, approval=approval, by=by,
    )  # fmt: skip
    Task.objects.create(
        community=company.community, account=case.account, case=case, step=step, kind="REVIEW", due_on=start, because="due",
        done_at=NOON, done_by=by,
    )  # fmt: skip
    filing = Filing.objects.create(
        case=case, step=step, kind="PAYMENT_ORDER", court="杭州市西湖区人民法院", filed_on=start, claim_fen=FEN,
        fee_fen=1_667, by=by,
    )  # fmt: skip
    Result.objects.create(
        filing=filing, case=case, kind="CONVERTED", court="杭州市西湖区人民法院", served_on=start
    )


def _talks(company: Company, things: dict[str, Any], start: date) -> None:
    """A call, a visit, a promise; one more number and one more old issue."""
    case = Case.objects.get(pk=things["case_id"])
    about = {"case": case, "account": case.account}
    by = company.people["collector"]
    Call.objects.create(
        **about, contact_id=things["contact_id"], at=NOON - timedelta(days=start.year - 1990), by=by,
        outcome="CONNECTED_UNDECIDED", overdue_fen=FEN,
    )  # fmt: skip
    Visit.objects.create(**about, on=start, result="NOBODY_HOME", by=by)
    Promise.objects.create(**about, made_on=start, promised_on=start + timedelta(5), amount_fen=FEN, by=by)
    _phone(company.parties["张三"], "MOBILE", f"1380013{start.year}", start.year)
    LegacyIssue.objects.create(
        unit=case.unit, text=f"漏水 {start.year}", source="register", recorded_on=start
    )


def _office(company: Company, things: dict[str, Any], start: date) -> None:
    """What stands on the pages of the office: desks, keys, jobs, imports, nights, prices, ladders, filters."""
    year, admin = start.year, company.people["company_admin"]
    CashPoint.objects.create(community=company.community, code=str(year), name=f"前台{year}")
    ApiToken.objects.create(
        tenant=company.tenant, user=admin, name=str(year), prefix="abcdef", key_hash=f"ll-{year}"
    )
    job = Job.objects.create(kind="register", title=f"导入 {year}", created_by=admin)
    batch = ImportBatch.objects.get(pk=things["batch_id"])
    ImportBatch.objects.create(
        community=company.community, kind="REGISTER", file=batch.file, job=job, as_of=start, created_by=admin
    )
    ImportLine.objects.create(batch=batch, weight="ERROR", code="area_zero", row=year, unit="3-1-1602")
    JobRun.objects.create(tenant=company.tenant, job="ladder", day=start, state="DONE", started_at=NOON)
    TariffVersion.objects.create(tariff_id=things["tariff_id"], from_on=start, rate_micro=year * 1_000)
    SavedFilter.objects.create(user=admin, view="owners:units", name=str(year), query="q=1")
    item = FeeItem.objects.create(code=f"ll{year}", name=f"费用{year}")
    place = Community.objects.create(code=f"L{year}", name=f"小区{year}")
    Building.objects.create(community=company.community, name=f"L{year}", sort_key=str(year))
    Tariff.objects.create(community=place, fee_item=item, name=f"标准{year}", basis="AREA")
    Contract.objects.create(community=place, name=f"合同{year}", held=DateRange(start, None))
    Target.objects.create(community=place, year=2026, amount_fen=FEN, from_on=start)
    ladder = Ladder.objects.create(version=year - 1980, name=f"阶梯{year}", active_from=start)
    Rung.objects.bulk_create(
        Rung(ladder=ladder, level=rung.level, code=rung.code.value, min_days=rung.min_days)
        for rung in DEFAULT_LADDER
    )
