"""One thing of each kind in a company, by the name that URLs give its number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.banking.models import (
    BankAccount,
    BankLine,
    ChannelException,
    ChannelFile,
    ChannelRow,
    DebitBatch,
    Invoice,
    InvoiceBatch,
    InvoiceSeller,
    Mandate,
    StatementFile,
)
from billing.banking.services.import_job import JOB_KIND as STATEMENT_JOB
from billing.charges.models import (
    Bill,
    Charge,
    Contract,
    DiscountOffer,
    ImportBatch,
    MeterReading,
    Run,
    Subscription,
    Vacancy,
    Waiver,
)
from billing.charges.rules.pools import Method
from billing.charges.services import NewPool, ask_pool, enter_pool
from billing.charges.services.issue_job import JOB_KIND as ISSUE_JOB
from billing.payments.models import (
    Allocation,
    CashHandover,
    CashSession,
    Clearance,
    Payment,
    Receipt,
    Refund,
    Transfer,
)
from owners.models import Building, Contact, LegacyIssue, Ownership
from tenancy.people.models import ApiToken, Approval, Job, Membership, SavedFilter, StoredFile
from tenancy.people.services import files
from tests.cast import Company
from tests.house.world_collection import application, collection
from tests.meters import pass_through_item, water_meter, water_tariff
from values.period import Period

JANUARY = DateRange(date(2026, 1, 1), date(2026, 2, 1))
NOON = datetime(2026, 2, 20, 4, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF\n"
NONE = {"count": 0, "rows": []}
FIGURES = {
    "moved": {
        "closed": {}, "levels": {}, "opened": 1, "standing": 1, "calls": 0, "visits": 0, "payments": 0, "collected_fen": 0,
    },
    "promises": {"made": 0, "people": [], "broken": []}, "stuck": [], "still": NONE, "floor": NONE, "late_first": NONE,
    "unsigned": {"count": 0, "days": []}, "best": {"keepers": [], "fastest": []},
}  # fmt: skip


def world(company: Company) -> dict[str, Any]:
    """Rows of 锦绣花园 3-1-1602: a bill that was paid in part, a case on the ladder, papers and requests."""
    with company.open("company_admin"):
        return {
            **_people(company),
            **_property(company),
            **_money(company),
            **_bank(company),
            **collection(company),
        }


def _people(company: Company) -> dict[str, Any]:
    admin = company.people["company_admin"]
    membership = Membership.objects.get(tenant=company.tenant, user=company.people["cashier"])
    token = ApiToken.objects.create(
        tenant=company.tenant, user=admin, name="key", prefix="abcdef", key_hash=f"{company.tenant.code}-key"
    )
    job = Job.objects.create(kind=ISSUE_JOB, title="出账", created_by=admin, total=3, done=1)
    statement_job = Job.objects.create(kind=STATEMENT_JOB, title="对账单", created_by=admin)
    file = files.store(PDF, name="收据.pdf", purpose="test", accept=(files.PDF,), community_id=None)
    approval = Approval.objects.create(
        kind="SECOND_DEMAND", subject="3-1-1602", role="project_manager", asked_at=NOON,
        asked_by=company.people["collector"], community_id=company.community.pk,
    )  # fmt: skip
    saved = SavedFilter.objects.create(user=admin, view="charges:bills", name="未缴", query="state=UNPAID")
    return {
        "saved_id": saved.pk, "membership_id": membership.pk, "token_id": token.pk, "job_id": job.pk,
        "statement_job_id": statement_job.pk, "file_id": file.pk,
        "approval_id": approval.pk,
    }  # fmt: skip


def _property(company: Company) -> dict[str, Any]:
    party = company.parties["张三"]
    unit = company.units["3-1-1602"]
    issue = LegacyIssue.objects.create(
        unit=unit, text="漏水", source="register", recorded_on=date(2026, 1, 1)
    )
    register = files.store(
        b"PK\x03\x04", name="register.xlsx", purpose="import", accept=(files.XLSX,), community_id=None
    )
    batch = ImportBatch.objects.create(
        community=company.community, kind="REGISTER", file=register, as_of=date(2026, 1, 1), checked_at=NOON,
        job=Job.objects.create(kind="register", title="导入"),
    )  # fmt: skip
    return {
        "issue_id": issue.pk,
        "batch_id": batch.pk,
        "community_id": company.community.pk,
        "building_id": Building.objects.get().pk,
        "unit_id": unit.pk,
        "party_id": party.pk,
        "contact_id": Contact.objects.filter(party=party).latest("pk").pk,
        "account_id": company.accounts["3-1-1602"].pk,
        "tariff_id": company.tariffs["property"].pk,
        "contract_id": Contract.objects.get().pk,
        **_measured(company),
        "agreement_id": _payer(company),
        "offer_id": _offer(company),
        "vacancy_id": _vacancy(company),
        "application_id": application(company),
        "subscription_id": Subscription.objects.filter(unit=unit).earliest("pk").pk,
    }


def _payer(company: Company) -> int:
    """An occupant who paid once."""
    held = DateRange(date(2022, 3, 1), date(2022, 4, 1))
    row = Ownership.objects.create(
        unit=company.units["3-1-1602"], party=company.parties["王五"], role="OCCUPANT", pays=True, basis="租赁合同", held=held
    )  # fmt: skip
    return int(row.pk)


def _vacancy(company: Company) -> int:
    proof = files.store(PDF, name="水表.pdf", purpose="vacancy", accept=(files.PDF,), community_id=None)
    vacancy = Vacancy.objects.create(
        community=company.community, account=company.accounts["3-1-1602"], accepted_on=date(2026, 1, 10),
        from_on=date(2026, 2, 1), ratio="0.7", min_months=6, reason="外地工作", evidence=proof,
        asked_on=date(2026, 1, 10),
    )  # fmt: skip
    return int(vacancy.pk)


def _offer(company: Company) -> int:
    offer = DiscountOffer.objects.create(
        community=company.community, fee_item=company.items["property"], year=2027, share="0.05",
        held=DateRange(date(2027, 1, 1), date(2027, 1, 16)), basis="通知", entered_on=date(2026, 11, 1),
    )  # fmt: skip
    return int(offer.pk)


def _measured(company: Company) -> dict[str, Any]:
    """A meter with its first reading, and a common cost that somebody agreed to."""
    tariff = water_tariff(company)
    meter_id = water_meter(company, tariff, on=date(2026, 1, 1))
    pool = NewPool(
        name="电梯用电", fee_item_id=pass_through_item(), period=Period.month(2026, 1), method=Method.AREA,
        document="电费单", amount_fen=10_000,
    )  # fmt: skip
    pool_id = enter_pool(community_id=company.community.pk, pool=pool)
    asked = ask_pool(pool_id=pool_id, by=company.staff("company_admin"), at=NOON)
    Approval.objects.filter(pk=asked).update(
        decision="APPROVED", decided_by=company.people["project_manager"], decided_at=NOON
    )
    return {
        "meter_id": meter_id,
        "reading_id": MeterReading.objects.get(meter_id=meter_id).pk,
        "pool_id": pool_id,
    }


def _money(company: Company) -> dict[str, Any]:
    unit, account = company.units["3-1-1602"], company.accounts["3-1-1602"]
    where = {"community": company.community, "account": account}
    run = Run.objects.create(community=company.community, period=JANUARY, issued_on=date(2026, 1, 5))
    bill = Bill.objects.create(
        **where, run=run, number="JX-B-2026-000001", period=JANUARY, amount_fen=21_002,
        issued_on=date(2026, 1, 5), due_on=date(2026, 1, 31),
    )  # fmt: skip
    charge = Charge.objects.create(
        **where, unit=unit, fee_item=company.items["property"], bill=bill, period=JANUARY, amount_fen=21_002,
        settled_fen=1_000, issued_on=date(2026, 1, 5), due_on=date(2026, 1, 31), late_fee_from=date(2026, 2, 1),
        late_fee_cap_fen=21_002,
    )  # fmt: skip
    payment = Payment.objects.create(
        **where, unit=unit, cash_point=company.cash_point, method="CASH", amount_fen=1_000,
        paid_on=date(2026, 2, 2), posted_on=date(2026, 2, 2), idempotency_key="k", created_at=NOON,
        taken_by=company.people["cashier"],
    )  # fmt: skip
    Allocation.objects.create(payment=payment, charge=charge, part="PRINCIPAL", amount_fen=1_000)
    receipt = Receipt.objects.create(
        cash_point=company.cash_point,
        payment=payment,
        number="JX-R01-2026-000001",
        issued_on=date(2026, 2, 2),
    )
    return {
        **_back(company, payment), **_till(company),
        "run_id": run.pk, "bill_id": bill.pk, "charge_id": charge.pk, "payment_id": payment.pk,
        "receipt_id": receipt.pk, "cash_point_id": company.cash_point.pk,
    }  # fmt: skip


def _back(company: Company, payment: Payment) -> dict[str, Any]:
    account = company.accounts["3-1-1602"]
    where = {"community": company.community, "account": account}
    asked = Approval.objects.create(
        kind="payment.refund", subject="3-1-1602", role="project_manager", asked_at=NOON,
        asked_by=company.people["cashier"], community_id=company.community.pk, decision="WITHDRAWN",
    )  # fmt: skip
    refund = Refund.objects.create(
        account=account, payment=payment, amount_fen=1, reason="多缴", approval=asked, asked_on=date(2026, 2, 3),
        asked_by=company.people["cashier"],
    )  # fmt: skip
    waiver = Waiver.objects.create(
        account=account, kind="LATE_FEE", amount_fen=1, reason="首次逾期", approval=asked, asked_on=date(2026, 2, 3),
        asked_by=company.people["collector"],
    )  # fmt: skip
    clearance = Clearance.objects.create(
        **where, number="CLEARANCE-JX-2026-000001", as_of=date(2026, 2, 2), created_at=NOON,
        facts={"unit": "3-1-1602", "party": "张三", "period": ""},
    )  # fmt: skip
    transfer = Transfer.objects.create(
        **where, unit=company.units["3-1-1602"], buyer=company.parties["李四"], number="TRANSFER-JX-2026-000001",
        on=date(2026, 2, 1), free_fen=0, created_at=NOON,
        facts={
            "issued_on": "2026-02-20", "unit": "3-1-1602", "area": "89.37", "seller": "张三", "buyer": "李四",
            "joint": [], "lines": [], "credit_fen": 0, "owed_fen": 0, "bill_number": "", "bill_fen": 0,
        },
    )  # fmt: skip
    return {
        "clearance_id": clearance.pk, "refund_id": refund.pk, "waiver_id": waiver.pk, "transfer_id": transfer.pk,
    }  # fmt: skip


def _till(company: Company) -> dict[str, Any]:
    cashier = company.people["cashier"]
    session = CashSession.objects.create(
        community=company.community, cash_point=company.cash_point, cashier=cashier, day=date(2026, 2, 20),
        opened_at=NOON, opening_fen=50_000,
    )  # fmt: skip
    handover = CashHandover.objects.create(
        community=company.community, session=session, day=session.day, purpose="FINANCE", amount_fen=10_000,
        offered_by=cashier, offered_at=NOON, to_user=company.people["finance"],
    )  # fmt: skip
    return {"session_id": session.pk, "handover_id": handover.pk}


def _bank(company: Company) -> dict[str, Any]:
    where = {"community": company.community}
    account = BankAccount.objects.create(
        **where,
        name="物业",
        bank="银行",
        number="6222",
        number_hash=company.tenant.code,
        tail="6222",
        profile_code="plain",
    )
    file = files.store(
        b"a,b", name="statement.csv", purpose="statement", accept=(files.CSV,), community_id=None
    )
    statement = StatementFile.objects.create(
        **where,
        bank_account=account,
        file=file,
        sha256="0" * 64,
        profile_code="plain",
        imported_at=NOON,
        lines=1,
    )
    line = BankLine.objects.create(
        **where,
        bank_account=account,
        file=statement,
        row=2,
        on=date(2026, 2, 20),
        amount_fen=1_000,
        serial="1",
    )
    return {
        "statement_id": statement.pk,
        "line_id": line.pk,
        **_channel(company, file),
        **_debit(company, file),
    }


def _channel(company: Company, file: StoredFile) -> dict[str, Any]:
    where = {"community": company.community}
    day = ChannelFile.objects.create(
        **where, channel="WECHAT", day=date(2026, 2, 20), file=file, rows=1, amount_fen=1_000, refund_fen=0, fee_fen=6,
        prepared_at=NOON,
    )  # fmt: skip
    row = ChannelRow.objects.create(
        file=day,
        row=2,
        kind="PAYMENT",
        on=day.day,
        order_no="A",
        amount_fen=1_000,
        fee_fen=6,
        outcome="CHANNEL_ONLY",
    )
    found = ChannelException.objects.create(**where, file=day, row=row, outcome="CHANNEL_ONLY", order_no="A")
    return {"channel_file_id": day.pk, "exception_id": found.pk}


def _debit(company: Company, file: StoredFile) -> dict[str, Any]:
    where = {"community": company.community}
    mandate = Mandate.objects.create(
        **where, account=company.accounts["3-1-1602"], agreement_no="AG", holder_name="张三", bank="银行", number="6222",
        tail="6222", limit_fen=1, from_on=date(2026, 1, 1), file=file, added_at=NOON,
    )  # fmt: skip
    batch = DebitBatch.objects.create(
        **where, number="DK", profile_code="debit-csv", debit_on=date(2026, 2, 20), items=0, amount_fen=0, file=file,
        made_at=NOON,
    )  # fmt: skip
    return {"mandate_id": mandate.pk, "debit_batch_id": batch.pk, **_invoice(company, file)}


def _invoice(company: Company, file: StoredFile) -> dict[str, Any]:
    where = {"community": company.community}
    seller = InvoiceSeller.objects.create(
        name="锦绣", tax_number="91330106MA2B1C2D3E", issuer="李", entered_at=NOON
    )
    invoice = Invoice.objects.create(
        **where, account=company.accounts["3-1-1602"], serial="FP", seller=seller, buyer_kind="PERSON", buyer_name="张三",
        gross_fen=106, net_fen=100, tax_fen=6, requested_on=date(2026, 2, 20), requested_at=NOON,
    )  # fmt: skip
    batch = InvoiceBatch.objects.create(**where, number="FPB", items=0, amount_fen=0, file=file, made_at=NOON)
    return {"invoice_id": invoice.pk, "invoice_batch_id": batch.pk}
