"""What collection has: a case with its papers and people, rounds, sheets, reviews, notices that hang."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.models import Case, Hold, Ladder, Promise, QuietDay, Relaxation, Rung, Step, Task, Visit
from arrears.cases.rules.ladder import DEFAULT_LADDER
from arrears.cases.services.foresight_job import JOB_KIND as FORESIGHT_JOB
from arrears.legal.models import (
    Bundle,
    Draft,
    DraftVersion,
    Filing,
    LawFirm,
    ProcessingAgreement,
    PublicNotice,
    Result,
)
from arrears.relief.models import Application, Ticket
from arrears.team.models import Correction, Leave, Resolution, Round, Stop, WeekPack
from notices.models import Notice, Template
from tenancy.people.models import Job
from tenancy.people.services import files
from tests.cast import Company
from tests.notices_data import DEMAND

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


def application(company: Company) -> int:
    application = Application.objects.create(
        community=company.community, account=company.accounts["3-1-1602"], kind="DEFERRAL", reason_code="HARDSHIP",
        statement="住院治疗", asked_on=date(2026, 2, 10), principal_fen=20_002, late_fee_fen=60,
        from_on=date(2026, 2, 10), to_on=date(2026, 5, 31),
    )  # fmt: skip
    return int(application.pk)


def collection(company: Company) -> dict[str, Any]:
    unit, account = company.units["3-1-1602"], company.accounts["3-1-1602"]
    where = {"community": company.community, "account": account}
    ladder = Ladder.objects.create(version=1, name="阶梯", active_from=date(2026, 1, 1))
    Rung.objects.bulk_create(
        Rung(ladder=ladder, level=rung.level, code=rung.code.value, min_days=rung.min_days)
        for rung in DEFAULT_LADDER
    )
    case = Case.objects.create(**where, unit=unit, opened_on=date(2026, 2, 1))
    step = Step.objects.create(
        case=case, account=account, level=1, code="REMINDER", event="DUE", on=date(2026, 2, 1), because="due"
    )
    task = Task.objects.create(
        **where, case=case, step=step, kind="CALL", due_on=date(2026, 2, 3), because="due"
    )
    Promise.objects.create(
        case=case, account=account, made_on=date(2026, 2, 3), promised_on=date(2026, 2, 20), amount_fen=20_002
    )
    hold = Hold.objects.create(
        account=account, kind="DISPUTE", from_on=date(2026, 2, 5), reason="漏水", only_listed=True
    )
    ticket = Ticket.objects.create(
        **where, unit=unit, hold=hold, department="ENGINEERING", subject="漏水", description="屋顶漏水",
        opened_on=date(2026, 2, 5), deadline_on=date(2026, 2, 26),
    )  # fmt: skip
    notice = Notice.objects.create(
        community=company.community, unit=unit, party=company.parties["张三"], account_id=account.pk,
        kind="DEMAND", channel="PAPER", unique_key="demand-1", number="JX-D-2026-000001", issued_on=date(2026, 2, 16),
        data=DEMAND.as_json(),
    )  # fmt: skip
    filing = Filing.objects.create(
        case=case, step=step, kind="PAYMENT_ORDER", court="杭州市西湖区人民法院", filed_on=date(2026, 2, 18),
        claim_fen=20_002, fee_fen=1_667,
    )  # fmt: skip
    Result.objects.create(
        filing=filing, case=case, kind="CONVERTED", court="杭州市西湖区人民法院", served_on=date(2026, 2, 19)
    )
    draft = Draft.objects.create(case=case, kind="EVIDENCE_LIST", opened_on=date(2026, 2, 19))
    DraftVersion.objects.create(draft=draft, number=1)
    template = Template.objects.create(kind="REMINDER", channel="SMS", body="{name}", version=1)
    return {
        **_team(company),
        **_policies(company, case),
        "ladder_id": ladder.pk, "case_id": case.pk, "step_id": step.pk, "task_id": task.pk, "hold_id": hold.pk,
        "notice_id": notice.pk, "template_id": template.pk, "filing_id": filing.pk, "bundle_id": _bundle(company, case),
        **_walked(company, case),
        "draft_id": draft.pk,
        "ticket_id": ticket.pk,
        **_posted(company),
    }  # fmt: skip


def _bundle(company: Company, case: Case) -> int:
    """The evidence of the case, bound for a court."""
    pdf = files.store(PDF, name="证据.pdf", purpose="evidence_bundle", accept=(files.PDF,), community_id=None)
    bundle = Bundle.objects.create(
        community=company.community, case=case, audience="COURT", purpose="起诉", as_of=date(2026, 2, 18),
        expires_on=date(2099, 12, 31), asked_by=company.people["legal"], asked_at=NOON, made_at=NOON, pdf=pdf, archive=pdf,
    )  # fmt: skip
    return int(bundle.pk)


def _policies(company: Company, case: Case) -> dict[str, Any]:
    """A relaxed stage, a day on which nobody is rung, and a ladder that is tried."""
    relaxation = Relaxation.objects.create(
        case=case,
        account=case.account,
        level=3,
        from_on=date(2026, 2, 10),
        opens_on=date(2099, 1, 1),
        reason="住院",
    )
    quiet = QuietDay.objects.create(first_on=date(2099, 1, 1), last_on=date(2099, 1, 1), name="元旦")
    foresight = Job.objects.create(
        kind=FORESIGHT_JOB, title="试算", created_by=company.people["company_admin"]
    )
    return {"relaxation_id": relaxation.pk, "quiet_id": quiet.pk, "foresight_job_id": foresight.pk}


def _team(company: Company) -> dict[str, Any]:
    """A collector's day with a remark, a leave, and a review with a decision."""
    collector, lead = company.people["collector"], company.people["team_lead"]
    day = date(2026, 2, 19)
    Correction.objects.create(community=company.community, person=collector, day=day, text="补充", at=NOON)
    leave = Leave.objects.create(
        user=collector, from_on=date(2030, 1, 1), to_on=date(2030, 1, 5), entered_by=lead, entered_at=NOON
    )
    pack = WeekPack.objects.create(
        community=company.community, meeting_on=date(2026, 2, 20), from_on=date(2026, 2, 13), to_on=day, data_at=NOON,
        figures=FIGURES, digest="0" * 64,
    )  # fmt: skip
    resolution = Resolution.objects.create(
        pack=pack, community=company.community, what="补打", who=collector, until_on=date(2026, 2, 27), by=lead, at=NOON
    )  # fmt: skip
    return {
        "sheet": f"RECORD-{company.community.pk}-{collector.pk}-{day.isoformat()}", "leave_id": leave.pk,
        "pack_id": pack.pk, "resolution_id": resolution.pk,
    }  # fmt: skip


def _walked(company: Company, case: Case) -> dict[str, Any]:
    """A round through one door, and a visit that the desk recorded."""
    row = Round.objects.create(
        community=company.community, on=date(2026, 2, 20), main=company.people["collector"], created_at=NOON
    )
    stop = Stop.objects.create(
        round=row, on=row.on, position=1, unit=company.units["3-1-1602"], account=case.account, case=case
    )
    visit = Visit.objects.create(
        case=case, account=case.account, on=row.on, result="NOBODY_HOME", by=company.people["collector"]
    )
    return {"round_id": row.pk, "stop_id": stop.pk, "visit_id": visit.pk}


def _posted(company: Company) -> dict[str, Any]:
    """A notice without names that hangs, and a law firm that may be given cases."""
    file = files.store(PDF, name="照片.pdf", purpose="court", accept=(files.PDF,), community_id=None)
    group = {"building": "3", "units": 40, "unpaid": 3, "owed_fen": 63_006, "paid_percent": 92}
    notice = PublicNotice.objects.create(
        community=company.community, level="L0", state="POSTED", number="PUBLIC_NOTICE-JX-2026-000001",
        as_of=date(2026, 2, 18), data={"groups": [group], "rooms": [], "owed_fen": 63_006},
        account_ids=[company.accounts["3-1-1602"].pk], place="大堂", from_on=date(2026, 2, 18),
        to_on=date(2026, 2, 24), posted_on=date(2026, 2, 18), posted_photo=file,
    )  # fmt: skip
    firm = LawFirm.objects.create(name="正和律师事务所", lawyer="钱律师")
    agreement = ProcessingAgreement.objects.create(
        firm=firm, purpose="代理诉讼", scope="姓名、房号、欠费", from_on=date(2026, 1, 1),
        until=date(2026, 12, 31), file=file,
    )  # fmt: skip
    return {"public_id": notice.pk, "firm_id": firm.pk, "processing_id": agreement.pk}
