"""JSON doors: bank accounts, statements, transfers and what is decided about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from billing.banking import queries, services
from billing.banking.api import serializers
from billing.banking.tasks import start_import
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class Rows:
    """Ids that were found, read as rows a page at a time."""

    def __init__(self, ids: Any, rows: Callable[[list[int]], Sequence[Any]]) -> None:
        self._ids, self._rows = ids, rows

    def __len__(self) -> int:
        return int(self._ids.order_by().count())

    def __getitem__(self, part: slice) -> Sequence[Any]:
        return self._rows(list(self._ids[part]))


class BankDoor(ApiView):
    """Who may see what came in may not yet book it."""

    permission = Permission.BANK_SEE
    write_permission = Permission.BANK_EDIT


class BankAccounts(BankDoor):
    """Receiving accounts."""

    @extend_schema(summary="Bank accounts", responses=serializers.BankAccount(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.bank_accounts(), serializers.BankAccount, request)

    @extend_schema(
        summary="Set up a bank account",
        request=serializers.NewBankAccount,
        responses={201: serializers.BankMade},
    )
    def post(self, request: Request) -> Response:
        data = body(serializers.NewBankAccount, request)
        pk = services.add_bank_account(
            community_id=data["community"],
            name=data["name"],
            bank=data["bank"],
            number=data["number"],
            profile_code=data["profile"],
        )
        return Response({"id": pk}, status=status.HTTP_201_CREATED)


class Profiles(BankDoor):
    """How statements are read."""

    @extend_schema(summary="Statement profiles", responses=serializers.StatementProfile(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.profiles(), serializers.StatementProfile, request)

    @extend_schema(
        summary="Add a statement profile",
        request=serializers.StatementProfile,
        responses={201: serializers.BankMade},
    )
    def post(self, request: Request) -> Response:
        pk = services.add_profile(**body(serializers.StatementProfile, request))
        return Response({"id": pk}, status=status.HTTP_201_CREATED)


class Statements(BankDoor):
    """Statements that were read, and a new one."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Bank statements, the newest first", responses=serializers.BankStatement(many=True)
    )
    def get(self, request: Request) -> Response:
        return self.paginated(
            Rows(queries.statement_ids(), queries.statement_rows), serializers.BankStatement, request
        )

    @extend_schema(
        summary="Send a statement: it is read in the background, all of it or nothing; see the job",
        request={"multipart/form-data": serializers.NewBankStatement},
        responses={202: serializers.StatementSent},
    )
    def post(self, request: Request) -> Response:
        data = body(serializers.NewBankStatement, request)
        job_id = services.request_import(
            bank_account_id=data["bank_account"],
            content=data["file"].read(),
            name=data["file"].name or "statement",
        )
        start_import(job_id, by=self.staff)
        return Response({"job": job_id}, status=status.HTTP_202_ACCEPTED)


class Statement(BankDoor):
    """One statement."""

    @extend_schema(summary="A bank statement", responses=serializers.BankStatement)
    def get(self, request: Request, statement_id: int) -> Response:
        return Response(serializers.BankStatement(queries.statement_row(statement_id)).data)


class Lines(BankDoor):
    """Transfers that came in."""

    @extend_schema(
        summary="Bank transfers, what waits for a person first",
        parameters=[serializers.BankLineFilter],
        responses=serializers.BankLine(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = query(serializers.BankLineFilter, request)
        renamed = {_FILTER.get(name, name): value for name, value in asked.items()}
        found = queries.lines(queries.LineFilter(**renamed))
        return self.paginated(Rows(found, queries.line_rows), serializers.BankLine, request)


class Line(BankDoor):
    """One transfer."""

    @extend_schema(summary="A transfer and who may be meant by it", responses=serializers.BankLineDetail)
    def get(self, request: Request, line_id: int) -> Response:
        return _line(line_id)


class Decide(BankDoor):
    """What a person decides."""

    permission = Permission.BANK_EDIT

    @extend_schema(
        summary="Book a transfer, keep it in suspense, or set it aside",
        request=serializers.BankDecision,
        responses=serializers.BankLineDetail,
    )
    def post(self, request: Request, line_id: int) -> Response:
        data = body(serializers.BankDecision, request)
        if data["decision"] == "confirm":
            services.confirm_lines({line_id: data["account"]}, posted_on=clock.today(), at=clock.now())
        elif data["decision"] == "keep":
            services.keep_in_suspense(line_id=line_id, reason=data["reason"], at=clock.now())
        else:
            services.set_aside(line_id=line_id, reason=data["reason"], at=clock.now())
        return _line(line_id)


class Split(BankDoor):
    """One transfer for several accounts."""

    permission = Permission.BANK_EDIT

    @extend_schema(
        summary="Book a transfer on several accounts; the rest stays in suspense",
        request=serializers.BankSplit,
        responses=serializers.BankLine(many=True),
    )
    def post(self, request: Request, line_id: int) -> Response:
        queries.line_row(line_id)
        parts = body(serializers.BankSplit, request)["parts"]
        services.split_line(
            line_id=line_id,
            parts=[services.Part(part["account"], part["amount"]) for part in parts],
            posted_on=clock.today(),
            at=clock.now(),
        )
        return self.paginated(queries.parts_of(line_id), serializers.BankLine, request)


class Confirm(BankDoor):
    """Many proposals at once."""

    permission = Permission.BANK_EDIT

    @extend_schema(
        summary="Book proposed transfers, all or none",
        request=serializers.BankConfirm,
        responses=serializers.BankConfirmed,
    )
    def post(self, request: Request) -> Response:
        data = body(serializers.BankConfirm, request)
        done = services.confirm_lines(dict.fromkeys(data["lines"]), posted_on=clock.today(), at=clock.now())
        return Response(serializers.BankConfirmed(done).data)


class Sums(BankDoor):
    """What waits and what is done."""

    @extend_schema(
        summary="Transfers by state; SUSPENSE is the suspense account",
        responses=serializers.BankStateSum(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.paginated(queries.state_sums(), serializers.BankStateSum, request)


_FILTER = {"bank_account": "bank_account_id", "statement": "statement_id"}


def _line(line_id: int) -> Response:
    line = queries.line_row(line_id)
    choices = queries.choices(line) if line.is_waiting else []
    shown = serializers.BankLine(line).data | {"choices": serializers.BankChoice(choices, many=True).data}
    return Response(shown)


def body(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, validated; 422 otherwise."""
    return valid(serializer(data=request.data))


def query(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the address asks for, validated; 422 otherwise."""
    return valid(serializer(data=request.query_params))
