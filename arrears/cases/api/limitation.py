"""JSON doors of limitation: what expires, the clocks of a case, proofs, decisions."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api.asked import body, query
from arrears.cases.api.serializers import WhyField
from arrears.cases.api.views import ListView
from arrears.cases.models import LimitationDecision
from arrears.cases.queries.limitation import ClockFilter, clock_lines, find_running_out
from arrears.cases.rules.clock_proofs import Claimed, Proof
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission

MARKS = ("at_agreed_address", "arrived", "by_debtor", "told_of_recording", "debtor_missing")


class ClockQuery(serializers.Serializer):
    """Which accounts; `within` 0: what has expired."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    within = serializers.ChoiceField(choices=(180, 90, 30, 0), required=False, default=180)


class ClockLine(serializers.Serializer):
    """An account with what expires; `last_on` is the earliest last day."""

    account = serializers.IntegerField(source="account_id")
    last_on = serializers.DateField()
    days_left = serializers.IntegerField()
    unpaid = YuanField(source="unpaid_fen")
    charges = serializers.IntegerField()
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    case = serializers.IntegerField(source="case_id", allow_null=True)
    collector = serializers.IntegerField(source="collector_id", allow_null=True)
    letter_due_on = serializers.DateField(source="task_due_on", allow_null=True)
    waiting_notice = serializers.IntegerField(source="notice_id", allow_null=True)
    alert_days = serializers.IntegerField(allow_null=True)
    alert_on = serializers.DateField(allow_null=True)
    next_step = serializers.CharField()


class ClockEvent(serializers.Serializer):
    """What was done about a charge; `why` it does not count, null when it does."""

    what = serializers.CharField(help_text="NOTICE, PAYMENT or EVENT")
    code = serializers.CharField()
    on = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    number = serializers.CharField(source="reference", help_text="Of a paper; empty otherwise")
    method = serializers.CharField()
    result = serializers.CharField()
    evidence = serializers.CharField()
    counts = serializers.BooleanField()
    why = WhyField(allow_null=True)
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    payment = serializers.IntegerField(source="payment_id", allow_null=True)
    file = serializers.IntegerField(source="file_id", allow_null=True)
    undo_source = serializers.CharField(help_text="What to send to take it back; empty where nobody can")


class ChargeClock(serializers.Serializer):
    """An unpaid charge with its clock: RUNNING, IN_PROCEEDING or EXPIRED."""

    charge = serializers.IntegerField(source="charge.charge_id")
    fee_item = serializers.CharField(source="charge.fee_item")
    period = serializers.CharField(source="charge.period.label")
    due_on = serializers.DateField(source="charge.due_on")
    unpaid = YuanField(source="charge.unpaid_fen")
    status = serializers.CharField(source="clock.status")
    anchor_on = serializers.DateField(source="clock.anchor_on")
    last_on = serializers.DateField(source="clock.last_on", allow_null=True)
    days_left = serializers.IntegerField(source="clock.days_left", allow_null=True)
    barred = serializers.BooleanField(
        source="is_barred", help_text="Expired, and no lawyer let it into a court"
    )
    events = ClockEvent(many=True)


class ProveClock(serializers.Serializer):
    """A proof that no other record tells of; refused with the reason when it would prove nothing."""

    charges = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False)
    on = DayField()
    proof = serializers.ChoiceField(choices=[one.value for one in Proof])
    at_agreed_address = serializers.BooleanField(default=False)
    arrived = serializers.BooleanField(default=False)
    by_debtor = serializers.BooleanField(default=False)
    told_of_recording = serializers.BooleanField(default=False)
    debtor_missing = serializers.BooleanField(default=False)
    evidence = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    file = serializers.FileField(required=False, default=None, allow_null=True)


class Proved(serializers.Serializer):
    """The name of the entry, by which it is taken back."""

    entry = serializers.CharField(source="source")


class TakeBack(serializers.Serializer):
    """An entry that was a mistake."""

    entry = serializers.CharField(source="source", max_length=40)
    reason = serializers.CharField(max_length=200)


class DecideExpired(serializers.Serializer):
    """CLAIM: may go to a court all the same; LEAVE: stays out of the legal rungs."""

    charges = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False)
    decision = serializers.ChoiceField(choices=LimitationDecision.Decision.values)
    reason = serializers.CharField(max_length=300)


class Decided(serializers.Serializer):
    """How many charges it was about."""

    decided = serializers.IntegerField()


class Demanded(serializers.Serializer):
    """The paper that was made."""

    notice = serializers.IntegerField()


class Limitation(ListView):
    """What expires."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="Accounts whose claims expire soon or have expired, the earliest last day first",
        parameters=[ClockQuery],
        responses=ClockLine(many=True),
    )
    def get(self, request: Request) -> Response:
        asked, today = query(ClockQuery, request), clock.today()
        found = find_running_out(ClockFilter(int(asked["within"]), asked["community"]), as_of=today)
        return self.answer(found, lambda page: clock_lines(page, as_of=today), ClockLine)


class CaseClocks(ApiView):
    """Until when the charges of a case may be sued for."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="The limitation clock of each unpaid charge, with what counts",
        responses=ChargeClock(many=True),
    )
    def get(self, request: Request, case_id: int) -> Response:
        case = queries.case_line(case_id, as_of=clock.today())
        found = queries.clocks(account_ids=[case.account_id], as_of=clock.today())
        return Response(ChargeClock(found, many=True).data)


class ClockProofs(ApiView):
    """Prove an interruption by hand."""

    permission = Permission.CLOCK_RECORD
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Prove an interruption, the proof as multipart", request=ProveClock, responses={201: Proved}
    )
    def post(self, request: Request, case_id: int) -> Response:
        case = queries.case_line(case_id, as_of=clock.today())
        source = services.record_proof(
            account_id=case.account_id, as_of=clock.today(), **_entry(body(ProveClock, request))
        )
        return Response(Proved({"source": source}).data, status=status.HTTP_201_CREATED)


class TakeBackProof(ApiView):
    """Take an entry back."""

    permission = Permission.CLOCK_RECORD

    @extend_schema(
        summary="Take a proof back; it stays in the record", request=TakeBack, responses={204: None}
    )
    def post(self, request: Request, case_id: int) -> Response:
        case = queries.case_line(case_id, as_of=clock.today())
        services.take_back_proof(account_id=case.account_id, as_of=clock.today(), **body(TakeBack, request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class EmsDemand(ApiView):
    """A demand because of limitation."""

    permission = Permission.CLOCK_RECORD

    @extend_schema(
        summary="Make a demand for what expires within 180 days", request=None, responses={201: Demanded}
    )
    def post(self, request: Request, case_id: int) -> Response:
        notice_id = services.demand_by_ems(case_id=case_id, as_of=clock.today())
        return Response(Demanded({"notice": notice_id}).data, status=status.HTTP_201_CREATED)


class LimitationDecisions(ApiView):
    """A lawyer's word."""

    permission = Permission.CLOCK_DECIDE

    @extend_schema(
        summary="DecideExpired whether expired charges may go to a court",
        request=DecideExpired,
        responses={201: Decided},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case = queries.case_line(case_id, as_of=clock.today())
        data = body(DecideExpired, request)
        count = services.record_lawyer_decision(
            charge_ids=data["charges"],
            decision=data["decision"],
            reason=data["reason"],
            by=self.staff,
            as_of=clock.today(),
            account_id=case.account_id,
        )
        return Response(Decided({"decided": count}).data, status=status.HTTP_201_CREATED)


def _entry(data: dict[str, Any]) -> dict[str, Any]:
    file = data["file"]
    marks = {name: data[name] for name in MARKS}
    return {
        "charge_ids": data["charges"],
        "on": data["on"],
        "claimed": Claimed(Proof(data["proof"]), file is not None, data["evidence"], **marks),
        "content": file.read() if file else b"",
        "file_name": (file.name or "proof") if file else "",
    }
