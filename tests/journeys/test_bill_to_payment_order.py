"""One account from the issued bill to a filed enforcement, day by day, through the doors that people use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from arrears.cases.models import Case
from arrears.legal.models import Filing
from billing.charges.services import issue_bills
from config import timetable
from notices.models import Notice
from notices.tasks import send_waiting
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.court import answer_for
from tests.ladder import DUE, at, on
from values.period import Period

ROOM = "3-1-1602"
COURT, NUMBER = "杭州市西湖区人民法院", "（2026）浙0106民督8号"


class Days:
    """The company's days: what the night does by itself, and what each person does at his door."""

    def __init__(self, company, log_in, monkeypatch) -> None:
        self.company = company
        self.clients = {}
        self.log_in = log_in
        self.now = at(DUE - timedelta(26), 8)
        monkeypatch.setattr(clock, "now", lambda: self.now)
        monkeypatch.setattr(clock, "today", lambda: self.now.date())

    def client(self, role):
        """The browser of the member who plays a role."""
        return self.clients.setdefault(role, self.log_in(self.company, role))

    def dawn(self, day: date) -> None:
        """The night's walk, the morning's messages; then it is four in the afternoon."""
        timetable.run_job("ladder", tenant_id=self.company.tenant.pk, as_of=day)
        send_waiting(tenant_id=self.company.tenant.pk, at=at(day, 9))
        self.now = at(day)

    def until(self, days: int) -> None:
        """Let the days pass up to D, that day's afternoon included."""
        day = self.now.date() + timedelta(1)
        while day <= on(days):
            self.dawn(day)
            day += timedelta(1)

    def post(self, role, name, *args, expect=302, **data):
        """Send a form; 302 is done, 422 is refused."""
        answer = self.client(role).post(reverse(name, args=args), data)
        assert answer.status_code == expect, answer.content.decode()[-3000:]
        return answer

    def api(self, role, name, *args, expect=201, **data):
        """Call the API with the session of a member."""
        answer = self.client(role).post(reverse(name, args=args), data, content_type="application/json")
        assert answer.status_code == expect, answer.content.decode()
        return answer.json() if answer.content else None

    # What people do.

    def look(self) -> None:
        """Before the first call somebody looks at the case and at what is left over from earlier."""
        self.post("collector", "cases:review", pick=self.case(), desk=self.case())

    def deliver(self, kind: str) -> None:
        """The owner signs for the newest paper of a kind."""
        self.api(
            "team_lead", "notices_api:deliveries", self.paper(kind), method="HAND", result="SIGNED",
            on=self.now.date().isoformat(), receiver="OWNER", receiver_name="张三",
            handed_over_by="何军",
        )  # fmt: skip

    def sign(self, role: str, kind: str) -> None:
        """Approve what waits for a role."""
        with self.company.open():
            pk = Approval.objects.get(kind=f"ladder.{kind}", decision="PENDING", facts__unit=ROOM).pk
        if kind == "LEGAL_REVIEW":
            sheet = {
                "need": "多次催收无果",
                "chance": "HIGH",
                "chance_reason": "证据齐全",
                "advice": "LAWYER_LETTER",
            }
            self.post("project_manager", "legal:write_review", self.case(), **sheet)
        with self.company.open():
            answer_for(self.company, kind, self.now.date())
        self.post(role, "cases:approval", pk, decision="approve", reason="同意")

    def take(self, yuan: str | None) -> None:
        """Money at the counter; None pays everything."""
        given = {} if yuan is None else {"amount": yuan}
        self.api(
            "cashier", "payments_api:payments", account=self.company.accounts[ROOM].pk, method="CASH",
            paid_on=self.now.date().isoformat(), cash_point=self.company.cash_point.pk,
            idempotency_key=f"k{self.now}", **given,
        )  # fmt: skip

    # What can be seen.

    def paper(self, kind: str) -> int:
        """The newest paper of a kind."""
        with self.company.open():
            return ladder.document(self.company, kind).pk

    def case(self) -> int:
        """The open case."""
        with self.company.open():
            return ladder.case(self.company).pk

    def opened(self) -> dict[str, int]:
        """Rung -> the D on which it opened last."""
        return {rung: day for rung, event, day in self.steps() if event in ("DUE", "PROPOSED")}

    def steps(self):
        """(rung, event, D)."""
        with self.company.open():
            return ladder.steps(self.company)


@pytest.fixture
def days(cast, log_in, monkeypatch, settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    settings.SMS_GATEWAY = "outbox"
    company = cast.jinxiu
    days = Days(company, log_in, monkeypatch)
    with company.open("cashier"):
        issue_bills(
            community_id=company.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        )
    days.api(
        "team_lead", "notices_api:delivery_rounds", community=company.community.pk, kind="BILL_NOTICE",
        method="HAND", result="SIGNED", on="2026-01-05", receiver="OWNER", receiver_name="张三",
        handed_over_by="何军",
    )  # fmt: skip
    return days


def called_and_demanded(days):
    """To D16: reminded, called, and the demand handed over on the day it was printed."""
    days.until(2)
    days.look()
    days.post("collector", "cases:call", days.case(), outcome="CONNECTED_UNDECIDED", reason_code="FORGOT")
    days.until(16)
    days.deliver("DEMAND")


def visited(days):
    """To D32: the demand's fifteen days are over and somebody goes there."""
    called_and_demanded(days)
    days.until(32)
    days.post(
        "project_manager", "cases:visit", days.case(), on="today", result="MET_REFUSED", by_manager="on",
        time_in="15:00", time_out="15:20",
    )  # fmt: skip


def filed(days):
    """To D110: the payment order is approved and handed to the court."""
    signed_to_the_court(days)
    days.sign("branch_gm", "COURT")
    days.until(110)
    days.post(
        "legal", "legal:file", days.case(), court=COURT, filed_on="2026-05-21", court_reference=NUMBER,
    )  # fmt: skip


def signed_to_the_court(days):
    """To D108: second demand, review and lawyer letter, each signed and delivered on its day."""
    visited(days)
    days.until(61)
    days.sign("project_manager", "SECOND_DEMAND")
    days.deliver("SECOND_DEMAND")
    days.until(91)
    days.sign("branch_gm", "LEGAL_REVIEW")
    days.until(92)
    days.sign("branch_gm", "LAWYER_LETTER")
    days.deliver("LAWYER_LETTER")
    days.until(108)


def test_from_the_bill_to_the_filed_payment_order_each_rung_opens_on_its_first_day(days):
    signed_to_the_court(days)
    days.sign("branch_gm", "COURT")
    days.until(110)
    papers = days.client("legal").get(reverse("legal:papers"))
    assert ROOM in papers.content.decode()
    days.post(
        "legal", "legal:file", days.case(), court=COURT, filed_on="2026-05-21", court_reference=NUMBER,
    )  # fmt: skip
    assert days.opened() == {
        "REMINDER": 1, "CALL": 2, "DEMAND": 16, "VISIT": 32, "SECOND_DEMAND": 61, "LEGAL_REVIEW": 91,
        "LAWYER_LETTER": 92, "COURT": 108,
    }  # fmt: skip
    taken = [(rung, day) for rung, event, day in days.steps() if event == "TAKEN"]
    assert taken == [
        ("REMINDER", 1), ("CALL", 2), ("DEMAND", 16), ("VISIT", 32), ("SECOND_DEMAND", 61), ("LEGAL_REVIEW", 92),
        ("LAWYER_LETTER", 92), ("COURT", 110),
    ]  # fmt: skip
    with days.company.open():
        filing = Filing.objects.get()
        assert filing.claim_fen == 21002 + round(21002 * 0.0003 * 108)
        numbers = {n.kind: n.number for n in Notice.objects.filter(account_id=days.company.accounts[ROOM].pk)}
    assert numbers["PAYMENT_ORDER_APPLICATION"].startswith("ORDER-JX-2026-")
    days.until(140)
    assert days.opened()["COURT"] == 108, "nothing harsher without a judgment"


def test_from_the_filed_payment_order_to_the_filed_enforcement(days):
    filed(days)
    days.until(116)
    with days.company.open():
        filing = Filing.objects.get().pk
    # Served on D115: the owner has until D130, and the order is in force from D131.
    days.post(
        "legal", "legal:result", filing, kind="PAYMENT_ORDER", court=COURT, case_number=NUMBER,
        served_on=on(115).isoformat(), principal_fen="210.02", late_fee_fen="6.80", costs_fen="16.67",
    )  # fmt: skip
    shown = days.client("legal").get(reverse("legal:case_court", args=[days.case()])).content.decode()
    for told in ("¥233.49", NUMBER, "2026-06-10"):
        assert told in shown, told
    days.until(130)
    assert "ENFORCEMENT" not in days.opened(), "the owner still has time"
    days.take("100.00")
    days.until(131)
    assert days.opened()["ENFORCEMENT"] == 131
    paper = days.paper("ENFORCEMENT_APPLICATION")
    pdf = days.client("legal").get(reverse("notices:notice_pdf", args=[paper]))
    assert pdf["Content-Type"] == "application/pdf"
    days.post("legal", "legal:file", days.case(), court=COURT, filed_on=on(131).isoformat())
    with days.company.open():
        enforcement = Filing.objects.latest("pk")
        assert (enforcement.kind, enforcement.notice_id) == ("ENFORCEMENT", paper)
        assert enforcement.claim_fen == Notice.objects.get(pk=paper).data["unpaid_fen"] == 23349 - 10000
    days.until(140)
    assert days.steps()[-1] == ("ENFORCEMENT", "TAKEN", 131)
    days.take(None)
    days.until(141)
    with days.company.open():
        assert Case.objects.get(account=days.company.accounts[ROOM]).close_reason == "PAID"


def test_the_timeline_of_the_case_tells_all_of_it(days):
    visited(days)
    page = days.client("auditor").get(reverse("cases:case", args=[days.case()])).content.decode()
    for told in ("jinxiu-collector员工", "jinxiu-project_manager员工"):
        assert told in page
    answer = days.client("auditor").get(reverse("cases_api:timeline", args=[days.case()])).json()
    rows = answer["results"] if isinstance(answer, dict) else answer
    assert {"STEP", "CALL", "VISIT"} <= {row["kind"] for row in rows}


def test_no_paper_of_the_ladder_is_made_before_it_is_signed(days):
    visited(days)
    days.until(75)
    with days.company.open():
        assert not Notice.objects.filter(kind="SECOND_DEMAND").exists()
        pk = Approval.objects.get(kind="ladder.SECOND_DEMAND", facts__unit=ROOM).pk
    days.post("branch_gm", "cases:approval", pk, expect=422, decision="approve", reason="同意")
    days.post("project_manager", "cases:approval", pk, decision="reject", reason="先协商")
    days.until(104)
    assert days.steps()[-1] == ("SECOND_DEMAND", "REJECTED", 75)
    days.until(105)
    assert days.steps()[-1] == ("SECOND_DEMAND", "PROPOSED", 105)


def test_full_payment_leaves_the_ladder_at_once_and_the_case_closes_in_the_night(days):
    called_and_demanded(days)
    days.take(None)
    page = days.client("collector").get(reverse("cases:worklist")).content.decode()
    assert reverse("cases:call", args=[days.case()]) not in page, "off the call list at once"
    days.post("collector", "cases:call", days.case(), expect=422, outcome="CONNECTED_UNDECIDED")
    days.until(60)
    with days.company.open():
        closed = Case.objects.get(account=days.company.accounts[ROOM])
        assert (closed.closed_on, closed.close_reason) == (on(17), "PAID")
    assert "VISIT" not in days.opened()


def test_part_payment_keeps_the_case_with_the_new_amount(days):
    days.until(2)
    days.look()
    days.post("collector", "cases:call", days.case(), outcome="CONNECTED_UNDECIDED")
    days.until(10)
    days.take("110.02")
    days.until(16)
    with days.company.open():
        demand = ladder.document(days.company, "DEMAND")
        assert demand.data["principal_fen"] < 21002 - 10000
        assert demand.state == "QUEUED"


def test_a_hold_stops_the_ladder_and_its_release_lets_it_go_on_by_one_rung(days):
    days.until(2)
    days.look()
    days.post("collector", "cases:call", days.case(), outcome="CONNECTED_UNDECIDED")
    days.post(
        "team_lead", "cases:set_hold", days.case(), kind="DISPUTE", from_on="today", reason="屋顶漏水，已报修"
    )
    days.until(40)
    assert "DEMAND" not in days.opened()
    with days.company.open():
        hold_id = days.company.accounts[ROOM].holds.get().pk
    days.post("team_lead", "cases:release_hold", hold_id, reason="已修好")
    days.until(41)
    assert days.opened()["DEMAND"] == 41


def test_a_promise_typed_as_fri_holds_until_that_friday(days):
    days.until(2)
    days.look()
    days.post("collector", "cases:call", days.case(), outcome="CONNECTED_PROMISED", promised_on="fri")
    days.until(40)
    friday = (date(2026, 2, 6) - DUE).days
    assert days.opened()["DEMAND"] == friday + 2, "broken on Friday, the second call's day, then the demand"


def test_outside_the_windows_the_desk_says_why_and_when_next(days):
    days.until(2)
    days.now = datetime.combine(on(2), days.now.time().replace(hour=13), tzinfo=days.now.tzinfo)
    answer = days.post("collector", "cases:call", days.case(), expect=422, outcome="NO_ANSWER")
    assert "15:00" in answer.content.decode()


def test_another_company_sees_none_of_it(days, cast, log_in):
    days.until(2)
    stranger = log_in(cast.yunding, "project_manager")
    for name in ("cases:case", "cases:call", "cases:visit", "cases_api:case"):
        assert stranger.get(reverse(name, args=[days.case()])).status_code == 404
