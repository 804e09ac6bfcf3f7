"""JSON doors: runs, bills, charges, accounts and statements."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.api import account_serializers, serializers
from billing.charges.queries import BillFilter
from billing.charges.tasks import issue_bills
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class RunPreview(ApiView):
    """What an issue would make."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="Preview a run; nothing is written",
        parameters=[serializers.AskRun],
        responses=serializers.Preview,
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.AskRun(data=request.query_params))
        preview = services.preview_bills(
            community_id=asked["community"],
            period=asked["month"],
            as_of=asked.get("issued_on") or clock.today(),
        )
        return Response(serializers.Preview(preview).data)


class Runs(ApiView):
    """Issue bills; what was issued."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="Runs, the newest first",
        parameters=[serializers.RunQuery],
        responses=serializers.Run(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.RunQuery(data=request.query_params))
        found = [queries.run_row(run) for run in queries.runs(asked.get("community"))]
        return self.paginated(found, serializers.Run, request)

    @extend_schema(
        summary="Issue a community's bills for a month; answers the job to watch",
        request=serializers.AskRun,
        responses={202: serializers.Started},
    )
    def post(self, request: Request) -> Response:
        asked = valid(serializers.AskRun(data=request.data))
        issued_on = asked.get("issued_on") or clock.today()
        job_id = services.request_issue(
            community_id=asked["community"], period=asked["month"], issued_on=issued_on, today=clock.today()
        )
        arguments = {
            "tenant_id": self.staff.tenant_id,
            "user_id": str(self.staff.user_id),
            "job_id": str(job_id),
            "community_id": str(asked["community"]),
            "period": str(asked["month"]),
            "issued_on": issued_on.isoformat(),
        }
        transaction.on_commit(lambda: issue_bills.delay(**arguments))
        return Response({"job": job_id}, status=status.HTTP_202_ACCEPTED)


class Run(ApiView):
    """One run."""

    permission = Permission.BILL_RUN

    @extend_schema(summary="A run with its totals", responses=serializers.Run)
    def get(self, request: Request, run_id: int) -> Response:
        return Response(serializers.Run(queries.run_detail(run_id)).data)


class Bills(ApiView):
    """The list of bills."""

    permission = Permission.BILL_SEE

    @extend_schema(
        summary="Bills, the newest first",
        parameters=[serializers.BillQuery],
        responses=serializers.Bill(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.BillQuery(data=request.query_params))
        today = clock.today()
        renamed = {_FILTER.get(name, name): value for name, value in asked.items()}
        found = queries.bills(BillFilter(**renamed), as_of=today)
        paginator = self.pagination_class()
        page: Any = paginator.paginate_queryset(found, request, view=self)
        rows = queries.bill_rows(page, as_of=today)
        return paginator.get_paginated_response(serializers.Bill(rows, many=True).data)


class Bill(ApiView):
    """One bill."""

    permission = Permission.BILL_SEE

    @extend_schema(summary="A bill with the calculation of every charge", responses=serializers.BillDetail)
    def get(self, request: Request, bill_id: int) -> Response:
        return Response(serializers.BillDetail(queries.bill_detail(bill_id, as_of=clock.today())).data)


class VoidBill(ApiView):
    """Take a bill back."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="Take back a bill without payments; its number stays taken",
        request=serializers.VoidBill,
        responses=serializers.BillDetail,
    )
    def post(self, request: Request, bill_id: int) -> Response:
        asked = valid(serializers.VoidBill(data=request.data))
        today = clock.today()
        services.void_bill(bill_id=bill_id, reason=asked["reason"], voided_on=today)
        return Response(serializers.BillDetail(queries.bill_detail(bill_id, as_of=today)).data)


class Charge(ApiView):
    """One charge."""

    permission = Permission.BILL_SEE

    @extend_schema(
        summary="A charge: why its amount and its late fee are what they are",
        parameters=[account_serializers.AsOf],
        responses=serializers.Charge,
    )
    def get(self, request: Request, charge_id: int) -> Response:
        asked = valid(account_serializers.AsOf(data=request.query_params))
        why = queries.charge_why(charge_id, as_of=asked.get("as_of") or clock.today())
        return Response(serializers.Charge(why).data)


class Accounts(ApiView):
    """Accounts of a unit, a party or a community."""

    permission = Permission.BILL_SEE

    @extend_schema(
        summary="Accounts, the newest first",
        parameters=[account_serializers.AccountQuery],
        responses=account_serializers.Account(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(account_serializers.AccountQuery(data=request.query_params))
        rows = queries.accounts(**{f"{name}_id": value for name, value in asked.items()})
        return self.paginated(rows, account_serializers.Account, request)


class Account(ApiView):
    """What one account owes."""

    permission = Permission.BILL_SEE

    @extend_schema(
        summary="An account with its open charges, oldest due first",
        parameters=[account_serializers.AsOf],
        responses=account_serializers.AccountOwed,
    )
    def get(self, request: Request, account_id: int) -> Response:
        asked = valid(account_serializers.AsOf(data=request.query_params))
        day = asked.get("as_of") or clock.today()
        return Response(account_serializers.AccountOwed(queries.account_owed(account_id, as_of=day)).data)


class Statement(ApiView):
    """The statement of a unit."""

    permission = Permission.UNIT_SEE

    @extend_schema(
        summary="What a unit's accounts owe and have paid off",
        parameters=[account_serializers.AsOf],
        responses=account_serializers.Statement,
    )
    def get(self, request: Request, unit_id: int) -> Response:
        asked = valid(account_serializers.AsOf(data=request.query_params))
        found = queries.statement(unit_id, asked.get("as_of") or clock.today())
        return Response(account_serializers.Statement(found).data)


_FILTER = {
    "community": "community_id",
    "run": "run_id",
    "account": "account_id",
    "unit": "unit_id",
    "q": "text",
}
