"""JSON doors of the legal stage: gates, reviews, dockets, court days, endings."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.legal import queries, services
from arrears.legal.api import process_serializers as serializers
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission

PARSERS = [JSONParser, MultiPartParser, FormParser]


def made(pk: int) -> Response:
    """201 with the id of what was made."""
    return Response(serializers.LegalMade({"id": pk}).data, status=status.HTTP_201_CREATED)


class Gates(ApiView):
    """法定前提清单 of a case."""

    permission = Permission.LEGAL_SEE

    @extend_schema(summary="The legal gates of a case, computed from data", responses=serializers.Checklist)
    def get(self, request: Request, case_id: int) -> Response:
        return Response(serializers.Checklist(queries.checklist(case_id, as_of=clock.today())).data)


class GateNotes(ApiView):
    """What data cannot tell."""

    permission = Permission.FILING_RECORD
    parser_classes = PARSERS

    @extend_schema(
        summary="Legal notes a check that data cannot answer",
        request=serializers.NoteGate,
        responses={201: serializers.LegalMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the body says
        form = serializers.NoteGate(data=request.data)
        form.is_valid(raise_exception=True)
        return made(services.note_gate(case_id=case_id, by=self.staff, on=clock.today(), **form.entry()))


class Reviews(ApiView):
    """Review sheets of a case."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.REVIEW_WRITE

    @extend_schema(
        summary="Review sheets of a case, the newest first", responses=serializers.Review(many=True)
    )
    def get(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        return self.paginated(queries.reviews_of(case_id), serializers.Review, request)

    @extend_schema(
        summary="Write the next version of a review sheet",
        request=serializers.WriteReview,
        responses={201: serializers.LegalMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        said = valid(serializers.WriteReview(data=request.data))
        return made(services.write_review(case_id=case_id, by=self.staff, on=clock.today(), **said))


class Docket(ApiView):
    """What happened to a filing."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.FILING_RECORD
    parser_classes = PARSERS

    @extend_schema(summary="The docket of a filing", responses=serializers.Docket)
    def get(self, request: Request, filing_id: int) -> Response:
        return Response(serializers.Docket(queries.docket_of(filing_id, as_of=clock.today())).data)

    @extend_schema(
        summary="Enter what a court or a party did",
        request=serializers.EnterEntry,
        responses={201: serializers.LegalMade},
    )
    def post(self, request: Request, filing_id: int) -> Response:
        queries.docket_of(filing_id, as_of=clock.today())
        form = serializers.EnterEntry(data=request.data)
        form.is_valid(raise_exception=True)
        return made(services.enter(filing_id=filing_id, new=form.entry(), as_of=clock.today()))


class CourtDays(ApiView):
    """The courts' calendar."""

    permission = Permission.LEGAL_SEE

    @extend_schema(
        summary="Every day that counts before a court, the next first",
        responses=serializers.CourtDay(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.paginated(queries.court_days(as_of=clock.today()), serializers.CourtDay, request)


class Ending(ApiView):
    """How a case ended."""

    permission = Permission.LEGAL_SEE

    @extend_schema(summary="Outcome, write-offs and evaluations of a case", responses=serializers.Ending)
    def get(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        found = {
            "outcome": queries.outcome_of(case_id),
            "write_offs": queries.write_offs_of(case_id),
            "evaluations": queries.evaluations_of(case_id),
        }
        return Response(serializers.Ending(found).data)


class WriteOffs(ApiView):
    """Ask that a debt be written off."""

    permission = Permission.REVIEW_WRITE
    parser_classes = PARSERS

    @extend_schema(
        summary="Ask that all that a case owes be written off",
        request=serializers.AskWriteOff,
        responses={201: serializers.LegalMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        said = valid(serializers.AskWriteOff(data=request.data))
        proof = serializers.paper(said["file"])
        assert proof is not None  # noqa: S101 - the field is required
        asked = services.ask_write_off(
            case_id=case_id,
            reason=said["reason"],
            file=proof,
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return made(asked)


class Evaluations(ApiView):
    """What was learned from a closed case."""

    permission = Permission.APPROVAL_ANSWER

    @extend_schema(
        summary="Evaluate a closed case", request=serializers.Evaluate, responses={201: serializers.LegalMade}
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        said = valid(serializers.Evaluate(data=request.data))
        return made(services.evaluate(case_id=case_id, on=clock.today(), **said))
